// What a person's page has read of her pathway: in memory only, gone when the list closes. Each
// reading is a row in the access ledger of the node, so a part is asked for when it is looked at.
import type { Problem } from '../../api/client.ts';
import {
  read_followers,
  read_pathway,
  read_sharing,
  read_thread,
  type Follower,
  type PathwayView,
  type SharingView,
  type Thread,
} from '../../api/pathway.ts';
import { session } from '../../app/session.svelte.ts';
import type { Draft } from '../../sync/draft.ts';
import { outbox } from '../../sync/outbox.svelte.ts';
import { own } from '../../sync/own.svelte.ts';
import { with_drafts } from './overlay.ts';

interface Parts {
  view: PathwayView;
  thread: Thread;
  followers: { rows: Follower[] };
  sharing: SharingView;
}
const reads: {
  [K in keyof Parts]: (person: string) => Promise<{ data: Parts[K] } | { problem: Problem }>;
} = {
  view: read_pathway,
  thread: read_thread,
  followers: read_followers,
  sharing: read_sharing,
};

export class PathwayPage {
  #told = $state.raw<Partial<Parts>>({});
  #problems = $state.raw<Partial<Record<keyof Parts, Problem>>>({});
  #asked = new Map<keyof Parts, Promise<void>>();

  constructor(readonly person: string) {}

  // Getters: this outlives the screen that first asked for it, and a $derived would not.
  /** Entries of this phone that the node has not answered for. */
  get waiting(): Draft[] {
    return own.drafts.filter(({ id, subject }) => subject === this.person && waits(id));
  }
  /** As the node told it, and on top of it what waits here; null: neither. */
  get view(): PathwayView | null {
    return with_drafts(this.#told.view ?? null, this.waiting, this.person);
  }

  get told(): PathwayView | null {
    return this.#told.view ?? null;
  }
  get thread(): Thread | null {
    return this.#told.thread ?? null;
  }
  get followers(): Follower[] | null {
    return this.#told.followers?.rows ?? null;
  }
  get sharing(): SharingView | null {
    return this.#told.sharing ?? null;
  }
  problem(part: keyof Parts): Problem | null {
    return this.#problems[part] ?? null;
  }

  /** Asks for a part once; again with `fresh`. */
  read<K extends keyof Parts>(part: K, fresh = false): Promise<void> {
    const under_way = this.#asked.get(part);
    if (under_way && !fresh) return under_way;
    const reading = reads[part](this.person).then((answer) => {
      if ('data' in answer) {
        this.#told = { ...this.#told, [part]: answer.data };
        this.#problems = { ...this.#problems, [part]: undefined };
      } else {
        this.#problems = { ...this.#problems, [part]: answer.problem };
        this.#asked.delete(part);
      }
    });
    this.#asked.set(part, reading);
    return reading;
  }

  /** After something was written: what was read is read again. */
  async refresh(): Promise<void> {
    await Promise.all([...this.#asked.keys()].map((part) => this.read(part, true)));
  }
}

const waits = (id: string) => ['on_device', 'sending'].includes(outbox.state_of(id) ?? '');

const pages = new Map<string, PathwayPage>();

$effect.root(() => {
  $effect(() => {
    if (session.phase !== 'open') pages.clear();
  });
});

export function page_of(person: string): PathwayPage {
  let page = pages.get(person);
  if (!page) {
    page = new PathwayPage(person);
    pages.set(person, page);
  }
  return page;
}
