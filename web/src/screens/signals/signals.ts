// Inbound signals (R48): what the form writes, and the list with what still waits on this phone.
import type { Prescriber, SignalClosed, SignalReceived, SignalRow } from '../../api/pathway.ts';
import type { Draft } from '../../sync/draft.ts';
import type { Entry } from '../../sync/note.ts';

export const prescribers: readonly Prescriber[] = [
  'mission_locale',
  'france_travail',
  'school',
  'prevention',
  'mediator',
  'social_service',
  'association',
  'health',
  'justice',
  'landlord',
  'shopkeeper',
  'employer',
  'family',
  'peer',
  'herself',
  'other',
];
export const ends: readonly SignalClosed[] = ['not_found', 'already_followed', 'refused', 'error'];

export interface SignalForm {
  prescriber: Prescriber | null;
  prescriber_label: string;
  who: string;
  where: string;
  need: string;
  told: 'yes' | 'no' | null;
}

export const empty_signal = (): SignalForm => ({
  prescriber: null,
  prescriber_label: '',
  who: '',
  where: '',
  need: '',
  told: null,
});

export type Missing = 'prescriber' | 'who' | 'told';
export function missing_of(form: SignalForm): Missing[] {
  return [
    ...(form.prescriber === null ? (['prescriber'] as const) : []),
    ...(form.who.trim() === '' ? (['who'] as const) : []),
    ...(form.told === null && form.prescriber !== 'herself' ? (['told'] as const) : []),
  ];
}

export function signal_entry(subject: string, team: string, form: SignalForm): Entry {
  const text = (value: string) => value.trim() || undefined;
  const body: SignalReceived = {
    team,
    prescriber: form.prescriber ?? 'other',
    prescriber_label: text(form.prescriber_label),
    who: form.who.trim(),
    where: text(form.where),
    need: text(form.need),
    person_told: form.prescriber === 'herself' || form.told === 'yes',
  };
  // What nobody said stays out of the entry.
  return { kind: 'signal_received', subject, body: JSON.parse(JSON.stringify(body)) as object };
}

/** Met since: whoever was created or met on the same subject is a signal no more. */
const ends_it = ['person_created', 'contact', 'signal_closed'];

export interface SignalShown extends SignalRow {
  id: string | null; // of the draft, while it waits on this phone
}

/** Oldest first, as the node has them; then those of this phone that it does not know yet. */
export function with_own(
  told: readonly SignalRow[],
  drafts: readonly Pick<Draft, 'id' | 'kind' | 'subject' | 'occurred' | 'body'>[],
  team: string | null,
  author: string,
): SignalShown[] {
  const over = new Set(
    drafts.filter(({ kind }) => ends_it.includes(kind)).map(({ subject }) => subject),
  );
  const known = new Set(told.map(({ person }) => person));
  const own = drafts
    .filter(({ kind, subject }) => kind === 'signal_received' && !known.has(subject))
    .map(({ id, subject, occurred, body }) => ({
      id,
      person: subject,
      said: body as unknown as SignalReceived,
      on: occurred.date,
      by: author,
    }))
    .filter(({ said }) => team === null || said.team === team)
    .reverse();
  return [...told.map((row) => ({ ...row, id: null })), ...own].filter(
    ({ person }) => !over.has(person),
  );
}
