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
        const wanted = chunks.find((chunk) =>
          chunk.moduleIds.some((id) => id.endsWith(module_end)),
        );
        if (!wanted) return html;
        const scripts = [wanted.fileName, ...wanted.imports];
        const styles = scripts.flatMap((name) => [
          ...(chunks.find((chunk) => chunk.fileName === name)?.viteMetadata?.importedCss ?? []),
        ]);
        const tag = (rel: string, file: string) => ({
          tag: 'link',
          attrs: { rel, crossorigin: true, href: `/${file}` },
          injectTo: 'head' as const,
        });
        return {
          html,
          tags: [
            ...scripts
              .filter((file) => !html.includes(file))
              .map((file) => tag('modulepreload', file)),
            ...[...new Set(styles)]
              .filter((file) => !html.includes(file))
              .map((file) => tag('stylesheet', file)),
          ],
        };
      },
    },
  };
}
