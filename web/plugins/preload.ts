// The first visit shows the sign-in: its script and style are named in index.html, so that a slow
// network fetches them beside the shell instead of after it.
import type { Plugin } from 'vite';

export function preload(module_end: string): Plugin {
  return {
    name: 'fil-rouge-preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk');
        const by_name = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
        const entry = chunks.find((chunk) => (chunk.facadeModuleId ?? '').endsWith(module_end));
        const scripts = new Set<string>();
        const styles = new Set<string>();
        const need = (name: string) => {
          const chunk = by_name.get(name);
          if (!chunk || scripts.has(name)) return;
          scripts.add(name);
          for (const css of chunk.viteMetadata?.importedCss ?? []) styles.add(css);
          chunk.imports.forEach(need);
        };
        if (entry) need(entry.fileName);
        const tag = (rel: string, file: string) => ({
          tag: 'link',
          attrs: { rel, crossorigin: true, href: `/${file}` },
          injectTo: 'head' as const,
        });
        const missing = (files: Set<string>) => [...files].filter((file) => !html.includes(file));
        return {
          html,
          tags: [
            ...missing(scripts).map((file) => tag('modulepreload', file)),
            ...missing(styles).map((file) => tag('stylesheet', file)),
          ],
        };
      },
    },
  };
}
