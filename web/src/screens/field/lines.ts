// "Noté aujourd'hui": the rows that the node told of, joined with what this phone wrote since.
// The same entry is one row wherever it is known from.
import type { Schemas } from '../../api/client.ts';
import { field_day, type LocalStamp } from '../../app/format.ts';
import type { RowState } from '../../store/rows.ts';
import type { Draft } from '../../sync/draft.ts';
import { undone_entries } from './rounds.ts';

export interface Line {
  id: string;
  subject: string;
  kind: string;
  occurred: LocalStamp;
  author: string | null; // null: oneself
  own: boolean;
  unconfirmed: boolean; // noted on a locked phone
  person: string | null; // the name to show
  body: Record<string, unknown>;
}

const shown_kinds = new Set([
  'encounter',
  'contact',
  'watch_session',
  'visit',
  'round_ended',
  'consent_recorded',
  'minor_informed',
  'concern_reported',
]);

type NameOf = (person: string) => string | null;

/** Of the field day `day`, newest first; what was taken back is not there. */
export function lines_of(
  told: readonly Schemas['DayRow'][],
  drafts: readonly Draft[],
  day: string,
  name_of: NameOf,
): Line[] {
  const undone = undone_entries(drafts);
  const confirmed = new Set(
    drafts.filter(({ kind }) => kind === 'confirmed').map(({ body }) => body['entry'] as string),
  );
  const lines = new Map<string, Line>();
  for (const row of told) {
    if (!shown_kinds.has(row.kind) || row.undone || undone.has(row.entry)) continue;
    lines.set(row.entry, line_of_row(row, confirmed.has(row.entry)));
  }
  const gone = new Set(told.filter((row) => row.undone).map((row) => row.entry));
  for (const draft of drafts) {
    if (!shown_kinds.has(draft.kind) || undone.has(draft.id) || gone.has(draft.id)) continue;
    if (lines.has(draft.id) || field_day(draft.occurred) !== day) continue;
    lines.set(draft.id, line_of_draft(draft, confirmed.has(draft.id), name_of));
  }
  return [...lines.values()].sort((a, b) => b.occurred.instant - a.occurred.instant);
}

function line_of_row(row: Schemas['DayRow'], confirmed: boolean): Line {
  return {
    id: row.entry,
    subject: row.subject,
    kind: row.kind,
    occurred: row.occurred,
    author: row.own ? null : row.author_name,
    own: row.own,
    unconfirmed: row.unconfirmed && !confirmed,
    person: row.person ?? null,
    body: row.body,
  };
}

function line_of_draft(draft: Draft, confirmed: boolean, name_of: NameOf): Line {
  const named = draft.kind !== 'visit' || draft.body['named'] === true;
  return {
    id: draft.id,
    subject: draft.subject,
    kind: draft.kind,
    occurred: draft.occurred,
    author: null,
    own: true,
    unconfirmed: draft.locked && !confirmed,
    person: named ? name_of(draft.subject) : null,
    body: draft.body,
  };
}

/** Rencontres that say nothing but that they happened are shown as one row a round. */
export interface Tally {
  key: string;
  occurred: LocalStamp; // of the last
  count: number;
  places: number;
  own: readonly Line[]; // newest first
  lines: readonly Line[];
}
export type Shown = { tally: Tally } | { line: Line };

function is_plain(line: Line): boolean {
  if (line.kind !== 'encounter' || line.body['count'] !== 1) return false;
  const list = (name: string) => (line.body[name] as unknown[] | undefined) ?? [];
  return list('services').length === 0 && list('barriers').length === 0;
}

export function shown_of(lines: readonly Line[]): Shown[] {
  const shown: Shown[] = [];
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    if (!is_plain(line)) {
      shown.push({ line });
      continue;
    }
    const key = (line.body['round'] as string | undefined) ?? 'none';
    const group = groups.get(key);
    if (group) {
      group.push(line);
      continue;
    }
    const fresh = [line];
    groups.set(key, fresh);
    // Filled as the loop goes on; its place is that of its newest line.
    shown.push({ tally: { key, lines: fresh } as unknown as Tally });
  }
  return shown.map((one) => ('tally' in one ? { tally: tally_of(one.tally.key, one.tally.lines) } : one));
}

function tally_of(key: string, lines: readonly Line[]): Tally {
  return {
    key,
    occurred: lines[0]!.occurred,
    count: lines.reduce((sum, line) => sum + count_of(line), 0),
    places: new Set(lines.map((line) => line.body['place']).filter(Boolean)).size,
    own: lines.filter((line) => line.own),
    lines,
  };
}

export const count_of = (line: Pick<Line, 'body'>): number => Number(line.body['count'] ?? 1);

/** Every encounter of a round, by the place it was counted at. */
export function counted(
  lines: readonly Line[],
  round: string | null,
): { total: number; by_place: { place: string | null; count: number }[] } {
  const by = new Map<string | null, number>();
  for (const line of lines) {
    if (line.kind !== 'encounter') continue;
    if (((line.body['round'] as string | undefined) ?? null) !== round) continue;
    const place = (line.body['place'] as string | undefined) ?? null;
    by.set(place, (by.get(place) ?? 0) + count_of(line));
  }
  const by_place = [...by].map(([place, count]) => ({ place, count }));
  return { total: by_place.reduce((sum, { count }) => sum + count, 0), by_place };
}

/** What is to do, with what this phone noted since: the newest contact says what comes next. */
export function to_do_of(
  told: readonly Schemas['ToDo'][],
  drafts: readonly Draft[],
  name_of: NameOf,
): Schemas['ToDo'][] {
  const undone = undone_entries(drafts);
  const rows = new Map(told.map((one) => [one.person, one]));
  // What was promised here is the latest: it comes first.
  const fresh = new Map<string, Schemas['ToDo']>();
  for (const { id, kind, subject, body } of [...drafts].reverse()) {
    if (kind !== 'contact' || undone.has(id)) continue;
    rows.delete(subject);
    fresh.delete(subject);
    const { next_step: step, next_on: on } = body as Partial<Schemas['Contact']>;
    if (step && step !== 'nothing') {
      fresh.set(subject, { person: subject, shown: name_of(subject) ?? '', step, on });
    }
  }
  return [...[...fresh.values()].reverse(), ...rows.values()];
}

const order: readonly RowState[] = ['to_check', 'on_device', 'sending', 'sent'];

/** The state that a group shows: the one that asks for most care. */
export function state_of_all(states: readonly RowState[]): RowState {
  return order.find((state) => states.includes(state)) ?? 'sent';
}
