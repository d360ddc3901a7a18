// The board as the node told it, and what was ticked for the meeting: in memory, from the board to
// the meeting and back.
import { SvelteSet } from 'svelte/reactivity';
import { problem_of, type Problem } from '../../api/client.ts';
import { read, type Board } from '../../api/relays.ts';
import { session } from '../../app/session.svelte.ts';

class BoardHeld {
  told = $state.raw<Board | null>(null);
  problem = $state.raw<Problem | null>(null);
  ticked = new SvelteSet<string>();
  #owner: string | null = null;

  async load(): Promise<void> {
    const account = session.account?.id ?? null;
    if (account !== this.#owner) {
      this.told = null;
      this.ticked.clear();
      this.#owner = account;
    }
    const { data, error } = await read<Board>('/api/v1/board');
    if (session.account?.id !== account) return;
    this.problem = data ? null : problem_of(error);
    if (data) this.told = data;
  }

  toggle(relay: string): void {
    if (!this.ticked.delete(relay)) this.ticked.add(relay);
  }
}

export const held = new BoardHeld();
