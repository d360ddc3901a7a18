// Clients that go away at any byte of any route (T28): half reset the connection, half just leave,
// some after the last byte, before or in the middle of the answer. No connection, no descriptor and
// nothing begun is left behind, and health answers all along. NETWORK_ABORTS (2,000) in all.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { run_json } from '../cli/program.mjs';
import {
  at_once, descriptors, every_route, honest_client, left_open, open_socket, size, target_node,
  warm, write_place,
} from './attack.mjs';
import { tell } from '../soak/evidence.mjs';

const aborts = size('NETWORK_ABORTS', 2_000);
const target = await target_node();
const routes = await every_route(target);

// Sends the first `k` bytes; waits a moment when they are all; goes.
async function abort(route, share) {
  const bytes = route.bytes();
  const k = share >= 1 ? bytes.length : Math.floor(bytes.length * share);
  const socket = open_socket(target);
  await new Promise((resolve) => {
    socket.once('connect', resolve);
    socket.once('error', resolve);
  });
  const answered = share > 1 && new Promise((resolve) => {
    socket.once('data', resolve);
    socket.once('close', resolve);
  });
  if (k > 0) await new Promise((resolve) => socket.write(bytes.subarray(0, k), resolve));
  if (answered) await Promise.race([answered, sleep(200)]);
  if (randomInt(2) === 0) socket.resetAndDestroy();
  else socket.destroy();
}

test(`${aborts} requests given up at any byte of every route`, { timeout: 3_600_000 }, async () => {
  await warm(target);
  const before = descriptors(target);
  const honest = honest_client(target);
  await honest.ready;
  const tried = new Map(routes.map((route) => [route.name, 0]));
  await at_once(aborts, 32, async (i) => {
    const route = routes[i % routes.length];
    tried.set(route.name, tried.get(route.name) + 1);
    // One in five sends everything: half of these wait for the answer to begin.
    await abort(route, randomInt(5) > 0 ? Math.random() : 1 + randomInt(2) / 10);
  });
  assert.ok(Math.min(...tried.values()) >= Math.floor(aborts / routes.length));
  const seen = await honest.stop();
  assert.equal(seen.failed + seen.refused, 0, JSON.stringify(seen));
  assert.ok(seen.count > 10);
  const left = await left_open(target, before);
  assert.equal(left, 0, `${left} descriptors left open`);
  const written = await write_place(target);
  assert.equal(written.status, 200, JSON.stringify(written.body));
  assert.ok(written.milliseconds < 1_000, `${written.milliseconds} ms`);
  tell('aborted', aborts, left, `${routes.length} routes, ${seen.count} honest requests meanwhile, p99 ${seen.p99} ms`);
});

test('what was begun by clients that left is whole or not there', async () => {
  await target.server.stop();
  const verified = run_json(['verify', '--data', target.data]);
  assert.deepEqual(verified.answer.findings, []);
});
