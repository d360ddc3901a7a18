// Writes src/api/schema.ts from the program's own OpenAPI document; with --check, says whether it
// is still the same. FILROUGE_PROGRAM names another program than build/release/filrouge.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const program = process.env.FILROUGE_PROGRAM ?? here('../../build/release/filrouge');
const schema = here('../src/api/schema.ts');
const tool = here('../node_modules/openapi-typescript/bin/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'filrouge-api-'));

try {
  const document = join(folder, 'openapi.json');
  const made = join(folder, 'schema.ts');
  writeFileSync(document, execFileSync(program, ['openapi'], { maxBuffer: 64 << 20 }));
  execFileSync(process.execPath, [tool, document, '--output', made, '--alphabetize'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const note = '// The node’s OpenAPI document as types. Rewritten by `npm run api`.\n';
  const fresh = note + readFileSync(made, 'utf8');
  if (process.argv.includes('--check')) {
    const same = fresh === readFileSync(schema, 'utf8');
    console.log(same ? 'schema.ts is what the program says' : 'schema.ts differs: npm run api');
    process.exitCode = same ? 0 : 1;
  } else {
    writeFileSync(schema, fresh);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
