// The board as the node told it, and what was ticked for the meeting: in memory, from the board to
// the meeting and back.
import { api, problem_of, type Problem } from '../../api/client.ts';
import type { Board } from '../../api/pathway.ts';
import { session } from '../../app/session.svelte.ts';

class BoardHeld {
  told = $state.raw<Board | null>(null);
  problem = $state.raw<Problem | null>(null);
  ticked = $state.raw<ReadonlySet<string>>(new Set());
  #owner: string | null = null;

  async load(): Promise<void> {
    const account = session.account?.id ?? null;
    if (account !== this.#owner) {
      this.told = null;
      this.ticked = new Set();
      this.#owner = account;
    }
    const { data, error } = await api.GET('/api/v1/board');
    if (session.account?.id !== account) return;
    this.problem = data ? null : problem_of(error);
    if (data) this.told = data;
  }

  toggle(relay: string): void {
    const ticked = new Set(this.ticked);
    if (!ticked.delete(relay)) ticked.add(relay);
    this.ticked = ticked;
  }
}

export const held = new BoardHeld();
