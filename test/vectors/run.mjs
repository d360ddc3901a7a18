// Golden vectors on core.wasm: vectors/core/*.json must give the same bytes as the native core_test.
//
//   node test/vectors/run.mjs [build/wasm/core.wasm]
//
// Each file is run in order on a fresh instance. The last line is "N passed, N failed".
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const wasm = path.resolve(process.argv[2] ?? path.join(root, 'build/wasm/core.wasm'));
const module = new WebAssembly.Module(fs.readFileSync(wasm));
const utf8 = new TextEncoder();
const text_of = new TextDecoder('utf-8', { fatal: true });

let passed = 0;
let failed = 0;

function expect(condition, sentence) {
  if (condition) {
    passed += 1;
  } else {
    failed += 1;
    console.log(`FAILED ${sentence}`);
  }
}

function open_core() {
  const core = new WebAssembly.Instance(module, {}).exports;
  core._initialize?.();
  return (text) => {
    const bytes = utf8.encode(text);
    const at = core.alloc(bytes.length);
    new Uint8Array(core.memory.buffer, at, bytes.length).set(bytes);
    const size = core.call(at, bytes.length);
    core.free_(at);
    return text_of.decode(new Uint8Array(core.memory.buffer, core.out(), size));
  };
}

expect(
  WebAssembly.Module.imports(module).length === 0,
  `core.wasm asks its host for ${JSON.stringify(WebAssembly.Module.imports(module))}`,
);

const folder = path.join(root, 'vectors/core');
for (const name of fs.readdirSync(folder).sort()) {
  if (!name.endsWith('.json')) continue;
  const call = open_core();
  const rows = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  rows.forEach((row, index) => {
    const request = typeof row.request === 'string' ? row.request : JSON.stringify(row.request);
    let answer;
    try {
      answer = call(request);
    } catch (reason) {
      answer = `trap: ${reason}`;
    }
    expect(answer === row.response, `${name}[${index}] ${request.slice(0, 200)}
  expected ${row.response}
  got      ${answer}`);
  });
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
