import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, program, run, run_json } from './program.mjs';

// Real input lies beside the checkout; absent it is skipped, in CI it is a failure.
function shared(t, name) {
  const path = join(process.env.FILROUGE_SHARED ?? '', name);
  if (process.env.FILROUGE_SHARED && existsSync(path)) return path;
  if (process.env.CI === 'true') assert.fail(`absent: ${name}`);
  t.skip(`absent: ${name}`);
  return undefined;
}

function made(t, rows = '2000') {
  const path = folder(t);
  assert.equal(run(['link', '--generate', path, '--rows', rows]).status, 0);
  return { path, a: join(path, 'a.csv'), b: join(path, 'b.csv'), messy: join(path, 'messy.csv') };
}

const rows_of = (file) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

test('two lists: cross pairs with ids, probability, weight and band, the same on any threads', (t) => {
  const { path, a, b } = made(t);
  const out = (name) => join(path, name);
  for (const threads of ['1', '2', '5']) {
    const done = run(['link', a, b, '--id', 'id', '--out', out(`pairs${threads}`), '--clusters', out(`persons${threads}`),
      '--model', out(`model${threads}`), '--explain', '--all-above', '-6', '--threads', threads]);
    assert.equal(done.status, 0, done.stderr);
    for (const what of ['pairs', 'persons', 'model'])
      assert.equal(readFileSync(out(`${what}${threads}`), 'utf8'), readFileSync(out(`${what}1`), 'utf8'));
  }
  const [head, ...pairs] = rows_of(out('pairs1'));
  assert.deepEqual(head.slice(0, 5), ['left_id', 'right_id', 'probability', 'weight', 'band']);
  assert.ok(head.includes('weight_surname') && head.includes('weight_rest'));
  assert.ok(pairs.length > 800);
  for (const [left, right, probability, weight, band, ...parts] of pairs) {
    assert.match(left, /^A\d+$/);
    assert.match(right, /^B\d+$/);
    assert.ok(Number(probability) >= 0 && Number(probability) <= 1);
    assert.ok(['match', 'review', 'non-match'].includes(band));
    // The parts add up to the weight.
    assert.ok(Math.abs(parts.reduce((sum, one) => sum + Number(one), 0) - Number(weight)) < 0.02);
  }
  const persons = rows_of(out('persons1'));
  assert.deepEqual(persons[0], ['id', 'list', 'person']);
  assert.equal(persons.length, 4001);
  assert.deepEqual(new Set(persons.slice(1).map(([, list]) => list)), new Set(['1', '2']));
});

test('a model is saved once, then used', (t) => {
  const { path, a, b } = made(t);
  const model = join(path, 'model');
  const go = (name, ...more) => run(['link', a, b, '--out', join(path, name), '--model', model, ...more]);
  assert.equal(go('one').status, 0);
  const text = readFileSync(model, 'utf8');
  assert.match(text, /^filrouge-linkage-model 1\n/);
  assert.equal(go('two').status, 0);
  assert.equal(readFileSync(model, 'utf8'), text);
  writeFileSync(model, 'something else\n');
  const refused = go('three');
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /modèle/);
});

test('the evaluation reads a column that the matcher never sees', (t) => {
  const { path, a, b, messy } = made(t);
  const out = join(path, 'pairs');
  const { status, answer } = run_json(['link', a, b, '--id', 'id', '--out', out, '--truth', 'personne', '--by', 'sexe']);
  assert.equal(status, 0);
  const [all, ...groups] = answer.truth;
  assert.ok(all.f1 > 960_000, `F1 ${all.f1}`);
  assert.ok(all.blocking_recall > 985_000);
  assert.ok(Math.abs(answer.estimated[0].precision - all.precision) < 20_000);
  assert.deepEqual(groups.map(({ group }) => group).sort(), ['F', 'M']);
  // The same pairs without the truth.
  const again = join(path, 'again');
  assert.equal(run(['link', a, b, '--id', 'id', '--out', again]).status, 0);
  assert.equal(readFileSync(again, 'utf8'), readFileSync(out, 'utf8'));
  const one = run_json(['link', messy, '--id', 'id', '--out', out, '--truth', 'personne']).answer.truth[0];
  assert.ok(one.f1 > 950_000, `F1 of one list ${one.f1}`);
  assert.ok(one.largest_mixed <= 40);
});

test('three lists have their numbers beside the ids', (t) => {
  const { path, a, b, messy } = made(t);
  const out = join(path, 'pairs');
  assert.equal(run(['link', a, b, messy, '--id', 'id', '--out', out]).status, 0);
  const [head, ...pairs] = rows_of(out);
  assert.deepEqual(head.slice(5), ['left_list', 'right_list']);
  for (const [left, , , , , list] of pairs) assert.equal('AB'[Number(list) - 1], left[0]);
});

test('columns by other names, for all lists or one', (t) => {
  const path = folder(t);
  const file = (name, text) => {
    writeFileSync(join(path, name), text);
    return join(path, name);
  };
  const a = file('a.csv', 'who;born\nMARTIN;31/01/2005\nPETIT;02/03/2004\n');
  const b = file('b.csv', 'family;birth\nMartin;20050131\nDurand;19990101\n');
  const out = join(path, 'pairs');
  const none = run(['link', a, b, '--out', out]);
  assert.equal(none.status, 1);
  assert.match(none.stderr, /aucune colonne/);
  const done = run(['link', a, b, '--out', out, '--all-above', '-30', '--columns',
    'a.csv:surname=who,a.csv:date_of_birth=born,b.csv:surname=family,b.csv:date_of_birth=birth']);
  assert.equal(done.status, 0, done.stderr);
  assert.match(readFileSync(out, 'utf8'), /^1,1,/m);
  for (const columns of ['who', 'colour=who', 'surname=', 'surname=who,surname=who'])
    assert.equal(run(['link', a, a, '--out', out, '--columns', columns]).status, 2, columns);
  assert.equal(run(['link', a, '--out', out, '--columns', 'surname=absent']).status, 1);
});

test('unseen: one row for each row, in its order; small counts are masked', (t) => {
  const { path, a, b } = made(t);
  const out = join(path, 'unseen');
  const counts = join(path, 'counts');
  const { status, answer } = run_json(['unseen', a, '--known', b, '--id', 'id', '--out', out, '--counts', counts, '--truth', 'personne']);
  assert.equal(status, 0);
  assert.equal(answer.known + answer.uncertain + answer.unseen, 2000);
  assert.ok(answer.truth[0].unseen_precision > 950_000);
  const [head, ...rows] = rows_of(out);
  assert.deepEqual(head, ['id', 'band', 'best_probability']);
  assert.deepEqual(rows.map(([id]) => id), rows_of(a).slice(1).map(([id]) => id));
  const [, ...places] = rows_of(counts);
  for (const [place, unseen] of places)
    assert.ok(unseen === '' || unseen === '0' || Number(unseen) >= 5, `${place} ${unseen}`);
  assert.ok(places.some(([, unseen]) => unseen === ''));
  // The order of the other lists changes no answer.
  const twice = join(path, 'twice');
  assert.equal(run(['unseen', a, '--known', b, '--known', b, '--id', 'id', '--out', twice]).status, 0);
  assert.equal(rows_of(twice).length, 2001);
  assert.equal(run(['unseen', a, '--out', out]).status, 2);
});

test('bad input: a clear line and status 1, or counted as missing', (t) => {
  const path = folder(t);
  const file = (name, text) => {
    writeFileSync(join(path, name), text);
    return join(path, name);
  };
  const out = join(path, 'pairs');
  for (const [name, text, said] of [
    ['nothing.csv', '', /vide/],
    ['head.csv', 'nom,prenom\n', /vide/],
    ['colours.csv', 'couleur,taille\nbleu,3\n', /aucune colonne/],
    ['wide.csv', Buffer.from('\ufeffnom,prenom\nPETIT,Léa\n', 'utf16le'), /UTF-16/],
    ['book.xlsx', 'PK\u0003\u0004rest', /classeur/],
  ]) {
    const refused = run(['link', file(name, text), '--out', out]);
    assert.equal(refused.status, 1, name);
    assert.match(refused.stderr, said);
    assert.ok(!existsSync(out));
  }
  assert.equal(run(['link', path, '--out', out]).status, 1);
  assert.equal(run(['link', join(path, 'absent.csv'), '--out', out]).status, 1);
  const good = file('good.csv', 'id,nom,prenom,date_naissance\n1,MARTIN,Léa,20050131\n1,SNC,INCONNU,31/02/2005\n2,PETIT,Zoé,01/01/2004\n');
  assert.equal(run(['link', good, '--out', join(path, 'no/such/folder')]).status, 1);
  assert.equal(run(['link', good, '--id', 'absent', '--out', out]).status, 1);
  assert.equal(run(['link', good, '--truth', 'absent', '--out', out]).status, 1);
  assert.equal(run(['link', good]).status, 2);
  assert.equal(run(['link', good, '--out', out, '--all-above', 'x']).status, 2);
  assert.equal(run(['link', good, '--out', out, '--pairs-per-row', '0']).status, 2);
  const counted = run(['link', good, '--id', 'id', '--out', out]);
  assert.equal(counted.status, 0);
  assert.match(counted.stderr, /1 identifiants répétés/);
  assert.match(counted.stderr, /date_of_birth : 1 valeurs illisibles/);
  const same = file('same.csv', `nom,prenom\n${'MARTIN,Jean\n'.repeat(4000)}`);
  const masses = run(['link', same, '--out', out, '--report']);
  assert.equal(masses.status, 0);
  assert.match(masses.stdout, /valeurs identiques en masse/);
  assert.match(masses.stderr, /paires laissées de côté/);
  const huge = file('huge.csv', `nom,prenom\nPETIT,${'x'.repeat(1 << 20)}\nMARTIN,L\xe9a\n`);
  const read = run(['link', huge, '--out', out]);
  assert.equal(read.status, 0);
  assert.match(read.stderr, /1 lignes illisibles/);
});

test('an interrupted run leaves what was there', async (t) => {
  const { path, a, b } = made(t, '60000');
  const out = join(path, 'pairs');
  writeFileSync(out, 'before\n');
  for (const after of [20, 60, 120, 200]) {
    const child = spawn(program, ['link', a, b, '--out', out], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    setTimeout(() => child.kill('SIGKILL'), after);
    await ended;
    const text = readFileSync(out, 'utf8');
    assert.ok(text === 'before\n' || text.endsWith('match\n') || text.endsWith('review\n'));
  }
  assert.equal(run(['link', a, b, '--out', out]).status, 0);
  assert.deepEqual(readdirSync(path).filter((name) => name.endsWith('.part')), []);
});

test('the development lists of the design, with our own threshold', (t) => {
  const a = shared(t, 'linkage/frdev20k_a.csv');
  const b = a && shared(t, 'linkage/frdev20k_b.csv');
  if (!b) return;
  const path = folder(t);
  const { answer } = run_json(['link', a, b, '--id', 'rec_id', '--out', join(path, 'pairs'), '--truth', 'pid']);
  const [all] = answer.truth;
  assert.ok(answer.missed_low <= all.missed && all.missed <= answer.missed_high, `missed ${all.missed}`);
  assert.ok(all.f1 >= 988_000, `F1 ${all.f1}`);
  assert.ok(all.blocking_recall >= 993_000);
  assert.ok(all.unseen_precision >= 985_000 && all.unseen_recall >= 995_000);
  assert.ok(Math.abs(answer.estimated[0].precision - all.precision) < 10_000);
});
