// The bugs that the simulator plants are in the simulator alone: no word of them is in the program,
// and no source of the rooms knows of them. And one seed is one world: the same hash in two
// processes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const simulator = join(root, 'build/release/filrouge-sim');
const run = (...words) => execFileSync(simulator, words).toString();
const bugs = run('--bugs')
  .trim()
  .split('\n')
  .map((line) => line.split(' ')[0]);

test('there are seventeen or more of them', () => assert.ok(bugs.length >= 17, bugs.join(' ')));

test('four of them are of pathways and relays', () => {
  for (const name of [
    'relay-takeover-without-meeting',
    'withdrawal-ignored-by-card',
    'revoked-keeps-referent',
    'second-referent-accepted',
  ])
    assert.ok(bugs.includes(name), name);
});

test('the program holds none of them', () => {
  const program = readFileSync(join(root, 'build/release/filrouge'));
  const other = readFileSync(simulator);
  for (const word of [...bugs, 'filrouge-sim', 'is overtaken by server']) {
    assert.ok(other.includes(word), `${word} is not in the simulator: this test looks wrong`);
    assert.ok(!program.includes(word), `${word} is in the program`);
  }
});

test('no source of the rooms names the simulator', () => {
  const sources = execFileSync('git', ['-C', root, '-c', 'safe.directory=*', 'ls-files', 'core', 'server'])
    .toString()
    .split('\n')
    .filter((path) => /\.(h|cc)$/.test(path));
  assert.ok(sources.length > 200);
  for (const path of sources) {
    assert.doesNotMatch(readFileSync(join(root, path), 'utf8'), /sim\/|is_planted|FILROUGE_PLANTED/, path);
  }
});

test('a seed is the same world in two processes', () => {
  for (const seed of ['5', '42', '1001']) {
    assert.equal(run('--seed', seed, '--story'), run('--seed', seed, '--story'));
  }
});
