// kill -9 of a server under load, KILL_LOOPS times (20), on one folder (safety.md T01, T13). Four
// phones send persons and contacts, one worker erases persons, and now and then a backup is taken.
// Most kills fall within milliseconds of an erasure that was asked for, so that they cut between key,
// entry, ledger and erasure; the others anywhere. After each: what was acknowledged is there once,
// in the journal and in the figures; who was erased is not; an erasure that was cut is whole or not
// begun. At the end the last backup that was taken under load is restored, the erasures since are
// replayed, the phones send again what they keep: nothing acknowledged is lost.
// Last line: N passed, N failed.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { program, run_json, session, small_demo, start } from '../cli/program.mjs';
import { new_id, Phone } from '../liars/phone.mjs';
import { tell } from '../soak/evidence.mjs';

const loops = Number(process.env.KILL_LOOPS ?? 20);
const verify_every = Math.max(5, Math.floor(loops / 8));
const backup_every = 5;
const path = mkdtempSync(join(tmpdir(), 'filrouge-kill-'));
const counts = { passed: 0, failed: 0, under_load: 0, near_erasure: 0, erased: 0, cut_erasures: 0, acknowledged: 0, backups: 0 };
let worker;
let team;
let server;
let backup = null; // the last whole one
const phones = [];
const persons = new Map(); // id -> { notes, asked, erased }

function judge(what, good, more = '') {
  counts[good ? 'passed' : 'failed'] += 1;
  if (!good || process.env.KILL_VERBOSE) console.log(`${good ? 'ok' : 'not ok'} ${what}${good ? '' : ` ${more}`}`);
}

async function sign_in(account) {
  worker = await session(server.url, account);
  if (worker.status !== 200) throw new Error(`sign in: ${JSON.stringify(worker.info)}`);
  team = worker.info.teams[0].id;
}

// One phone: a person, some contacts about her, sent at once; until the server is gone.
async function work(phone, size) {
  for (;;) {
    const person = phone.person(`Alias ${new_id().slice(0, 6)}`, team);
    const first = phone.notes.length - 1;
    for (let i = 0; i < size; i += 1) phone.contact(person, team, `note ${i}`);
    persons.set(person, { asked: false, erased: false, notes: phone.notes.slice(first) });
    for (let at = first; at < phone.notes.length; at += size)
      if ((await phone.post(phone.notes.slice(at, at + size))) === null) return;
  }
}

// Erases one acknowledged person after another.
async function erase(on_ask) {
  for (;;) {
    const found = [...persons].find(([, one]) => !one.asked && one.notes.every((note) => note.result));
    if (!found) {
      await sleep(2);
      if (server.gone) return;
      continue;
    }
    const [id, one] = found;
    one.asked = true;
    on_ask();
    const answer = await worker.post(`/api/v1/people/${id}/erasure`, { asked_by: 'person' }).catch(() => null);
    if (answer === null) return;
    if (answer.status !== 200) throw new Error(`erasure ${JSON.stringify(answer)}`);
    one.erased = true;
    counts.erased += 1;
  }
}

function take_backup(data, number) {
  const to = join(path, `backup-${number}`);
  const child = spawn(program, ['backup', '--data', data, '--to', to], { stdio: 'ignore' });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0 ? to : null)));
}

// The journal and the figures, asked for every acknowledged note that nobody erased.
async function expect_all(notes, where) {
  const kept = notes.filter((note) => note.result && note.result.receipt !== 'quarantined' && !persons.get(note.subject).asked);
  let missing = 0;
  let doubled = 0;
  for (let at = 0; at < kept.length; at += 1000) {
    const slice = kept.slice(at, at + 1000);
    const answer = await worker.post('/api/v1/entries/known', { ids: slice.map((note) => note.id) });
    const rows = new Map(answer.body.rows.map((row) => [row.id, row]));
    for (const note of slice) {
      const row = rows.get(note.id);
      const facts = note.kind === 'contact' ? 1 : 0;
      if (!row || row.journal < 1 || row.facts < facts) missing += 1;
      else if (row.journal > 1 || row.facts > 1) doubled += 1;
    }
  }
  judge(`${where}: ${kept.length} acknowledged, none missing, none doubled`, missing === 0 && doubled === 0,
    `${missing} missing, ${doubled} doubled`);
  return kept.length;
}

// Asked for again, an erasure that was cut is whole; nothing of her is shown.
async function expect_erased(list, where) {
  for (const [id, one] of list) {
    if (!one.erased) {
      counts.cut_erasures += 1;
      const again = await worker.post(`/api/v1/people/${id}/erasure`, { asked_by: 'person' });
      judge(`${where}: a cut erasure ends`, [200, 404].includes(again.status), JSON.stringify(again));
      one.erased = true;
    }
    const card = await worker.get(`/api/v1/people/${id}`);
    const history = await worker.get(`/api/v1/people/${id}/history`);
    judge(`${where}: who was erased is not there`, card.status === 404 && history.status === 404,
      `${card.status} ${history.status}`);
  }
}

async function one_loop(number, data, account) {
  const before = phones.map((phone) => phone.notes.length);
  const known_erased = new Set([...persons].filter(([, one]) => one.erased).map(([id]) => id));
  let near;
  const asked = new Promise((resolve) => (near = resolve));
  const working = phones.map((phone, i) => work(phone, [1, 3, 8, 30][i]));
  const erasing = erase(() => near());
  const copying = number % backup_every === 0 ? take_backup(data, number) : null;
  if (number % 10 < 7) {
    // Near an erasure: some later than the first, so that there is work before it.
    await asked;
    await sleep(30 + Math.random() * 120);
    let seen = counts.erased;
    while (seen === counts.erased && !server.gone) await sleep(1);
    await sleep(Math.random() * 8);
    counts.near_erasure += 1;
  } else {
    await sleep(50 + Math.random() * 250);
  }
  server.gone = true;
  await server.kill();
  await Promise.all(working);
  await erasing;
  if (phones.some((phone) => phone.notes.some((note) => note.result === null))) counts.under_load += 1;
  const copied = copying === null ? null : await copying;
  if (copied) {
    backup = copied;
    counts.backups += 1;
  }
  server = await start(['serve', '--data', data], { listen: new URL(server.url).host });
  await sign_in(account);
  const sent = await Promise.all(phones.map((phone) => phone.send()));
  judge(`loop ${number}: the phones are done in the end`, sent.every(Boolean));
  const fresh = phones.flatMap((phone, i) => phone.notes.slice(before[i]));
  judge(`loop ${number}: there was work`, fresh.length > 20, `${fresh.length} notes`);
  counts.acknowledged += fresh.length;
  await expect_erased([...persons].filter(([id, one]) => one.asked && !known_erased.has(id)), `loop ${number}`);
  await expect_all(fresh, `loop ${number}`);
  if (number % verify_every === 0) {
    const beside = run_json(['verify', '--data', data]);
    judge(`loop ${number}: verify beside the server`, beside.status === 0, JSON.stringify(beside));
    await expect_all(phones.flatMap((phone) => phone.notes), `loop ${number}, everything`);
  }
}

// The disk of the server is lost but for its keys; the last backup is put in its place.
async function restore(data, account) {
  const epoch = worker.info.epoch;
  const address = new URL(server.url).host;
  server.gone = true;
  await server.kill();
  const restored = join(path, 'restored');
  const done = run_json(['restore', '--from', backup, '--data', restored, '--erasures', data]);
  judge('restore of a backup taken under load', done.status === 0, JSON.stringify(done));
  server = await start(['serve', '--data', restored], { listen: address });
  await sign_in(account);
  judge('the restored log has another epoch', worker.info.epoch !== epoch);
  const erased = [...persons].filter(([, one]) => one.erased).map(([id]) => id);
  let shown = 0;
  for (const id of erased.slice(-200)) if ((await worker.get(`/api/v1/people/${id}`)).status !== 404) shown += 1;
  judge(`${erased.length} erasures are replayed`, shown === 0, `${shown} are back`);
  let lacked = 0;
  for (const phone of phones) {
    const before = phone.notes.map((note) => note.result);
    for (const note of phone.notes) note.result = null;
    judge('a phone sends again all that it keeps', await phone.send(), `${phone.status}`);
    phone.notes.forEach((note, i) => {
      if (note.result?.receipt === 'accepted' && before[i]?.receipt !== 'quarantined') lacked += 1;
    });
  }
  await expect_all(phones.flatMap((phone) => phone.notes), 'after the restore');
  const back = phones.flatMap((phone) => phone.notes).filter((note) => persons.get(note.subject).erased && note.result.receipt === 'accepted');
  judge('nothing of who was erased comes back', back.length === 0, `${back.length} notes`);
  await server.stop();
  const end = run_json(['verify', '--data', restored]);
  judge('verify of the restored folder', end.status === 0, JSON.stringify(end).slice(0, 2000));
  console.log(`# restored: ${done.answer?.entries} entries in the backup, ${lacked} sent again that it lacked, ${erased.length} erasures replayed`);
}

const began = Date.now();
try {
  const { data, accounts } = small_demo(path);
  server = await start(['serve', '--data', data]);
  const account = accounts.find((one) => one.role === 'outreach_worker');
  await sign_in(account);
  for (let i = 0; i < 4; i += 1) phones.push(await Phone.enrol(server.url, worker));
  for (let number = 1; number <= loops; number += 1) await one_loop(number, data, account);
  const each = (Date.now() - began) / loops / 1000;
  judge('a backup was taken under load', backup !== null && existsSync(backup));
  if (backup) await restore(data, account);
  judge(`${counts.under_load} of ${loops} kills fell into work under way`, counts.under_load * 2 > loops);
  tell('kill', loops, counts.failed, `${counts.near_erasure} within milliseconds of an erasure, ${each.toFixed(2)} s each: ` +
    `${counts.acknowledged} acknowledged, ${counts.erased} erased, ${counts.cut_erasures} erasures cut, ${counts.backups} backups`);
} catch (error) {
  judge('the loop itself', false, error.stack);
} finally {
  server?.process.kill('SIGKILL');
  rmSync(path, { recursive: true, force: true });
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);
