// What is done to rows that stand: taken back, or confirmed when they were noted on a locked phone.
import { note, type Entry } from '../../sync/note.ts';
import type { Schemas } from '../../api/client.ts';
import { own } from '../../sync/own.svelte.ts';
import { take_back } from './acts.ts';
import { collection_of, type Named } from './entries.ts';
import type { Line } from './lines.ts';

export function confirmed(line: Named): Entry {
  const body: Schemas['Confirmed'] = { entry: line.id, collection: collection_of(line) };
  return { kind: 'confirmed', subject: line.subject, body };
}

/**
 * What goes with an entry when it is taken back: the person that it brought, if nothing else was
 * ever noted about her on this phone.
 */
export function with_what_it_made<T extends Named>(line: T, mine: readonly T[]): T[] {
  if (line.kind !== 'contact' && line.kind !== 'visit') return [line];
  const about = mine.filter((one) => one.subject === line.subject && one.id !== line.id);
  const made = about.find((one) => one.kind === 'person_created');
  const alone = about.every((one) => one === made || one.kind === 'undone');
  return made && alone ? [line, made] : [line];
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
