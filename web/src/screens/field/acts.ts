// What a touch does: the entries of entries.ts are written, the phone remembers the round, and the
// undo bar offers to take it back. Every act returns when it is durable on this device.
import { hour } from '../../app/format.ts';
import { session } from '../../app/session.svelte.ts';
import { t } from '../../messages/field.ts';
import type { Draft } from '../../sync/draft.ts';
import { note, NotEnrolled, TooLong, type Entry } from '../../sync/note.ts';
import { undo } from '../../ui/undo.svelte.ts';
import {
  one_more,
  round_moved,
  taken_back,
  type Precision,
} from './entries.ts';
import { field, remember_place } from './field.svelte.ts';

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

export async function move_round(round: string, place: string): Promise<void> {
  if (field.round?.at === place) return;
  await note(round_moved(round, place));
  remember_place(place);
  const { context } = session;
  if (context?.round?.id === round) {
    await session.set_context({ ...context, round: { ...context.round, place } });
  }
}

/** The phone no longer sends its notes to that round. */
export async function forget_round(round: string): Promise<void> {
  const { context } = session;
  if (context?.round?.id === round) await session.set_context({ ...context, round: null });
}

