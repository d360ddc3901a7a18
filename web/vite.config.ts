/// <reference types="vitest/config" />
// Builds the web app into build/web of the project: hashed files in assets/, and beside them
// index.html, sw.js, the manifest and the icons. Everything is pre-compressed (.br, .gz).
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compress } from './plugins/compress.ts';
import { core_wasm } from './plugins/core_wasm.ts';
import { service_worker } from './plugins/service_worker.ts';

const from_here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(from_here('package.json'), 'utf8')) as { version: string };
const testing = process.env.VITEST !== undefined;

export default defineConfig({
  root: from_here('.'),
  plugins: [
    svelte(),
    core_wasm(from_here('../build/wasm/core.wasm')),
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
    modulePreload: { polyfill: false },
    cssCodeSplit: true,
    manifest: 'assets/manifest.json',
    reportCompressedSize: false,
  },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': 'http://127.0.0.1:8080' } },
  test: {
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'http://localhost:3000/' } },
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
  },
});
