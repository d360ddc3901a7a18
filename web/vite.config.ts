/// <reference types="vitest/config" />
// Builds the web app into build/web of the project: hashed files in assets/, and beside them
// index.html, sw.js, the manifest and the icons. Everything is pre-compressed (.br, .gz).
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { alone } from './plugins/alone.ts';
import { compress } from './plugins/compress.ts';
import { core_wasm } from './plugins/core_wasm.ts';
import { no_custom_elements } from './plugins/no_custom_elements.ts';
import { preload } from './plugins/preload.ts';
import { service_worker } from './plugins/service_worker.ts';

const from_here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(from_here('package.json'), 'utf8')) as {
  version: string;
};
const testing = process.env.VITEST !== undefined;

const shell_files = new RegExp(
  [
    'node_modules/(svelte(?!.*bindings/select)|idb|clsx|esm-env)/',
    'preload-helper',
    'src/app/(?!entrance|menu|rest)',
    'src/api/client',
    'src/crypto/(bytes|boxes)',
    'src/icons/',
    'src/messages/(fr/)?shell\\.ts',
    'src/screens/field/first\\.ts',
    'src/shell/(PhoneFrame|Notices|Strip|Foot|gates)',
    'src/store/(db|keyring|unfinished)',
    'src/sync/(day|note|outbox|own|sender)\\.',
    'src/ui/(Banner|Brand|Chip|Empty|Icon|PageHead|Row|Segmented|State|Stepper|TaskHead|UndoBar|part|undo)',
  ].join('|'),
);
const in_shell = (id: string) => shell_files.test(id);

// Aujourd'hui and Noter with what both need, in one file for the same reason; the dialogs and the
// other screens come when they are opened.
const field_files = new RegExp(
  [
    'screens/field/(Today|Noter)\\.',
    'screens/field/(acts|begun|entries|field|lines|names|prefill|round_kinds|rounds|say|vocabulary)\\.',
    'src/ui/TaskMain\\.',
    'screens/field/parts/(DetailChips|Lazy|MinorHelp|RoundCard|Thread|TouchChips)\\.',
    'src/messages/(fr/)?field\\.ts',
    'round_kinds\\.json',
  ].join('|'),
);
const in_field = (id: string) => field_files.test(id);

// The sign-in, which a first visit sees, in one file as well.
const door_files =
  /src\/(screens\/account\/(SignIn|Entrance)|messages\/(fr\/)?(account|errors)\.ts|api\/say|ui\/(Password)?Field)/;

export default defineConfig({
  root: from_here('.'),
  plugins: [
    svelte(),
    no_custom_elements(),
    core_wasm(from_here('../build/wasm/core.wasm')),
    preload('/screens/account/SignIn.svelte'),
    alone(),
    service_worker(from_here('src/sw/sw.js')),
    compress(),
  ],
  resolve: {
    alias: { $lib: from_here('src') },
    // Svelte's server entry would be picked by Node otherwise.
    ...(testing ? { conditions: ['browser'] } : {}),
  },
  define: { __VERSION__: JSON.stringify(version) },
  build: {
    outDir: process.env.FILROUGE_WEB_OUT ?? from_here('../build/web'),
    emptyOutDir: true,
    target: ['chrome109', 'firefox115', 'safari16.4'],
    assetsInlineLimit: 0, // the content policy allows no data: address
    // A lazy screen names its styles only: the list of every script's imports would weigh more in
    // the shell than the wait it saves, and the worker has them all after the first visit.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, deps, { hostType }) =>
        hostType === 'html' ? deps : deps.filter((file) => file.endsWith('.css')),
    },
    cssCodeSplit: true,
    // The shell in one file: what every page needs compresses better together, and comes in one
    // request.
    rolldownOptions: {
      // Svelte binds <select> in a module that does nothing by itself: screens without one do
      // not fetch it.
      treeshake: { moduleSideEffects: [{ test: /bindings\/select/, sideEffects: false }] },
      output: {
        codeSplitting: {
          groups: [
            { name: 'shell', test: in_shell, includeDependenciesRecursively: false },
            { name: 'field', test: in_field, includeDependenciesRecursively: false },
            { name: 'door', test: door_files, includeDependenciesRecursively: false },
          ],
        },
      },
    },
    manifest: 'assets/manifest.json',
    reportCompressedSize: false,
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': 'http://127.0.0.1:8080' },
    fs: { allow: [from_here('.'), from_here('../core')] }, // words and kinds that the core reads too
  },
  test: {
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'http://localhost:3000/' } },
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
  },
});
