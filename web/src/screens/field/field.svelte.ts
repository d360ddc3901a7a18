// The day in the street as every screen of this area sees it: what the node told, joined with what
// this phone wrote since. On a locked phone only what this page noted after it was locked.
import { field_day } from '../../app/format.ts';
import { session } from '../../app/session.svelte.ts';
import type { Schemas } from '../../api/client.ts';
import type { RowState } from '../../store/rows.ts';
import { day } from '../../sync/day.svelte.ts';
import { outbox } from '../../sync/outbox.svelte.ts';
import { own } from '../../sync/own.svelte.ts';
import type { Where } from './entries.ts';
import { lines_of, to_do_of } from './lines.ts';
import { people_of } from './names.ts';
import { current_round, open_rounds } from './rounds.ts';

type Place = Schemas['PlaceRow'];

class Field {
  /** The team that notes go to; null: the account is in none. */
  team = $derived(session.context?.team ?? null);
  people = $derived(people_of(day.people, own.drafts, this.team));
  #names = $derived(new Map(this.people.map((row) => [row.id, row.shown])));
  lines = $derived(
    lines_of(day.today?.rows ?? [], own.drafts, field_day(), (id) => this.name_of(id)),
  );
  to_do = $derived(to_do_of(day.today?.to_do ?? [], own.drafts, (id) => this.name_of(id)));
  rounds = $derived(open_rounds(day.today?.rounds ?? [], own.drafts));
  round = $derived(
    current_round(
      session.context?.round ?? null,
      this.rounds,
      own.drafts,
      day.today === null ? null : (day.as_of?.instant ?? null),
      session.account?.id ?? null,
    ),
  );
  places = $derived(with_own_places(day.reference?.places ?? []));
  #places = $derived(new Map(this.places.map((place) => [place.id, place])));
  active_places = $derived(this.places.filter(({ active }) => active));
  projects = $derived(day.reference?.projects ?? []);
  teams = $derived(day.reference?.teams ?? []);
  mates = $derived(this.teams.find(({ id }) => id === this.team)?.members ?? []);

  /** Where a note goes now. Null: nobody's team, nothing can be noted. */
  where = $derived.by((): Where | null => {
    const { round, team } = this;
    if (round) return { team: round.team, round: round.id, place: round.at, project: round.project };
    if (team === null) return null;
    return { team, round: null, place: last_place(), project: null };
  });

  name_of(person: string): string | null {
    return this.#names.get(person) ?? null;
  }

  place(id: string | null | undefined): Place | null {
    return (id && this.#places.get(id)) || null;
  }

  place_name(id: string | null | undefined): string | null {
    return this.place(id)?.name ?? null;
  }

  member_name(id: string): string | null {
    for (const team of this.teams) {
      const found = team.members.find((member) => member.id === id);
      if (found) return found.name;
    }
    return id === session.account?.id ? session.account.name : null;
  }

  state_of(id: string): RowState {
    return outbox.state_of(id) ?? 'sent';
  }
}

/** Places added or changed on this phone, before the node has told of them. */
function with_own_places(told: readonly Place[]): Place[] {
  const rows = new Map(told.map((place) => [place.id, place]));
  const told_at = day.as_of?.instant ?? 0;
  for (const draft of [...own.drafts].reverse()) {
    if (draft.kind !== 'place_set') continue;
    const set = draft.body as unknown as Schemas['PlaceSet'];
    const before = rows.get(draft.subject);
    // What the node told after it received the change is newer than the change.
    if (before && outbox.is_sent(draft.id) && draft.occurred.instant < told_at) continue;
    const same = before?.commune !== undefined && before.commune === set.commune;
    const { located_by: _how, ...rest } = set;
    rows.set(draft.subject, { fictitious: false, ...(same ? before : {}), ...rest, id: draft.subject });
  }
  return [...rows.values()].sort((a, b) => a.name.localeCompare(b.name));
}

// The place of the last note of this day, for notes outside a round. An id, and no position.
const last_place_key = 'field-last-place';

export function remember_place(place: string | null): void {
  if (place !== null) localStorage.setItem(last_place_key, `${field_day()} ${place}`);
}

function last_place(): string | null {
  const [on, place] = (localStorage.getItem(last_place_key) ?? '').split(' ');
  return on === field_day() && place ? place : null;
}

export const field = new Field();
