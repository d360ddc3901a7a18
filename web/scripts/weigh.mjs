// Weighs the last build against the limits of the interface, gzip as it goes over the wire.
// First load = what index.html loads, plus the screens Aujourd'hui and Noter with their messages.
// Prints one line a limit; exits 1 when one is passed. `--json` for the counts.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const out =
  process.env.FILROUGE_WEB_OUT ?? fileURLToPath(new URL('../../build/web', import.meta.url));
const field_screens = ['src/screens/field/Today.svelte', 'src/screens/field/Noter.svelte'];

const manifest = JSON.parse(readFileSync(join(out, 'assets/manifest.json'), 'utf8'));
const gz = (path) => gzipSync(readFileSync(join(out, path)), { level: 9 }).length;

/** The files that a module needs before it runs, read from the scripts themselves. */
function closure(key, found = { js: new Set(), css: new Set() }) {
  const entry = manifest[key];
  if (!entry) return found;
  for (const css of entry.css ?? []) found.css.add(css);
  for (const name of entry.imports ?? []) {
    for (const css of manifest[name]?.css ?? []) found.css.add(css);
  }
  follow(entry.file, found.js);
  return found;
}

function follow(file, js) {
  if (js.has(file)) return;
  js.add(file);
  const text = readFileSync(join(out, file), 'utf8');
  for (const [, name] of text.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) {
    follow(`${dirname(file)}/${name}`, js);
  }
}

const sum = (files) => [...files].reduce((total, file) => total + gz(file), 0);
const lines = [];
const check = (what, size, limit) => lines.push({ what, size, limit, ok: size <= limit });
const kb = 1024;

const first = closure('index.html');
const shell = new Set(first.js);
for (const screen of field_screens) closure(screen, first);
check('first load, JS (shell, Aujourd’hui, Noter, messages)', sum(first.js), 45 * kb);
check('first load, CSS', sum(first.css), 12 * kb);
check('index.html', gz('index.html'), 3 * kb);

for (const [key, entry] of Object.entries(manifest)) {
  if (!entry.isDynamicEntry || !entry.file.endsWith('.js')) continue;
  const own = [...closure(key).js].filter((file) => !first.js.has(file));
  check(`lazy ${key}`, sum(own), 25 * kb);
}

// The pages that stand alone, each with all that it loads at once.
const alone = JSON.parse(readFileSync(join(out, 'alone/manifest.json'), 'utf8'));
for (const [key, entry] of Object.entries(alone)) {
  if (!entry.isEntry) continue;
  const js = new Set();
  follow(entry.file, js);
  check(`alone ${key}`, sum(js), 30 * kb);
}

const wasm = readdirSync(join(out, 'assets')).find((name) => name.endsWith('.wasm'));
if (wasm) check('core.wasm, after first paint', gz(join('assets', wasm)), 110 * kb);
const font = readdirSync(join(out, 'assets')).find((name) => name.endsWith('.woff2'));
if (font) check('font', readFileSync(join(out, 'assets', font)).length, 35 * kb);

const worker = readFileSync(join(out, 'sw.js'), 'utf8');
const listed = JSON.parse(/const files = (\[.*?\]);/.exec(worker)[1]);
const kept = listed.map((path) => (path === '/' ? 'index.html' : path.slice(1)));
// The core has its own limit above.
const field = kept.filter((path) => existsSync(join(out, path)) && !path.endsWith('.wasm'));
check('kept for the field offline, beside the core', sum(field), 300 * kb);

const missing = field_screens.filter((screen) => !manifest[screen]);
const failed = lines.filter((line) => !line.ok).length + missing.length;
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ shell: sum(shell), lines, missing }));
} else {
  for (const { what, size, limit, ok } of lines) {
    if (what.startsWith('lazy') && ok && size < 12 * kb) continue;
    const shown = (size / kb).toFixed(1).padStart(6);
    console.log(
      `${ok ? 'ok  ' : 'OVER'} ${shown} KB of ${(limit / kb).toFixed(0).padStart(3)}  ${what}`,
    );
  }
  for (const screen of missing) console.log(`MISSING ${screen}`);
  console.log(`${lines.length - (failed - missing.length)} passed, ${failed} failed`);
}
process.exitCode = failed === 0 ? 0 : 1;
