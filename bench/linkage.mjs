// Record linkage beside Splink on the same lists, in one run: `script/bench linkage`. The lists are
// those of FILROUGE_SHARED where they are, invented ones otherwise. Splink is installed in var/peers
// by bench/peers/install.sh; where that fails the rows say so and ours are measured alone.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { program, root, run, run_json } from '../test/cli/program.mjs';

const round = (number, digits = 3) => Number(number.toFixed(digits));

// Best of `times` runs: wall, CPU and peak memory of the process, from /usr/bin/time's own source.
function timed(words, times) {
  const script = `import json,os,resource,subprocess,sys,time
begun=time.perf_counter(); subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL)
wall=time.perf_counter()-begun; r=resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"wall":wall,"cpu":r.ru_utime+r.ru_stime,"megabytes":r.ru_maxrss/1024}))`;
  const all = Array.from({ length: times }, () =>
    JSON.parse(execFileSync('python3', ['-c', script, program, ...words], { encoding: 'utf8' })));
  return all.reduce((best, one) => ({
    wall: Math.min(best.wall, one.wall),
    cpu: Math.min(best.cpu, one.cpu),
    megabytes: Math.max(best.megabytes, one.megabytes),
  }));
}

function lists(bench, rows) {
  const name = `${rows / 1000}k`;
  const shared = (side) => join(process.env.FILROUGE_SHARED ?? '', `linkage/frdev${name}_${side}.csv`);
  if (process.env.FILROUGE_SHARED && existsSync(shared('a')))
    return { a: shared('a'), b: shared('b'), id: 'rec_id', truth: 'pid', name: `frdev${name}` };
  const folder = join(bench.path, name);
  run(['link', '--generate', folder, '--rows', String(rows)]);
  return { a: join(folder, 'a.csv'), b: join(folder, 'b.csv'), id: 'id', truth: 'personne', name: `inventées ${name}` };
}

function splink({ a, b, truth }) {
  const installed = spawnSync('bash', [join(root, 'bench/peers/install.sh')], { encoding: 'utf8' });
  const python = join(root, 'var/peers/bin/python');
  if (installed.status !== 0 || !existsSync(python)) {
    console.error(`  Splink n’a pas pu être installé : ${installed.stderr.trim().split('\n').at(-1)}`);
    return undefined;
  }
  const done = spawnSync(python, [join(root, 'bench/peers/splink_link.py'), a, b, truth], { encoding: 'utf8' });
  if (done.status === 0) return JSON.parse(done.stdout.trim().split('\n').at(-1));
  console.error(done.stderr.split('\n').slice(-5).join('\n'));
  return undefined;
}

// clkhash and anonlink on the same lists; undefined where they cannot be installed.
function anonlink({ a, b, truth }) {
  const installed = spawnSync('bash', [join(root, 'bench/peers/install_encoded.sh')], { encoding: 'utf8' });
  const python = join(root, 'var/peers-encoded/bin/python');
  if (installed.status !== 0 || !existsSync(python)) return undefined;
  const done = spawnSync(python, [join(root, 'bench/peers/anonlink_link.py'), a, b, truth], { encoding: 'utf8' });
  if (done.status === 0) return JSON.parse(done.stdout.trim().split('\n').at(-1));
  console.error(done.stderr.split('\n').slice(-5).join('\n'));
  return undefined;
}

// Encoded lists: quality beside the same lists in clear, attacks on a cohort held in clear, speed of a core.
function measure_encoded(bench) {
  const given = lists(bench, 20_000);
  const { answer } = run_json(['campaign', 'rehearse', given.a, given.b, '--truth', given.truth, '--attacks']);
  const quality = Object.fromEntries(answer.quality.map((one) => [one.how, one]));
  const peer = anonlink(given);
  const said = (text) => (peer ? text(peer) : 'anonlink non installé');
  const line = (what, ...rest) => bench.line(`${given.name} encodées : ${what}`, ...rest);
  line('F1, seuil sans vérité', quality.encoded.f1 / 1e6, '', '>= 0.965', said(({ f1 }) => `anonlink, seuil avec la vérité ${round(f1, 4)}`));
  line('... écart avec le clair', round((quality.clear.f1 - quality.encoded.f1) / 1e4, 2), 'points', '<= 2', `clair ${quality.clear.f1 / 1e6}`);
  line('... sans clé commune, F1', quality.blinded.f1 / 1e6, '', '>= 0.8');
  for (const { attack, right } of answer.attacks) line(`attaque ${attack}, retrouvés`, right / 1e4, '%', '<= 1');
  line('encodées par seconde et par cœur', answer.encoded_per_second, '/s', '>= 480000', said((one) => `clkhash ${round(one.encoded_per_second, 0)}`));
  if (peer) line('... fois plus que clkhash', round(answer.encoded_per_second / peer.encoded_per_second, 1), 'x', '>= 20');
  const bars = { avx512: '>= 652', avx2: '>= 326', popcnt: '>= 179' };
  for (const { kernel, pairs_per_second } of answer.kernels)
    if (bars[kernel])
      line(`paires par seconde et par cœur, ${kernel}`, round(pairs_per_second / 1e6, 0), 'M/s', bars[kernel], said((one) => `anonlink ${round(one.pairs_per_second / 1e6, 0)} M/s`));
}

export function measure_linkage(bench) {
  measure_encoded(bench);
  for (const rows of bench.quick ? [20_000] : [20_000, 100_000]) {
    const given = lists(bench, rows);
    const out = join(bench.path, 'pairs.csv');
    const words = ['link', given.a, given.b, '--id', given.id, '--out', out];
    const ours = timed(words, 5);
    const { answer } = run_json([...words, '--truth', given.truth]);
    const truth = answer.truth[0];
    const peer = splink(given);
    const said = (text) => (peer ? `Splink ${text(peer)}` : 'Splink non installé');
    const large = rows === 100_000;
    const line = (what, ...rest) => bench.line(`${given.name} : ${what}`, ...rest);
    line('du CSV aux paires écrites', round(ours.wall), 's', large ? '<= 0.31' : '<= 0.068',
      said(({ after_loading }) => `${round(after_loading, 2)} s`));
    if (peer) line('... fois plus vite', round(peer.after_loading / ours.wall, 1), 'x', '>= 30');
    line('... processeur', round(ours.cpu), 's', large ? '<= 0.62' : '<= 0.136', said(({ cpu }) => `${round(cpu, 1)} s`));
    line('... mémoire', round(ours.megabytes, 0), 'MB', large ? '<= 194' : '<= 194', said(({ megabytes }) => `${round(megabytes, 0)} MB`));
    line('F1, seuil sans vérité', truth.f1 / 1e6, '', large ? '>= 0.985' : '>= 0.988', said(({ f1 }) => round(f1, 4)));
    line('rappel des clés', truth.blocking_recall / 1e6, '', '>= 0.993', said(({ blocking_recall }) => round(blocking_recall, 4)));
    line('inconnus de tous, précision', truth.unseen_precision / 1e6, '', '>= 0.985');
    line('... rappel', truth.unseen_recall / 1e6, '', '>= 0.995');
    line('précision annoncée, écart', round(Math.abs(answer.estimated[0].precision - truth.precision) / 1e4, 2), 'points', '<= 1');
    const inside = answer.missed_low <= truth.missed && truth.missed <= answer.missed_high;
    line('manquées vraies dans l’intervalle annoncé', Number(inside), '', '>= 1', `${answer.missed_low}-${answer.missed_high}, vraies ${truth.missed}`);
    // What a pair costs, without what each row costs: many more pairs beside the usual ones.
    const many = [...words, '--pairs-per-row', '120'];
    const { answer: more } = run_json([...many, '--report']);
    const pairs = (more.pairs_compared - answer.pairs_compared) / (timed(many, 5).cpu - ours.cpu);
    line('paires comparées par seconde de processeur', round(pairs / 1e6, 1), 'M', '>= 15',
      `${round(answer.pairs_compared / 1e6, 2)} et ${round(more.pairs_compared / 1e6, 2)} millions ; ${said((one) => round(one.pairs_per_cpu / 1e6, 2))}`);
    if (peer) line('... fois plus que Splink', round(pairs / peer.pairs_per_cpu, 1), 'x', '>= 45');
    line('manquées annoncées, écart', round((Math.abs(answer.expected_missed - truth.missed) / truth.missed) * 100, 0), '%', '<= 25');
  }
}
