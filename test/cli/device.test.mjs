import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, run, run_json, small_demo, start } from './program.mjs';

async function served(t) {
  const path = folder(t);
  const { data, accounts } = small_demo(path);
  const server = await start(['serve', '--data', data]);
  t.after(server.kill);
  const who = ['--url', server.url, '--login', accounts[0].login, '--password', accounts[0].password];
  return { path, data, accounts, server, who, acked: join(path, 'acked.txt') };
}

test('load is acknowledged, checked, verified, one a request and in batches', async (t) => {
  const { data, server, who, acked } = await served(t);
  for (const batch of ['1', '50']) {
    const load = run_json(['device', 'load', ...who, '--clients', '8', '--contacts', '400', '--batch', batch, '--acked', acked]);
    assert.equal(load.status, 0, load.stderr);
    assert.equal(load.answer.acknowledged, 400);
    for (const name of ['acknowledged', 'per_second', 'p50_ms', 'p99_ms'])
      assert.equal(typeof load.answer[name], 'number');
    assert.ok(load.answer.per_second > 0 && load.answer.p99_ms >= load.answer.p50_ms);
    assert.equal(readFileSync(acked, 'utf8').trimEnd().split('\n').length, 400);
    const check = run_json(['device', 'check', ...who, '--acked', acked]);
    assert.equal(check.status, 0, check.stderr);
    assert.deepEqual({ ...check.answer, acked: '' }, { checked: 400, missing: 0, doubled: 0, acked: '' });
  }
  await server.stop();
  assert.deepEqual(run_json(['verify', '--data', data]).answer.findings, []);
});

test('check finds what is missing, and another account sees nothing of it', async (t) => {
  const { server, accounts, who, acked } = await served(t);
  run(['device', 'load', ...who, '--contacts', '40', '--acked', acked]);
  writeFileSync(acked, `${readFileSync(acked, 'utf8')}${'0'.repeat(32)}\n`);
  const check = run_json(['device', 'check', ...who, '--acked', acked]);
  assert.equal(check.status, 1);
  assert.deepEqual([check.answer.checked, check.answer.missing, check.answer.doubled], [41, 1, 0]);
  const other = ['--url', server.url, '--login', accounts[1].login, '--password', accounts[1].password];
  assert.equal(run_json(['device', 'check', ...other, '--acked', acked]).answer.missing, 41);
  writeFileSync(acked, 'not an id\n');
  assert.equal(run(['device', 'check', ...who, '--acked', acked]).status, 1);
});

test('wrong words, no server, no team: one line and status 1', async (t) => {
  const { server, accounts, who } = await served(t);
  const wrong = run(['device', 'load', '--url', server.url, '--login', accounts[0].login, '--password', 'something else']);
  assert.equal(wrong.status, 1);
  assert.equal(wrong.stderr.trimEnd().split('\n').length, 1);
  const evaluator = accounts.find((one) => one.role === 'evaluator');
  assert.equal(run(['device', 'load', '--url', server.url, '--login', evaluator.login, '--password', evaluator.password]).status, 1);
  assert.equal(run(['device', 'load', '--url', 'ftp://x', '--login', 'a', '--password', 'b']).status, 2);
  await server.stop();
  assert.equal(run(['device', 'load', ...who]).status, 1);
});
