// Makes `import url from 'virtual:core-wasm'` the hashed address of core.wasm, or '' when the
// core has not been built: the phone then still writes notes, and sends them unjudged.
import { existsSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const name = 'virtual:core-wasm';

export function core_wasm(path: string): Plugin {
  let building = false;
  return {
    name: 'fil-rouge-core-wasm',
    configResolved(config) {
      building = config.command === 'build';
    },
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null;
      if (!existsSync(path)) {
        this.warn('core.wasm is not built: the app will work without the shared rules');
        return 'export default "";';
      }
      this.addWatchFile(path);
      if (!building) return `export default ${JSON.stringify(`/@fs${path}`)};`;
      const reference = this.emitFile({
        type: 'asset',
        name: 'core.wasm',
        source: readFileSync(path),
      });
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
    },
  };
}
