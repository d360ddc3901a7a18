// node honest.mjs URL LOGIN PASSWORD: works as a person does until its standard input ends, then
// prints one line of JSON: { count, failed, refused, p50, p99, longest } in milliseconds. A failure
// is an answer that is not 200, or none within five seconds; 429 and 503 are counted apart.
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const [url, login, password] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const patience = 5_000;
const times = [];
const failures = [];
let refused = 0;
let over = false;
process.stdin.on('end', () => (over = true)).resume();

function call(method, path, headers = {}, body = undefined) {
  return new Promise((resolve) => {
    const asked = request(url + path, { method, headers, agent, timeout: patience }, (answer) => {
      let text = '';
      answer.on('data', (piece) => (text += piece));
      answer.on('end', () => resolve({ status: answer.statusCode, text, headers: answer.headers }));
      answer.on('error', (error) => resolve({ status: 0, text: error.message }));
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', (error) => resolve({ status: 0, text: error.message }));
    asked.end(body);
  });
}

const json = { 'content-type': 'application/json' };
// Who is told to come back, or hears nothing while a burst is worked off, tries again.
let opened = { status: 0, text: '' };
for (let tries = 0; tries < 6 && opened.status !== 200; tries += 1) {
  if (tries > 0) await sleep(2_000);
  opened = await call('POST', '/api/v1/session', json, JSON.stringify({ login, password }));
}
if (opened.status !== 200) throw new Error(`the honest client cannot sign in: ${opened.text}`);
const info = JSON.parse(opened.text);
const who = { cookie: opened.headers['set-cookie'][0].split(';')[0], 'x-filrouge-csrf': info.csrf };
const team = info.teams[0].id;
const work = [
  ['GET', '/api/v1/health'],
  ['GET', `/api/v1/today?team=${team}&day=2016-10-03`],
  ['GET', `/api/v1/people?team=${team}`],
  ['POST', '/api/v1/places', JSON.stringify({ set: { name: 'Lieu honnête', type: 'street', commune: '25388', active: true } })],
];
console.log('ready');
for (let i = 0; !over; i += 1) {
  const [method, path, body] = work[i % work.length];
  const started = performance.now();
  const answer = await call(method, path, { ...who, ...(body ? json : {}) }, body);
  times.push(performance.now() - started);
  if (answer.status === 429 || answer.status === 503) refused += 1;
  else if (answer.status !== 200) failures.push(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
  await sleep(20);
}
times.sort((a, b) => a - b);
const at = (share) => Math.round(times[Math.max(0, Math.ceil(times.length * share) - 1)] ?? 0);
console.log(JSON.stringify({
  count: times.length, failed: failures.length, refused, failures: failures.slice(0, 5),
  p50: at(0.5), p99: at(0.99), longest: at(1),
}));
process.exit(0);
