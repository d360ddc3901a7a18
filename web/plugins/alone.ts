// The pages that stand alone (the young person's own page, the answer of an organisation outside)
// are a build of their own into the same folder: they load nothing of the app, no worker keeps
// them, and their HTML says nothing before its script runs. The server answers /NAME with NAME.html.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { no_custom_elements } from './no_custom_elements.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
export const alone_pages = ['mon-carnet', 'reponse'];

export function alone(): Plugin {
  let out_dir = '';
  let target: string | string[] | false | undefined;
  return {
    name: 'fil-rouge-alone',
    apply: 'build',
    configResolved(config) {
      out_dir = config.build.outDir;
      target = config.build.target;
    },
    closeBundle: {
      order: 'pre',
      sequential: true,
      async handler() {
        await build({
          root,
          configFile: false,
          publicDir: false,
          logLevel: 'warn',
          plugins: [svelte(), no_custom_elements()],
          build: {
            outDir: out_dir,
            emptyOutDir: false,
            target,
            assetsInlineLimit: 0,
            modulePreload: { polyfill: false },
            // Beside assets/: what the worker of the app keeps for its own phone is not these.
            assetsDir: 'alone',
            manifest: 'alone/manifest.json',
            reportCompressedSize: false,
            rolldownOptions: { input: alone_pages.map((name) => `${root}${name}.html`) },
          },
        });
      },
    },
  };
}
