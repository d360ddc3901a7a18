// The column of script/test: node test/soak/column.mjs LOG... prints what its suites tried, as a table.
import { evidence_of, shown, table } from './evidence.mjs';
import { rows } from './rows.mjs';

const sum = evidence_of(process.argv.slice(2));
const lines = rows
  .filter(({ row }) => sum[row])
  .map(({ row, what }) => [what, shown(sum[row].size), shown(sum[row].bad), sum[row].text]);
if (lines.length > 0) console.log(table(['tried in this run', 'size', 'bad', 'figures'], lines));
