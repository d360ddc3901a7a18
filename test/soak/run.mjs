// The long sizes of the fault suite: script/soak [--seed N] [--part FRACTION] [ROW...]
// Runs each row of rows.mjs in chunks until its full size (or that part of it) is reached, and keeps
// what was counted after every chunk in build/soak/state.json: stopped and started again, it goes on
// where it was, with other seeds. --again forgets what was counted. Prints one table and writes it
// into docs/evidence.md, between its two marks. Exit status 0 when every row reached its size with
// nothing bad, 1 when something was bad, 2 when a row could not run or stopped before its size.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { add, evidence_in, evidence_of, shown, table } from './evidence.mjs';
import { rows } from './rows.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(root, 'build/soak');
const file = join(folder, 'state.json');
const words = process.argv.slice(2);

function option(name, fallback) {
  const at = words.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(words.splice(at, 2)[1]);
}

const first_seed = option('seed', 1);
const part = option('part', 1);
const again = words.includes('--again');
const wanted = words.filter((word) => !word.startsWith('--'));
const unknown = wanted.filter((word) => !rows.some(({ row }) => row === word));
if (unknown.length > 0 || !(first_seed >= 0) || !(part > 0)) {
  console.error(`script/soak [--seed N] [--part FRACTION] [--again] [ROW...]\nrows: ${rows.map(({ row }) => row).join(' ')}`);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
if (again) rmSync(file, { force: true });

function kept() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { rows: {} };
  }
}
const state = kept();
const git = (...more) => execFileSync('git', more, { cwd: root, encoding: 'utf8' }).trim();
const commit = git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno') ? '+' : '');

let child = null;
let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    stopped = true;
    if (child) process.kill(-child.pid, 'SIGTERM');
  });

function run_chunk(one, size, seed) {
  return new Promise((resolve) => {
    const { command, env } = one.run(size, seed);
    // A group of its own, so that stopping ends what it started too.
    child = spawn(command[0], command.slice(1), { cwd: root, detached: true, env: { ...process.env, ...env } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.once('error', (error) => resolve({ code: -1, output: String(error) }));
    child.once('exit', (code) => {
      child = null;
      resolve({ code, output });
    });
  });
}

const target = (one) => Math.max(1, Math.ceil(one.soak * part));

async function run_row(one) {
  const before = state.rows[one.row] ?? { size: 0, bad: 0, text: '', seconds: 0, seed: first_seed, commits: [] };
  while (!stopped && before.size < target(one)) {
    const size = Math.min(one.chunk, target(one) - before.size);
    const begun = Date.now();
    const { code, output } = await run_chunk(one, size, before.seed);
    if (stopped) break;
    const found = evidence_in(output).filter(({ row }) => row === one.row);
    writeFileSync(join(folder, `${one.row}.log`), output);
    const sum = { [one.row]: before };
    for (const line of found) add(sum, line);
    Object.assign(before, sum[one.row]);
    // A run that failed without saying what is one bad thing, never none.
    if (code !== 0 && !found.some(({ bad }) => bad > 0)) before.bad += 1;
    before.seconds += Math.round((Date.now() - begun) / 1000);
    before.seed += one.seeds ? size : 1;
    if (!before.commits.includes(commit)) before.commits.push(commit);
    before.date = new Date().toISOString().slice(0, 10);
    // Another run may have counted other rows meanwhile: what it wrote stays.
    state.rows = { ...kept().rows, [one.row]: before };
    writeFileSync(file, JSON.stringify(state, null, 1));
    console.error(`${one.row}: ${shown(before.size)} of ${shown(target(one))}, ${before.bad} bad, ${before.seconds} s`);
    if (found.length === 0 || (code !== 0 && before.bad > 0)) {
      console.error(output.split('\n').slice(-30).join('\n'));
      console.error(`(whole output: build/soak/${one.row}.log)`);
      break;
    }
  }
}

const logs = join(root, 'build/test-logs');
function test_column() {
  try {
    return evidence_of(readdirSync(logs).filter((name) => name.endsWith('.log')).map((name) => join(logs, name)));
  } catch {
    return {};
  }
}

function print() {
  const tests = test_column();
  const cell = (found) => (found ? `${shown(found.size)}: ${found.bad} bad` : 'not run');
  const lines = rows.map((one) => {
    const soak = state.rows[one.row];
    return [
      one.what,
      cell(tests[one.row]),
      soak ? `${shown(soak.size)}${one.whole ? '' : ` of ${shown(one.soak)}`}: ${soak.bad} bad` : 'not run',
      soak?.text || tests[one.row]?.text || '',
      one.anchor,
      soak ? `${soak.date} ${soak.commits.join(' ')}` : '',
    ];
  });
  const text = table(['what is tried', 'script/test', 'script/soak', 'figures', 'anchor', 'date, commit'], lines);
  console.log(text);
  const page = join(root, 'docs/evidence.md');
  const [head, tail] = ['<!-- written by script/soak -->', '<!-- end -->'];
  const old = readFileSync(page, 'utf8');
  const machine = `${cpus().length} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Debian 12`;
  const from = old.indexOf(head) + head.length;
  writeFileSync(page, `${old.slice(0, from)}\nMachine: ${machine}.\n\n${text}\n${old.slice(old.indexOf(tail))}`);
}

const chosen = rows.filter(({ row }) => wanted.length === 0 || wanted.includes(row));
for (const one of chosen) if (!stopped) await run_row(one);
print();
const done = chosen.map((one) => ({ bad: state.rows[one.row]?.bad ?? 0, whole: (state.rows[one.row]?.size ?? 0) >= target(one) }));
process.exitCode = done.some(({ bad }) => bad > 0) ? 1 : done.every(({ whole }) => whole) ? 0 : 2;
