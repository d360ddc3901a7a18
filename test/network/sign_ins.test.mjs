// Two hundred sign-ins at once (T30): each costs 64 MiB and a tenth of a second of a core, so they
// wait for one another. Bars: memory <= 512 MiB, everything else goes on with p99 <= 500 ms.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at_once, honest_client, mebibytes, resident_peak, size, some_address, target_node, warm } from './attack.mjs';
import { tell } from '../soak/evidence.mjs';

const many = size('NETWORK_SIGN_INS', 200);
const target = await target_node(['outreach_worker']);

async function try_sign_in(login, password) {
  const started = performance.now();
  const answer = await fetch(`${target.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': some_address() },
    body: JSON.stringify({ login, password }),
  });
  await answer.arrayBuffer();
  return { status: answer.status, retry: answer.headers.get('retry-after'), milliseconds: performance.now() - started };
}

test(`${many} sign-ins at once, right and wrong ones`, { timeout: 300_000 }, async () => {
  await warm(target);
  const honest = honest_client(target);
  await honest.ready;
  const right = target.accounts;
  const answers = [];
  await at_once(many, many, async (i) => {
    const account = right[i % right.length];
    const wrong = i % 2 === 1;
    answers.push(await try_sign_in(wrong ? `inconnue-${i}` : account.login, wrong ? 'une phrase inventée' : account.password));
  });
  const seen = await honest.stop();
  const count = (status) => answers.filter((one) => one.status === status).length;
  const peak = resident_peak(target);
  tell('sign_ins', many, seen.failed, `${count(200)} opened, ${count(401)} refused, ${count(503)} told to come back, longest ${Math.round(Math.max(...answers.map((one) => one.milliseconds)))} ms; honest ${seen.count}, p50 ${seen.p50} ms, p99 ${seen.p99} ms, longest ${seen.longest} ms; peak ${mebibytes(peak)} MiB`);
  assert.equal(count(200) + count(401) + count(503), many);
  assert.ok(count(200) > 0 && count(401) > 0);
  for (const one of answers) if (one.status === 503) assert.match(one.retry, /^\d+$/);
  assert.equal(seen.failed + seen.refused, 0, JSON.stringify(seen.failures));
  assert.ok(seen.p99 <= 500, `p99 ${seen.p99} ms`);
  assert.ok(mebibytes(peak) <= 512, `${mebibytes(peak)} MiB`);
});
