// Fetches the reference, and the day and the active list of the team, and keeps them for a start
// without network.
import { api, type Schemas } from '../api/client.ts';
import { field_day, stamp } from '../app/format.ts';
import { session } from '../app/session.svelte.ts';
import { meta, put_meta } from '../store/db.ts';
import { held, is_open } from '../store/keyring.ts';
import { day, type Kept } from './day.svelte.ts';

const pages_max = 10; // 500 persons: the active list of a team

/** False when the node did not answer, or not to us. */
export async function fetch_day(): Promise<boolean> {
  const as_of = stamp(); // when it is asked: what is written meanwhile may not be in the answer
  const { data: reference } = await api.GET('/api/v1/reference');
  if (!reference) return false;
  day.take(reference, null);
  await put_meta('reference', reference);
  const team = (await meta('context'))?.team;
  if (!team) return true;
  const query = { team, day: field_day() };
  const { data: today } = await api.GET('/api/v1/today', { params: { query } });
  if (!today) return false;
  if (session.may('relay.read')) await count_relays();
  const people = await active_list(team);
  if (people === null) return false;
  if (!is_open()) return false; // closed while the node answered: nothing comes back into memory
  const kept: Kept = { as_of, team, today, people };
  day.take(reference, kept);
  if (held()) await (await import('../store/vault.ts')).keep_day(kept);
  return true;
}

/** For the number in the bar; the screen reads the box again. */
async function count_relays(): Promise<void> {
  const { data } = await api.GET('/api/v1/relays');
  if (data && is_open()) day.to_answer = data.to_answer.length + data.sought.length;
}

async function active_list(team: string): Promise<Schemas['PersonRow'][] | null> {
  // A role that notes without reading persons (a coordinator) has no list.
  if (!session.may('person.list')) return [];
  const rows: Schemas['PersonRow'][] = [];
  for (let page = 0; page < pages_max; page += 1) {
    const query = { team, page };
    const { data } = await api.GET('/api/v1/people', { params: { query } });
    if (!data) return page === 0 ? null : rows;
    rows.push(...data.rows);
    if (rows.length >= data.total || data.rows.length === 0) break;
  }
  return rows;
}
