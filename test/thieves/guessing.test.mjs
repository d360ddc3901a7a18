// Guessing passwords (T18): at most ten guesses an hour for an account, however many at once and
// from wherever; its owner still gets in on a known phone; a name that exists is not told from one
// that does not, by answer or by time.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { enrol, real_node, size } from './phone.mjs';

const path = mkdtempSync(join(tmpdir(), 'filrouge-thieves-'));
const node = await real_node(path);
after(async () => {
  await node.server.stop();
  rmSync(path, { recursive: true, force: true });
});
const address = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

async function guess(login, password, headers = {}) {
  const started = performance.now();
  const answer = await fetch(`${node.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address(), ...headers },
    body: JSON.stringify({ login, password }),
  });
  const body = await answer.text();
  return { status: answer.status, body, headers: [...answer.headers.keys()].sort().join(), milliseconds: performance.now() - started };
}

test('a hundred guesses at once, from a hundred addresses, are ten', { timeout: 120_000 }, async () => {
  const owner = await node.account('outreach_worker');
  const phone = await enrol(node, owner);
  const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => guess(owner.login, `la phrase numéro ${i}`)));
  const judged = answers.filter((one) => one.status === 401).length;
  assert.ok(judged >= 1 && judged <= 10, `${judged} guesses were judged`);
  assert.equal(answers.filter((one) => one.status === 429).length, 100 - judged);
  for (let i = 0; i < 20; i += 1) await guess(owner.login, `encore une, ${i}`);
  assert.equal((await guess(owner.login, owner.password)).status, 429, 'the right word is no better from a stranger');
  const known = { authorization: `Device ${phone.device.token}` };
  assert.equal((await guess(owner.login, owner.password, known)).status, 200, 'the owner gets in on a known phone');
});

test('whoever guesses from the same address does not lock the known phone out', { timeout: 120_000 }, async () => {
  const owner = await node.account('outreach_worker', 'malika');
  const phone = await enrol(node, owner);
  const here = { 'x-forwarded-for': '192.0.2.7' };
  for (let i = 0; i < 40; i += 1) await guess(`personne-${i}`, 'une phrase inventée', here);
  assert.equal((await guess(owner.login, owner.password, here)).status, 429, 'the address is closed');
  assert.equal((await guess(owner.login, owner.password, { ...here, authorization: `Device ${phone.device.token}` })).status, 200);
});

test('a stolen phone gives ten guesses as well, at its own account only', { timeout: 120_000 }, async () => {
  const owner = await node.account('outreach_worker', 'zoe');
  const other = await node.account('outreach_worker', 'yann');
  const phone = await enrol(node, owner);
  const stolen = { authorization: `Device ${phone.device.token}` };
  const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => guess(owner.login, `la phrase numéro ${i}`, stolen)));
  assert.ok(answers.filter((one) => one.status === 401).length <= 10);
  for (let i = 0; i < 15; i += 1) await guess(other.login, `une autre phrase ${i}`);
  assert.equal((await guess(other.login, other.password, stolen)).status, 429, 'it opens no way to another account');
});

test('codes of activation are guessed no faster', { timeout: 120_000 }, async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, (_, i) =>
    fetch(`${node.url}/api/v1/activation`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address() },
      body: JSON.stringify({ login: 'omar', code: `AAAA-BBBB-CCCC-DD${10 + i}`, password: 'une bien longue phrase' }),
    }).then((answer) => answer.status)));
  assert.ok(answers.filter((status) => status !== 429).length <= 10, answers.join());
});

test('a name that exists is not told from one that does not', { timeout: 600_000 }, async () => {
  const each = size('THIEVES_TIMINGS', 60);
  // Eight guesses an account, so that none is closed.
  const accounts = [];
  while (accounts.length * 8 < each) accounts.push(await node.account('volunteer', `benevole-${accounts.length}`));
  const times = { known: [], unknown: [] };
  const shapes = { known: new Set(), unknown: new Set() };
  for (let i = 0; i < each; i += 1) {
    const turns = [['known', accounts[i % accounts.length].login], ['unknown', `benevole-x${i}`]];
    if (i % 2 === 1) turns.reverse();
    for (const [kind, login] of turns) {
      const answer = await guess(login, 'une phrase inventée');
      assert.equal(answer.status, 401);
      times[kind].push(answer.milliseconds);
      shapes[kind].add(`${answer.body} ${answer.headers}`);
    }
  }
  assert.deepEqual(shapes.known, shapes.unknown);
  assert.equal(shapes.known.size, 1);
  const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const [known, unknown] = [median(times.known), median(times.unknown)];
  console.log(`known ${known.toFixed(1)} ms, unknown ${unknown.toFixed(1)} ms, medians of ${each} each`);
  // The answer takes what Argon2 takes; a twentieth of it, or 10 ms on a busy machine, is noise.
  assert.ok(Math.abs(known - unknown) <= Math.max(10, 0.05 * Math.max(known, unknown)), `${known} ms and ${unknown} ms`);
});
