// What a touch does: the entries of entries.ts are written, the phone remembers the round, and the
// undo bar offers to take it back. Every act returns when it is durable on this device.
import { hour } from '../../app/format.ts';
import { session } from '../../app/session.svelte.ts';
import { t } from '../../messages/field.ts';
import type { Draft } from '../../sync/draft.ts';
import { note, NotEnrolled, TooLong, type Entry } from '../../sync/note.ts';
import { own } from '../../sync/own.svelte.ts';
import { undo } from '../../ui/undo.svelte.ts';
import {
  confirmed,
  one_more,
  round_ended,
  round_moved,
  round_started,
  taken_back,
  with_what_it_made,
  type EndForm,
  type Precision,
  type RoundForm,
} from './entries.ts';
import { field, remember_place } from './field.svelte.ts';
import type { Line } from './lines.ts';

/** Why nothing was kept, in words; the screen shows it and keeps what was typed. */
export function refusal(reason: unknown): string {
  if (reason instanceof NotEnrolled) return t.m.not_enrolled;
  return reason instanceof TooLong ? t.m.too_long : t.m.not_saved;
}

/** Takes entries back, the last first: each is a new entry that names it. */
export async function take_back(drafts: readonly Pick<Draft, 'id' | 'subject' | 'kind' | 'body'>[]) {
  await note(...[...drafts].reverse().map(taken_back));
}

/** Writes, and offers to take it back for ten seconds. */
export async function keep(entries: readonly Entry[], say: (hour: string) => string): Promise<Draft[]> {
  const drafts = await note(...entries);
  undo.offer(say(hour(drafts[0]!.occurred)), () => take_back(drafts));
  return drafts;
}

export async function add_one(more?: Precision): Promise<Draft | null> {
  const { where } = field;
  if (where === null) return null;
  const [draft] = await keep([one_more(where, more)], t.m.counted_at);
  return draft ?? null;
}

/** A row of one's own; a person that it brought goes with it. */
export async function take_line_back(line: Line): Promise<void> {
  const mine = own.drafts;
  const draft = mine.find(({ id }) => id === line.id);
  await take_back(draft ? with_what_it_made(draft, mine) : [line]);
}

export async function confirm_lines(lines: readonly Line[]): Promise<void> {
  const { drafts } = own;
  const made = drafts.filter(
    (draft) =>
      draft.locked &&
      draft.kind === 'person_created' &&
      lines.some(({ subject }) => subject === draft.subject),
  );
  await note(...made.map(confirmed), ...lines.map(confirmed));
}

export async function start_round(form: RoundForm): Promise<void> {
  const [draft] = await note(round_started(form));
  const { context } = session;
  if (!draft || !context) return;
  await session.set_context({
    ...context,
    team: form.team,
    round: {
      id: draft.subject,
      kind: form.round_kind,
      team: form.team,
      project: form.project,
      place: form.stops[0] ?? null,
      started: draft.occurred,
    },
  });
  remember_place(form.stops[0] ?? null);
}

export async function move_round(round: string, place: string): Promise<void> {
  if (field.round?.at === place) return;
  await note(round_moved(round, place));
  remember_place(place);
  const { context } = session;
  if (context?.round?.id === round) {
    await session.set_context({ ...context, round: { ...context.round, place } });
  }
}

export async function join_round(id: string): Promise<void> {
  const round = field.rounds.find((one) => one.id === id);
  const { context } = session;
  if (!round || !context) return;
  const { kind, team, project, started } = round;
  await session.set_context({ ...context, round: { id, kind, team, project, started, place: round.at } });
}

export async function end_round(round: string, form: EndForm): Promise<void> {
  const [draft] = await note(round_ended(round, form));
  await forget_round(round);
  if (!draft) return;
  undo.offer(t.m.ended_at(hour(draft.occurred)), async () => {
    await take_back([draft]);
    await join_round(round);
  });
}

/** The phone no longer sends its notes to that round. */
export async function forget_round(round: string): Promise<void> {
  const { context } = session;
  if (context?.round?.id === round) await session.set_context({ ...context, round: null });
}

