// Printing one neutral sheet of a page: it is fetched and drawn for the printer, and goes afterwards.
//   const paper = print_only(() => import('./PlanPaper.svelte'));
//   paper.print();      {#if paper.sheet}<paper.sheet {view} {name} />{/if}
import type { Component } from 'svelte';
import { tick } from 'svelte';

class Paper<C extends Component<any, any, any>> {
  sheet = $state.raw<C | null>(null);
  #load: () => Promise<{ default: C }>;

  constructor(load: () => Promise<{ default: C }>) {
    this.#load = load;
  }

  async print(): Promise<void> {
    this.sheet = (await this.#load()).default;
    document.documentElement.classList.add('prints-sheet');
    await tick();
    const done = () => {
      this.sheet = null;
      document.documentElement.classList.remove('prints-sheet');
    };
    addEventListener('afterprint', done, { once: true });
    print();
  }
}

export const print_only = <C extends Component<any, any, any>>(
  load: () => Promise<{ default: C }>,
): Paper<C> => new Paper(load);
