// Drives the release program from outside, for the tests of this folder and the kill loop.
//
//   const done = run(['verify', '--data', dir]);        // { status, stdout, stderr }
//   const server = await start(['serve', '--data', dir]); // { url, stop(), kill() }
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const program = process.env.FILROUGE_PROGRAM ?? join(root, 'build/release/filrouge');

const environment = (language) => ({ ...process.env, LC_ALL: '', LC_MESSAGES: '', LANG: language });

export function run(words, { language = 'fr_FR.UTF-8', input = '' } = {}) {
  const done = spawnSync(program, words, {
    encoding: 'utf8',
    input,
    env: environment(language),
    maxBuffer: 256 << 20,
    timeout: 600_000,
  });
  return { status: done.status, stdout: done.stdout, stderr: done.stderr };
}

export function run_json(words) {
  const done = run([...words, '--format', 'json']);
  return { ...done, answer: done.stdout === '' ? undefined : JSON.parse(done.stdout) };
}

// Starts a server on a free port and waits until it listens.
export async function start(words, { language = 'fr_FR.UTF-8', listen = '127.0.0.1:0', under = [] } = {}) {
  const [command, ...parts] = [...under, program, ...words, '--listen', listen];
  const child = spawn(command, parts, {
    env: environment(language),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => (said.stdout += text));
    child.stderr.on('data', (text) => {
      said.stderr += text;
      const found = said.stderr.match(/http:\/\/[0-9.:[\]]+/);
      if (found) resolve(found[0]);
    });
    ended.then(() => reject(new Error(`ended before it listened: ${said.stderr}`)));
  });
  const end = (signal) => async () => {
    child.kill(signal);
    return ended;
  };
  return { url, said, ended, process: child, stop: end('SIGTERM'), kill: end('SIGKILL') };
}

// A folder that goes with the test.
export function folder(test) {
  const path = mkdtempSync(join(tmpdir(), 'filrouge-'));
  test.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

// A tenant of a few weeks in a file: everything of sipa, with totals of its size.
export function small_tenant(path, change = (tenant) => tenant) {
  const tenant = JSON.parse(readFileSync(join(root, 'server/cli/tenants/sipa.json'), 'utf8'));
  tenant.name = 'petit';
  tenant.period = { from: '2016-09-01', to: '2016-10-15' };
  const totals = { quartiers: 90, gare: 31, 'recrut-cafe': 12 };
  for (const rule of tenant.rounds) rule.total = totals[rule.key];
  const visits = [190, 140, 95];
  tenant.desks.forEach((rule, index) => (rule.total = visits[index]));
  tenant.paths = [];
  const file = join(path, 'petit.json');
  writeFileSync(file, JSON.stringify(change(tenant) ?? tenant));
  return file;
}

// A small demonstration; its sign-ins as objects.
export function small_demo(path, change) {
  const data = join(path, 'demo');
  const made = run(['demo', '--data', data, '--tenant', small_tenant(path, change), '--no-serve']);
  if (made.status !== 0) throw new Error(made.stderr);
  return { data, made, accounts: sign_ins(made.stdout) };
}

export const sign_in_line = /^login=(\S+) password=(\S+) role=(\S+)$/;

export const sign_ins = (stdout) =>
  stdout
    .split('\n')
    .map((line) => line.match(sign_in_line))
    .filter(Boolean)
    .map(([, login, password, role]) => ({ login, password, role }));

// A session over HTTP: GET and POST with its cookie and its token against cross-site requests.
export async function session(url, { login, password }) {
  const opened = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  const info = await opened.json();
  const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0];
  const call = async (method, path, body) => {
    const answer = await fetch(url + path, {
      method,
      headers: { cookie, 'x-filrouge-csrf': info.csrf, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  };
  return {
    status: opened.status,
    info,
    cookie,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    remove: (path) => call('DELETE', path),
  };
}
