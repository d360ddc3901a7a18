// Tests of the scripts themselves: which node they take, how they count, what they refuse.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'filrouge-scripts-'));

// A PATH with every program of the machine but node and npm.
function machine_without_node() {
  const folder = join(scratch, 'bin');
  mkdirSync(folder, { recursive: true });
  for (const from of ['/usr/bin', '/bin', '/usr/sbin']) {
    for (const name of readdirSync(from)) {
      if (/^(node|nodejs|npm|npx|corepack)$/.test(name)) continue;
      try {
        symlinkSync(join(from, name), join(folder, name));
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
    }
  }
  return folder;
}

const bash = (script, env) => {
  const run = spawnSync('/bin/bash', ['-c', script], { cwd: root, env, encoding: 'utf8' });
  return { status: run.status, out: run.stdout.trim(), err: run.stderr };
};
const ask_node = '. script/lib/common.sh; need_node; command -v node; node -v; npm -v';

test("the scripts take the pinned node where the machine has none", () => {
  const path = machine_without_node();
  assert.notEqual(bash('command -v node', { PATH: path }).status, 0, 'node is not hidden');
  const run = bash(ask_node, { PATH: path, HOME: scratch });
  assert.equal(run.status, 0, run.err);
  const [where, version] = run.out.split('\n');
  assert.equal(where, join(root, '.tools/bin/node'));
  assert.match(version, /^v24\.\d+\.\d+$/);
});

test("the scripts take the pinned node before another one of the machine", () => {
  const decoy = join(scratch, 'decoy');
  mkdirSync(decoy);
  writeFileSync(join(decoy, 'node'), '#!/bin/sh\necho v18.0.0\n');
  chmodSync(join(decoy, 'node'), 0o755);
  const path = `${decoy}:${machine_without_node()}`;
  assert.equal(bash('node -v', { PATH: path }).out, 'v18.0.0');
  assert.match(bash(ask_node, { PATH: path, HOME: scratch }).out, /^\S+\/\.tools\/bin\/node\nv24\./);
});

// What count.mjs says of a report: "passed failed skipped", or null where it refuses it.
function counted(kind, text, status = 0) {
  const file = join(scratch, 'report');
  writeFileSync(file, text);
  const run = spawnSync(
    process.execPath,
    [join(root, 'script/lib/count.mjs'), kind, file, `${status}`],
    { encoding: 'utf8' },
  );
  return run.status === 0 ? run.stdout.trim() : null;
}

test('a GoogleTest report is counted test by test', () => {
  const one = (more) => ({ status: 'RUN', result: 'COMPLETED', ...more });
  const tests = [one({}), one({ failures: [{ failure: 'x' }] }), one({ result: 'SKIPPED' }), one({})];
  const report = JSON.stringify({ testsuites: [{ testsuite: tests }] });
  assert.equal(counted('gtest', report), '2 1 1');
  const green = JSON.stringify({ testsuites: [{ testsuite: [one({})] }] });
  assert.equal(counted('gtest', green), '1 0 0');
  assert.equal(counted('gtest', green, 1), '1 1 0', 'a crash after the report is a failure');
  assert.equal(counted('gtest', green.slice(0, -4), 134), null, 'half a report is refused');
  assert.equal(counted('gtest', '{"testsuites":[]}'), null, 'no test at all is refused');
});

test('TAP and Vitest reports are counted', () => {
  const tap = (n) => `# pass ${n[0]}\n# fail ${n[1]}\n# cancelled ${n[2]}\n# skipped ${n[3]}\n# todo 0\n`;
  assert.equal(counted('tap', tap([5, 0, 0, 2])), '5 0 2');
  assert.equal(counted('tap', tap([5, 1, 1, 0]), 1), '5 2 0');
  assert.equal(counted('tap', 'TAP version 13\n', 1), null);
  const vitest = {
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 1,
    testResults: [{ status: 'failed', assertionResults: [] }],
  };
  assert.equal(counted('vitest', JSON.stringify(vitest), 1), '3 1 1', 'a file that did not load');
});

test('a program that counts for itself is believed on its last line only', () => {
  assert.equal(counted('counted', 'ok\n7 passed, 0 failed\n'), '7 0 0');
  assert.equal(counted('counted', '7 passed, 2 failed, 1 skipped\n', 1), '7 2 1');
  assert.equal(counted('counted', '7 passed, 0 failed\nSegmentation fault\n', 139), null);
  assert.equal(counted('counted', '0 passed, 0 failed\n'), null);
});

test('script/test refuses a suite that it does not have', () => {
  const run = bash('script/test nulle', { PATH: process.env.PATH, HOME: scratch });
  assert.equal(run.status, 2);
  assert.match(run.err, /Suite inconnue : nulle\. Il y a : tidy asan /);
});

// Suites that take too long to run at every change; script/suites/order says how to.
const onDemand = ['lint', 'unit'];

test('every suite is in the order, and every one of the order exists', () => {
  const order = bash("sed -e 's/#.*//' script/suites/order", process.env).out.split(/\s+/);
  order.push(...onDemand);
  const present = readdirSync(join(root, 'script/suites'))
    .filter((name) => name.endsWith('.sh'))
    .map((name) => name.slice(0, -3));
  assert.deepEqual([...order].sort(), present.sort());
});

test('the scripts pass shellcheck', () => {
  const scripts = ['.ci/run', 'script/build', 'script/demo', 'script/test', 'script/bench',
    'script/soak', 'script/lib/common.sh', 'script/lib/suite.sh'];
  for (const name of readdirSync(join(root, 'script/suites'))) {
    if (name.endsWith('.sh')) scripts.push(`script/suites/${name}`);
  }
  const run = spawnSync('shellcheck', ['--external-sources', '--shell=bash', ...scripts], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(run.status, 0, run.stdout);
});
