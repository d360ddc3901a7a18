// The API against its own document: every answer that reads is asked for as every role and held
// against the schema that the web app's types are made from; so are the refusals.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { session } from '../cli/program.mjs';
import { compared, generated_lists } from './comparison.mjs';
import { demo_node } from './node.mjs';

const node = await demo_node();
const document = await (await fetch(`${node.url}/api/v1/openapi.json`)).json();
const schemas = document.components.schemas;

// The faults of a value under a schema: the words of JSON Schema that the document uses, no other.
const known_words = ['$ref', 'type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'pattern',
  'format', 'minimum', 'description'];
function faults(value, schema, path = '$') {
  const strange = Object.keys(schema).filter((word) => !known_words.includes(word));
  if (strange.length > 0) return [`${path}: the test does not know ${strange}`];
  if (schema.$ref) return faults(value, schemas[schema.$ref.split('/').pop()], path);
  const kind = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  if (schema.type === 'integer') {
    if (!Number.isInteger(value)) return [`${path}: ${kind}, an integer expected`];
    return value < (schema.minimum ?? -Infinity) ? [`${path}: ${value} is too small`] : [];
  }
  if (schema.type !== kind) return [`${path}: ${kind}, ${schema.type} expected`];
  if (schema.enum && !schema.enum.includes(value)) return [`${path}: ${value} is no choice`];
  if (schema.pattern && !new RegExp(schema.pattern).test(value)) return [`${path}: ${value}`];
  if (schema.format === 'date' && !/^\d{4}-\d\d-\d\d$/.test(value)) return [`${path}: ${value} is no day`];
  if (kind === 'array') return value.flatMap((one, i) => faults(one, schema.items, `${path}[${i}]`));
  if (kind !== 'object') return [];
  const missing = (schema.required ?? []).filter((name) => !(name in value));
  const found = missing.map((name) => `${path}.${name} is missing`);
  for (const [name, inner] of Object.entries(value)) {
    const known = schema.properties?.[name];
    if (known) found.push(...faults(inner, known, `${path}.${name}`));
    else if (schema.additionalProperties !== true) found.push(`${path}.${name} is not described`);
  }
  return found;
}

test('the validator bites', () => {
  const good = { id: 'a'.repeat(32), name: 'Nom' };
  const named = { $ref: '#/components/schemas/Named' };
  assert.deepEqual(faults(good, named), []);
  for (const bad of [{ ...good, id: 'x' }, { id: good.id }, { ...good, more: 1 }, { ...good, name: 1 }, [], null])
    assert.notDeepEqual(faults(bad, named), [], JSON.stringify(bad));
});

test('every reference of the document leads somewhere and every operation has a rule', () => {
  const text = JSON.stringify(document);
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) assert.ok(schemas[name], name);
  for (const methods of Object.values(document.paths))
    for (const operation of Object.values(methods)) assert.match(operation['x-rule'], /^[a-z_.|]+$/);
});

// What can be asked with: found through the API itself, by whoever may.
async function known_things() {
  const things = { team: 'a'.repeat(32), person: 'a'.repeat(32), entry: 'a'.repeat(32), day: '2016-09-15',
    from: '1', period: '2016-09', query: 'mon', indicator: 'I01', page: '1' };
  const worker = node.accounts.find((one) => one.role === 'outreach_worker');
  const signed = await session(node.url, worker);
  things.team = signed.info.teams[0].id;
  const people = await signed.get(`/api/v1/people?team=${things.team}`);
  if (people.body.rows.length > 0) things.person = people.body.rows[0].id;
  const coordinator = await session(node.url, node.accounts.find((one) => one.role === 'coordinator'));
  things.comparison = await compared(coordinator, generated_lists(join(node.data, '..', 'lists'), 60));
  things.list = '1';
  things.state = 'certain';
  return things;
}

function address(path, operation, things) {
  let filled = path;
  const query = new URLSearchParams();
  for (const one of operation.parameters ?? []) {
    if (one.in === 'path') filled = filled.replace(`{${one.name}}`, things[one.name]);
    else if (one.required) query.set(one.name, things[one.name]);
    // Entries open for one team; the same query without it is a figure of the consortium.
    else if (one.name === 'team' && path.endsWith('/entries')) query.set('team', things.team);
  }
  return query.size > 0 ? `${filled}?${query}` : filled;
}

test('every answer that reads is what the document says, for every role', async () => {
  const things = await known_things();
  const answered = new Set();
  const asked = new Set();
  const roles = new Set();
  for (const account of node.accounts) {
    if (roles.has(account.role)) continue;
    roles.add(account.role);
    const signed = await session(node.url, account);
    assert.equal(signed.status, 200, account.role);
    for (const [path, methods] of Object.entries(document.paths)) {
      const operation = methods.get;
      if (!operation || !operation.responses['200'].content['application/json']) continue;
      if (operation.operationId === 'openapi') continue;
      // Her own page is opened with a card and a code, by no account (test/thieves, app_test).
      if (operation.security?.some((one) => 'mine' in one)) continue;
      asked.add(operation.operationId);
      const own = { ...things, team: signed.info.teams[0]?.id ?? things.team };
      const answer = await signed.get(address(path, operation, own));
      const where = `${account.role} GET ${path} ${answer.status}`;
      const problem = answer.status !== 200;
      const schema = problem ? { $ref: '#/components/schemas/Problem' }
        : operation.responses['200'].content['application/json'].schema;
      assert.deepEqual(faults(answer.body, schema).slice(0, 5), [], where);
      if (problem) assert.ok([403, 404].includes(answer.status), `${where} ${JSON.stringify(answer.body)}`);
      else answered.add(operation.operationId);
    }
  }
  const never = [...asked].filter((name) => !answered.has(name));
  // Entries of one's own, waiting or not: none is known in this demonstration.
  assert.deepEqual(never.filter((name) => !['own_entry', 'entry_receipt'].includes(name)), [], 'operations that no role could read');
});

test('parameters of a wrong type name their field', async () => {
  const signed = await session(node.url, node.accounts.find((one) => one.role === 'outreach_worker'));
  const team = signed.info.teams[0].id;
  for (const [path, field, rule] of [
    ['/api/v1/people', 'team', 'missing'],
    ['/api/v1/people?team=zz', 'team', 'id'],
    [`/api/v1/people?team=${team}&page=x`, 'page', 'type'],
    [`/api/v1/people?team=${team}&page=99999999999999999999`, 'page', 'type'],
    [`/api/v1/people?team=${team}&colour=red`, 'colour', 'unknown_field'],
    [`/api/v1/today?team=${team}&day=2026-02-31`, 'day', 'date'],
    ['/api/v1/figures?indicator=I99&period=2016', 'indicator', 'choice'],
    ['/api/v1/people/XYZ', 'person', 'id'],
  ]) {
    const answer = await signed.get(path);
    assert.equal(answer.status, 400, path);
    assert.equal(answer.body.field, field, path);
    assert.equal(answer.body.rule, rule, path);
  }
});
