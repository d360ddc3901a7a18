// A note that was begun and not saved: what Aujourd'hui says of it, and Noter offers to take up.
import { day_short, field_day, hour } from '../../app/format.ts';
import { t } from '../../messages/field.ts';
import { unfinished, type Begun } from '../../store/unfinished.svelte.ts';
import type { NoteForm } from './entries.ts';

export const begun_note = () => unfinished.form<NoteForm>('noter');

export function say_begun({ at }: Begun<unknown>): string {
  if (field_day(at) === field_day()) return t.m.draft_offer(hour(at));
  return t.m.draft_offer_day(day_short(at.date), hour(at));
}
