import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, run, run_json, session, small_demo, start } from './program.mjs';

// Real input lies beside the checkout; absent it is skipped, in CI it is a failure.
function shared(t, name) {
  const path = join(process.env.FILROUGE_SHARED ?? '', name);
  if (process.env.FILROUGE_SHARED && existsSync(path)) return path;
  if (process.env.CI === 'true') assert.fail(`absent: ${name}`);
  t.skip(`absent: ${name}`);
  return undefined;
}

function consortium(t) {
  const path = folder(t);
  const data = join(path, 'maison');
  assert.equal(run(['init', '--data', data]).status, 0);
  return { path, data };
}

test('each refused line has its reason, the others are written', (t) => {
  const { path, data } = consortium(t);
  const file = join(path, 'communes.csv');
  writeFileSync(file, 'code_insee;nom;code_postal\n37261;Tours;37000\n3726;Tours;37000\n37122;;37300\n');
  const { status, answer } = run_json(['import', 'communes', file, '--data', data]);
  assert.equal(status, 0);
  assert.equal(answer.read, 3);
  assert.equal(answer.written, 1);
  assert.deepEqual(
    answer.refusals.map(({ where, field, rule }) => [where, field, rule]),
    [['line 3', 'code_insee', 'code'], ['line 4', 'nom', 'missing']],
  );
  const text = run(['import', 'communes', file, '--data', data]);
  assert.match(text.stderr, /line 3, code_insee/);
});

test('nothing usable: nothing is written, status 1', (t) => {
  const { path, data } = consortium(t);
  const write = (name, content) => {
    writeFileSync(join(path, name), content);
    return join(path, name);
  };
  for (const [what, file] of [
    ['communes', write('a.csv', 'x,y\n1,2\n')],
    ['communes', write('b.csv', 'code_insee,nom\nx,y\n')],
    ['communes', write('empty.csv', '')],
    ['communes', path],
    ['communes', join(path, 'absent')],
    ['outlines', write('c.geojson', '{"type":"FeatureCollection","features":[')],
    ['outlines', write('d.geojson', '{"features":[{"properties":{},"geometry":null}]}')],
    ['outlines', write('e.geojson', 'not json at all')],
  ]) {
    const refused = run(['import', what, file, '--data', data]);
    assert.equal(refused.status, 1, `${what} ${file}: ${refused.stderr}`);
  }
  assert.equal(run(['import', 'outlines', join(path, 'c.geojson'), '--data', data, '--kind', 'x']).status, 2);
});

test('the national list of communes goes in through a running server', async (t) => {
  const file = shared(t, 'coop-mediation-numerique/communes.csv');
  if (!file) return;
  const { data, accounts } = small_demo(folder(t));
  const server = await start(['serve', '--data', data]);
  t.after(server.kill);
  const { status, answer, stderr } = run_json(['import', 'communes', file, '--data', data]);
  assert.equal(status, 0, stderr);
  assert.ok(answer.written > 34_900);
  assert.equal(answer.read, 35_071);
  for (const refusal of answer.refusals) assert.ok(refusal.rule && refusal.where);
  const worker = await session(server.url, accounts[0]);
  const found = await worker.get('/api/v1/communes?query=saint-pierre-des-co');
  assert.ok(found.body.rows.some((row) => row.code === '37233'));
  await server.stop();
  assert.equal(run(['verify', '--data', data]).status, 0);
});

test('outlines of Indre-et-Loire and districts of 2015 go in, and places are found in them', async (t) => {
  const communes = shared(t, 'offre-inclusion/communes-37.geojson');
  const districts = shared(t, 'hackaviz2021/qp_sauf_31_66.geojson');
  if (!communes || !districts) return;
  const { data, accounts } = small_demo(folder(t));
  assert.equal(run_json(['import', 'outlines', communes, '--data', data]).answer.written, 272);
  const server = await start(['serve', '--data', data]);
  t.after(server.kill);
  assert.equal(run_json(['import', 'outlines', districts, '--data', data]).answer.written, 76);
  const worker = await session(server.url, accounts[0]);
  const made = await worker.post('/api/v1/places', {
    set: { name: 'Gare de Tours', type: 'station', latitude_e7: 473899000, longitude_e7: 6935000, located_by: 'outline', active: true },
  });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  const places = await worker.get('/api/v1/places');
  const gare = places.body.rows.find((row) => row.id === made.body.id);
  assert.equal(gare.commune, '37261');
  assert.equal(gare.commune_name, 'Tours');
  assert.equal(gare.district, undefined);
  assert.equal(gare.fictitious, false);
  await server.stop();
  assert.deepEqual(run_json(['verify', '--data', data]).answer.findings, []);
});
