// Runs the rules of rules.mjs over the project, then each over a fault planted for it; checks the
// formatting, and that no file of the real input was copied here.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { code_only, is_cpp, rules } from './rules.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const git = (...args) => execFileSync('git', ['-C', root, '-c', 'safe.directory=*', ...args]);

// Tracked files and new ones that are not ignored: a fault is told before the commit.
const paths = [
  ...new Set(
    git('ls-files', '-z', '--cached', '--others', '--exclude-standard').toString().split('\0'),
  ),
].filter((path) => path !== '' && existsSync(join(root, path)));
const files = paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

test('the project is seen', () => {
  for (const expected of ['CMakeLists.txt', 'core/base/result.h', 'script/test']) {
    assert.ok(paths.includes(expected), `${expected} is not among ${paths.length} files`);
  }
});

for (const rule of rules) {
  test(rule.name, () => {
    const faults = [];
    for (const file of files.filter((one) => rule.applies(one.path))) {
      for (const fault of rule.check(file)) faults.push(`${file.path}:${fault}`);
    }
    assert.equal(faults.length, 0, `\n${faults.join('\n')}`);
  });
  test(`bites: ${rule.name}`, () => {
    assert.ok(rule.applies(rule.planted.path), 'the rule does not look at the planted file');
    assert.notDeepEqual(rule.check(rule.planted), []);
  });
}

test('words in comments and literals are not code', () => {
  assert.equal(code_only('int a; // double\n"float" \'x\'').trim(), 'int a;');
  assert.match(code_only('double b;'), /double/);
});

test('C++ is formatted (clang-format-19)', () => {
  const sources = paths.filter(is_cpp);
  const run = spawnSync('clang-format-19', ['--dry-run', '--Werror', ...sources], { cwd: root });
  assert.equal(run.error, undefined);
  const named = [...new Set(run.stderr.toString().match(/^[^\s:]+\.(h|cc)(?=:)/gm) ?? [])];
  assert.equal(run.status, 0, `to format with clang-format-19 -i:\n${named.join('\n')}`);
});

const shared = process.env.FILROUGE_SHARED ?? '';
test('no file of the real input was copied into the project', (t) => {
  if (shared === '') {
    if (process.env.CI === 'true') assert.fail('FILROUGE_SHARED is empty');
    t.skip('no real input on this machine');
    return;
  }
  const sizes = new Map();
  for (const name of readdirSync(shared, { recursive: true })) {
    const status = statSync(join(shared, name));
    if (status.isFile() && status.size >= 512) {
      sizes.set(status.size, [...(sizes.get(status.size) ?? []), join(shared, name)]);
    }
  }
  const digest = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');
  const copies = paths.filter((path) =>
    (sizes.get(statSync(join(root, path)).size) ?? []).some(
      (other) => digest(other) === digest(join(root, path)),
    ),
  );
  assert.deepEqual(copies, []);
});
