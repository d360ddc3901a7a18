// Writes sw.js at the root of the build: the hand-written worker with the list of files that the
// field needs offline, and a version that changes with any of them.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

// Root files of public/ that a relaunch without network needs.
const root_files = ['manifest.webmanifest', 'icon-192.png', 'icon.svg'];

export function service_worker(source: string): Plugin {
  let out_dir = '';
  const desk_files = new Set<string>();
  const files = new Set<string>();
  return {
    name: 'fil-rouge-service-worker',
    apply: 'build',
    configResolved(config) {
      out_dir = config.build.outDir;
    },
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        const desk =
          file.type === 'chunk' && (file.facadeModuleId ?? '').includes('/screens/desk/');
        if (desk) desk_files.add(file.fileName);
        if (desk && file.type === 'chunk') {
          for (const css of file.viteMetadata?.importedCss ?? []) desk_files.add(css);
        }
        if (file.fileName.startsWith('assets/') && !file.fileName.endsWith('.json')) {
          files.add(file.fileName);
        }
      }
    },
    closeBundle: {
      order: 'pre',
      sequential: true,
      handler() {
        if (!existsSync(join(out_dir, 'index.html'))) return; // the build failed, and says why
        // Fetched when first used, then kept: the desk is never needed offline in the street.
        const field = [...files].filter((file) => !desk_files.has(file)).sort();
        const root = root_files.filter((file) => existsSync(join(out_dir, file)));
        const list = ['/', ...field.map((file) => `/${file}`), ...root.map((file) => `/${file}`)];
        const hash = createHash('sha256');
        for (const file of ['index.html', ...field, ...root]) {
          hash.update(file).update(readFileSync(join(out_dir, file)));
        }
        const text = readFileSync(source, 'utf8')
          .replace("'__VERSION__'", JSON.stringify(hash.digest('hex').slice(0, 12)))
          .replace("'__FILES__'", JSON.stringify(list));
        writeFileSync(join(out_dir, 'sw.js'), text);
      },
    },
  };
}
