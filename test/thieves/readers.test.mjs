// A valid account that reads too many people is stopped, and somebody is told within a minute (T16);
// the key of a stolen phone reads nothing, on any route (T19).
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { session } from '../cli/program.mjs';
import { canaries, drafts_of, enrol, new_id, real_node } from './phone.mjs';

const path = mkdtempSync(join(tmpdir(), 'filrouge-thieves-'));
const node = await real_node(path);
after(async () => {
  await node.server.stop();
  rmSync(path, { recursive: true, force: true });
});
const records_a_day = 150;

test(`the ${records_a_day + 1}st record outside the own list is refused, and the DPO is told`, { timeout: 300_000 }, async () => {
  // A volunteer keeps, while the round lasts, what they noted; taken out of the team, it is no list of theirs.
  const worker = await enrol(node, await node.account('outreach_worker'));
  await worker.send([worker.draft('round_started', new_id(), {
    round_kind: 'walk', team: node.team, members: [], volunteers: 0, stops: [],
  })]);
  const member = await node.account('volunteer');
  const phone = await enrol(node, member);
  const planted = canaries(records_a_day + 10);
  await phone.send(planted.persons.flatMap((person) => [
    phone.draft('person_created', person.id, { alias: person.alias, team: node.team }),
  ]));
  const moved = await node.rose.post(`/api/v1/accounts/${member.id}/teams`, { teams: [] });
  assert.equal(moved.status, 200, JSON.stringify(moved.body));
  const dpo = await session(node.url, await node.account('dpo'));
  assert.equal(await alerts(dpo), 0);

  const read = (person) => phone.session.get(`/api/v1/people/${person.id}`);
  const answers = await Promise.all(planted.persons.map(read));
  const opened = answers.filter((one) => one.status === 200).length;
  assert.ok(opened >= records_a_day - 16 && opened <= records_a_day, `${opened} were opened`);
  const refused = answers.find((one) => one.status !== 200);
  assert.equal(refused.status, 429);
  assert.equal(refused.body.rule, 'records_a_day');
  const started = Date.now();
  while ((await alerts(dpo)) === 0 && Date.now() - started < 60_000) await sleep(200);
  assert.ok((await alerts(dpo)) >= 1, 'the DPO reads of it');
  assert.match(node.server.said.stderr, /^alert records_a_day \/api\/v1\/people\/\{person\}$/m);
  assert.equal(node.server.said.stderr.match(/^alert/gm).length, 1, 'once, not at each try');
  assert.ok(!node.server.said.stderr.includes(planted.mark) && !node.server.said.stderr.includes(member.login));
  // Stopped is reading, never writing: what somebody without the team notes waits for a human.
  const later = phone.send([phone.draft('person_created', new_id(), { alias: 'Casquette', team: node.team })]);
  await assert.rejects(later, /quarantined.*not_allowed/);
});

const alerts = async (dpo) =>
  (await dpo.get('/api/v1/ledger')).body.rows.filter((row) => row.purpose === 'stopped').length;

test('the key of a stolen phone reads nothing, on any route', { timeout: 300_000 }, async () => {
  const owner = await node.account('outreach_worker', 'samira');
  const phone = await enrol(node, owner);
  const planted = canaries(3);
  await phone.send(planted.persons.flatMap((person) => drafts_of(phone, node.team, person)));
  const document = await (await fetch(`${node.url}/api/v1/openapi.json`)).json();
  const values = { person: planted.persons[0].id, device: phone.device.device, team: node.team, day: new Date().toISOString().slice(0, 10) };
  let tried = 0;
  for (const [route, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      const query = (operation.parameters ?? []).filter((one) => one.in === 'query' && one.required)
        .map((one) => `${one.name}=${values[one.name] ?? 'I02'}`).join('&');
      const address = `${node.url}${route.replaceAll(/\{(\w+)\}/g, (_, name) => values[name] ?? '0'.repeat(32))}${query ? `?${query}` : ''}`;
      for (const headers of [
        { authorization: `Device ${phone.device.token}` },
        { authorization: `Device ${phone.device.token}`, cookie: `__Host-filrouge=${phone.device.token}`, 'x-filrouge-csrf': phone.device.token },
      ]) {
        const body = method === 'post' ? JSON.stringify({ entries: [] }) : undefined;
        const answer = await fetch(address, { method: method.toUpperCase(), headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) }, body });
        const text = await answer.text();
        tried += 1;
        assert.ok(!text.includes(planted.mark) && !text.includes(planted.digits) && !text.includes(owner.login), `${method} ${route}: ${text.slice(0, 300)}`);
        const asked = operation.security?.[0] ?? {};
        if ('session' in asked) assert.equal(answer.status, 401, `${method} ${route}`);
        if ('device' in asked) assert.deepEqual(JSON.parse(text).results, []);
      }
    }
  assert.ok(tried > 80, `${tried} requests`);
  // Declared lost, what it still sends waits for a human and says nothing either.
  const lost = await phone.session.post(`/api/v1/devices/${phone.device.device}/lost`, {});
  assert.equal(lost.status, 200, JSON.stringify(lost.body));
  await assert.rejects(phone.send([phone.draft('person_created', new_id(), { alias: 'Écharpe', team: node.team })]), /quarantined.*device_lost/);
});
