// The undo bar: one act at a time can be taken back for ten seconds; a newer act replaces it.
//   undo.offer(t.m.counted_at('14:53'), () => cancel(id));

class Undo {
  text = $state('');
  seconds = $state(0);
  shown = $state(false);
  #act: (() => void | Promise<void>) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  offer(text: string, act: () => void | Promise<void>, seconds = 10): void {
    clearTimeout(this.#timer);
    this.text = text;
    this.seconds = seconds;
    this.#act = act;
    this.shown = true;
    this.#timer = setTimeout(() => this.dismiss(), seconds * 1000);
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.shown = false;
    this.#act = null;
  }

  async take_back(): Promise<void> {
    const act = this.#act;
    this.dismiss();
    await act?.();
  }
}

export const undo = new Undo();
