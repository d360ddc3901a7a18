// Noter opened by another screen: filled like a row that was noted before (Dupliquer), or about
// somebody whose card is open.
import type { Schemas } from '../../api/client.ts';
import { here } from '../../app/location.svelte.ts';
import { href } from '../../app/routes.ts';
import { empty_note, type Chosen, type NoteForm, type Where } from './entries.ts';
import { field } from './field.svelte.ts';
import type { Line } from './lines.ts';
import { set_prefill } from './prefill.ts';

/** "Comme la précédente": all of it but the words, the date and the hour, which are hers alone. */
export function note_like(
  line: { kind: string; subject: string; body: object },
  where: Where,
  shown: string | null,
): NoteForm {
  const form = empty_note(where);
  const body = line.body as Partial<Schemas['Encounter'] & Schemas['Contact']>;
  // The note is made now: it stands where the round stands now, unless there is no round.
  if (where.round === null) form.where = { ...where, place: body.place ?? where.place };
  form.mode = body.mode ?? 'street';
  form.services = [...(body.services ?? [])];
  form.barriers = [...(body.barriers ?? [])];
  if (line.kind === 'contact') {
    form.person = { id: line.subject, shown: shown ?? '' };
    form.next_step = body.next_step ?? null;
    return form;
  }
  form.count = body.count ?? 1;
  form.sex = body.sex ?? null;
  form.age_band = body.age_band ?? null;
  form.acquaintance = body.acquaintance ?? null;
  return form;
}

/** Opens Noter filled like that row. */
export async function duplicate(
  line: Pick<Line, 'kind' | 'subject' | 'body' | 'person'>,
): Promise<void> {
  const { where } = field;
  if (where === null) return;
  set_prefill(note_like(line, where, line.person ?? field.name_of(line.subject)));
  await here.go(href('/noter'));
}

export async function note_about(person: Chosen): Promise<void> {
  const { where } = field;
  if (where === null) return;
  set_prefill({ ...empty_note(where), person });
  await here.go(href('/noter'));
}
