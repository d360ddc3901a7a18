// The drill that both kinds of cluster go through: two application servers on one database, a load
// of contacts through each; the primary is lost at a chance moment (kill -9 of all its processes),
// another member takes over, the servers find it by themselves and the loads go on until everything
// is acknowledged. Each time: nothing that was acknowledged is missing or doubled, whichever server
// is asked, and writing began again within 30 seconds. `filrouge verify` finds nothing at the end.
//
//   await drill({ row: 'failover', failovers: 3, make_cluster: (folder) => Cluster.create(folder) });
//
// A cluster has make_database(name), url(name), lose_primary(), take_over(), rejoin(), destroy().
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { program, run, run_json, sign_ins, small_tenant, start } from '../cli/program.mjs';
import { give_to_server_user } from './cluster.mjs';
import { tell } from '../soak/evidence.mjs';

const contacts = Number(process.env.FAILOVER_CONTACTS ?? 600);
const seconds_max = 30;
let passed = 0;
let failed = 0;
const waits = [];

function judge(what, good, more = '') {
  if (good) passed += 1;
  else failed += 1;
  console.log(`${good ? 'ok' : 'not ok'} ${what}${good ? '' : ` ${more}`}`);
}

const size_of = (file) => (existsSync(file) ? statSync(file).size : 0);

function load(url, account, acked, batch) {
  rmSync(acked, { force: true });
  const child = spawn(
    program,
    ['device', 'load', '--url', url, '--login', account.login, '--password', account.password, '--clients', '4',
      '--contacts', String(contacts), '--batch', String(batch), '--acked', acked, '--patience', '90', '--format', 'json'],
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
  return { ended, state, acked };
}

async function until(what, milliseconds) {
  const end = Date.now() + milliseconds;
  while (!what() && Date.now() < end) await sleep(10);
  return what();
}

// Milliseconds from the loss of the primary to the first new acknowledgement; 0 where the last answers
// were on their way already and nothing was left to write.
async function writing_again(works, lost_at) {
  await sleep(100); // answers that were under way
  const before = works.map((one) => size_of(one.acked));
  const grown = () => works.some((one, index) => size_of(one.acked) > before[index]);
  const over = () => works.every((one) => one.state.done);
  await until(() => grown() || over(), 90_000);
  if (grown()) return Date.now() - lost_at;
  return over() ? 0 : Infinity;
}

async function one_failover(number, folder, cluster, servers, account) {
  const batch = [1, 1, 20][number % 3];
  const works = servers.map((server, index) => load(server.url, account, join(folder, `acked-${index}`), batch));
  for (const work of works) await until(() => size_of(work.acked) > 33 * 20 || work.state.done, 120_000);
  await sleep(Math.random() * 400);
  const busy = works.some((work) => !work.state.done);
  const lost_at = Date.now();
  await cluster.lose_primary();
  const again = writing_again(works, lost_at);
  await cluster.take_over();
  const milliseconds = busy ? await again : 0;
  if (milliseconds > 0) waits.push(milliseconds);
  const results = await Promise.all(works.map((work) => work.ended));
  judge(
    `failover ${number} (batch ${batch}): writing again after ${(milliseconds / 1000).toFixed(1)} s, all acknowledged in the end`,
    milliseconds <= seconds_max * 1000 && results.every((one) => one.code === 0),
    JSON.stringify(results),
  );
  works.forEach((work, index) => {
    const asked = servers[1 - index]; // what one server acknowledged the other knows
    const check = run_json(['device', 'check', '--url', asked.url, '--login', account.login, '--password', account.password, '--acked', work.acked]);
    const ids = new Set(readFileSync(work.acked, 'utf8').trimEnd().split('\n'));
    judge(
      `failover ${number}: ${ids.size} acknowledged by server ${index + 1}, none missing, none doubled`,
      check.status === 0 && check.answer.checked === contacts && ids.size === contacts,
      JSON.stringify(check),
    );
  });
  await cluster.rejoin();
  return busy;
}

export async function drill({ row, failovers, make_cluster }) {
  const folder = mkdtempSync(join(tmpdir(), 'filrouge-failover-'));
  const servers = [];
  let cluster;
  try {
    give_to_server_user(folder);
    cluster = await make_cluster(folder);
    for (const name of ['filrouge', 'filrouge_keys']) cluster.make_database(name);
    const database = cluster.url('filrouge');
    const data = join(folder, 'server-1');
    const made = run(['demo', '--data', data, '--tenant', small_tenant(folder), '--database', database, '--no-serve']);
    if (made.status !== 0) throw new Error(made.stderr);
    cpSync(data, join(folder, 'server-2'), { recursive: true });
    for (const name of ['server-1', 'server-2'])
      servers.push(await start(['serve', '--data', join(folder, name), '--database', database]));
    const account = sign_ins(made.stdout)[0];
    let under_load = 0;
    for (let number = 1; number <= failovers; number += 1)
      if (await one_failover(number, folder, cluster, servers, account)) under_load += 1;
    for (const server of servers) await server.stop();
    const end = run_json(['verify', '--data', data, '--database', database]);
    judge(`verify after ${failovers} failovers: ${end.answer?.entries} entries`, end.status === 0, JSON.stringify(end));
    judge(`${under_load} of ${failovers} losses fell into work under way`, under_load * 2 > failovers);
    waits.sort((a, b) => a - b);
    const at = (part) => (waits[Math.floor((waits.length - 1) * part)] / 1000).toFixed(1);
    tell(row, failovers, failed, `writing again: median ${at(0.5)} s, longest ${at(1)} s (bar ${seconds_max} s)`);
  } catch (error) {
    judge('the run itself', false, error.stack);
  } finally {
    for (const server of servers) server.process.kill('SIGKILL');
    await cluster?.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
