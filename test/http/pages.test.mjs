// The web app as it is served: codings, caching, what is a page and what is a missing file, the
// headers of safety on everything.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { demo_node, raw } from './node.mjs';

const web = mkdtempSync(join(tmpdir(), 'filrouge-web-'));
after(() => rmSync(web, { recursive: true, force: true }));
mkdirSync(join(web, 'assets'));
const page = '<!doctype html><title>Fil rouge</title>';
const script = `export const text = '${'fil rouge '.repeat(500)}';`;
const put = (name, bytes) => writeFileSync(join(web, name), bytes);
for (const [name, text] of [['index.html', page], ['sw.js', 'self'], ['manifest.webmanifest', '{}'],
  ['assets/app-1.js', script]]) {
  put(name, text);
  put(`${name}.br`, brotliCompressSync(text));
  put(`${name}.gz`, gzipSync(text));
}
put('assets/core-1.wasm', Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]));
put('assets/big-1.bin', Buffer.alloc(3 << 20, 7));
put('.secret', 'hidden');
symlinkSync('/etc/passwd', join(web, 'link.txt'));

const node = await demo_node(['--web', web]);
const get = (path, headers = {}) => fetch(node.url + path, { headers });
const header = (answer, name) => answer.headers.get(name);

test('GET / answers the app to anyone, always asked again', async () => {
  const answer = await get('/');
  assert.equal(answer.status, 200);
  assert.equal(header(answer, 'content-type'), 'text/html; charset=utf-8');
  assert.equal(header(answer, 'cache-control'), 'no-cache');
  assert.equal(await answer.text(), page);
  for (const name of ['/sw.js', '/manifest.webmanifest'])
    assert.equal(header(await get(name), 'cache-control'), 'no-cache');
});

test('assets are immutable for a year, typed, and come whole', async () => {
  const asset = await get('/assets/app-1.js');
  assert.equal(header(asset, 'cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(header(asset, 'content-type'), 'text/javascript; charset=utf-8');
  assert.equal(await asset.text(), script);
  assert.equal(header(await get('/assets/core-1.wasm'), 'content-type'), 'application/wasm');
  const big = Buffer.from(await (await get('/assets/big-1.bin')).arrayBuffer());
  assert.ok(big.equals(Buffer.alloc(3 << 20, 7)));
});

test('the compressed file beside it is sent to who takes it', async () => {
  for (const [accept, coding] of [['gzip, deflate, br', 'br'], ['gzip', 'gzip'], ['br;q=0, gzip', 'gzip'],
    ['identity', null], ['*', 'br']]) {
    const answer = await raw(node.url,
      [`HEAD /assets/app-1.js HTTP/1.1\r\nHost: a\r\nAccept-Encoding: ${accept}\r\nConnection: close\r\n\r\n`]);
    assert.equal(answer.text.match(/Content-Encoding: (\w+)/)?.[1] ?? null, coding, accept);
    assert.match(answer.text, /Vary: Accept-Encoding/);
    assert.equal(answer.body, '');
  }
  const packed = await get('/assets/app-1.js', { 'accept-encoding': 'br' });
  assert.equal(await packed.text(), script);
});

test('what did not change is not sent again', async () => {
  const tag = header(await get('/'), 'etag');
  assert.match(tag, /^".+"$/);
  const again = await get('/', { 'if-none-match': tag });
  assert.equal(again.status, 304);
  put('index.html', `${page} `);
  put('index.html.br', brotliCompressSync(`${page} `));
  put('index.html.gz', gzipSync(`${page} `));
  assert.equal((await get('/', { 'if-none-match': tag })).status, 200);
  put('index.html', page);
});

test('a navigation gets the app, a missing asset and the API do not', async () => {
  const accept = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
  for (const path of ['/jeunes', '/jeunes/0123', '/noter', '/indicateurs?mois=2026-11']) {
    const answer = await get(path, accept);
    assert.equal(answer.status, 200, path);
    assert.match(await answer.text(), /Fil rouge/);
  }
  for (const path of ['/assets/gone-1.js', '/gone.css', '/api/v1/gone', '/api/gone', '/favicon.ico'])
    assert.equal((await get(path, accept)).status, 404, path);
  assert.equal((await get('/jeunes')).status, 404, 'a fetch is no navigation');
  const posted = await fetch(`${node.url}/jeunes`, { method: 'POST', headers: accept });
  assert.equal(posted.status, 405);
});

test('nothing outside of the folder, nothing hidden, no link', async () => {
  for (const path of ['/../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd', '/assets/../.secret',
    '/.secret', '/link.txt', '//etc/passwd', '/assets', '/assets/', '/index.html.br', '/assets/app-1.js.gz']) {
    const answer = await raw(node.url, [`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`]);
    assert.equal(answer.status, 404, path);
    assert.doesNotMatch(answer.text, /root:|hidden/);
  }
});

test('the headers of safety stand on every kind of answer', async () => {
  const answers = [await get('/'), await get('/assets/app-1.js'), await get('/gone.js'), await get('/api/v1/node'),
    await get('/api/v1/session'), await get('/api/v1/gone')];
  for (const answer of answers) {
    const policy = header(answer, 'content-security-policy');
    assert.match(policy, /^default-src 'none';/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:/);
    for (const part of ["script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'", "base-uri 'none'"])
      assert.ok(policy.includes(part), part);
    assert.equal(header(answer, 'x-content-type-options'), 'nosniff');
    assert.equal(header(answer, 'referrer-policy'), 'no-referrer');
    assert.equal(header(answer, 'cross-origin-opener-policy'), 'same-origin');
    assert.equal(header(answer, 'cross-origin-resource-policy'), 'same-origin');
    assert.match(header(answer, 'permissions-policy'), /geolocation=\(self\)/);
    assert.equal(header(answer, 'server'), null);
  }
  for (const answer of answers.slice(2)) assert.equal(header(answer, 'cache-control'), 'no-store');
});
