// What the node does under load, at rest and when a year is counted. One folder serves all three:
// 100,000 entries for memory and start, 200,000 for the report.
import { spawn } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { program, run_json, session, sign_ins, run, start } from '../test/cli/program.mjs';

const round = (number, digits = 1) => Number(number.toFixed(digits));

// The folder is a demonstration's, served with its key given as a file outside of it.
export async function served(bench) {
  if (bench.server) return;
  bench.data = join(bench.path, 'data');
  const made = run(['demo', '--data', bench.data, '--no-serve']);
  if (made.status !== 0) throw new Error(made.stderr);
  bench.accounts = sign_ins(made.stdout);
  bench.key = join(bench.path, 'node.key');
  copyFileSync(join(bench.data, 'demo.key'), bench.key);
  bench.entries = run_json(['verify', '--data', bench.data]).answer.entries;
  await begin(bench);
}

async function begin(bench) {
  bench.server = await start(['serve', '--data', bench.data, '--key-file', bench.key]);
}

function load(bench, contacts, batch) {
  const { login, password } = bench.accounts[0];
  const done = run_json([
    'device', 'load', '--url', bench.server.url, '--login', login, '--password', password,
    '--clients', '8', '--contacts', String(contacts), '--batch', String(batch),
    '--acked', join(bench.path, 'acked.txt'),
  ]);
  if (done.status !== 0) throw new Error(done.stderr);
  bench.entries += done.answer.acknowledged + 200;
  return done.answer;
}

// The best of three: a bar says what the machine can do when it does nothing else.
export async function measure_load(bench) {
  await served(bench);
  const contacts = bench.quick ? 1_000 : 8_000;
  const single = [1, 2, 3].map(() => load(bench, contacts, 1));
  const best = single.reduce((a, b) => (b.per_second > a.per_second ? b : a));
  bench.line('contacts acquittés, 8 clients, un par requête', round(best.per_second, 0), '/s', '>= 2300', 'ODK Central 155-232/s');
  bench.line('... p99, de l’envoi à la réponse durable', round(best.p99_ms), 'ms', '<= 20', 'ODK Central 68-135 ms');
  const batches = [1, 2, 3].map(() => load(bench, contacts * 2, 50));
  const fastest = batches.reduce((a, b) => (b.per_second > a.per_second ? b : a));
  bench.line('contacts acquittés, par 50', round(fastest.per_second, 0), '/s', '>= 10000');
}

function fill_up(bench, entries) {
  const goal = bench.quick ? entries / 10 : entries;
  while (bench.entries < goal) load(bench, Math.max(1, Math.min(20_000, goal - bench.entries)), 200);
}

export const resident_megabytes = (process) =>
  Number(readFileSync(`/proc/${process.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/)[1]) / 1024;

// From the start of the program to the first byte of an answer to GET /.
async function first_answer(bench, port) {
  const begun = process.hrtime.bigint();
  const child = spawn(
    program,
    ['serve', '--data', bench.data, '--key-file', bench.key, '--listen', `127.0.0.1:${port}`],
    { stdio: 'ignore' },
  );
  const answered = await new Promise((resolve) => {
    const knock = () => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', () => setTimeout(knock, 1));
      socket.once('connect', () => socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'));
      socket.once('data', (bytes) => {
        resolve(bytes.toString('latin1', 9, 12));
        socket.destroy();
      });
    };
    knock();
  });
  const milliseconds = Number(process.hrtime.bigint() - begun) / 1e6;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
  if (answered !== '200') throw new Error(`GET / answered ${answered}`);
  return milliseconds;
}

export async function measure_memory(bench) {
  await served(bench);
  fill_up(bench, 100_000);
  // The last sign-in is that of the load; then a minute of rest.
  await session(bench.server.url, bench.accounts[0]);
  await sleep(bench.quick ? 8_000 : 65_000);
  bench.line('mémoire après 100 000 entrées, au repos', round(resident_megabytes(bench.server.process)), 'MB', '<= 50', 'ODK Central 371 MB');
  const port = Number(new URL(bench.server.url).port);
  await bench.server.stop();
  const times = [];
  for (let i = 0; i < 5; i += 1) times.push(await first_answer(bench, port));
  times.sort((a, b) => a - b);
  bench.line('démarrage jusqu’à la première réponse', round(times[2]), 'ms', '<= 100', 'ODK Central 860 ms');
  await begin(bench);
}

export async function measure_report(bench) {
  await served(bench);
  fill_up(bench, 200_000);
  const reader = await session(bench.server.url, bench.accounts.find(({ role }) => role === 'evaluator'));
  const year = new Date().getFullYear();
  let slowest = 0;
  for (const by of ['district', 'age_band'])
    for (const indicator of ['encounters', 'I01', 'I02', 'I03a', 'I16']) {
      const times = [];
      for (let i = 0; i < 5; i += 1) {
        const begun = performance.now();
        const { status } = await reader.get(`/api/v1/figures?indicator=${indicator}&period=${year}&by=${by}`);
        times.push(performance.now() - begun);
        if (status !== 200) throw new Error(`${indicator} by ${by}: ${status}`);
      }
      times.sort((a, b) => a - b);
      slowest = Math.max(slowest, times[2]);
    }
  bench.line('un an par QPV ou par âge, 200 000 entrées, le plus lent', round(slowest), 'ms', '<= 300', 'J11 : 3 s');
}
