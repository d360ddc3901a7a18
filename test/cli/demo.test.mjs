import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, run, run_json, session, sign_in_line, sign_ins, small_demo, small_tenant, start } from './program.mjs';

const other_lines = (done) =>
  [...done.stdout.split('\n'), ...done.stderr.split('\n')].filter((line) => !sign_in_line.test(line));

test('demo without a folder lists the demonstrations', () => {
  const listed = run(['demo']);
  assert.equal(listed.status, 0);
  assert.deepEqual(
    listed.stdout.trimEnd().split('\n').map((line) => line.split('\t')[0]),
    ['tours', 'sipa', 'bureau-mobile', 'acsea', 'pare76', 'agir14', 'cuisine-mode-d-emploi'],
  );
});

test('sign-ins are one line each, the same words in every language, an outreach worker first', (t) => {
  const path = folder(t);
  const { data, made, accounts } = small_demo(path);
  assert.equal(accounts.length, 14);
  assert.equal(accounts[0].role, 'outreach_worker');
  for (const account of accounts) assert.ok(account.password.length >= 12);
  assert.equal(accounts.filter((one) => one.role === 'administrator').length, 2);
  const english = run(['demo', '--data', data, '--no-serve'], { language: 'en_GB.UTF-8' });
  assert.deepEqual(sign_ins(english.stdout), accounts);
  for (const done of [made, english])
    for (const line of other_lines(done)) assert.doesNotMatch(line, /login|password/i);
  assert.equal(statSync(data).mode & 0o777, 0o700);
  assert.equal(statSync(join(data, 'demo.key')).mode & 0o777, 0o600);
});

test('a folder that demo did not make is never touched', (t) => {
  const path = folder(t);
  const data = join(path, 'mine');
  mkdirSync(data);
  writeFileSync(join(data, 'thesis.txt'), 'three years');
  for (const more of [[], ['--reset']]) {
    const refused = run(['demo', '--data', data, '--no-serve', ...more]);
    assert.equal(refused.status, 1);
    assert.equal(refused.stderr.trimEnd().split('\n').length, 1);
  }
  writeFileSync(join(data, 'demo.json'), '{"made_by":"somebody else"}');
  assert.equal(run(['demo', '--data', data, '--no-serve', '--reset']).status, 1);
  assert.equal(readFileSync(join(data, 'thesis.txt'), 'utf8'), 'three years');
});

test('a real consortium is never emptied by demo --reset', (t) => {
  const data = join(folder(t), 'real');
  assert.equal(run(['init', '--data', data]).status, 0);
  assert.equal(run(['demo', '--data', data, '--no-serve', '--reset']).status, 1);
  assert.equal(run(['verify', '--data', data]).status, 0);
});

test('--reset refills; another tenant needs it; the same figures come out', (t) => {
  const path = folder(t);
  const { data } = small_demo(path);
  const before = run_json(['report', '--data', data, 'sipa']).answer;
  const other = join(path, 'other');
  mkdirSync(other);
  const changed = small_tenant(other, (tenant) => {
    tenant.name = 'autre';
    tenant.desks[0].total = 300;
    tenant.rounds[0].total = 111;
  });
  const refused = run(['demo', '--data', data, '--tenant', changed, '--no-serve']);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /petit/);
  assert.equal(run(['demo', '--data', data, '--reset', '--no-serve']).status, 0);
  assert.deepEqual(run_json(['report', '--data', data, 'sipa']).answer, before);
  assert.equal(run(['demo', '--data', data, '--reset', '--tenant', changed, '--no-serve']).status, 0);
  const rows = Object.fromEntries(
    run_json(['report', '--data', data, 'sipa']).answer.rows.map((row) => [row.id, row.computed]),
  );
  assert.equal(rows.welcomed_on_sites, 300 + 140 + 95);
  assert.equal(rows.captured_outside, 111 + 31 + 12);
});

test('a demonstration whose filling stopped half-way is filled again', (t) => {
  const { data, accounts } = small_demo(folder(t));
  const marker = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8'));
  writeFileSync(join(data, 'demo.json'), JSON.stringify({ ...marker, complete: false }));
  const again = run(['demo', '--data', data, '--no-serve']);
  assert.equal(again.status, 0, again.stderr);
  assert.deepEqual(sign_ins(again.stdout), accounts);
  assert.equal(run(['verify', '--data', data]).status, 0);
});

test('demo serves what it made, on loopback only, and says that it is one', async (t) => {
  const { data, accounts } = small_demo(folder(t));
  const server = await start(['demo', '--data', data]);
  t.after(server.kill);
  assert.deepEqual(sign_ins(server.said.stdout), accounts);
  assert.equal((await (await fetch(`${server.url}/api/v1/node`)).json()).demo, true);
  for (const account of accounts.slice(0, 2))
    assert.equal((await session(server.url, account)).info.role, account.role);
  assert.equal(run(['demo', '--data', data, '--reset', '--no-serve']).status, 1);
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
  for (const line of other_lines(server.said)) assert.doesNotMatch(line, /login|password/i);
  assert.equal(run(['serve', '--data', data, '--listen', '0.0.0.0:18150']).status, 1);
});

test('a mistake in a tenant file is named, and nothing is made', (t) => {
  const path = folder(t);
  const file = small_tenant(path, (tenant) => {
    tenant.rounds[1].team = 'nulle-part';
  });
  const refused = run(['demo', '--data', join(path, 'x'), '--tenant', file, '--no-serve']);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /rounds\[1\]\.team/);
  assert.equal(existsSync(join(path, 'x')), false);
});

// The whole of both demonstrations: their figures are those of their files.
test('sipa reproduces the published table from 36 months of entries', (t) => {
  const data = join(folder(t), 'sipa');
  const begun = Date.now();
  assert.equal(run(['demo', '--data', data, '--tenant', 'sipa', '--no-serve']).status, 0);
  t.diagnostic(`filled in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  const { answer } = run_json(['report', '--data', data, 'sipa']);
  const rows = Object.fromEntries(answer.rows.map((row) => [row.id, row]));
  assert.equal(rows.captured_outside.published, 4000);
  assert.equal(rows.captured_outside.at_least, true);
  assert.equal(rows.captured_outside.computed, 4137);
  assert.equal(rows.welcomed_on_sites.published, 17000);
  assert.equal(rows.welcomed_on_sites.computed, 17000);
  assert.match(rows.welcomed_on_sites.basis, /publié : personnes accueillies/);
  assert.match(rows.welcomed_on_sites.basis, /calculé : passages \(accueil sans nom\)/);
  assert.equal(rows.growth_since_2015.computed, 24);
  assert.equal(rows.growth_since_2015.basis, 'reconstituée depuis le chiffre publié');
  assert.match(rows.growth_since_2015.note, /36 mois/);
  assert.equal(rows.base_2015.computed, 13710);
  const published_again = {
    referred: 2124,
    supported: 537,
    positive_exits: 249,
    satisfied: 97,
    job_centre_before: 75,
    job_centre_after: 92,
    never_supported_before: 50,
    supported_after: 90,
    association_before: 16,
    association_after: 30,
  };
  for (const [id, number] of Object.entries(published_again)) {
    assert.equal(rows[id].published, number, id);
    assert.equal(rows[id].computed, number, id);
  }
  assert.match(rows.job_centre_before.basis, /403 sur 537 réponses ; sans réponse : 0/);
  // The same exits under another set are another number.
  assert.equal(rows.positive_exits_iae.computed, 216);
  assert.ok(rows.appointments_mean.computed >= 30 && rows.appointments_mean.computed <= 40);
  assert.equal(rows.budget.published, 136656814);
  assert.equal(rows.budget.published_text, '1 366 568,14 €');
  assert.equal(rows.sites.computed, 3);
  assert.equal(rows.months.computed, 36);
  for (const row of answer.rows)
    for (const number of [row.published, row.computed])
      assert.ok(number === undefined || Number.isSafeInteger(number), row.id);
  const verified = run_json(['verify', '--data', data]);
  assert.deepEqual(verified.answer.findings, []);
  assert.ok(verified.answer.facts > 15_000);
});

test('tours is a living year: rounds, people, figures by district', (t) => {
  const data = join(folder(t), 'tours');
  const begun = Date.now();
  assert.equal(run(['demo', '--data', data, '--until', '2026-10-31', '--no-serve']).status, 0);
  t.diagnostic(`filled in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  const figures = run_json(['report', '--data', data, 'figures', '--period', '2026', '--by', 'district']);
  assert.equal(figures.status, 0, figures.stderr);
  const by = Object.fromEntries(figures.answer.figures.map((one) => [one.indicator, one]));
  assert.ok(by.I01.total > 150);
  assert.ok(by.I02.total > 30);
  assert.ok(by.I03a.total > 100);
  assert.ok(by.I08.total > 10, 'she answers on her own page');
  assert.ok(by.I16.percent > 5 && by.I16.percent < 95);
  const names = by.encounters.rows.map((row) => row.label);
  assert.ok(names.some((name) => name.includes('Sanitas')));
  for (const one of figures.answer.figures) {
    assert.ok(one.definition.length > 20);
    assert.equal(one.definition_version, 1);
    for (const row of one.rows) assert.ok(row.masked || row.number === 0 || row.number > 4, one.indicator);
  }
  assert.deepEqual(run_json(['verify', '--data', data]).answer.findings, []);
});

// Each of the other demonstrations prints its own table where no report is named.
for (const [tenant, expected] of Object.entries({
  'bureau-mobile': {},
  acsea: {},
  pare76: { people: [159, 159] },
  agir14: { people: [350, 350] },
  'cuisine-mode-d-emploi': { cohort: [12, 12], cdd: [5, 5], others: [undefined, 4] },
}))
  test(`${tenant} prints its figures beside the published ones`, (t) => {
    const data = join(folder(t), tenant);
    const made = run(['demo', '--data', data, '--tenant', tenant, '--no-serve']);
    assert.equal(made.status, 0, made.stderr);
    const { answer } = run_json(['report', '--data', data]);
    assert.equal(answer.report, tenant);
    const rows = Object.fromEntries(answer.rows.map((row) => [row.id, row]));
    for (const [id, [published, computed]] of Object.entries(expected)) {
      assert.equal(rows[id].published, published, id);
      assert.equal(rows[id].computed, computed, id);
    }
    for (const row of answer.rows)
      assert.ok(row.masked || (row.computed ?? row.published) !== undefined, `${tenant} ${row.id}`);
    const text = run(['report', '--data', data]).stdout;
    for (const row of answer.rows) assert.ok(text.includes(row.label), row.label);
    assert.match(run(['report', '--data', data, '--format', 'csv']).stdout, /published/);
    assert.deepEqual(run_json(['verify', '--data', data]).answer.findings, []);
  });

test('the same exits are another number under another set', (t) => {
  const data = join(folder(t), 'cme');
  assert.equal(run(['demo', '--data', data, '--tenant', 'pare76', '--no-serve']).status, 0);
  const positive = (set) =>
    run_json(['report', '--data', data, 'figures', '--indicator', 'I03d', '--period', '2020', '--exit-set', set])
      .answer.figures[0];
  assert.equal(positive('iae').exit_set, 'iae v1');
  assert.notEqual(positive('iae').total, positive('cme').total);
  assert.equal(run(['report', '--data', data, 'figures', '--period', '2020', '--exit-set', 'x']).status, 2);
});
