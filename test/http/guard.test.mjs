// Who gets in: the cookie, the token against cross-site requests, where a request comes from, the
// role of each route.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { session } from '../cli/program.mjs';
import { demo_node, json_headers, raw } from './node.mjs';

const node = await demo_node();
const by_role = (role) => node.accounts.find((one) => one.role === role);
const worker = by_role('outreach_worker');
const open = (account, headers = {}) =>
  fetch(`${node.url}/api/v1/session`, {
    method: 'POST',
    headers: { ...json_headers, ...headers },
    body: JSON.stringify({ login: account.login, password: account.password }),
  });

test('the cookie is for this host, over HTTPS or loopback, out of reach of scripts', async () => {
  const answer = await open(worker);
  assert.equal(answer.status, 200);
  const cookie = answer.headers.get('set-cookie');
  assert.match(cookie, /^__Host-filrouge=[^;]{32,}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
  const token = cookie.match(/=([^;]+)/)[1];
  const info = await answer.text();
  assert.ok(!info.includes(token) && !info.includes(worker.password));
  assert.equal(answer.headers.get('cache-control'), 'no-store');
});

test('curl keeps the cookie on plain loopback and sends it back', () => {
  const jar_folder = mkdtempSync(join(tmpdir(), 'filrouge-jar-'));
  after(() => rmSync(jar_folder, { recursive: true, force: true }));
  const curl = (...words) =>
    spawnSync('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', '-b', join(jar_folder, 'jar'), '-c',
      join(jar_folder, 'jar'), ...words], { encoding: 'utf8' }).stdout;
  const body = JSON.stringify({ login: worker.login, password: worker.password });
  const url = `http://localhost:${new URL(node.url).port}/api/v1/session`;
  assert.equal(curl('-H', 'content-type: application/json', '-d', body, url), '200');
  assert.equal(curl(url), '200');
  assert.equal(curl('-b', '', url.replace('localhost', '127.0.0.1')), '401');
});

test('through a proxy that did not see HTTPS nobody signs in', async () => {
  const answer = await open(worker, { 'x-forwarded-proto': 'http' });
  assert.equal(answer.status, 422);
  assert.equal((await answer.json()).rule, 'https_required');
  assert.equal(answer.headers.get('set-cookie'), null);
  assert.equal((await open(worker, { 'x-forwarded-proto': 'https' })).status, 200);
});

test('a change asks for the token of the session and for our own pages', async () => {
  const opened = await open(worker);
  const cookie = opened.headers.get('set-cookie').split(';')[0];
  const { csrf } = await opened.json();
  const enrol = async (headers) => {
    const answer = await fetch(`${node.url}/api/v1/devices`, {
      method: 'POST',
      headers: { ...json_headers, cookie, ...headers },
      body: '{"label":"essai"}',
    });
    return [answer.status, (await answer.json()).rule];
  };
  assert.deepEqual(await enrol({}), [403, 'csrf']);
  assert.deepEqual(await enrol({ 'x-filrouge-csrf': 'a'.repeat(csrf.length) }), [403, 'csrf']);
  const token = { 'x-filrouge-csrf': csrf };
  for (const origin of ['https://evil.example', 'null', node.url.replace('127.0.0.1', '127.0.0.2'),
    `${node.url}.evil.example`])
    assert.deepEqual(await enrol({ ...token, origin }), [403, 'cross_origin'], origin);
  assert.deepEqual(await enrol({ ...token, 'sec-fetch-site': 'same-site' }), [403, 'cross_origin']);
  assert.deepEqual(await enrol({ ...token, cookie: '' }), [401, 'no_session']);
  assert.equal((await enrol({ ...token, origin: node.url, 'sec-fetch-site': 'same-origin' }))[0], 200);
  const other = await session(node.url, by_role('coordinator'));
  assert.deepEqual(await enrol({ 'x-filrouge-csrf': other.info.csrf }), [403, 'csrf']);
});

test('a sign-in cannot be forced from another site', async () => {
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
    assert.equal((await open(worker, headers)).status, 403);
});

test('a session that was closed opens nothing more', async () => {
  const opened = await open(worker);
  const cookie = opened.headers.get('set-cookie').split(';')[0];
  const { csrf } = await opened.json();
  const closed = await fetch(`${node.url}/api/v1/session`, {
    method: 'DELETE',
    headers: { cookie, 'x-filrouge-csrf': csrf },
  });
  assert.equal(closed.status, 200);
  assert.match(closed.headers.get('set-cookie'), /^__Host-filrouge=; .*Max-Age=0/);
  assert.equal(closed.headers.get('clear-site-data'), null);
  const after_it = await fetch(`${node.url}/api/v1/session`, { headers: { cookie } });
  assert.equal(after_it.status, 401);
});

test('without a credential, or with an invented one, every route of the document says 401', async () => {
  const document = await (await fetch(`${node.url}/api/v1/openapi.json`)).json();
  let tried = 0;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.security.length === 0) continue;
      tried += 1;
      const address = node.url + path.replaceAll(/\{\w+\}/g, 'a'.repeat(32));
      for (const headers of [{}, { cookie: `__Host-filrouge=${'a'.repeat(64)}` },
        { authorization: `Device ${'a'.repeat(64)}` }, { authorization: 'Basic YTph' }]) {
        const answer = await fetch(address, { method: method.toUpperCase(), headers });
        assert.equal(answer.status, 401, `${method} ${path}`);
        await answer.arrayBuffer();
      }
    }
  }
  assert.ok(tried > 30, `${tried} routes`);
});

test('a phone alone can write and read nothing', async () => {
  const signed = await session(node.url, worker);
  const phone = (await signed.post('/api/v1/devices', { label: 'téléphone' })).body;
  const authorization = `Device ${phone.token}`;
  const sync = await fetch(`${node.url}/api/v1/sync`, {
    method: 'POST',
    headers: { ...json_headers, authorization },
    body: '{"entries":[]}',
  });
  assert.equal(sync.status, 200, await sync.clone().text());
  for (const path of ['/api/v1/session', '/api/v1/reference', `/api/v1/people?team=${signed.info.teams[0].id}`,
    '/api/v1/devices/mine']) {
    const read = await fetch(node.url + path, { headers: { authorization } });
    assert.equal(read.status, 401, path);
  }
});

test('who may read people is decided by role, before any person is looked for', async () => {
  const person = 'a'.repeat(32);
  for (const role of ['administrator', 'evaluator', 'funder', 'dpo', 'coordinator']) {
    const account = by_role(role);
    if (!account) continue;
    const signed = await session(node.url, account);
    for (const path of [`/api/v1/people?team=${person}`, `/api/v1/people/${person}`,
      `/api/v1/people/${person}/history`]) {
      const answer = await signed.get(path);
      assert.equal(answer.status, 403, `${role} ${path}`);
      assert.equal(answer.body.rule, 'role_refused');
    }
  }
  const signed = await session(node.url, worker);
  assert.equal((await signed.get(`/api/v1/people/${person}`)).status, 404);
});

test('guessing passwords is slowed down, and says when to come back', async () => {
  const guess = { login: 'nobody-at-all', password: 'une phrase inventée' };
  let last = null;
  for (let i = 0; i < 12; ++i) last = await open(guess);
  assert.equal(last.status, 429);
  assert.match(last.headers.get('retry-after'), /^\d+$/);
});

test('an answer without a body keeps its length: HEAD', async () => {
  const head = await raw(node.url, ['HEAD /api/v1/health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n']);
  assert.equal(head.status, 200);
  assert.match(head.text, /Content-Length: 11\r\n/);
  assert.equal(head.body, '');
});
