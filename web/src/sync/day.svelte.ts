// The day as the node last told it: the team's rows and rounds, what is to do, the active list,
// and the reference (places, projects, teams). Shown at once from what the phone keeps, with its
// hour, then refreshed.
import { api, type Schemas } from '../api/client.ts';
import { field_day, stamp, type LocalStamp } from '../app/format.ts';
import { meta, put_meta } from '../store/db.ts';
import { keep_day, kept_day } from '../store/vault.ts';

const pages_max = 10; // 500 persons: the active list of a team

interface Kept {
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
  #loading: Promise<boolean> | null = null;

  async start(): Promise<void> {
    this.reference = (await meta('reference')) ?? null;
  }

  /** What the phone keeps, when the list opens. Another day's rows are not today's. */
  async open(): Promise<void> {
    const kept = await kept_day<Kept>();
    if (!kept) return;
    this.as_of = kept.as_of;
    this.people = kept.people;
    if (kept.today.day === field_day()) this.today = kept.today;
  }

  close(): void {
    this.as_of = null;
    this.today = null;
    this.people = [];
  }

  /** Fetches all of it; false when the node did not answer. One at a time. */
  refresh(): Promise<boolean> {
    this.#loading ??= this.#fetch().finally(() => (this.#loading = null));
    return this.#loading;
  }

  async #fetch(): Promise<boolean> {
    const reference = await api.GET('/api/v1/reference');
    if (!reference.data) return false;
    this.reference = reference.data;
    await put_meta('reference', reference.data);
    const team = (await meta('context'))?.team;
    if (!team) return true;
    const query = { team, day: field_day() };
    const today = await api.GET('/api/v1/today', { params: { query } });
    const people = await this.#active_list(team);
    if (!today.data || people === null) return false;
    this.today = today.data;
    this.people = people;
    this.as_of = stamp();
    await keep_day({ as_of: this.as_of, team, today: today.data, people } satisfies Kept);
    return true;
  }

  async #active_list(team: string): Promise<Schemas['PersonRow'][] | null> {
    const rows: Schemas['PersonRow'][] = [];
    for (let page = 0; page < pages_max; page += 1) {
      const { data } = await api.GET('/api/v1/people', { params: { query: { team, page } } });
      if (!data) return page === 0 ? null : rows;
      rows.push(...data.rows);
      if (rows.length >= data.total || data.rows.length === 0) break;
    }
    return rows;
  }
}

export const day = new Day();
