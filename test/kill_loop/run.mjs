// kill -9 of a server under load, KILL_LOOPS times (20): a load of contacts runs, the server is
// killed at a chance moment and started again on the same folder, the load goes on by itself until
// everything is acknowledged. Each time: nothing acknowledged is missing or doubled. Now and then,
// and at the end, `filrouge verify` finds nothing. Last line: N passed, N failed.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { program, run_json, small_demo, start } from '../cli/program.mjs';

const loops = Number(process.env.KILL_LOOPS ?? 20);
const contacts = Number(process.env.KILL_CONTACTS ?? 1500);
const verify_every = Math.max(1, Math.floor(loops / 4));
const path = mkdtempSync(join(tmpdir(), 'filrouge-kill-'));
const acked = join(path, 'acked.txt');
let passed = 0;
let failed = 0;
let under_load = 0;

function judge(what, good, more = '') {
  if (good) passed += 1;
  else failed += 1;
  console.log(`${good ? 'ok' : 'not ok'} ${what}${good ? '' : ` ${more}`}`);
}

const size_of = (file) => (existsSync(file) ? statSync(file).size : 0);

function load(server_url, account, batch) {
  const child = spawn(
    program,
    ['device', 'load', '--url', server_url, '--login', account.login, '--password', account.password,
      '--clients', '8', '--contacts', String(contacts), '--batch', String(batch), '--acked', acked,
      '--format', 'json'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (said.stdout += text));
  child.stderr.on('data', (text) => (said.stderr += text));
  const state = { done: false };
  const ended = new Promise((resolve) =>
    child.once('exit', (code) => {
      state.done = true;
      resolve({ code, ...said });
    }),
  );
  return { child, ended, state };
}

// Until the first answers are in: from then on the kill falls into the middle of work.
async function first_answers(work) {
  for (let waited = 0; waited < 60_000 && !work.state.done; waited += 5) {
    if (size_of(acked) > 33 * 20) return;
    await sleep(5);
  }
}

async function one_loop(number, data, account, server) {
  rmSync(acked, { force: true });
  const listen = new URL(server.url).host;
  const batch = [1, 1, 50][number % 3];
  const work = load(server.url, account, batch);
  await first_answers(work);
  await sleep(Math.random() * (batch === 1 ? 400 : 40));
  const busy = !work.state.done;
  await server.kill();
  if (busy) under_load += 1;
  const again = await start(['serve', '--data', data], { listen });
  const result = await work.ended;
  judge(`loop ${number} (batch ${batch}): all acknowledged in the end`, result.code === 0, `${result.stdout} ${result.stderr}`);
  const check = run_json(['device', 'check', '--url', again.url, '--login', account.login, '--password', account.password, '--acked', acked]);
  const ids = new Set(readFileSync(acked, 'utf8').trimEnd().split('\n'));
  judge(
    `loop ${number}: ${ids.size} acknowledged, none missing, none doubled`,
    check.status === 0 && check.answer.checked === contacts && ids.size === contacts,
    JSON.stringify(check),
  );
  return again;
}

let server;
try {
  const { data, accounts } = small_demo(path);
  server = await start(['serve', '--data', data]);
  for (let number = 1; number <= loops; number += 1) {
    server = await one_loop(number, data, accounts[0], server);
    if (number % verify_every === 0) {
      const beside = run_json(['verify', '--data', data]);
      judge(`loop ${number}: verify beside the server`, beside.status === 0, JSON.stringify(beside));
    }
  }
  await server.stop();
  const end = run_json(['verify', '--data', data]);
  judge(`verify after ${loops} kills: ${end.answer?.entries} entries`, end.status === 0, JSON.stringify(end));
  judge(`${under_load} of ${loops} kills fell into work under way`, under_load * 2 > loops);
} catch (error) {
  judge('the loop itself', false, error.stack);
} finally {
  server?.process.kill('SIGKILL');
  rmSync(path, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
