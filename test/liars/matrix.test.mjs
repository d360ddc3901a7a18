// Route by role by relation (safety.md T14): every route of the program's own document, asked by
// every role from the team, from another team and from another organisation, for what is there and
// for what is not. What must be answered is worked out from the policy file alone. Absent and
// forbidden are the same answer, and take the same time: LIARS_TIMES (200) requests of each.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { consortium, policy } from './consortium.mjs';
import { new_id, Phone, stamp } from './phone.mjs';
import { compared, generated_lists, opened, sent } from '../http/comparison.mjs';
import { tell } from '../soak/evidence.mjs';

const node = await consortium();
const members = await node.members();
const lines = policy();
const document = await (await fetch(`${node.url}/api/v1/openapi.json`)).json();
const by_name = (name) => members.find((one) => one.name === name);
const author = by_name('outreach_worker-team');
const team = author.signed.info.teams[0].id;
const organisation = author.signed.info.organisation.id;
const absent = new_id();

// What is asked about: all of it belongs to `author`, her team and her organisation.
const phone = await Phone.enrol(node.url, author.signed);
const persons = Array.from({ length: 6 }, (_, i) => phone.person(`Cible${i}`, team));
// A relay to somebody outside the platform, and an appointment.
const outside = new_id();
const appointment = new_id();
phone.note('sharing_agreed', persons[0], { purpose: 'relay', organisation: '0'.repeat(32), fields: [], how: 'shown',
  wording: 'partage-1', receipt_number: 'A1', receipt: 'screen', replaces: [] });
phone.note('relay', persons[0], { relay: outside, act: 'proposed', organisation, to_outside: 'Foyer', need: 'une chambre' });
phone.note('appointment_set', persons[0], { appointment, organisation, account: author.signed.info.account,
  on: new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10), minute: 600, status: 'planned' });
phone.contact(persons[0], team, 'note');
const entry = phone.notes.at(-1).id;
// Her référent's team is in her circle as well as being her own.
phone.open_pathway(persons[0], team, organisation);
phone.contact(persons[0], team, 'à vérifier');
const own_waiting = phone.notes.at(-1);
assert.ok(await phone.post(phone.notes.slice(0, -1)));
// Declared lost, what it still sends waits in the quarantine, under its author.
const lost = await Phone.enrol(node.url, author.signed);
const waiting = Array.from({ length: 5 }, () => lost.contact(persons[0], team, 'du téléphone perdu'));
await author.signed.post(`/api/v1/devices/${lost.device}/lost`, {});
assert.ok(await lost.send());
assert.ok(lost.notes.every((note) => note.result.receipt === 'quarantined'), JSON.stringify(lost.notes[0].result));
assert.ok(own_waiting);

const administrator = by_name('administrator-team');
const listed = (await administrator.signed.get('/api/v1/accounts')).body.rows;
const leaving = listed.filter((one) => one.login.startsWith('partant-')).map((one) => one.id);
const devices = [];
for (let i = 0; i < 6; i += 1) devices.push((await Phone.enrol(node.url, author.signed)).device);

// A comparison of lists of her organisation, and one for each who may end it.
const coordinator = by_name('coordinator-team').signed;
const lists = generated_lists(join(node.path, 'lists'), 60);
const comparison = await compared(coordinator, lists);
const ending = [await opened(coordinator), await opened(coordinator), await opened(coordinator)];
const emptying = [await opened(coordinator), await opened(coordinator), await opened(coordinator)];
for (const one of emptying) await sent(coordinator, one, 'Liste', 'known', Buffer.from('nom\nMARTIN\n'));
const pair = (await coordinator.get(`/api/v1/comparisons/${comparison}/pairs?state=certain`)).body.rows[0].pair;

const hers = { team, organisation, account: author.signed.info.account, circle: [team] };
// Noted now; written by whoever asks, so that only the author's is accepted.
const attempt = () => ({ id: new_id(), subject: persons[0], kind: 'attempt_made', version: 1, occurred: stamp(Date.now()),
  hlc: `${Date.now()}.0`, author: hers.account, locked: false, body: { mode: 'phone' } });
const nobodys = {};
let number = 0;
const fresh = (list) => () => list.pop() ?? assert.fail('no target is left');
const day = '2016-09-15';

// Every operation: how to ask for what is there (`at`), and for what is not. `target` is what the
// policy has to judge; 'own': always the asker's own. A `spent` target is another one for each who may.
const asks = {
  session_info: { at: () => ['GET', '/api/v1/session'], target: 'own' },
  change_password: { at: () => ['POST', '/api/v1/password', {}], target: 'own' },
  enrol_device: { at: () => ['POST', '/api/v1/devices', { label: 'essai' }], target: 'own' },
  all_devices: { at: () => ['GET', '/api/v1/devices'], target: 'own' },
  own_devices: { at: () => ['GET', '/api/v1/devices/mine'], target: 'own' },
  reference: { at: () => ['GET', '/api/v1/reference'], target: 'own' },
  today: { at: (id) => ['GET', `/api/v1/today?team=${id}&day=${day}`], id: team },
  list_rounds: { at: (id) => ['GET', `/api/v1/rounds?team=${id}`], id: team },
  day_report: { at: (id) => ['GET', `/api/v1/reports/day?team=${id}&day=${day}`], id: team },
  list_quarantine: { at: () => ['GET', '/api/v1/quarantine'], target: 'own' },
  resolve_quarantine: { at: (id) => ['POST', `/api/v1/quarantine/${id}/resolve`, { decision: 'discard' }],
    id: waiting[0], spent: fresh(waiting.slice(1)) },
  own_entry: { at: (id) => ['GET', `/api/v1/entries/${id}/own`], id: waiting[0] },
  entries_known: { at: () => ['POST', '/api/v1/entries/known', { ids: [entry] }], target: 'own' },
  entry_receipt: { at: (id) => ['GET', `/api/v1/entries/${id}/receipt`], id: entry },
  log_checkpoint: { at: () => ['GET', '/api/v1/log'], target: 'own' },
  log_since: { at: () => ['GET', '/api/v1/log/since?from=3'], target: 'own' },
  list_people: { at: (id) => ['GET', `/api/v1/people?team=${id}`], id: team },
  person_card: { at: (id) => ['GET', `/api/v1/people/${id}`], id: persons[0] },
  person_history: { at: (id) => ['GET', `/api/v1/people/${id}/history`], id: persons[0] },
  person_ledger: { at: (id) => ['GET', `/api/v1/people/${id}/ledger`], id: persons[0] },
  erase_person: { at: (id) => ['POST', `/api/v1/people/${id}/erasure`, { asked_by: 'person' }], id: persons[1],
    spent: fresh(persons.slice(2)) },
  write_entry: { at: (id) => ['POST', `/api/v1/people/${id}/entries`, { draft: attempt() }], id: persons[0] },
  person_pathway: { at: (id) => ['GET', `/api/v1/people/${id}/pathway`], id: persons[0] },
  person_thread: { at: (id) => ['GET', `/api/v1/people/${id}/thread`], id: persons[0] },
  person_followers: { at: (id) => ['GET', `/api/v1/people/${id}/followers`], id: persons[0] },
  person_sharing: { at: (id) => ['GET', `/api/v1/people/${id}/sharing`], id: persons[0] },
  relay_box: { at: () => ['GET', '/api/v1/relays'], target: 'own' },
  board: { at: () => ['GET', '/api/v1/board'], target: 'own' },
  issue_card: { at: (id) => ['POST', `/api/v1/people/${id}/card`, { code: '280467' }], id: persons[0] },
  link_people: { at: (id) => ['POST', `/api/v1/people/${id}/links`, { other: persons[0] }], id: persons[0] },
  unlink_people: { at: (id) => ['POST', `/api/v1/people/${id}/links/${persons[0]}/undo`, {}], id: persons[0] },
  tell_apart: { at: (id) => ['POST', `/api/v1/people/${id}/links/${persons[0]}/distinct`, {}], id: persons[0] },
  list_duplicates: { at: (id) => ['GET', `/api/v1/people/${id}/duplicates`], id: persons[0] },
  see_sought: { at: (id) => ['POST', `/api/v1/people/${id}/sought`, { organisation }], id: persons[0] },
  make_outside_link: { at: (id) => ['POST', `/api/v1/relays/${id}/${outside}/link`, {}], id: persons[0] },
  appointment_file: { at: (id) => ['GET', `/api/v1/people/${id}/appointments/${appointment}/ics`], id: persons[0] },
  list_signals: { at: (id) => ['GET', `/api/v1/signals?team=${id}`], id: team },
  constraints: { at: () => ['GET', '/api/v1/constraints'], target: 'own' },
  odd_words: { at: () => ['GET', '/api/v1/ledger/odd'], target: 'own' },
  organisation_ledger: { at: () => ['GET', '/api/v1/ledger'], target: 'own' },
  figure: { at: (id) => ['GET', `/api/v1/figures?indicator=I01&period=2016-09&team=${id}`], id: team,
    rule: 'figures.read_team' },
  figure_entries: { at: (id) => ['GET', `/api/v1/figures/entries?indicator=I01&period=2016-09&team=${id}`], id: team },
  figure_csv: { at: (id) => ['GET', `/api/v1/figures/csv?indicator=I01&period=2016-09&team=${id}`], id: team,
    rule: 'figures.read_team' },
  open_comparison: { at: () => ['POST', '/api/v1/comparisons', {}], target: 'own' },
  list_comparisons: { at: () => ['GET', '/api/v1/comparisons'], target: 'own' },
  comparison: { at: (id) => ['GET', `/api/v1/comparisons/${id}`], id: comparison },
  add_list: { at: (id) => ['POST', `/api/v1/comparisons/${id}/lists`, { name: 'a', role: 'known', bytes: 60_000_000 }], id: comparison },
  put_list_piece: { at: (id) => ['POST', `/api/v1/comparisons/${id}/lists/1/pieces/0`, { base64: 'YQ==' }], id: comparison },
  preview_list: { at: (id) => ['GET', `/api/v1/comparisons/${id}/lists/1/preview`], id: comparison },
  map_list: { at: (id) => ['POST', `/api/v1/comparisons/${id}/lists/1/mapping`, { columns: [] }], id: comparison },
  remove_list: { at: (id) => ['DELETE', `/api/v1/comparisons/${id}/lists/1`], id: comparison, spent: fresh(emptying) },
  run_comparison: { at: (id) => ['POST', `/api/v1/comparisons/${id}/run`, {}], id: comparison },
  cancel_comparison: { at: (id) => ['POST', `/api/v1/comparisons/${id}/cancel`, {}], id: comparison },
  comparison_pairs: { at: (id) => ['GET', `/api/v1/comparisons/${id}/pairs?state=certain`], id: comparison },
  judge_pair: { at: (id) => ['POST', `/api/v1/comparisons/${id}/pairs`, { pair, verdict: 'same' }], id: comparison },
  comparison_unseen: { at: (id) => ['GET', `/api/v1/comparisons/${id}/unseen`], id: comparison },
  comparison_csv: { at: (id) => ['GET', `/api/v1/comparisons/${id}/unseen.csv`], id: comparison },
  comparison_communes: { at: (id) => ['GET', `/api/v1/comparisons/${id}/communes`], id: comparison },
  make_signals: { at: (id) => ['POST', `/api/v1/comparisons/${id}/signals`, { team, rows: [] }], id: comparison },
  end_comparison: { at: (id) => ['POST', `/api/v1/comparisons/${id}/end`, {}], id: comparison, spent: fresh(ending) },
  organisations: { at: () => ['GET', '/api/v1/organisations'], target: 'own' },
  set_organisation: { at: () => ['POST', '/api/v1/organisations', {}], target: 'own' },
  teams: { at: () => ['GET', '/api/v1/teams'], target: 'own' },
  set_team: { at: () => ['POST', '/api/v1/teams', {}], target: 'own' },
  projects: { at: () => ['GET', '/api/v1/projects'], target: 'own' },
  set_project: { at: () => ['POST', '/api/v1/projects', {}], target: 'own' },
  places: { at: () => ['GET', '/api/v1/places'], target: 'own' },
  set_place: { at: () => ['POST', '/api/v1/places', { set: { name: `Lieu ${(number += 1)}`, type: 'street', active: true } }], target: 'own' },
  find_communes: { at: () => ['GET', '/api/v1/communes?query=mon'], target: 'own' },
  accounts: { at: () => ['GET', '/api/v1/accounts'], target: 'own' },
  propose_account: { at: () => ['POST', '/api/v1/accounts', {}], target: 'own' },
  confirm_account: { at: () => ['POST', `/api/v1/accounts/${leaving[0]}/confirm`, {}], target: 'own' },
  new_activation_code: { at: () => ['POST', `/api/v1/accounts/${leaving[0]}/code`, {}], target: 'own' },
  revoke_account: { at: (id) => ['POST', `/api/v1/accounts/${id}/revoke`, {}], id: leaving[1], target: 'own',
    spent: fresh(leaving.slice(2, 6)) },
  set_account_teams: { at: (id) => ['POST', `/api/v1/accounts/${id}/teams`, { teams: [team] }], id: leaving[6], target: 'own' },
  declare_lost: { at: (id) => ['POST', `/api/v1/devices/${id}/lost`, {}], id: devices[0], rule: 'device.own|device.lost',
    spent: fresh(devices.slice(1)) },
  // The consortium's figures have no team.
  figure_of_all: { of: 'figure', at: () => ['GET', '/api/v1/figures?indicator=I01&period=2016-09'], target: 'own',
    rule: 'figures.read' },
};
const without_session = ['health', 'openapi', 'node_info', 'sign_in', 'activate', 'receive',
  'open_mine', 'my_page', 'close_mine', 'stop_sharing', 'answer_trust', 'say_odd', 'open_outside', 'answer_outside'];
const ends_the_session = ['sign_out'];

const operations = new Map();
for (const methods of Object.values(document.paths))
  for (const operation of Object.values(methods)) operations.set(operation.operationId, operation);

test('every route has its row here', () => {
  const known = new Set([...Object.keys(asks), ...without_session, ...ends_the_session]);
  assert.deepEqual([...operations.keys()].filter((name) => !known.has(name)), []);
});

// The policy, in a few lines that share nothing with the program.
function related(relation, member, target) {
  const { account, organisation: own, teams } = member.signed.info;
  if (relation === 'none' || relation === 'consortium') return true;
  if (relation === 'self') return target.account === account;
  if (relation === 'own_organisation') return target.organisation === own.id;
  if (relation === 'circle') return (target.circle ?? []).some((id) => id === own.id || teams.some((one) => one.id === id));
  if (relation === 'own_entries') return target.account === account && member.role !== 'volunteer';
  return teams.some((one) => one.id === target.team);
}
const is_open = (line, role) => line.open.includes('signed_in') || line.open.includes('anyone') || line.open.includes(role);
function verdict(rules, member, target) {
  const mine = lines.filter((line) => rules.split('|').includes(line.rule));
  const open = mine.filter((line) => is_open(line, member.role));
  if (open.length === 0) return 'role';
  return open.some((line) => related(line.relation, member, target)) ? 'yes' : 'relation';
}
const own_of = (member) => ({ team: member.signed.info.teams[0]?.id, organisation: member.signed.info.organisation.id,
  account: member.signed.info.account });

async function ask(member, [method, path, body]) {
  const asked = { GET: () => member.signed.get(path), POST: () => member.signed.post(path, body), DELETE: () => member.signed.remove(path) };
  const answer = await asked[method]().catch((error) => ({ status: 200, body: error.message }));
  return { status: answer.status, text: JSON.stringify(answer.body) };
}

const tried = { routes: 0, requests: 0 };
for (const [name, one] of Object.entries(asks)) {
  test(`${name}: each role from the team, the organisation and elsewhere`, async () => {
    tried.routes += 1;
    const operation = operations.get(one.of ?? name);
    const rules = one.rule ?? operation['x-rule'];
    const judged = members.map((member) => ({ member,
      says: verdict(rules, member, one.target === 'own' ? own_of(member) : hers) }));
    // Whoever is refused comes first: what is there must still be there for them.
    judged.sort((a, b) => (a.says === 'yes') - (b.says === 'yes'));
    for (const { member, says } of judged) {
      // A role that no line of the route lets in is told so, whatever is asked about.
      const closed = one.target === 'own' || verdict(operation['x-rule'], member, nobodys) === 'role';
      const shut = closed && says !== 'relation' ? 403 : 404;
      const where = `${name} by ${member.name}, ${rules}: ${says}`;
      const id = says === 'yes' && one.spent ? one.spent() : one.id;
      const answer = await ask(member, one.at(id));
      tried.requests += 1;
      if (says === 'yes') {
        assert.ok(![401, 403, 404].includes(answer.status), `${where} ${answer.status} ${answer.text}`);
        if (one.at(id)[0] === 'GET') assert.equal(answer.status, 200, `${where} ${answer.text}`);
      } else {
        assert.equal(answer.status, shut, `${where} ${answer.text}`);
      }
      if (one.id && one.target !== 'own') {
        const nothing = await ask(member, one.at(absent));
        tried.requests += 1;
        assert.equal(nothing.status, shut, `absent, ${where} ${nothing.text}`);
        if (says !== 'yes') assert.equal(nothing.text, answer.text, `absent and forbidden differ: ${where}`);
      }
    }
  });
}

const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

test('absent and forbidden take the same time', async () => {
  const times = Number(process.env.LIARS_TIMES ?? 200);
  const stranger = by_name('outreach_worker-other');
  for (const name of ['person_card', 'person_history', 'person_pathway', 'person_ledger', 'list_people', 'today', 'own_entry', 'entry_receipt']) {
    const took = { there: [], absent: [] };
    for (let i = 0; i < times; i += 1) {
      for (const [kind, id] of i % 2 ? [['there', asks[name].id], ['absent', absent]] : [['absent', absent], ['there', asks[name].id]]) {
        const from = performance.now();
        const answer = await ask(stranger, asks[name].at(id));
        took[kind].push(performance.now() - from);
        assert.equal(answer.status, 404, name);
      }
    }
    const apart = Math.abs(middle(took.there) - middle(took.absent));
    console.log(`# ${name}: ${middle(took.there).toFixed(2)} ms there, ${middle(took.absent).toFixed(2)} ms absent, ${times} each`);
    assert.ok(apart <= 2, `${name}: ${apart.toFixed(2)} ms apart`);
  }
});

test('the matrix was asked', () => {
  assert.ok(tried.requests > 1_500);
  tell('verdicts', tried.requests, 0, `${tried.routes} operations, ${members.length} accounts`);
});
