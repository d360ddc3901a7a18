// Law 8, counted (safety.md T22): REQUESTS (10,000) random requests by random accounts; after each,
// the rows that the access ledger gained are exactly the persons that the answer named, under the
// account that asked: none missing, none more. Ten times the program is killed right after an answer
// and started again: the row of that answer is there. LIARS_SEED (1).
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { test } from 'node:test';
import { consortium } from './consortium.mjs';
import { new_id, Phone } from './phone.mjs';
import { tell } from '../soak/evidence.mjs';

const requests = Number(process.env.REQUESTS ?? 10_000);
const kills = Math.min(10, Math.floor(requests / 1_000));

let seed = Number(process.env.LIARS_SEED ?? 1);
function below(bound) {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * bound);
}
const one_of = (list) => list[below(list.length)];

const node = await consortium();
// Whoever may read somebody, everywhere; of the others one each.
const readers = ['outreach_worker', 'adviser', 'solution_partner', 'reception_agent', 'volunteer', 'coordinator'];
const wanted = (role, place) => readers.includes(role) || place === 'team';
let members = await node.members(wanted);
// More often those who read: a refusal names nobody.
const some_member = () => one_of(below(4) ? members.filter((one) => readers.slice(0, 4).includes(one.role)) : members);
const author = members.find((one) => one.name === 'outreach_worker-team');
const team = author.signed.info.teams[0].id;
const phone = await Phone.enrol(node.url, author.signed);
const made = Array.from({ length: 40 }, (_, i) => phone.person(`Personne${i}`, team));
for (const person of made) phone.contact(person, team, 'vue');
// Half of them have a pathway, ten of these a relay to the other organisation.
const organisation = author.signed.info.organisation.id;
const elsewhere = (await author.signed.get('/api/v1/reference')).body.organisations.find((one) => one.name === 'Autre').id;
for (const person of made.slice(0, 20)) phone.open_pathway(person, team, organisation);
for (const person of made.slice(0, 10)) phone.relay(person, organisation, elsewhere, ['alias', 'steps']);
await phone.send();
assert.ok(phone.notes.every((note) => note.result.receipt === 'accepted'), JSON.stringify(phone.notes.find((note) => note.result.receipt !== 'accepted')));
const lost = await Phone.enrol(node.url, author.signed);
const waiting = [lost.contact(made[0], team, 'en attente')];
await author.signed.post(`/api/v1/devices/${lost.device}/lost`, {});
await lost.send();

const read_only = () => new DatabaseSync(join(node.data, 'journal.db'), { readOnly: true });
let ledger = read_only();
const last_row = () => ledger.prepare('SELECT ifnull(max(sequence), 0) AS last FROM ledger').get().last;
function rows_after(sequence) {
  return ledger.prepare('SELECT sequence, hex(account) AS account, action, hex(subjects) AS subjects FROM ledger WHERE sequence > ? ORDER BY sequence').all(sequence);
}
const ids_in = (hex) => hex.toLowerCase().match(/.{32}/g) ?? [];

const days = Array.from({ length: 45 }, (_, i) => new Date(Date.UTC(2016, 8, 1 + i)).toISOString().slice(0, 10));
const today = new Date(Date.now() + 3_600_000).toISOString().slice(0, 10);
let asker_team = '';
const teams = [...new Set(members.flatMap((one) => one.signed.info.teams.map((each) => each.id))), new_id()];
const people = [...made];
for (const member of members.filter((one) => one.role === 'outreach_worker' || one.role === 'reception_agent')) {
  const list = await member.signed.get(`/api/v1/people?team=${member.signed.info.teams[0].id}`);
  people.push(...list.body.rows.map((row) => row.id));
}
people.push(new_id());

const named_rows = (body) => body.rows.filter((row) => row.person !== undefined).map((row) => row.subject);
// How to ask, and whom an answer of 200 names: read from the answer itself.
const kinds = [
  { ask: () => `/api/v1/people?team=${asker_team}&page=${1 + below(2)}`, names: (body) => body.rows.map((row) => row.id) },
  { ask: () => `/api/v1/people?team=${asker_team}&query=pers`, names: (body) => body.rows.map((row) => row.id) },
  { ask: () => `/api/v1/people/${one_of(people)}`, names: (body) => [body.id], weight: 4 },
  { ask: () => `/api/v1/people/${one_of(people)}/history`, names: (_, path) => [path.split('/')[4]], weight: 3 },
  { ask: () => `/api/v1/people/${one_of(people)}/ledger`, names: (_, path) => [path.split('/')[4]] },
  ...['pathway', 'thread', 'followers', 'sharing'].map((page) => (
    { ask: () => `/api/v1/people/${one_of(people)}/${page}`, names: (_, path) => [path.split('/')[4]] })),
  { ask: () => '/api/v1/relays', names: (body) => Object.values(body).flat().map((row) => row.person) },
  { ask: () => '/api/v1/board', names: (body) => [...body.ruptures, ...body.stuck, ...body.decisions].map((row) => row.person) },
  { ask: () => `/api/v1/today?team=${asker_team}&day=${below(3) ? one_of(days) : today}`,
    names: (body) => [...named_rows(body), ...body.to_do.map((row) => row.person)], weight: 3 },
  { ask: () => `/api/v1/figures/entries?indicator=${one_of(['encounters', 'I01', 'I16', 'I03a'])}&period=2016-09&team=${asker_team}`,
    names: named_rows, weight: 2 },
  { ask: () => `/api/v1/entries/${one_of([...waiting, new_id()])}/own`, names: () => [made[0]] },
  { ask: () => `/api/v1/reports/day?team=${asker_team}&day=${one_of(days)}`, names: () => [] },
  { ask: () => `/api/v1/figures?indicator=${one_of(['I01', 'I03a', 'I16'])}&period=2016-09`, names: () => [] },
  { ask: () => '/api/v1/quarantine', names: () => [] },
  { ask: () => '/api/v1/reference', names: () => [] },
  { ask: () => '/api/v1/ledger', names: () => [] },
  { ask: () => `/api/v1/rounds?team=${asker_team}`, names: () => [] },
  { ask: () => `/api/v1/entries/${phone.notes[below(phone.notes.length)].id}/receipt`, names: () => [] },
].flatMap((kind) => Array(kind.weight ?? 1).fill(kind));

async function killed_and_back() {
  ledger.close();
  await node.kill();
  members = await node.members(wanted);
  ledger = read_only();
}

test(`${requests} requests, each with its rows`, { timeout: 3_600_000 }, async () => {
  let answered = 0;
  let disclosed = 0;
  let killed = 0;
  let before = last_row();
  for (let i = 0; i < requests; i += 1) {
    const member = some_member();
    // Mostly about one's own team.
    asker_team = (below(3) && member.signed.info.teams[0]?.id) || one_of(teams);
    const kind = one_of(kinds);
    const path = kind.ask();
    const answer = await member.signed.get(path);
    const where = `request ${i}: ${member.name} GET ${path} ${answer.status}`;
    assert.ok([200, 400, 403, 404, 429].includes(answer.status), where);
    if (kills > 0 && i % Math.floor(requests / kills) === Math.floor(requests / kills) - 1) {
      await killed_and_back();
      killed += 1;
    }
    const expected = new Set(answer.status === 200 ? kind.names(answer.body, path) : []);
    const rows = rows_after(before);
    const found = new Set(rows.flatMap((row) => ids_in(row.subjects)));
    assert.deepEqual([...found].sort(), [...expected].sort(), where);
    for (const row of rows) assert.equal(row.account.toLowerCase(), member.signed.info.account, where);
    if (rows.length > 0) before = rows.at(-1).sequence;
    answered += answer.status === 200 ? 1 : 0;
    disclosed += expected.size;
  }
  assert.ok(answered > requests / 5 && disclosed > requests / 5, `${answered} ${disclosed}`);
  assert.equal(killed, kills);
  tell('ledger', requests, 0, `${answered} answered, ${disclosed} disclosures, ${killed} kills`);
});
