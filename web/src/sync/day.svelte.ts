// The day as the node last told it: the team's rows and rounds, what is to do, the active list,
// and the reference (places, projects, teams). Shown at once from what the phone keeps, with its
// hour, then refreshed.
import type { Schemas } from '../api/client.ts';
import { field_day, type LocalStamp } from '../app/format.ts';
import { meta } from '../store/db.ts';
import { held } from '../store/keyring.ts';

// With the keys of the list, and fetched with them.
const vault = () => import('../store/vault.ts');
const fetch_day = async () => (await import('./pull.ts')).fetch_day();

export interface Kept {
  as_of: LocalStamp;
  team: string;
  today: Schemas['Today'];
  people: Schemas['PersonRow'][];
}

class Day {
  as_of = $state.raw<LocalStamp | null>(null);
  today = $state.raw<Schemas['Today'] | null>(null);
  people = $state.raw<readonly Schemas['PersonRow'][]>([]);
  /** Places, projects, own teams, outlines: no person in it, readable on a locked phone. */
  reference = $state.raw<Schemas['Reference'] | null>(null);
  /** Relays that the own organisation must answer. */
  to_answer = $state(0);
  #loading: Promise<boolean> | null = null;
  #following: Promise<boolean> | null = null;

  async start(): Promise<void> {
    this.reference = (await meta('reference')) ?? null;
  }

  /** What the phone keeps, when the list opens. Another day's rows are not today's. */
  async open(): Promise<void> {
    const kept = held() ? await (await vault()).kept_day<Kept>() : null;
    if (!kept) return;
    this.as_of = kept.as_of;
    this.people = kept.people;
    if (kept.today.day === field_day()) this.today = kept.today;
  }

  close(): void {
    this.as_of = null;
    this.today = null;
    this.people = [];
    this.to_answer = 0;
  }

  /**
   * Fetches all of it; false when the node did not answer. One at a time: who asks while one is
   * under way gets the one that follows, which knows what was written meanwhile.
   */
  refresh(): Promise<boolean> {
    if (this.#loading === null) {
      this.#loading = fetch_day().finally(() => (this.#loading = null));
      return this.#loading;
    }
    this.#following ??= this.#loading
      .catch(() => false)
      .then(() => {
        this.#following = null;
        return this.refresh();
      });
    return this.#following;
  }

  /** What the node told (sync/pull.ts). */
  take(reference: Schemas['Reference'], told: Omit<Kept, 'team'> | null): void {
    this.reference = reference;
    if (told === null) return;
    this.today = told.today;
    this.people = told.people;
    this.as_of = told.as_of;
  }
}

export const day = new Day();
