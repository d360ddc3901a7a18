// The outbox as screens see it: hour, count and state of each row, newest first; never its text.
import type { LocalStamp } from '../app/format.ts';
import { net } from '../app/net.svelte.ts';
import { database, meta } from '../store/db.ts';
import type { RowState } from '../store/rows.ts';
import type { SyncState } from './types.ts';

export interface OutboxRow {
  id: string;
  at: Pick<LocalStamp, 'date' | 'minute'>;
  count: number;
  state: RowState;
  reason: string | null; // of to_check
}

class Outbox {
  rows = $state.raw<readonly OutboxRow[]>([]);
  #by_id = $derived(new Map(this.rows.map((row) => [row.id, row])));

  state_of(id: string): RowState | null {
    return this.#by_id.get(id)?.state ?? null;
  }

  is_sent(id: string): boolean {
    // A row that is no longer here was acknowledged longer ago than the horizon.
    const row = this.#by_id.get(id);
    return row === undefined || row.state === 'sent';
  }

  /** Reads the store: at the start, and when another tab has changed it. */
  async reload(): Promise<void> {
    const db = await database();
    const [records, state] = await Promise.all([db.getAll('outbox'), meta('sync')]);
    const known = new Map((state?.rows ?? []).map((row) => [row.id, row]));
    this.rows = records
      .map((record) => ({
        id: record.id,
        at: record.at,
        count: record.count,
        state: known.get(record.id)?.state ?? ('on_device' as const),
        reason: known.get(record.id)?.reason ?? null,
      }))
      .reverse();
    this.#count(state?.sign_in_needed ?? false);
  }

  /** The machine has spoken: states change, the list of rows stays. */
  show(state: SyncState): void {
    const known = new Map(state.rows.map((row) => [row.id, row]));
    this.rows = this.rows
      .filter((row) => known.has(row.id) || row.state === 'on_device')
      .map((row) => {
        const now = known.get(row.id);
        return now ? { ...row, state: now.state, reason: now.reason ?? null } : row;
      });
    const missing = state.rows.some((row) => !this.#by_id.has(row.id));
    if (missing) void this.reload();
    this.#count(state.sign_in_needed);
  }

  #count(sign_in_needed: boolean): void {
    net.waiting = this.rows.filter(
      ({ state }) => state === 'on_device' || state === 'sending',
    ).length;
    net.to_check = this.rows.filter(({ state }) => state === 'to_check').length;
    net.device_refused = sign_in_needed;
  }
}

export const outbox = new Outbox();
