// The commands with --database, driven from outside on a PostgreSQL server of their own: what they
// do, and what they refuse in one line.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { run, run_json, session, sign_ins, small_tenant, start } from '../cli/program.mjs';
import { Member, give_to_server_user, make_member } from './cluster.mjs';

let folder;
let server;
const url = (name) => `postgresql:///${name}?user=filrouge&host=${server.socket}`;
const make = (...names) => {
  for (const name of names) server.tell(`CREATE DATABASE ${name}`);
};

// Exit status and the one line.
function refused(words, status = 1) {
  const done = run(words);
  assert.equal(done.status, status, done.stderr + done.stdout);
  const lines = done.stderr.trim().split('\n');
  assert.equal(lines.length, status === 2 ? 2 : 1, done.stderr);
  return lines[0];
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'filrouge-commands-'));
  give_to_server_user(folder);
  server = new Member(folder, 'one');
  make_member(server);
  await server.start();
});

after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('init fills two empty databases, once', async () => {
  make('first', 'first_keys');
  const data = join(folder, 'first');
  assert.match(refused(['serve', '--data', data, '--key-file', join(folder, 'first.key'), '--database', url('first')]), /clé|key/);
  const made = run_json(['init', '--data', data, '--database', url('first')]);
  assert.equal(made.status, 0, made.stderr);
  assert.equal(made.answer.administrators.length, 2);
  assert.match(refused(['init', '--data', join(folder, 'again'), '--database', url('first')]), /déjà un journal/);
  assert.ok(!existsSync(join(folder, 'again.key')), 'no key is written for a refused init');
  const key = ['--key-file', `${data}.key`];
  const verified = run_json(['verify', '--data', data, ...key, '--database', url('first')]);
  assert.equal(verified.status, 0, verified.stderr);
  assert.equal(verified.answer.clean, true);
  const served = await start(['serve', '--data', data, ...key, '--database', url('first')]);
  assert.match(refused(['serve', '--data', data, ...key, '--database', url('first')]), /utilise ce dossier/);
  assert.equal((await served.stop()).code, 0);
});

test('a database of something else, or of nothing, is left alone', () => {
  make('other', 'other_keys', 'empty', 'empty_keys');
  server.tell('CREATE TABLE somebody_elses (n int)', 'other');
  const data = join(folder, 'other');
  assert.match(refused(['init', '--data', data, '--database', url('other')]), /tables d'autre chose/);
  assert.match(
    refused(['verify', '--data', join(folder, 'first'), '--key-file', join(folder, 'first.key'), '--database', url('empty')]),
    /filrouge init --database/,
  );
});

test('another key is told, and a database that is away', () => {
  make('second', 'second_keys');
  assert.equal(run(['init', '--data', join(folder, 'second'), '--database', url('second')]).status, 0);
  const mixed = ['--data', join(folder, 'second'), '--key-file', join(folder, 'second.key')];
  assert.match(refused(['verify', ...mixed, '--database', url('first')]), /clé/);
  assert.match(refused(['verify', ...mixed, '--database', url('nowhere')]), /base de données/);
  const away = refused(['verify', ...mixed, '--database', 'postgresql://anna:secret@127.0.0.1:1/x']);
  assert.match(away, /127\.0\.0\.1/);
  assert.doesNotMatch(away, /secret/);
  assert.match(refused(['serve', ...mixed, '--database', 'mysql://x/y'], 2), /postgresql:/);
});

test('what the tools of the database do is refused in one line', () => {
  const at = ['--data', join(folder, 'first'), '--database', url('first')];
  assert.match(refused(['backup', ...at, '--to', join(folder, 'copy')]), /propres outils/);
  assert.match(refused(['restore', ...at, '--from', join(folder, 'copy')]), /propres outils/);
  assert.ok(!existsSync(join(folder, 'copy')));
});

test('a demonstration on a database, served by two servers', async () => {
  make('demo', 'demo_keys');
  const data = join(folder, 'demo');
  const words = ['--data', data, '--database', url('demo')];
  const made = run(['demo', ...words, '--tenant', small_tenant(folder), '--no-serve']);
  assert.equal(made.status, 0, made.stderr);
  assert.ok(!existsSync(join(data, 'journal.db')) && !existsSync(join(data, 'keys.db')));
  assert.match(refused(['demo', ...words, '--reset', '--no-serve']), /--reset/);
  cpSync(data, join(folder, 'demo-2'), { recursive: true });
  const servers = [];
  for (const name of ['demo', 'demo-2'])
    servers.push(await start(['serve', '--data', join(folder, name), '--database', url('demo')]));
  try {
    const account = sign_ins(made.stdout).find((one) => one.role === 'outreach_worker') ?? sign_ins(made.stdout)[0];
    const [one, two] = await Promise.all(servers.map((each) => session(each.url, account)));
    // Written through one, read through the other at once; a session belongs to its server.
    const list = async (each) => {
      const answer = await each.get(`/api/v1/people?team=${one.info.teams[0].id}`);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body;
    };
    const people = await list(one);
    assert.deepEqual(await list(two), people);
    const acked = join(folder, 'acked.txt');
    const load = run_json(['device', 'load', '--url', servers[0].url, '--login', account.login, '--password', account.password, '--contacts', '40', '--acked', acked]);
    assert.equal(load.status, 0, load.stderr);
    const check = run_json(['device', 'check', '--url', servers[1].url, '--login', account.login, '--password', account.password, '--acked', acked]);
    assert.deepEqual([check.status, check.answer.checked, check.answer.missing, check.answer.doubled], [0, 40, 0, 0]);
    const more = await list(two);
    assert.notDeepEqual(more, people);
    assert.deepEqual(await list(one), more);
    const report = run_json(['report', 'figures', ...words, '--period', '2016']);
    assert.equal(report.status, 0, report.stderr);
  } finally {
    for (const each of servers) await each.stop();
  }
  const verified = run_json(['verify', ...words]);
  assert.equal(verified.status, 0, JSON.stringify(verified));
  assert.match(refused(['serve', '--data', data]), /dossier/);
});

test('a folder with a journal of its own is not mixed with a database', () => {
  const data = join(folder, 'lone');
  assert.equal(run(['init', '--data', data]).status, 0);
  assert.match(refused(['serve', '--data', data, '--key-file', `${data}.key`, '--database', url('first')]), /déjà un journal/);
});
