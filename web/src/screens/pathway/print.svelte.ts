// Printing one neutral sheet of a page: the sheet is drawn for the printer, and goes afterwards.
//   const paper = print_only();   paper.print();   {#if paper.now}<Sheet />{/if}
import { tick } from 'svelte';

class Paper {
  now = $state(false);

  async print(): Promise<void> {
    this.now = true;
    document.documentElement.classList.add('prints-sheet');
    await tick();
    const done = () => {
      this.now = false;
      document.documentElement.classList.remove('prints-sheet');
    };
    addEventListener('afterprint', done, { once: true });
    print();
  }
}

export const print_only = (): Paper => new Paper();
