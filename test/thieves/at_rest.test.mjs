// A stolen server, disk or backup (T20): THIEVES_PLANTED (500) persons with a name, a note and a
// number, sent by a phone, read by people, are looked for in every file the server leaves: data
// folder with its write-ahead log, temporary files, log, backup, core dump after a crash; and
// again after erasures, when not even the sealed bytes or the keys of the erased are left.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { program, run_json, start } from '../cli/program.mjs';
import { canaries, drafts_of, enrol, holds, readable, real_node, size } from './phone.mjs';
import { tell } from '../soak/evidence.mjs';

const count = size('THIEVES_PLANTED', 500);
const path = mkdtempSync(join(tmpdir(), 'filrouge-thieves-'));
const temporary = join(path, 'tmp');
mkdirSync(temporary);
process.env.TMPDIR = temporary;
const planted = canaries(count);
const node = await real_node(path);
const worker = await node.account('outreach_worker');
const phone = await enrol(node, worker);
after(async () => {
  await node.server.kill();
  rmSync(path, { recursive: true, force: true });
});

async function plant() {
  await phone.send(planted.persons.flatMap((person) => drafts_of(phone, node.team, person)));
}

// People work with it: lists, a search, cards, histories, the day.
async function read() {
  const { session } = phone;
  const today = new Date().toISOString().slice(0, 10);
  const pages = Math.ceil(count / 50);
  for (let page = 0; page < pages; page += 1)
    assert.equal((await session.get(`/api/v1/people?team=${node.team}&page=${page}`)).status, 200);
  const one = planted.persons[0];
  const search = await session.get(`/api/v1/people?team=${node.team}&query=${one.alias}`);
  assert.equal(search.body.rows.length, 1);
  for (const person of planted.persons.slice(0, 50)) {
    const card = await session.get(`/api/v1/people/${person.id}`);
    assert.ok(JSON.stringify(card.body).includes(person.reach), 'what was planted can be read by who may');
    await session.get(`/api/v1/people/${person.id}/history`);
  }
  await session.get(`/api/v1/today?team=${node.team}&day=${today}`);
}

// Files that the server holds open and that have no name any more.
function nameless(pid) {
  const found = [];
  for (const fd of readdirSync(`/proc/${pid}/fd`)) {
    const target = readlinkSync(`/proc/${pid}/fd/${fd}`);
    if (!target.endsWith(' (deleted)') || !target.startsWith('/')) continue;
    const copy = join(temporary, `nameless-${fd}`);
    copyFileSync(`/proc/${pid}/fd/${fd}`, copy);
    found.push(target);
  }
  return found;
}

test(`${count} persons are planted and read`, { timeout: 1_800_000 }, async () => {
  await plant();
  await read();
});

test('the search finds what lies open, in each of its forms', () => {
  const control = join(path, 'control');
  mkdirSync(control);
  const one = planted.persons[3];
  for (const [name, bytes] of [['plain', one.note], ['wide', Buffer.from(one.alias, 'utf16le')], ['base64', Buffer.from(`x${one.surname}yz`).toString('base64')],
    ['hex', Buffer.from(one.reach).toString('hex')], ['number', `tel:${one.reach}`], ['capitals', one.alias.toUpperCase()]])
    writeFileSync(join(control, name), bytes);
  const { found } = readable([control], planted);
  assert.equal(found.length, 6, found.join());
  rmSync(control, { recursive: true });
});

test('nothing planted is in the data folder, its log, temporary files, backup and messages', () => {
  const backup = join(path, 'backup');
  const made = run_json(['backup', '--data', node.data, '--to', backup, '--key-file', node.key_file]);
  assert.equal(made.status, 0, made.stderr);
  nameless(node.server.process.pid);
  writeFileSync(join(path, 'messages'), node.server.said.stdout + node.server.said.stderr);
  const { found, bytes, files } = readable([path], planted);
  tell('planted_data', 3 * count, found.length, `of ${count} persons, in ${files} files, ${Math.round(bytes / 1048576)} MiB`);
  assert.deepEqual(found, []);
  assert.ok(bytes > count * 3 * 256, 'the files hold the sealed entries');
  const key = readFileSync(node.key_file, 'utf8').trim();
  for (const needle of [key, Buffer.from(key, 'hex')])
    assert.deepEqual(holds([node.data, backup, temporary], needle), [], 'the master key is outside');
  assert.deepEqual(holds([node.data, backup, temporary], worker.password), []);
});

// The bytes of every sealed row of both databases, by table.
function sealed_rows() {
  const rows = new Map();
  for (const [file, table, column] of [['journal.db', 'entries', 'ciphertext'], ['journal.db', 'states', 'sealed'], ['keys.db', 'keys', 'sealed']]) {
    const database = new DatabaseSync(join(node.data, file), { readOnly: true });
    for (const row of database.prepare(`SELECT ${column} AS bytes FROM ${table}`).all())
      rows.set(Buffer.from(row.bytes).toString('latin1'), `${file} ${table}`);
    database.close();
  }
  return rows;
}

test('after erasures neither words, nor sealed bytes, nor keys are left', { timeout: 600_000 }, async () => {
  const before = sealed_rows();
  const erased = planted.persons.slice(10, 10 + Math.min(40, count / 10));
  for (const person of erased) {
    const done = await phone.session.post(`/api/v1/people/${person.id}/erasure`, { asked_by: 'person' });
    assert.equal(done.status, 200, JSON.stringify(done.body));
  }
  const now = sealed_rows();
  const gone = [...before].filter(([bytes]) => !now.has(bytes));
  const of = (where) => gone.filter(([, one]) => one.endsWith(where)).length;
  assert.equal(of('keys'), erased.length, 'a key each');
  assert.ok(of('entries') >= erased.length * 3 && of('states') >= erased.length);
  const left = [];
  for (const name of readdirSync(node.data)) {
    const file = join(node.data, name);
    if (name === 'control') continue;
    const content = readFileSync(file);
    for (const [bytes, where] of gone)
      if (content.includes(Buffer.from(bytes, 'latin1'))) left.push(`${where} in ${name}`);
  }
  tell('erased_bytes', gone.length, left.length, `sealed rows of ${erased.length} erased persons, looked for in every file`);
  assert.deepEqual([...new Set(left)], []);
  assert.deepEqual(readable([node.data, temporary], planted).found, []);
  assert.equal((await phone.session.get(`/api/v1/people/${erased[0].id}`)).status, 404);
});

// The kernel writes `core` into the folder it ran in unless a program takes it (a pipe).
const core_pattern = readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim();
const files_after_crash = async (folder, words) => {
  mkdirSync(folder);
  const child = spawn('bash', ['-c', 'ulimit -c unlimited && exec "$@"', 'x', ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal)));
  return { child, ended };
};

test('a crash leaves no core dump', { timeout: 120_000 }, async (t) => {
  if (core_pattern.startsWith('|') || core_pattern.includes('/'))
    return t.skip(`core dumps go to ${core_pattern} on this machine, not into a folder`);
  const other = await files_after_crash(join(path, 'other'), ['sleep', '60']);
  await sleep(300);
  other.child.kill('SIGSEGV');
  assert.equal(await other.ended, 'SIGSEGV');
  if (readdirSync(join(path, 'other')).length === 0) return t.skip('no program leaves a core dump on this machine');
  await node.server.stop();
  const folder = join(path, 'crash');
  const server = await files_after_crash(folder, [program, 'serve', '--data', node.data, '--key-file', node.key_file, '--listen', '127.0.0.1:0']);
  let said = '';
  server.child.stderr.on('data', (text) => (said += text));
  while (!/http:\/\//.test(said)) await sleep(50);
  assert.match(readFileSync(`/proc/${server.child.pid}/limits`, 'utf8'), /Max core file size\s+0\s+0/);
  server.child.kill('SIGSEGV');
  assert.equal(await server.ended, 'SIGSEGV');
  assert.deepEqual(readdirSync(folder), []);
  assert.deepEqual(readable([node.data, temporary], planted).found, []);
  const again = await start(['serve', '--data', node.data, '--key-file', node.key_file]);
  assert.deepEqual(await again.stop(), { code: 0, signal: null });
  const verified = run_json(['verify', '--data', node.data, '--key-file', node.key_file]);
  assert.deepEqual(verified.answer.findings, []);
});

test('nobody but root may look into the memory of the server', async (t) => {
  if (process.getuid() !== 0) return t.skip('needs root to become somebody else');
  // Two processes of one user and no rights over others, as under systemd: only the server's own
  // refusal can count. What the one may do to another program it may not do to the server.
  const powerless = ['setpriv', '--bounding-set=-all', '--inh-caps=-all'];
  const server = await start(['serve', '--data', node.data, '--key-file', node.key_file], { under: powerless });
  t.after(server.kill);
  const other = spawn(powerless[0], [...powerless.slice(1), 'sleep', '60']);
  t.after(() => other.kill());
  await sleep(200);
  const maps_of = (pid) => spawnSync(powerless[0], [...powerless.slice(1), 'dd', `if=/proc/${pid}/maps`, 'of=/dev/null', 'count=1'], { encoding: 'utf8' });
  const look = maps_of(server.process.pid);
  const control = maps_of(other.pid);
  assert.equal(control.status, 0, control.stderr);
  assert.notEqual(look.status, 0, 'the maps of the server can be read');
  assert.match(look.stderr, /Permission denied/);
});
