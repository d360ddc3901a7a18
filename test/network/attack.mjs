// What the attacks of this folder share: every route as bytes, what the server holds (descriptors,
// memory), and an honest client that measures in a process of its own while they run.
//
//   const target = await target_node();                    // demo_node and sessions of each role
//   const routes = await every_route(target);              // [{ name, bytes() }]
//   const honest = honest_client(target); ... const seen = await honest.stop();
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { session } from '../cli/program.mjs';
import { demo_node } from '../http/node.mjs';

const here = dirname(fileURLToPath(import.meta.url));
export const size = (name, short) => Number(process.env[name] ?? short);
export const some = (list) => list[randomInt(list.length)];
export const hex = (bytes = 16) => randomBytes(bytes).toString('hex');

// A node and one session of each of these roles; `pid` is the server's.
export async function target_node(roles = ['outreach_worker', 'coordinator', 'administrator', 'dpo'], words = []) {
  const node = await demo_node(words);
  const account = (role) => node.accounts.find((one) => one.role === role);
  const sessions = [];
  for (const role of roles) sessions.push(await session(node.url, account(role)));
  const worker = sessions[0];
  const phone = await worker.post('/api/v1/devices', { label: 'attaque' });
  const { hostname, port } = new URL(node.url);
  return {
    ...node, account, sessions, worker,
    host: hostname, port: Number(port), pid: node.server.process.pid,
    team: worker.info.teams[0].id, device: phone.body.token,
  };
}

// An example of a schema of the OpenAPI document: what a caller could send.
function example(schema, document) {
  if (schema.$ref) return example(document.components.schemas[schema.$ref.split('/').at(-1)], document);
  if (schema.enum) return some(schema.enum);
  if (schema.anyOf ?? schema.oneOf) return example((schema.anyOf ?? schema.oneOf)[0], document);
  if (schema.type === 'object') {
    const names = Object.keys(schema.properties ?? {});
    return Object.fromEntries(names.map((name) => [name, example(schema.properties[name], document)]));
  }
  if (schema.type === 'array') return [example(schema.items, document)];
  if (schema.type === 'boolean') return false;
  if (schema.type === 'integer' || schema.type === 'number') return 1;
  if (schema.pattern?.includes('{32}')) return hex();
  if (schema.format === 'date') return '2016-10-03';
  return 'essai';
}

const own_values = (target) => ({ team: target.team, period: '2016-T4', day: '2016-10-03' });

// Every route of the server's own document as a request that a caller could really send.
export async function every_route(target) {
  const document = await (await fetch(`${target.url}/api/v1/openapi.json`)).json();
  const routes = [];
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods))
      routes.push({
        name: `${method.toUpperCase()} ${path}`,
        bytes: () => request_bytes(target, document, path, method.toUpperCase(), operation),
      });
  return routes;
}

function request_bytes(target, document, path, method, operation) {
  const values = own_values(target);
  const parameters = operation.parameters ?? [];
  const value = ({ name, schema }) => values[name] ?? example(schema, document);
  let address = path;
  const query = [];
  for (const one of parameters) {
    if (one.in === 'path') address = address.replace(`{${one.name}}`, value(one));
    else if (one.required) query.push(`${one.name}=${encodeURIComponent(value(one))}`);
  }
  if (query.length > 0) address += `?${query.join('&')}`;
  const lines = [`${method} ${address} HTTP/1.1`, 'Host: a', `X-Forwarded-For: ${some_address()}`];
  const asked = (operation.security ?? [])[0] ?? {};
  if ('device' in asked) lines.push(`Authorization: Device ${target.device}`);
  if ('session' in asked) {
    // The session that attacks is not closed by its own sign-outs.
    const who = method === 'DELETE' ? { cookie: `__Host-filrouge=${hex(32)}`, csrf: hex() } : some(target.sessions);
    lines.push(`Cookie: ${who.cookie}`, `X-Filrouge-Csrf: ${who.csrf ?? who.info.csrf}`);
  }
  const schema = operation.requestBody?.content['application/json'].schema;
  const body = Buffer.from(schema ? JSON.stringify(example(schema, document)) : '');
  if (schema) lines.push('Content-Type: application/json', `Content-Length: ${body.length}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]);
}

export const some_address = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

export function open_socket(target) {
  const socket = connect({ port: target.port, host: target.host, noDelay: true });
  socket.on('error', () => {});
  return socket;
}

// Runs `work(i)` for i below `count`, so many at a time.
export async function at_once(count, width, work) {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
}

// ---- what the server holds
function names_in(folder) {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error.code !== 'EACCES') throw error;
    // A server that writes no core belongs to root in /proc.
    return spawnSync('sudo', ['-n', 'ls', folder], { encoding: 'utf8' }).stdout.trim().split('\n');
  }
}
export const descriptors = (target) => names_in(`/proc/${target.pid}/fd`).length;

const status_bytes = (target, name) =>
  Number(readFileSync(`/proc/${target.pid}/status`, 'utf8').match(new RegExp(`${name}:\\s+(\\d+)`))[1]) * 1024;
export const resident = (target) => status_bytes(target, 'VmRSS');
export const resident_peak = (target) => status_bytes(target, 'VmHWM');
export const mebibytes = (bytes) => Math.round(bytes / 1048576);

// What a server opens once and keeps (a reader of the database a worker) is open afterwards: asked
// for until three rounds in a row have opened nothing.
export async function warm(target) {
  for (let rounds = 0, calm = 0; calm < 3 && rounds < 30; rounds += 1) {
    const before = descriptors(target);
    await at_once(200, 50, (i) => answer_to(target, [
      `GET ${i % 2 ? '/api/v1/health' : `/api/v1/people?team=${target.team}`} HTTP/1.1`, 'Host: a',
      `Cookie: ${target.worker.cookie}`, 'Connection: close', '', '',
    ].join('\r\n')));
    await sleep(50);
    calm = descriptors(target) > before ? 0 : calm + 1;
  }
  // The workers of passwords, each once.
  await at_once(8, 8, () => {
    const body = JSON.stringify({ login: `inconnue-${hex(4)}`, password: 'une phrase inventée' });
    return answer_to(target, [
      'POST /api/v1/session HTTP/1.1', 'Host: a', `X-Forwarded-For: ${some_address()}`, 'Connection: close',
      'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`, '', body,
    ].join('\r\n'));
  });
  await sleep(500);
}

// All that comes back for these bytes on a connection of their own, a byte a character.
export function answer_to(target, bytes, { half = false, milliseconds = 30_000 } = {}) {
  return new Promise((resolve) => {
    const socket = open_socket(target);
    const parts = [];
    const patience = setTimeout(() => socket.destroy(), milliseconds);
    socket.on('data', (piece) => parts.push(piece));
    socket.once('close', () => {
      clearTimeout(patience);
      resolve(Buffer.concat(parts).toString('latin1'));
    });
    if (half) socket.end(bytes);
    else socket.write(bytes);
  });
}

// Waits until as few descriptors are open as before; how many are too many after `seconds`.
export async function left_open(target, before, seconds = 10) {
  const until = Date.now() + seconds * 1000;
  while (descriptors(target) > before && Date.now() < until) await sleep(50);
  return Math.max(0, descriptors(target) - before);
}

export function percentile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

// Another process that works as a person does: reads the day, the list, health; writes a place.
export function honest_client(target) {
  const { login, password } = target.account('outreach_worker');
  const child = spawn(process.execPath, [join(here, 'honest.mjs'), target.url, login, password], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const ready = new Promise((resolve, reject) => {
    child.stdout.on('data', (piece) => {
      text += piece;
      resolve();
    });
    ended.then(() => reject(new Error('the honest client ended before it began')));
  });
  return {
    ready,
    async stop() {
      child.stdin.end();
      await ended;
      return JSON.parse(text.trim().split('\n').at(-1));
    },
  };
}

// Nothing that was begun is left: a write goes through at once.
export async function write_place(target) {
  const started = Date.now();
  const made = await target.worker.post('/api/v1/places', {
    set: { name: `Lieu ${hex(3)}`, type: 'street', commune: '25388', active: true },
  });
  return { ...made, milliseconds: Date.now() - started };
}
