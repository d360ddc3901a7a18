// A full disk (safety.md T05), FULL_FILLS times (10): the folder lies on a small tmpfs, four phones
// send until there is no space left. Nothing acknowledged is lost, phones are told 507 and keep what
// they have, a person is still erased and a card still opened with its ledger row, and once there is
// space the same program goes on by itself. Last line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run_json, session, small_demo, start } from '../cli/program.mjs';
import { Phone } from '../liars/phone.mjs';
import { tell } from '../soak/evidence.mjs';

const fills = Number(process.env.FULL_FILLS ?? 10);
const path = mkdtempSync(join(tmpdir(), 'filrouge-full-'));
const counts = { passed: 0, failed: 0, acknowledged: 0, refused: 0, back_after: [] };
let server;

function judge(what, good, more = '') {
  counts[good ? 'passed' : 'failed'] += 1;
  if (!good) console.log(`not ok ${what} ${more}`);
}

const mount = (on) => spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=48m,mode=700', 'tmpfs', on], { encoding: 'utf8' });
const unmount = (on) => spawnSync('umount', [on]);
const free_bytes = (on) => {
  const disk = statfsSync(on);
  return disk.bavail * disk.bsize;
};

// Notes until the third 507 in a row.
async function fill(phone, person, team, size) {
  let refused = 0;
  for (let round = 0; refused < 3 && round < 4_000; round += 1) {
    const first = phone.notes.length;
    for (let i = 0; i < size; i += 1) phone.contact(person, team, 'x'.repeat(100));
    if ((await phone.post(phone.notes.slice(first))) !== null) refused = 0;
    else if (phone.status === 507) refused += 1;
    else throw new Error(`status ${phone.status} on a full disk`);
  }
  counts.refused += refused;
  return refused === 3;
}

async function expect_all(worker, phones, erased, where) {
  const kept = phones.flatMap((phone) => phone.notes).filter((note) => note.result && note.subject !== erased);
  let wrong = 0;
  for (let at = 0; at < kept.length; at += 1000) {
    const slice = kept.slice(at, at + 1000);
    const answer = await worker.post('/api/v1/entries/known', { ids: slice.map((note) => note.id) });
    const rows = new Map(answer.body.rows.map((row) => [row.id, row]));
    for (const note of slice) if (rows.get(note.id)?.journal !== 1) wrong += 1;
  }
  judge(`${where}: ${kept.length} acknowledged are there once`, wrong === 0, `${wrong} are not`);
  return kept.length;
}

async function while_full(worker, gone, other, where) {
  const erasure = await worker.post(`/api/v1/people/${gone}/erasure`, { asked_by: 'person' });
  judge(`${where}: a person is erased on a full disk`, erasure.status === 200, JSON.stringify(erasure));
  const card = await worker.get(`/api/v1/people/${other}`);
  judge(`${where}: a card opens, with its ledger row`, card.status === 200, JSON.stringify(card));
  const read = await worker.get(`/api/v1/people/${other}/ledger`);
  judge(`${where}: the row is there`, read.status === 200 && read.body.rows.some((row) => row.purpose === 'team_card'));
}

async function one_fill(number, demo, account) {
  const where = `fill ${number}`;
  const disk = join(path, `disk-${number}`);
  mkdirSync(disk);
  if (mount(disk).status !== 0) throw new Error('the tmpfs is not mounted');
  try {
    const data = join(disk, 'demo');
    cpSync(demo, data, { recursive: true });
    server = await start(['serve', '--data', data]);
    const worker = await session(server.url, account);
    const team = worker.info.teams[0].id;
    const phones = [];
    for (let i = 0; i < 4; i += 1) phones.push(await Phone.enrol(server.url, worker));
    const people = phones.map((phone, i) => phone.person(`Plein ${i}`, team));
    const gone = phones[0].person('Partie', team);
    phones[0].contact(gone, team, 'à oublier');
    for (const phone of phones) await phone.send();
    const filler = join(disk, 'filler');
    writeFileSync(filler, Buffer.alloc(Math.max(0, free_bytes(disk) - Math.floor((0.2 + Math.random() * 3) * 2 ** 20))));
    const full = await Promise.all(phones.map((phone, i) => fill(phone, people[i], team, [1, 5, 20, 50][i])));
    judge(`${where}: every phone is told 507`, full.every(Boolean));
    await while_full(worker, gone, people[1], where);
    judge(`${where}: other notes are still refused`, (await phones[2].post(phones[2].notes.slice(-1))) === null && phones[2].status === 507, `${phones[2].status}`);
    rmSync(filler);
    const from = Date.now();
    while (!(await phones[1].send()) && Date.now() - from < 20_000) await sleep(100);
    counts.back_after.push(Date.now() - from);
    const sent = await Promise.all(phones.map((phone) => phone.send()));
    judge(`${where}: goes on by itself once there is space`, sent.every(Boolean) && server.process.exitCode === null, `${phones.map((phone) => phone.status)}`);
    counts.acknowledged += await expect_all(worker, phones, gone, where);
    judge(`${where}: who was erased stays erased`, (await worker.get(`/api/v1/people/${gone}`)).status === 404);
    await server.stop();
    const end = run_json(['verify', '--data', data]);
    judge(`${where}: verify`, end.status === 0, JSON.stringify(end).slice(0, 1_000));
  } finally {
    server?.process.kill('SIGKILL');
    await server?.ended;
    unmount(disk);
  }
}

const probe = join(path, 'probe');
mkdirSync(probe);
const may = mount(probe);
try {
  if (may.status !== 0) {
    console.log(`# this machine mounts no tmpfs: ${may.stderr.trim()}`);
    console.log(`0 passed, 0 failed, ${fills} skipped`);
  } else {
    unmount(probe);
    const { data, accounts } = small_demo(path);
    const account = accounts.find((one) => one.role === 'outreach_worker');
    for (let number = 1; number <= fills; number += 1) await one_fill(number, data, account);
    tell('full_disk', fills, counts.failed, `${counts.acknowledged} acknowledged; ${counts.refused} refused with 507; ` +
      `writing again ${Math.max(...counts.back_after)} ms after there was space, at the latest`);
  }
} catch (error) {
  judge('the fill itself', false, error.stack);
} finally {
  rmSync(path, { recursive: true, force: true });
}
if (may.status === 0) console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);
