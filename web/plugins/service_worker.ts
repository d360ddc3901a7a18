// Writes sw.js at the root of the build: the hand-written worker with the list of files that the
// field needs offline, and a version that changes with any of them.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

// Réglages is kept on a desk's shelf, and belongs to the phone as well. The board, the card and
// questions about namesakes need the network. Of a person's page, what can only show what the node
// tells: Faire le point and the relay are begun without it.
const desk_only =
  /\/screens\/(desk\/(?!Settings)|board\/|carnet\/|field\/parts\/Namesakes|relay\/Sought|pathway\/parts\/(Plan|Sharing|Followers|Knots|NameReferent|\w+Form|\w+Paper))/;
// Files of public/ that a relaunch without network needs.
const root_files = ['manifest.webmanifest', 'icon-192.png', 'icon.svg'];

export function service_worker(source: string): Plugin {
  let out_dir = '';
  const files = new Set<string>();
  return {
    name: 'fil-rouge-service-worker',
    apply: 'build',
    configResolved(config) {
      out_dir = config.build.outDir;
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const by_name = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const keep = (name: string) => {
        const chunk = by_name.get(name);
        // The desk is never needed offline in the street: fetched when first used, then kept.
        if (!chunk || files.has(name) || desk_only.test(chunk.facadeModuleId ?? '')) return;
        files.add(name);
        for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css);
        for (const next of [...chunk.imports, ...chunk.dynamicImports]) keep(next);
      };
      for (const chunk of chunks) if (chunk.isEntry) keep(chunk.fileName);
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && /\.(svg|woff2|wasm)$/.test(file.fileName)) {
          files.add(file.fileName);
        }
      }
    },
    closeBundle: {
      order: 'pre',
      sequential: true,
      handler() {
        if (!existsSync(join(out_dir, 'index.html'))) return; // the build failed, and says why
        const field = [...files].sort();
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
