// No screen is a custom element, but Svelte's module for them defines a class when it is loaded, and
// so stays in every build with what it needs. It is left out; 1.3 KB of the first load.
import type { Plugin } from 'vite';

const path = /svelte\/src\/internal\/client\/dom\/elements\/custom-element\.js$/;

export function no_custom_elements(): Plugin {
  return {
    name: 'fil-rouge-no-custom-elements',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      if (!path.test(id.split('?')[0]!)) return null;
      return 'export function create_custom_element() { throw new Error("custom element"); }';
    },
  };
}
