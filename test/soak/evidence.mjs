// What a fault test says of itself, and how it is shown: one line
//   EVIDENCE {"row":"kill","size":100,"bad":0,"text":"12,345 acknowledged"}
// on the output of the test. `size` counts what was tried, `bad` what went wrong (0 is the only good
// number), `text` the other figures. script/test prints its lines as one table, script/soak adds up
// those of many runs.
import { readFileSync } from 'node:fs';

export function evidence_in(output) {
  const found = [];
  for (const [, json] of output.matchAll(/EVIDENCE (\{.*\})/g)) {
    const one = JSON.parse(json);
    if (typeof one.row !== 'string' || !(one.size >= 0) || !(one.bad >= 0))
      throw new Error(`no evidence: ${json}`);
    found.push({ text: '', ...one });
  }
  return found;
}

/** Says what a test tried; `bad` is how much of it went wrong. */
export function tell(row, size, bad, text = '') {
  console.log(`EVIDENCE ${JSON.stringify({ row, size, bad, text })}`);
}

/** Adds what one run found to what earlier runs of the same row found. */
export function add(sum, one) {
  const before = sum[one.row] ?? { size: 0, bad: 0, text: '' };
  sum[one.row] = {
    ...before,
    size: before.size + one.size,
    bad: before.bad + one.bad,
    text: one.text || before.text,
  };
}

export function table(head, lines) {
  const cells = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const rule = widths.map((width) => '-'.repeat(width));
  return [head, rule, ...lines]
    .map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`)
    .join('\n');
}

export const shown = (number) => number.toLocaleString('en-GB');

/** The lines of the logs named, added up by row. */
export function evidence_of(files) {
  const sum = {};
  for (const file of files)
    for (const one of evidence_in(readFileSync(file, 'utf8'))) add(sum, one);
  return sum;
}
