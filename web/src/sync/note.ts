// Writing an entry: needs neither network nor secret (law 2). Makes ids and stamps, seals to the
// node and to the author's own box, and returns when it is durable on this device. Sending follows
// by itself.
//   const [draft] = await note({ kind: 'encounter', subject: round, body: { count: 1, team } });
import type { LocalStamp } from '../app/format.ts';
import type { Draft } from './draft.ts';

export interface Entry<Body extends object = object> {
  kind: string;
  subject: string;
  body: Body;
  id?: string; // made when absent
  occurred?: LocalStamp; // now when absent
  count?: number; // shown in Envois; 1 when absent
}

/** The phone has nobody to write for: nobody ever signed in here. */
export class NotEnrolled extends Error {}

/** Longer than an entry may be: the form says so before it comes to this. */
export class TooLong extends Error {}

// What seals is fetched after the first paint (session.work), or by the first note.
export async function note(...entries: Entry[]): Promise<Draft[]> {
  const { write_entries } = await import('./write.ts');
  return write_entries(entries);
}

/** Takes an entry back: a new entry that names it; nothing is deleted. */
export function undo_entry(draft: Pick<Draft, 'id' | 'subject'>, collection: string) {
  return note({
    kind: 'undone',
    subject: draft.subject,
    body: { entry: draft.id, collection },
  });
}

/** What was noted on a locked phone, confirmed by its author. */
export function confirm_entry(draft: Pick<Draft, 'id' | 'subject'>, collection: string) {
  return note({
    kind: 'confirmed',
    subject: draft.subject,
    body: { entry: draft.id, collection },
  });
}
