// The effects of core/sync: the machine says send, pull, wait, forget; this file does it, in one
// tab at a time. Other tabs write to the same store and ring the bell. Nothing here decides.
import { base64 } from '../crypto/bytes.ts';
import { core, is_error, type Core } from '../core/host.ts';
import { database, drop_meta, meta, type OutboxRecord } from '../store/db.ts';
import { net } from '../app/net.svelte.ts';
import { outbox } from './outbox.svelte.ts';
import { own } from './own.svelte.ts';
import { send_batch } from './post.ts';
import type { SyncAction, SyncEvent, SyncState } from './types.ts';

export const empty_state: SyncState = {
  rows: [],
  next_sequence: 1,
  in_flight: false,
  sign_in_needed: false,
  failures: 0,
  pull_wanted: false,
  cursor: 0,
};

// Between the tabs of this device.
type Ring = 'saved' | 'wake' | 'changed';
type Puller = (cursor: number) => Promise<number | null>;

const core_retry_ms = 10_000;

export class Engine {
  /** True in the one tab that sends. */
  leads = false;
  #stopped = false;
  #release: () => void = () => undefined;
  #listening = new AbortController();
  #state: SyncState = empty_state;
  #queue: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #bell: BroadcastChannel | null = null;
  #pull: Puller = async () => null;
  #machine: () => Promise<Core | null> = core;

  /** `pull` fetches the day and answers with the cursor, or null when it could not. */
  start(pull: Puller, machine: () => Promise<Core | null> = core): void {
    this.#pull = pull;
    this.#machine = machine;
    this.#bell = new BroadcastChannel('filrouge-outbox');
    this.#bell.onmessage = ({ data }: MessageEvent<Ring>) => {
      if (!this.leads) void outbox.reload();
      else if (data === 'wake') void this.wake(true);
      else if (data === 'saved') this.saved();
    };
    void outbox.reload();
    void navigator.locks.request('filrouge-sync', () => this.#lead());
    const { signal } = this.#listening;
    addEventListener('online', () => void this.wake(), { signal });
    addEventListener('offline', () => (net.offline = true), { signal });
    const seen = () => {
      if (document.visibilityState === 'visible') void this.wake();
    };
    document.addEventListener('visibilitychange', seen, { signal });
  }

  /** Gives the lead back; what is under way is left to the next one. */
  stop(): void {
    this.#stopped = true;
    this.leads = false;
    clearTimeout(this.#timer);
    this.#listening.abort();
    this.#bell?.close();
    this.#bell = null;
    this.#release();
  }

  /** A sealed draft is durable: whoever leads takes it in. */
  saved(): void {
    if (this.leads) void this.#run(() => this.#take_in());
    else this.#ring('saved');
  }

  /** Timer, reconnection, foreground; `forced` by the button: waits for no delay. */
  wake(forced = false): Promise<void> {
    if (!this.leads) this.#ring('wake');
    return this.#run(async () => {
      await this.#take_in();
      await this.#step({ kind: 'wake', now: Date.now(), results: [], forced });
    });
  }

  /** `epoch` of the node's log: another one after a restore, and what is kept goes out again. */
  signed_in(epoch?: string): Promise<void> {
    return this.dispatch({
      kind: 'signed_in',
      now: Date.now(),
      results: [],
      ...(epoch ? { epoch } : {}),
    });
  }

  dispatch(event: SyncEvent): Promise<void> {
    return this.#run(() => this.#step(event));
  }

  /** Resolves when nothing is being done; for tests and for leaving. */
  async settled(): Promise<void> {
    let seen: Promise<void>;
    do {
      seen = this.#queue;
      await seen;
    } while (seen !== this.#queue);
  }

  // Holds the lock as long as this page lives.
  async #lead(): Promise<void> {
    if (this.#stopped) return;
    this.leads = true;
    await this.#run(async () => {
      this.#state = (await meta('sync')) ?? empty_state;
      // What was in flight when the last page died has no answer any more: it is sent again, and
      // the node counts it once.
      await this.#step({ kind: 'restarted', now: Date.now(), results: [] });
      await this.#take_in();
      await this.#step({ kind: 'wake', now: Date.now(), results: [] });
    });
    if (!this.#stopped) await new Promise<void>((release) => (this.#release = release));
  }

  #ring(what: Ring): void {
    this.#bell?.postMessage(what);
  }

  #run(job: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(job).catch((reason: unknown) => {
      console.error('sync', reason instanceof Error ? reason.message : 'failed');
    });
    return this.#queue;
  }

  /** Tells the machine of every sealed draft it does not know yet, in the order of writing. */
  async #take_in(): Promise<void> {
    const known = new Set(this.#state.rows.map((row) => row.id));
    const records = await (await database()).getAll('outbox');
    for (const record of records) {
      if (known.has(record.id)) continue;
      await this.#step({
        kind: 'saved',
        now: Date.now(),
        id: record.id,
        bytes: record.sealed.length,
        results: [],
      });
    }
  }

  async #step(event: SyncEvent): Promise<void> {
    if (!this.leads) return;
    const machine = await this.#machine();
    if (machine === null) return this.#wait(Date.now() + core_retry_ms); // kept, and tried again
    const step = await machine.ask<{ state: SyncState; actions: SyncAction[] }>({
      op: 'sync_step',
      state: this.#state,
      event,
    });
    if (is_error(step)) throw new Error(`${step.error.rule} ${step.error.field}`);
    await this.#keep(step.state, step.actions);
    this.#state = step.state;
    outbox.show(step.state);
    this.#ring('changed');
    for (const action of step.actions) this.#perform(action);
  }

  /** The state, and what may be forgotten, in one durable write. */
  async #keep(state: SyncState, actions: readonly SyncAction[]): Promise<void> {
    const forgotten = new Set(actions.flatMap((a) => (a.kind === 'forget' ? a.ids : [])));
    const db = await database();
    const tx = db.transaction(['meta', 'outbox'], 'readwrite', { durability: 'strict' });
    await tx.objectStore('meta').put(state, 'sync');
    if (forgotten.size > 0) {
      let cursor = await tx.objectStore('outbox').openCursor();
      while (cursor) {
        if (forgotten.has(cursor.value.id)) await cursor.delete();
        cursor = await cursor.continue();
      }
    }
    await tx.done;
  }

  #perform(action: SyncAction): void {
    if (action.kind === 'send') void this.#send(action.ids);
    if (action.kind === 'pull') void this.#fetch_day(action.cursor ?? 0);
    if (action.kind === 'timer') this.#wait(action.at ?? Date.now());
  }

  #wait(at: number): void {
    clearTimeout(this.#timer);
    // Own jitter: phones of one team must not all come back in the same second.
    const delay = Math.max(0, at - Date.now()) + Math.random() * 500;
    this.#timer = setTimeout(() => void this.wake(), delay);
  }

  async #send(ids: readonly string[]): Promise<void> {
    const device = await meta('device');
    const records = await this.#records(ids);
    if (!device || records.length === 0) return this.dispatch(failed());
    net.sending = { done: 0, total: records.length };
    const sequences = new Map(this.#state.rows.map((row) => [row.id, row.sequence]));
    const vanished = (await meta('vanished')) === true;
    const event = await send_batch(device.token, {
      entries: records.map((record) => ({
        id: record.id,
        sequence: sequences.get(record.id) ?? 0,
        sealed: base64(record.sealed),
      })),
      ...(vanished ? { database_vanished: true } : {}),
    });
    net.sending = null;
    if (vanished && event.kind === 'answered') await drop_meta('vanished');
    await this.dispatch(event);
    if (event.kind === 'answered') await own.sweep((id) => outbox.is_sent(id));
  }

  async #records(ids: readonly string[]): Promise<OutboxRecord[]> {
    const tx = (await database()).transaction('outbox');
    const index = tx.store.index('id');
    const found = await Promise.all(ids.map((id) => index.get(id)));
    return found.filter((record) => record !== undefined);
  }

  async #fetch_day(cursor: number): Promise<void> {
    const pulled = await this.#pull(cursor).catch(() => null);
    if (pulled === null) return this.dispatch(failed());
    await this.dispatch({ kind: 'pulled', now: Date.now(), cursor: pulled, results: [] });
  }
}

function failed(): SyncEvent {
  return { kind: 'failed', now: Date.now(), results: [] };
}

export const engine = new Engine();
