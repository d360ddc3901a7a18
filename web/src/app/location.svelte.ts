// Where the app is, and how to go elsewhere. Links are plain <a href>: one listener takes the
// clicks that stay inside. A guard (an unsaved form on the desk) may hold a departure.

type Guard = () => boolean | Promise<boolean>;

class Location {
  path = $state(globalThis.location?.pathname ?? '/');
  query = $state.raw(new URLSearchParams(globalThis.location?.search ?? ''));
  /** Grows at each change of screen: the shell moves the focus to the title then. */
  turn = $state(0);
  #guard: Guard | null = null;

  start(): () => void {
    const on_pop = () => this.#read();
    const on_click = (event: MouseEvent) => this.#click(event);
    addEventListener('popstate', on_pop);
    document.addEventListener('click', on_click);
    return () => {
      removeEventListener('popstate', on_pop);
      document.removeEventListener('click', on_click);
    };
  }

  async go(url: string, how: 'push' | 'replace' = 'push'): Promise<void> {
    if (this.#guard !== null && !(await this.#guard())) return;
    if (how === 'push') history.pushState(null, '', url);
    else history.replaceState(null, '', url);
    scrollTo(0, 0);
    this.#read();
  }

  /**
   * Back where one came from, or to `fallback` when the app was opened on this address. `from` is
   * the turn in which a form was sent: whoever went elsewhere while it was kept stays there.
   */
  back(fallback = '/', from = this.turn): void {
    if (from !== this.turn) return;
    if (history.length > 1 && document.referrer === '' && this.turn > 0) history.back();
    else void this.go(fallback, 'replace');
  }

  /** Held departures: returns the function that lifts the guard. */
  hold(guard: Guard): () => void {
    this.#guard = guard;
    return () => {
      if (this.#guard === guard) this.#guard = null;
    };
  }

  #read(): void {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
    this.turn += 1;
  }

  #click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a');
    if (!link || link.target !== '' || link.hasAttribute('download')) return;
    const url = new URL(link.href, location.href);
    if (url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
    if (url.hash !== '' && url.pathname === location.pathname) return;
    event.preventDefault();
    void this.go(url.pathname + url.search);
  }
}

export const here = new Location();
