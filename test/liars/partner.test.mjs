// Law 5: whoever identifies a person cannot tell whether another organisation follows somebody of
// her name: the same answers, the same log, the same time. That organisation's team is told, and it
// alone. LIARS_TIMES (200) requests of each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consortium } from './consortium.mjs';
import { Phone } from './phone.mjs';

const node = await consortium();
const asker = await node.sign_in('outreach-worker-team');
const follower = await node.sign_in('adviser-other');
const phones = new Map();
for (const signed of [asker, follower]) phones.set(signed, await Phone.enrol(node.url, signed));

async function identified(signed, first_name, surname) {
  const phone = phones.get(signed);
  const person = phone.person(`${first_name} ${surname} ${Math.random()}`, signed.info.teams[0].id);
  await phone.send();
  phone.note('identity_given', person, { first_name, surname, replaces: [] });
  const from = performance.now();
  await phone.send();
  const took = performance.now() - from;
  for (const note of phone.notes.slice(-2)) assert.equal(note.result.receipt, 'accepted');
  return { person, took };
}
const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const calls = async () => (await follower.get('/api/v1/relays')).body.sought;
const times = Number(process.env.LIARS_TIMES ?? 200);

await identified(follower, 'Ombeline', 'Vauquelin');
const hit = await identified(asker, 'Ombeline', 'Vauquelin');
const none = await identified(asker, 'Philibert', 'Castelnau');

test('the follower is told, and the searcher is not', async () => {
  assert.deepEqual((await calls()).map(({ shown, organisation }) => [shown, organisation]), [['Ombeline', asker.info.organisation.id]]);
  assert.deepEqual((await asker.get('/api/v1/relays')).body.sought, []);
});

test('one answer, one log, one time', async () => {
  const took = { hit: [], none: [] };
  const before = (await asker.get('/api/v1/log')).body.size;
  assert.ok(before > 0);
  for (let i = 0; i < times; i += 1) {
    for (const [kind, { person }] of i % 2 ? [['hit', hit], ['none', none]] : [['none', none], ['hit', hit]]) {
      const from = performance.now();
      const answer = await asker.get(`/api/v1/people/${person}/duplicates`);
      took[kind].push(performance.now() - from);
      assert.deepEqual(answer, { status: 200, body: { rows: [], total: 0 } });
    }
  }
  await calls();
  assert.equal((await asker.get('/api/v1/log')).body.size, before, 'the log did not grow');
  const apart = Math.abs(middle(took.hit) - middle(took.none));
  console.log(`# duplicates: ${middle(took.hit).toFixed(2)} ms with a hit elsewhere, ${middle(took.none).toFixed(2)} ms without, ${times} each`);
  assert.ok(apart <= 2, `${apart.toFixed(2)} ms apart`);
});

test('an identification is received in the same time', async () => {
  const took = { hit: [], none: [] };
  for (let i = 0; i < Math.ceil(times / 5); i += 1) {
    took.hit.push((await identified(asker, 'Ombeline', 'Vauquelin')).took);
    took.none.push((await identified(asker, 'Philibert', 'Castelnau')).took);
  }
  const apart = Math.abs(middle(took.hit) - middle(took.none));
  console.log(`# identity_given: ${middle(took.hit).toFixed(2)} ms with a hit elsewhere, ${middle(took.none).toFixed(2)} ms without`);
  assert.ok(apart <= 5, `${apart.toFixed(2)} ms apart`);
  assert.equal((await calls()).length, 1, 'once, however often she is noted there');
});
