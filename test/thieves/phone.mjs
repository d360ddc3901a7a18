// What these tests plant and look for: an empty node made by `init` (its key outside), accounts made
// by two administrators, and a phone that seals with the web app's own code and sends to /sync.
//
//   const node = await real_node(test_folder);
//   const phone = await enrol(node, await node.account('outreach_worker'));
//   await phone.send([phone.draft('person_created', id, { ... })]);
import { randomBytes, randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { base64, from_hex, new_id } from '../../web/src/crypto/bytes.ts';
import { seal } from '../../web/src/crypto/sealed_box.ts';
import { padded, text_of_draft, tick } from '../../web/src/sync/draft.ts';
import { run_json, session, start } from '../cli/program.mjs';

export { new_id };

// What the wall shows (web/src/app/format.ts) where the organisations of the tests are, wherever
// this machine stands: at half past five in Paris, Greenwich is still in the field day before.
const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'medium' });
function stamp(now = new Date()) {
  const shown = wall.format(now);
  const offset = Math.round((Date.parse(`${shown.replace(' ', 'T')}Z`) - now.getTime()) / 60_000);
  const minute = Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14, 16));
  return { instant: now.getTime(), date: shown.slice(0, 10), minute, offset };
}

export const size = (name, short) => Number(process.env[name] ?? short);
const phrase = (login) => `une phrase à moi, ${login}`;

async function post(url, path, body, headers = {}) {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

// A consortium of one organisation and one team, served. `serve_with(words)` may start it otherwise.
export async function real_node(path, serve_with = (words) => start(words)) {
  const data = join(path, 'data');
  const key_file = join(path, 'filrouge.key');
  const made = run_json(['init', '--data', data, '--key-file', key_file, '--logins', 'rose,omar']);
  if (made.status !== 0) throw new Error(made.stderr);
  const server = await serve_with(['serve', '--data', data, '--key-file', key_file]);
  const node = { path, data, key_file, server, url: server.url, teams: [] };
  for (const { login, code } of made.answer.administrators)
    await post(node.url, '/api/v1/activation', { login, code, password: phrase(login) });
  node.rose = await session(node.url, { login: 'rose', password: phrase('rose') });
  node.omar = await session(node.url, { login: 'omar', password: phrase('omar') });
  node.organisation = node.rose.info.organisation.id;
  node.add_team = async (name) => {
    const { status, body } = await node.rose.post('/api/v1/teams', { set: { organisation: node.organisation, name, active: true } });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body.id;
  };
  node.team = await node.add_team('Équipe de rue');
  node.account = (role, login = role.replaceAll('_', '.'), teams = [node.team]) => new_account(node, role, login, teams);
  return node;
}

// One proposes, the other confirms, the person activates.
async function new_account(node, role, login, teams) {
  const proposed = await node.rose.post('/api/v1/accounts', {
    account: { login, display_name: login, role, organisation: node.organisation, teams },
  });
  if (proposed.status !== 200) throw new Error(JSON.stringify(proposed.body));
  const confirmed = await node.omar.post(`/api/v1/accounts/${proposed.body.id}/confirm`, {});
  if (confirmed.status !== 200) throw new Error(JSON.stringify(confirmed.body));
  await post(node.url, '/api/v1/activation', { login, code: confirmed.body.code, password: phrase(login) });
  return { id: proposed.body.id, login, password: phrase(login), role };
}

// Signs in, enrols, and sends as the phone does.
export async function enrol(node, account) {
  const own = await session(node.url, account);
  const { body: device } = await own.post('/api/v1/devices', { label: 'téléphone' });
  const { sealing_key } = await (await fetch(`${node.url}/api/v1/node`)).json();
  const key = from_hex(sealing_key);
  let last;
  let sequence = 0;
  const draft = (kind, subject, body) => ({
    id: new_id(), subject, kind, version: 1, occurred: stamp(), hlc: (last = tick(last, Date.now())),
    author: own.info.account, locked: false, body,
  });
  // All accepted, or an error that says what was not.
  const send = async (drafts) => {
    for (let at = 0; at < drafts.length; at += 100) {
      const entries = drafts.slice(at, at + 100).map((one) => ({
        id: one.id, sequence: (sequence += 1), sealed: base64(seal(key, padded(text_of_draft(one)))),
      }));
      const answer = await post(node.url, '/api/v1/sync', { entries }, { authorization: `Device ${device.token}` });
      const refused = answer.results.filter((one) => one.receipt !== 'accepted');
      if (refused.length > 0) throw new Error(JSON.stringify(refused.slice(0, 3)));
    }
  };
  return { session: own, device, draft, send };
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const word = (length) => Array.from(randomBytes(length), (byte) => letters[byte % 26]).join('');

// So many persons with a name, a note and a number each. What is looked for begins alike, so that
// one search finds any: a word that nobody writes, and the first digits of the numbers.
export function canaries(count) {
  const mark = `z${word(11)}`;
  const digits = `07${String(randomInt(1_000_000)).padStart(6, '0')}`;
  const persons = Array.from({ length: count }, (_, i) => ({
    id: new_id(),
    alias: `${mark}alias${i}`,
    first_name: `${mark}prénom${i}`,
    surname: `${mark}nom${i}`,
    recognise: `${mark}signe${i}`,
    note: `${mark}note${i} attend devant la gare`,
    reach: `${digits}${String(i).padStart(4, '0')}`,
  }));
  return { mark, digits, persons };
}

export function drafts_of(phone, team, person) {
  return [
    phone.draft('person_created', person.id, { alias: person.alias, team, recognise: person.recognise }),
    phone.draft('identity_given', person.id, {
      first_name: person.first_name, surname: person.surname, reach_kind: 'phone', reach: person.reach, replaces: [],
    }),
    phone.draft('contact', person.id, { team, mode: 'street', services: ['listening'], barriers: [], note: person.note }),
  ];
}

// Every place in these bytes where something planted can be read, in the encodings of text.
function found_in(bytes, { mark, digits }) {
  const forms = [];
  for (const text of [mark, mark.toUpperCase(), digits])
    forms.push(Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(Buffer.from(text).toString('hex')));
  // Base64 of the middle of a longer text: what does not depend on its neighbours, at each of three places.
  for (const text of [mark, digits])
    for (const before of [0, 1, 2]) {
      const whole = Buffer.from(' '.repeat(before) + text).toString('base64').replace(/=+$/, '');
      forms.push(Buffer.from(whole.slice(before === 0 ? 0 : before + 1, -2)));
    }
  return forms.filter((form) => bytes.includes(form)).length;
}

// Files under these folders (or files) in which something planted can be read.
export function readable(places, planted) {
  const found = [];
  let bytes = 0;
  let files = 0;
  const look = (path) => {
    const content = readFileSync(path);
    bytes += content.length;
    files += 1;
    if (found_in(content, planted) > 0) found.push(path);
  };
  for (const place of places)
    for (const entry of readdirSync(place, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) look(join(entry.parentPath, entry.name));
  return { found, bytes, files };
}

export const holds = (places, needle) =>
  places.flatMap((place) =>
    readdirSync(place, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(needle))
      .map((entry) => entry.name));
