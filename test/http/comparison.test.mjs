// A coordinator goes from two files to a list of who is known to nobody, over HTTP, and to nothing
// but numbers at the end.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { run, session, small_demo, start } from '../cli/program.mjs';
import { compared, generated_lists, mapped, opened, ready, sent } from './comparison.mjs';

const path = mkdtempSync(join(tmpdir(), 'filrouge-comparison-'));
const elsewhere = { login: 'autre-coordination', password: 'une-phrase-pour-ailleurs' };
const { data, accounts } = small_demo(path, (tenant) => {
  tenant.organisations.push({ key: 'autre', name: 'Autre', kind: 'inclusion', person_word: 'jeune' });
  tenant.teams.push({ key: 'ailleurs', organisation: 'autre', name: 'Équipe d’ailleurs' });
  tenant.accounts.push({ ...elsewhere, name: 'Ailleurs', role: 'coordinator', organisation: 'autre', teams: ['ailleurs'] });
  return tenant;
});
let server = await start(['serve', '--data', data]);
after(async () => {
  await server.stop();
  rmSync(path, { recursive: true, force: true });
});
const of_role = (role) => accounts.find((one) => one.role === role && one.login !== elsewhere.login);
const coordinator = await session(server.url, of_role('coordinator'));
assert.equal(coordinator.status, 200);
const lists = generated_lists(join(path, 'lists'), 300);
const ledger_of = async () => (await session(server.url, of_role('dpo'))).get('/api/v1/ledger')
  .then(({ body }) => body.rows.filter((row) => row.action.startsWith('comparison.')).length);

// Names of the lists long enough to be nobody else's.
const names = [...lists.watched.toString().matchAll(/^[AB]\d+,\d+,([^,]+),([^,]+),/gm)]
  .map((found) => found[2]).filter((name) => name.length >= 9);
function pieces_in(folder) {
  const database = new DatabaseSync(join(folder, 'journal.db'), { readOnly: true });
  const { count } = database.prepare('SELECT count(*) AS count FROM blobs').get();
  database.close();
  return count;
}
function files_hold(name) {
  const needle = Buffer.from(name);
  const look = (folder) => readdirSync(folder).some((one) => {
    const file = join(folder, one);
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) return look(file);
    return statSync(file, { throwIfNoEntry: false })?.isFile() && readFileSync(file).includes(needle);
  });
  return look(data);
}

test('from two files to the unseen, pairs judged on the way', async () => {
  const id = await compared(coordinator, lists);
  const whole = (await coordinator.get(`/api/v1/comparisons/${id}`)).body;
  assert.equal(whole.lists.length, 2);
  assert.ok(whole.lists.every((list) => list.ready && list.refused === 0));
  const { counts, pairs } = whole.run;
  assert.equal(counts.known + counts.uncertain + counts.unseen, counts.rows);
  assert.ok(counts.unseen > 60 && counts.known > 120, JSON.stringify(counts));

  const page = (await coordinator.get(`/api/v1/comparisons/${id}/pairs?state=to_review`)).body;
  assert.equal(page.total, pairs.to_review);
  const easy = page.rows.find((row) => row.likely !== 'perhaps');
  const said = await coordinator.post(`/api/v1/comparisons/${id}/pairs`, { pair: easy.pair, verdict: 'same' });
  assert.equal(said.body.standing, 'same');
  const undone = await coordinator.post(`/api/v1/comparisons/${id}/pairs`, { pair: easy.pair, verdict: 'undo' });
  assert.equal(undone.body.standing, 'open');
  const unsure = await coordinator.post(`/api/v1/comparisons/${id}/pairs`, { pair: easy.pair, verdict: 'unsure' });
  assert.equal(unsure.body.standing, 'second_opinion');

  let rows = [];
  for (let after = ''; after !== undefined;) {
    const some = (await coordinator.get(`/api/v1/comparisons/${id}/unseen?${after && `after=${after}`}`)).body;
    rows = rows.concat(some.rows);
    after = some.next;
  }
  const now = (await coordinator.get(`/api/v1/comparisons/${id}`)).body.run.counts;
  assert.equal(rows.length, now.unseen);
  assert.equal(new Set(rows.map((row) => row.row)).size, rows.length);

  const team = coordinator.info.teams[0].id;
  const made = await coordinator.post(`/api/v1/comparisons/${id}/signals`, { team, rows: rows.slice(0, 2).map((row) => row.row) });
  assert.deepEqual(made.body, { made: 2, already: 0 });
  const again = await coordinator.post(`/api/v1/comparisons/${id}/signals`, { team, rows: rows.slice(0, 2).map((row) => row.row) });
  assert.deepEqual(again.body, { made: 0, already: 2 });

  const communes = (await coordinator.get(`/api/v1/comparisons/${id}/communes`)).body.rows;
  assert.equal(communes.reduce((sum, row) => sum + row.unseen, 0), now.unseen);
  const csv = await fetch(`${server.url}/api/v1/comparisons/${id}/unseen.csv`, { headers: { cookie: coordinator.cookie } });
  assert.match(csv.headers.get('content-type'), /^text\/csv/);
  const text = await csv.text();
  assert.match(text, /n\.c\./);
  for (const line of text.split('\r\n').slice(1, -1)) assert.ok(!/^[1-4]$/.test(line.split(';')[1]), line);
  await coordinator.post(`/api/v1/comparisons/${id}/end`, {});
});

test('lines that cannot take part are named', async () => {
  const id = await opened(coordinator);
  const bytes = Buffer.from(`nom;prenom;naissance\nMARTIN;Léa;12/03/2005\nDUPONT;Hugo\n;;\nLONG;${'a'.repeat(1 << 20)};\nPETIT;Zoé;31/02/2005\n`);
  const number = await sent(coordinator, id, 'École', 'watched', bytes);
  const preview = await mapped(coordinator, id, number);
  assert.equal(preview.count, 2);
  assert.deepEqual(preview.refused.map(({ line, rule }) => [line, rule]),
    [[3, 'too_few_cells'], [4, 'nothing_to_compare'], [5, 'too_long']]);
  assert.ok(preview.oddities.some((one) => one.what === 'unreadable_values' && one.field === 'date_of_birth' && one.count === 1));
  const refused = await coordinator.post(`/api/v1/comparisons/${id}/run`, {});
  assert.equal(refused.status, 422, JSON.stringify(refused.body));
  assert.equal(refused.body.rule, 'two_roles');
  await coordinator.post(`/api/v1/comparisons/${id}/end`, {});
});

test('a run is cancelled and leaves nothing', async () => {
  const id = await ready(coordinator, generated_lists(join(path, 'large'), 40_000));
  const running = coordinator.post(`/api/v1/comparisons/${id}/run`, {});
  let seen = null;
  for (let tries = 0; tries < 2_000 && seen === null; tries += 1) {
    const shown = (await coordinator.get(`/api/v1/comparisons/${id}`)).body;
    if (shown.progress) seen = shown.progress;
  }
  assert.ok(seen, 'no progress was seen');
  const second = await coordinator.post(`/api/v1/comparisons/${id}/run`, {});
  assert.equal(second.status, 409, JSON.stringify(second.body));
  const stop = await coordinator.post(`/api/v1/comparisons/${id}/cancel`, {});
  assert.equal(stop.status, 200, JSON.stringify(stop.body));
  const stopped = await running;
  assert.equal(stopped.body.rule, 'cancelled', JSON.stringify(stopped.body));
  const shown = (await coordinator.get(`/api/v1/comparisons/${id}`)).body;
  assert.equal(shown.run, undefined);
  assert.equal(shown.progress, undefined);
  await coordinator.post(`/api/v1/comparisons/${id}/end`, {});
});

test('another organisation and other roles find nothing', async () => {
  const id = await compared(coordinator, lists);
  const stranger = await session(server.url, elsewhere);
  for (const [method, address, body] of [
    ['get', `/api/v1/comparisons/${id}`],
    ['get', `/api/v1/comparisons/${id}/unseen`],
    ['get', `/api/v1/comparisons/${id}/pairs?state=to_review`],
    ['get', `/api/v1/comparisons/${id}/lists/1/preview`],
    ['post', `/api/v1/comparisons/${id}/run`, {}],
    ['post', `/api/v1/comparisons/${id}/end`, {}],
  ]) {
    const there = await stranger[method](address, body);
    const absent = await stranger[method](address.replace(id, 'e'.repeat(32)), body);
    assert.equal(there.status, 404, address);
    assert.deepEqual(there.body, absent.body, address);
  }
  assert.deepEqual((await stranger.get('/api/v1/comparisons')).body, { rows: [] });
  const worker = await session(server.url, of_role('outreach_worker'));
  assert.equal((await worker.get(`/api/v1/comparisons/${id}`)).status, 403);
  await coordinator.post(`/api/v1/comparisons/${id}/end`, {});
});

test('each reading leaves one row, and after the end no byte of a name is in the folder', async () => {
  const before = await ledger_of();
  const id = await compared(coordinator, lists); // two previews, two mappings, one run
  assert.equal(await ledger_of() - before, 5);
  await coordinator.get(`/api/v1/comparisons/${id}/pairs?state=to_review`);
  await coordinator.get(`/api/v1/comparisons/${id}/unseen`);
  await coordinator.get(`/api/v1/comparisons/${id}`); // numbers alone
  assert.equal(await ledger_of() - before, 7);
  assert.ok(names.length > 5, names.length);
  const copy = join(path, 'copie');
  assert.equal(run(['backup', '--data', data, '--to', copy]).status, 0);
  const ended = await coordinator.post(`/api/v1/comparisons/${id}/end`, {});
  assert.equal(ended.status, 200, JSON.stringify(ended.body));
  assert.equal(await ledger_of() - before, 8);
  assert.equal((await coordinator.get(`/api/v1/comparisons/${id}`)).status, 404);
  assert.deepEqual((await coordinator.get('/api/v1/comparisons')).body, { rows: [] });
  await server.stop();
  assert.ok(files_hold('filrouge 3'), 'the search itself finds');
  for (const name of names) assert.equal(files_hold(name), false, name);
  assert.equal(pieces_in(data), 0);

  // A backup from before the end: it ends again, also its pieces.
  assert.ok(pieces_in(copy) > 4);
  const back = join(path, 'restored');
  const restored = run(['restore', '--from', copy, '--data', back, '--erasures', data]);
  assert.equal(restored.status, 0, restored.stderr);
  assert.equal(pieces_in(back), 0);
  assert.equal(run(['verify', '--data', data]).status, 0);
  server = await start(['serve', '--data', data]);
});
