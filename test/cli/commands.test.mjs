import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { folder, program, run, run_json, session, small_demo, start } from './program.mjs';

const one_line = (text) => text.trimEnd().split('\n').length === 1;

test('help, version and wrong usage, in French and English', () => {
  assert.match(run(['help']).stdout, /filrouge init/);
  assert.match(run(['help', 'report'], { language: 'en_US.UTF-8' }).stdout, /masked/);
  assert.match(run(['report', '--help']).stdout, /masqués/);
  assert.match(run(['version']).stdout, /^filrouge \d/);
  for (const words of [[], ['nothing'], ['verify'], ['verify', '--data'], ['demo', '--what'], ['import', 'x', '--data', '/x']]) {
    const wrong = run(words);
    assert.equal(wrong.status, 2, words.join(' '));
    assert.equal(wrong.stdout, '');
  }
  const refused = run(['verify', '--data', '/nowhere/at/all']);
  assert.equal(refused.status, 1);
  assert.ok(one_line(refused.stderr));
});

test('init makes a consortium, a key outside of it, two codes and two halves', async (t) => {
  const path = folder(t);
  const data = join(path, 'maison');
  const made = run_json(['init', '--data', data, '--organisation', 'Maison des jeunes', '--logins', 'rose,omar']);
  assert.equal(made.status, 0, made.stderr);
  assert.equal(statSync(data).mode & 0o777, 0o700);
  assert.equal(statSync(`${data}.key`).mode & 0o777, 0o600);
  assert.deepEqual(made.answer.administrators.map((one) => one.login), ['rose', 'omar']);
  assert.equal(made.answer.recovery_halves.length, 2);
  const key = readFileSync(`${data}.key`, 'utf8').trim();
  for (const name of readdirSync(data))
    assert.equal(readFileSync(join(data, name)).includes(key), false, name);

  const server = await start(['serve', '--data', data]);
  t.after(server.kill);
  for (const { login, code } of made.answer.administrators) {
    const activated = await fetch(`${server.url}/api/v1/activation`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, code, password: `une phrase à moi, ${login}` }),
    });
    assert.equal(activated.status, 200);
  }
  const rose = await session(server.url, { login: 'rose', password: 'une phrase à moi, rose' });
  assert.equal(rose.info.role, 'administrator');
  assert.equal((await rose.get('/api/v1/organisations')).body.rows[0].set.name, 'Maison des jeunes');
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
});

test('without the key, two people give it back at the terminal with their halves', async (t) => {
  const path = folder(t);
  const data = join(path, 'maison');
  const { recovery_halves: halves } = run_json(['init', '--data', data]).answer;
  unlinkSync(`${data}.key`);
  // `script` gives the program a terminal; each answer is typed once its question is there.
  const type = async (...answers) => {
    const child = spawn('script', ['-qec', `'${program}' verify --data '${data}'`, '/dev/null']);
    let shown = '';
    child.stdout.on('data', (text) => {
      shown += text;
      const asked = shown.split(' : ').length - 1;
      while (answers.length > 0 && asked > 2 - answers.length) child.stdin.write(`${answers.shift()}\n`);
    });
    const status = await new Promise((resolve) => child.once('exit', resolve));
    return { status, shown };
  };
  const opened = await type(...halves);
  assert.equal(opened.status, 0, opened.shown);
  for (const half of halves) assert.equal(opened.shown.includes(half), false);
  assert.equal((await type(halves[0], halves[0])).status, 1);
});

test('init refuses a folder with anything in it and a key inside', (t) => {
  const path = folder(t);
  writeFileSync(join(path, 'file'), 'x');
  assert.equal(run(['init', '--data', path]).status, 1);
  const data = join(path, 'new');
  assert.equal(run(['init', '--data', data, '--key-file', join(data, 'a.key')]).status, 1);
  assert.equal(run(['init', '--data', data, '--logins', 'one']).status, 2);
  assert.equal(existsSync(data), false);
  assert.equal(run(['init', '--data', data]).status, 0);
  assert.equal(run(['init', '--data', data]).status, 1);
});

test('only the right key opens a folder, and a careless one is refused', (t) => {
  const path = folder(t);
  const [one, two] = ['one', 'two'].map((name) => join(path, name));
  run(['init', '--data', one]);
  run(['init', '--data', two]);
  const wrong = run(['verify', '--data', one, '--key-file', `${two}.key`]);
  assert.equal(wrong.status, 1);
  assert.ok(one_line(wrong.stderr));
  writeFileSync(join(path, 'open.key'), readFileSync(`${one}.key`), { mode: 0o644 });
  assert.match(run(['verify', '--data', one, '--key-file', join(path, 'open.key')]).stderr, /0600/);
  assert.equal(run(['verify', '--data', one, '--key-file', `${one}.key`]).status, 0);
});

test('one process owns a folder; reports, verification and backups work beside it', async (t) => {
  const path = folder(t);
  const { data, accounts } = small_demo(path);
  const server = await start(['serve', '--data', data]);
  t.after(server.kill);
  assert.equal(run(['serve', '--data', data, '--listen', '127.0.0.1:0']).status, 1);
  const report = run_json(['report', '--data', data, 'sipa']);
  assert.equal(report.status, 0, report.stderr);
  assert.equal(run(['verify', '--data', data]).status, 0);
  const backup = run_json(['backup', '--data', data, '--to', join(path, 'copie')]);
  assert.equal(backup.status, 0, backup.stderr);
  assert.equal(run(['backup', '--data', data, '--to', join(path, 'copie')]).status, 1);
  const dpo = await session(server.url, accounts.find((one) => one.role === 'dpo'));
  const ledger = await dpo.get('/api/v1/ledger');
  assert.ok(ledger.body.rows.some((row) => row.action === 'figures.read' && row.purpose === 'command line: sipa'));
  await server.stop();

  const restored = join(path, 'restored');
  const done = run_json(['restore', '--from', join(path, 'copie'), '--data', restored]);
  assert.equal(done.status, 0, done.stderr);
  assert.deepEqual(done.answer.findings, []);
  assert.equal(done.answer.entries, backup.answer.entries);
  assert.deepEqual(run_json(['report', '--data', restored, 'sipa']).answer, report.answer);
  assert.equal(run(['restore', '--from', join(path, 'copie'), '--data', restored]).status, 1);
  const again = await start(['serve', '--data', restored]);
  t.after(again.kill);
  assert.equal((await session(again.url, accounts[0])).status, 200);
  await again.stop();
});

test('a backup of a real folder holds no key and needs it to come back', (t) => {
  const path = folder(t);
  const data = join(path, 'maison');
  run(['init', '--data', data]);
  const to = join(path, 'copie');
  assert.equal(run(['backup', '--data', data, '--to', to]).status, 0);
  assert.deepEqual(readdirSync(to).sort(), ['format', 'journal.db', 'keys.db']);
  const away = join(path, 'ailleurs');
  assert.equal(run(['restore', '--from', to, '--data', away]).status, 1);
  assert.equal(existsSync(away), false);
  assert.equal(existsSync(`${away}.restoring`), false);
  assert.equal(run(['restore', '--from', to, '--data', away, '--key-file', `${data}.key`]).status, 0);
  assert.equal(run(['verify', '--data', away, '--key-file', `${data}.key`]).status, 0);
});

test('verify finds a byte that was changed', (t) => {
  const path = folder(t);
  const { data } = small_demo(path);
  assert.equal(run(['verify', '--data', data]).status, 0);
  const file = join(data, 'journal.db');
  const database = new DatabaseSync(file, { readOnly: true });
  const { ciphertext } = database.prepare('SELECT ciphertext FROM entries ORDER BY recv_seq DESC LIMIT 1').get();
  database.close();
  const bytes = readFileSync(file);
  const at = bytes.indexOf(Buffer.from(ciphertext.subarray(0, 24)));
  assert.notEqual(at, -1);
  bytes[at + 3] ^= 0x5a;
  writeFileSync(file, bytes);
  const found = run_json(['verify', '--data', data]);
  assert.equal(found.status, 1);
  assert.match(found.answer.findings.join('\n'), /log \d+/);
});

test('figures: fixed periods only, masked, three forms, one row in the ledger each', async (t) => {
  const { data, accounts } = small_demo(folder(t));
  const figures = (...more) => run(['report', '--data', data, 'figures', ...more]);
  assert.equal(figures('--from', '2016-09-01', '--to', '2016-09-20').status, 2);
  assert.equal(figures('--period', '2016-13').status, 2);
  assert.equal(figures('--period', '2016', '--by', 'worker').status, 2);
  const text = figures('--from', '2016-07-01', '--to', '2016-09-30', '--by', 'age_band');
  assert.equal(text.status, 0, text.stderr);
  assert.match(text.stdout, /N = /);
  const csv = figures('--period', '2016-Q3', '--by', 'age_band', '--format', 'csv');
  assert.ok(csv.stdout.startsWith('\u{feff}indicator;'));
  const json = JSON.parse(figures('--period', '2016-Q3', '--by', 'age_band', '--format', 'json').stdout);
  for (const one of json.figures)
    for (const row of one.rows) assert.ok(row.masked || row.number === 0 || row.number > 4);
  assert.match(run(['report', '--data', data, 'sipa']).stdout, /1 366 568,14 €/);
  assert.ok(run(['report', '--data', data, 'sipa', '--format', 'csv']).stdout.includes('captured_outside;'));
  assert.equal(run(['report', '--data', data, 'unknown']).status, 1);
  const month = run_json(['report', '--data', data, 'sipa', '--from', '2016-09-01', '--to', '2016-09-30']);
  const passages = month.answer.rows.find((row) => row.id === 'welcomed_on_sites');
  assert.ok(passages.computed > 100 && passages.computed < 425);
  assert.equal(accounts.length, 14);
});

test('openapi is the document that the server gives', async (t) => {
  const { data } = small_demo(folder(t));
  const printed = JSON.parse(run(['openapi']).stdout);
  const server = await start(['serve', '--data', data]);
  t.after(server.kill);
  assert.deepEqual(await (await fetch(`${server.url}/api/v1/openapi.json`)).json(), printed);
  assert.ok(printed.paths['/api/v1/sync'].post);
  await server.stop();
});

test('an older folder format from the future is refused', (t) => {
  const path = folder(t);
  const data = join(path, 'maison');
  run(['init', '--data', data]);
  const kept = join(path, 'format');
  copyFileSync(join(data, 'format'), kept);
  writeFileSync(join(data, 'format'), readFileSync(kept, 'utf8').replace(/\d+/, '999'));
  const refused = run(['verify', '--data', data]);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /plus récente/);
  mkdirSync(join(path, 'other'));
  assert.equal(run(['verify', '--data', join(path, 'other')]).status, 1);
});
