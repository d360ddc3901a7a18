// A part that is fetched when it is first wanted: a menu, a dialog, a bar that comes rarely.
//   const menu = new Part(() => import('./Menu.svelte'));
//   $effect(() => menu.want(open));      {#if open && menu.it}<menu.it bind:open />{/if}
import type { Component } from 'svelte';

export class Part<C extends Component<any, any, any>> {
  it = $state.raw<C | null>(null);
  #load: () => Promise<{ default: C }>;
  #loading = false;

  constructor(load: () => Promise<{ default: C }>) {
    this.#load = load;
  }

  want(wanted: boolean): void {
    if (!wanted || this.#loading) return;
    this.#loading = true;
    this.#load().then(
      (found) => (this.it = found.default),
      () => (this.#loading = false), // tried again the next time
    );
  }
}
