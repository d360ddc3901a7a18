// What Noter opens with when it was asked for by another screen (Dupliquer, Noter avec elle).
// In memory only: an address carries ids, never what was noted.
import { here } from '../../app/location.svelte.ts';
import { href } from '../../app/routes.ts';
import { note_like, type NoteForm } from './entries.ts';
import { field } from './field.svelte.ts';
import type { Line } from './lines.ts';

let wanted: NoteForm | null = null;

export function take_prefill(): NoteForm | null {
  const form = wanted;
  wanted = null;
  return form;
}

export const can_duplicate = (line: Pick<Line, 'kind'>): boolean =>
  line.kind === 'encounter' || line.kind === 'contact';

/** Opens Noter filled like that row. */
export async function duplicate(line: Pick<Line, 'kind' | 'subject' | 'body' | 'person'>): Promise<void> {
  const { where } = field;
  if (where === null) return;
  wanted = note_like(line, where, line.person ?? field.name_of(line.subject));
  await here.go(href('/noter'));
}
