// Writes NAME.br and NAME.gz beside each file of the build that gains from it, so that the
// server never compresses anything itself.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const worth = new Set(['.js', '.css', '.html', '.svg', '.wasm', '.json', '.webmanifest', '.txt']);
const smallest_gain = 64;

export function compress(): Plugin {
  let out_dir = '';
  return {
    name: 'fil-rouge-compress',
    apply: 'build',
    configResolved(config) {
      out_dir = config.build.outDir;
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const names = await readdir(out_dir, { recursive: true, withFileTypes: true });
        for (const entry of names) {
          if (!entry.isFile() || !worth.has(extname(entry.name))) continue;
          const path = join(entry.parentPath, entry.name);
          const raw = await readFile(path);
          const br = brotliCompressSync(raw, {
            params: {
              [constants.BROTLI_PARAM_QUALITY]: 11,
              [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
            },
          });
          const gz = gzipSync(raw, { level: 9 });
          if (br.length + smallest_gain < raw.length) await writeFile(`${path}.br`, br);
          if (gz.length + smallest_gain < raw.length) await writeFile(`${path}.gz`, gz);
        }
      },
    },
  };
}
