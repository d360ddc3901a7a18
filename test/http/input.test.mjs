// Bad input, as it comes over the wire: a 4xx with a field or a rule and a sentence, never a
// crash, nothing leaked; and the server goes on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demo_node, json_headers, raw } from './node.mjs';

const node = await demo_node();
const session = `${node.url}/api/v1/session`;
const post = (body, headers = json_headers) => fetch(session, { method: 'POST', headers, body });

async function alive() {
  const health = await fetch(`${node.url}/api/v1/health`);
  assert.deepEqual(await health.json(), { ok: true });
}

async function refused(answer, status, rule, field) {
  assert.equal(answer.status, status);
  assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
  const text = await answer.text();
  assert.ok(text.length <= 4096, `${text.length} bytes`);
  assert.doesNotMatch(text, /nlohmann|boost|sqlite|server\/|core\/|\.cc|0x[0-9a-f]{6}/i);
  const problem = JSON.parse(text);
  assert.equal(problem.status, status);
  assert.equal(problem.rule, rule);
  assert.ok(problem.title.length > 5 && problem.code && problem.type.startsWith('urn:'));
  assert.ok(problem.detail === undefined || problem.detail.length > 3);
  if (field !== undefined) assert.equal(problem.field, field);
}

test('a body that is not JSON', async () => {
  for (const body of ['{', 'null,', '{"login":', '[1,2', "{'login':'a'}", '\u0000', '{"a":01}', '{"a":1}{}'])
    await refused(await post(body), 400, 'syntax');
  await refused(await post('[]'), 400, 'type', undefined);
  await refused(await post('null'), 400, 'type');
  await refused(await post('"login"'), 400, 'type');
  await refused(await post('{"a":1.5}'), 400, 'number');
  await refused(await post('{"a":99999999999999999999}'), 400, 'number');
  await refused(await post(''), 400, 'missing', 'login');
});

test('keys given twice, missing, unknown, of a wrong type', async () => {
  await refused(await post('{"login":"a","login":"b","password":"c"}'), 400, 'duplicate_key', 'login');
  await refused(await post('{"login":"a","\\u006cogin":"b","password":"c"}'), 400, 'duplicate_key', 'login');
  await refused(await post('{"login":"a"}'), 400, 'missing', 'password');
  await refused(await post('{"login":"a","password":"c","role":"administrator"}'), 400, 'unknown_field', 'role');
  for (const wrong of ['1', 'true', 'null', '[]', '{}'])
    await refused(await post(`{"login":${wrong},"password":"c"}`), 400, 'type', 'login');
});

test('text that is not UTF-8', async () => {
  for (const bytes of [[0xc3, 0x28], [0xff], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf4, 0x90, 0x80, 0x80]]) {
    const body = Buffer.concat([Buffer.from('{"login":"'), Buffer.from(bytes), Buffer.from('","password":"c"}')]);
    await refused(await post(body), 400, 'utf8');
  }
  await refused(await post('{"login":"\\ud800","password":"c"}'), 400, 'syntax');
});

test('too deep, too many, too long, too big', async () => {
  const deep = (levels) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  await refused(await post(deep(17)), 400, 'too_deep');
  await refused(await post(deep(100_000)), 400, 'too_deep');
  await refused(await post(`{"a":${'{"a":'.repeat(5000)}1${'}'.repeat(5001)}`), 400, 'too_deep');
  await refused(await post(`[${'0,'.repeat(60_000)}0]`), 400, 'too_many');
  await refused(await post(JSON.stringify({ login: 'a'.repeat(300_000), password: 'c' })), 400, 'too_long');
  await refused(await post(`{"${'k'.repeat(200_000)}":1}`), 400, 'missing');
  const big = await raw(node.url, [
    'POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n',
    `Content-Length: ${600 << 10}\r\n\r\n`, 'x'.repeat(600 << 10),
  ]);
  assert.equal(big.status, 413);
  assert.equal(big.problem.rule, 'body_too_large');
  await alive();
});

test('a content type that is not JSON', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])
    await refused(await post('{"login":"a","password":"b"}', { 'content-type': type }), 400, 'content_type');
});

test('addresses and methods that nobody knows', async () => {
  for (const path of ['/api', '/api/', '/api/v1', '/api/v2/session', '/api/v1/session/', '/api/v1/nothing',
    '/api/v1/people/x/y/z', '/api/v1/%2e%2e/session', '/nothing.js', '/api/v1/Session'])
    await refused(await fetch(node.url + path), 404, 'unknown_route');
  for (const method of ['PUT', 'PATCH', 'OPTIONS', 'DELETE']) {
    const answer = await fetch(`${node.url}/api/v1/node`, { method });
    assert.equal(answer.headers.get('allow'), 'GET, HEAD');
    await refused(answer, 405, 'method');
  }
  const trace = await raw(node.url, ['TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n']);
  assert.equal(trace.status, 405);
  const connect = await raw(node.url, ['CONNECT a:443 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n']);
  assert.equal(connect.status, 400);
});

test('targets that are no text or no path', async () => {
  for (const [target, rule] of [['/%', 'escape'], ['/%zz', 'escape'], ['/%00', 'control'], ['/%ff', 'utf8'],
    ['/?a=1&a=2', 'duplicate_key'], ['http://a/', 'target'], ['*', 'target'], [`/${'a/'.repeat(60)}`, 'too_many']]) {
    const answer = await raw(node.url, [`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`]);
    assert.equal(answer.status, 400, target);
    assert.equal(answer.problem.rule, rule, target);
  }
});

test('what two servers could read in two ways', async () => {
  const head = 'POST /api/v1/session HTTP/1.1\r\nHost: a\r\n';
  for (const rest of [
    'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n',
    'Transfer-Encoding: gzip\r\n\r\n',
    'Transfer-Encoding: xchunked\r\n\r\n',
    'Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!',
    'Content-Length: +5\r\n\r\nhello',
    'Host: b\r\nContent-Length: 0\r\n\r\n',
    'Content-Length : 5\r\n\r\nhello',
    ' folded: x\r\nContent-Length: 0\r\n\r\n',
  ]) {
    const answer = await raw(node.url, [head + rest]);
    assert.equal(answer.status, 400, JSON.stringify(rest));
    assert.match(answer.text, /Connection: close/);
  }
  assert.equal((await raw(node.url, ['GET / HTTP/1.1\r\n\r\n'])).status, 400);
  assert.equal((await raw(node.url, ['\x16\x03\x01\x02\x00\x01\r\n\r\n'])).status, 400);
  assert.equal((await raw(node.url, ['GET / HTTP/2.0\r\nHost: a\r\n\r\n'])).status, 400);
  const long = await raw(node.url, [`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(9000)}\r\n\r\n`]);
  assert.equal(long.status, 413);
});

test('a body that stops half-way', async () => {
  const head = 'POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
  for (const parts of [[`${head}Content-Length: 50\r\n\r\n`, '{"login":'],
    [`${head}Transfer-Encoding: chunked\r\n\r\n`, '9\r\n{"log'], [head]]) {
    const answer = await raw(node.url, parts, { half: true });
    assert.equal(answer.status, 400);
    assert.equal(answer.problem.rule, 'incomplete');
  }
  await alive();
});

test('headers and bodies that come too slowly: 408 within the limit', { timeout: 120_000 }, async () => {
  const head = 'POST /api/v1/session HTTP/1.1\r\nHost: a\r\n';
  const slowly = [...head].concat([...'X-Slow: '.repeat(20)]);
  const answers = await Promise.all([
    raw(node.url, [head]),
    raw(node.url, [`${head}Content-Length: 50\r\n\r\nabc`]),
    raw(node.url, slowly, { pause: 400 }),
  ]);
  for (const answer of answers) {
    assert.equal(answer.status, 408);
    assert.equal(answer.problem.code, 'timeout');
    assert.ok(answer.milliseconds > 25_000 && answer.milliseconds < 45_000, `${answer.milliseconds} ms`);
  }
  await alive();
});

test('hundreds of broken connections at once leave the server whole', async () => {
  const parts = ['GET /api/v1/health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    'GARBAGE\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', 'POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc'];
  const answers = await Promise.all(
    Array.from({ length: 400 }, (_, i) => raw(node.url, [parts[i % parts.length]], { half: true })));
  const statuses = answers.map((one, i) => [i % parts.length, one.status]);
  for (const [kind, status] of statuses) assert.equal(status, kind === 0 ? 200 : 400);
  await alive();
});
