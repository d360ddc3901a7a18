// The measures of the program beside their bars: `script/bench [--quick] [PART...]`.
// Parts: load memory report pathway web browser linkage (all by default). --quick: a tenth of the sizes, to try the
// measure itself. Numbers depend on what else the machine does: the load average is printed first.
// Exit status 0 when every bar is held, 1 when one is not (the table says which), 2 when a part could not be
// measured.
import { execFileSync } from 'node:child_process';
import { rmSync, mkdtempSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure_browser } from './browser.mjs';
import { measure_linkage } from './linkage.mjs';
import { measure_load, measure_memory, measure_report, served } from './node.mjs';
import { measure_pathway } from './pathway.mjs';
import { root } from '../test/cli/program.mjs';

const words = process.argv.slice(2);
const quick = words.includes('--quick');
const parts = words.filter((word) => !word.startsWith('--'));
const wanted = (part) => parts.length === 0 || parts.includes(part);
const lines = [];

// `held` is decided here from the number and the bar; peers are printed, not judged.
function line(what, value, unit, bar, peer = '') {
  const at_least = bar.startsWith('>=');
  const limit = Number(bar.replace(/[^0-9.]/g, ''));
  const held = value === undefined ? undefined : at_least ? value >= limit : value <= limit;
  lines.push({ what, value, unit, bar, peer, held });
  console.error(`  ${what} : ${value ?? 'non mesuré'} ${unit} (${bar})`);
}

async function part(name, measure) {
  if (!wanted(name)) return;
  console.error(`— ${name}`);
  try {
    await measure();
  } catch (error) {
    console.error(error.stack);
    lines.push({ what: name, value: undefined, unit: '', bar: '', peer: '', held: undefined });
  }
}

function web_sizes() {
  const text = (() => {
    try {
      return execFileSync(process.execPath, ['scripts/weigh.mjs', '--json'], {
        cwd: join(root, 'web'),
        encoding: 'utf8',
      });
    } catch (error) {
      return error.stdout;
    }
  })();
  const { lines: sizes } = JSON.parse(text);
  const kilobytes = (start) => {
    const found = sizes.find(({ what }) => what.startsWith(start));
    return found ? Math.round((found.size / 1024) * 10) / 10 : undefined;
  };
  line('premier chargement, JS gz', kilobytes('first load, JS'), 'KB', '<= 45', 'interface 7');
  line('core.wasm gz, après le premier affichage', kilobytes('core.wasm'), 'KB', '<= 110', 'decision 0017');
}

function print_table() {
  const shown = ({ value, unit }) => (value === undefined ? 'non mesuré' : `${value.toLocaleString('fr-FR')} ${unit}`);
  const verdict = ({ held }) => (held === undefined ? '?' : held ? 'tenu' : 'MANQUÉ');
  const cells = [
    ['mesure', 'valeur', 'barre', '', 'pair'],
    ...lines.map((one) => [one.what, shown(one), one.bar, verdict(one), one.peer]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  for (const row of cells)
    console.log(row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
}

const path = mkdtempSync(join(tmpdir(), 'filrouge-bench-'));
console.error(
  `${cpus().length} cœurs, charge ${loadavg().map((one) => one.toFixed(1)).join(' ')}${quick ? ', tailles réduites' : ''}`,
);
const node = { path, quick, line };
try {
  await part('load', () => measure_load(node));
  await part('memory', () => measure_memory(node));
  await part('report', () => measure_report(node));
  await part('pathway', async () => {
    await served(node);
    await measure_pathway(node);
  });
  await part('web', web_sizes);
  await part('browser', () => measure_browser(node));
  await part('linkage', () => measure_linkage(node));
} finally {
  await node.server?.kill();
  rmSync(path, { recursive: true, force: true });
}
print_table();
process.exitCode = lines.some(({ held }) => held === undefined) ? 2 : lines.every(({ held }) => held) ? 0 : 1;
