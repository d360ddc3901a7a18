// What Noter opens with when another screen asked for it. In memory only: an address carries ids,
// never what was noted.
import type { NoteForm } from './entries.ts';
import type { Line } from './lines.ts';

let wanted: NoteForm | null = null;

export function set_prefill(form: NoteForm): void {
  wanted = form;
}

export function take_prefill(): NoteForm | null {
  const form = wanted;
  wanted = null;
  return form;
}

export const can_duplicate = (line: Pick<Line, 'kind'>): boolean =>
  line.kind === 'encounter' || line.kind === 'contact';
