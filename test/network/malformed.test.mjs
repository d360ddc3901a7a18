// Requests that are broken in every way, against the live server (T28): real requests of every
// route and the corpora of the fuzzers, changed at random places; NETWORK_MALFORMED (10,000).
// Bars: no 5xx, no crash, no answer of an error over 4 KiB or naming anything of the inside, no
// line of the log that an input wrote. (test/http/input.test.mjs names the rule of each fault.)
import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../cli/program.mjs';
import { answer_to, at_once, every_route, honest_client, size, some, target_node } from './attack.mjs';
import { tell } from '../soak/evidence.mjs';

const many = size('NETWORK_MALFORMED', 10_000);
const target = await target_node();
const routes = await every_route(target);

const corpus = (name) => {
  const folder = join(root, 'fuzz/corpus', name);
  return readdirSync(folder).map((file) => readFileSync(join(folder, file)));
};
// The first byte of these chooses something for their fuzzer.
const requests = corpus('http_fuzz').map((bytes) => bytes.subarray(1));
const bodies = [...corpus('json_fuzz'), ...corpus('sync_batch_fuzz').map((bytes) => bytes.subarray(1))];
const marker = 'LIGNE-INVENTEE';
const spices = [
  '\r\n', '\n', '\r\n\r\n', '\0', '%00', '%0d%0aX-Injected: 1', `%0a${marker}`, `\x1b[31m${marker}\x1b[0m`, `\n${marker} fault 1-1 internal`,
  '../../../../etc/passwd', '%2e%2e%2f', "' OR 1=1 --", '<script>alert(1)</script>', '${jndi:ldap://a}', '{{7*7}}', '\xff\xfe',
  '9'.repeat(400), '-1', '1e999', 'NaN', '{"a":'.repeat(40), '['.repeat(200), '"'.repeat(3), '\u202e', 'é'.repeat(300), '=?utf-8?q?', 'Transfer-Encoding: chunked\r\n',
  'Content-Length: 99999999999999999999\r\n', 'Host: b\r\n', 'HTTP/9.9', 'POST ', ' ', '\t', ';', '&', '=', '?', '#', '\\u0000', '\\ud800',
].map((text) => Buffer.from(text, text.includes('\xff') ? 'latin1' : 'utf8'));

function broken(bytes) {
  let out = Buffer.from(bytes);
  for (let turn = randomInt(1, 5); turn > 0; turn -= 1) {
    const at = randomInt(out.length + 1);
    const length = Math.min(randomInt(1, 40), out.length - at);
    const before = out.subarray(0, at);
    const after = out.subarray(at + length);
    const middle = out.subarray(at, at + length);
    switch (randomInt(7)) {
      case 0: out = Buffer.concat([before, after]); break;
      case 1: out = Buffer.concat([before, middle, middle, after]); break;
      case 2: out = Buffer.concat([before, some(spices), middle, after]); break;
      case 3: out = Buffer.concat([before, some(spices), after]); break;
      case 4: out = Buffer.concat([before, randomBytes(length), after]); break;
      case 5: out = before.length > 0 ? before : out; break;
      default: if (at < out.length) out[at] ^= 1 << randomInt(8);
    }
  }
  return out;
}

// The body of a route replaced by a foreign one, its length told right.
function with_body(bytes, body) {
  const head = bytes.toString('latin1').split('\r\n\r\n')[0].replace(/\r\nContent-Length: \d+/, '');
  return Buffer.concat([Buffer.from(`${head}\r\nContent-Length: ${body.length}\r\n\r\n`, 'latin1'), body]);
}

function made() {
  switch (randomInt(4)) {
    case 0: return broken(some(requests));
    case 1: return with_body(some(routes.filter((route) => route.name.startsWith('POST'))).bytes(), broken(some(bodies)));
    default: return broken(some(routes).bytes());
  }
}

// The answers on one connection, as { status, body }.
function answers_in(text) {
  const answers = [];
  let rest = text;
  while (rest.startsWith('HTTP/1.1 ')) {
    const end = rest.indexOf('\r\n\r\n');
    const head = rest.slice(0, end);
    const length = Number(head.match(/\r\nContent-Length: (\d+)/i)?.[1] ?? 0);
    const next = rest.indexOf('HTTP/1.1 ', end + 4);
    const size_of = /^HTTP\/1.1 100/.test(head) ? 0 : length;
    // A HEAD has a length and no body.
    const body = next >= 0 && next < end + 4 + size_of ? '' : rest.slice(end + 4, end + 4 + size_of);
    answers.push({ status: Number(head.slice(9, 12)), head, body });
    rest = rest.slice(end + 4 + body.length);
  }
  return { answers, rest };
}

const inside = /nlohmann|boost|sqlite|libsodium|std::|\b(core|server)\/[a-z]|\.cc\b|\.h\b:|0x[0-9a-f]{6}|stack|\/tmp\/|SELECT |INSERT /i;

test(`${many} malformed requests`, { timeout: 3_600_000 }, async () => {
  const honest = honest_client(target);
  await honest.ready;
  const statuses = {};
  const faults = [];
  await at_once(many, 24, async () => {
    const bytes = made();
    const text = await answer_to(target, bytes, { half: true, milliseconds: 60_000 });
    const { answers, rest } = answers_in(text);
    const note = (what) => faults.push(`${what}: ${JSON.stringify(bytes.toString('latin1')).slice(0, 1500)} -> ${text.slice(0, 500)}`);
    if (answers.length === 0 && bytes.length > 0) statuses.none = (statuses.none ?? 0) + 1;
    if (rest !== '') note('bytes after the last answer');
    for (const { status, head, body: raw } of answers) {
      const body = Buffer.from(raw, 'latin1').toString();
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status >= 500) note('5xx');
      if (/x-injected/i.test(head)) note('a header was written');
      if (status < 400) continue;
      if (raw.length > 4096) note('a long error');
      const { field, detail, ...told } = body.startsWith('{') ? JSON.parse(body) : { told: body };
      // A field or a detail may echo what was sent; nothing else may.
      if (inside.test(JSON.stringify(told))) note('the inside is named');
    }
  });
  const seen = await honest.stop();
  tell('malformed', many, faults.length, `${JSON.stringify(statuses)}; honest p99 ${seen.p99} ms`);
  assert.deepEqual(faults.slice(0, 5), []);
  assert.ok((statuses[400] ?? 0) > many / 10 && (statuses[404] ?? 0) > 0, JSON.stringify(statuses));
  assert.equal(seen.failed, 0, JSON.stringify(seen.failures));
  assert.equal(target.server.process.exitCode, null);
  const log = target.server.said.stderr;
  assert.ok(!log.includes(marker) && !log.includes('\x1b'), log);
  for (const line of log.trimEnd().split('\n').slice(1)) assert.match(line, /^fault \d+-\d+ [a-z]+ [a-z_]* /, line);
});
