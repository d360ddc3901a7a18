// The team's people as this phone knows them: the list of the day, and those noted here since.
import type { Schemas } from '../../api/client.ts';
import type { Draft } from '../../sync/draft.ts';
import { undone_entries } from './rounds.ts';

export type PersonRow = Schemas['PersonRow'];

/** Newest contact first, as the node gives it; a person noted here a moment ago comes first. */
export function people_of(
  told: readonly PersonRow[],
  drafts: readonly Draft[],
  team: string | null,
): PersonRow[] {
  const undone = undone_entries(drafts);
  const rows = new Map(told.map((row) => [row.id, row]));
  for (const draft of [...drafts].reverse()) {
    if (undone.has(draft.id)) continue;
    if (draft.kind === 'person_created' && !rows.has(draft.subject)) {
      if (team === null || draft.body['team'] === team) rows.set(draft.subject, made(draft));
    }
    const row = rows.get(draft.subject);
    if (row) rows.set(draft.subject, after(row, draft));
  }
  return [...rows.values()].sort((a, b) => (b.last_contact ?? '').localeCompare(a.last_contact ?? ''));
}

function made(draft: Draft): PersonRow {
  const body = draft.body as unknown as Schemas['PersonCreated'];
  return {
    id: draft.subject,
    shown: body.alias,
    ...(body.recognise ? { recognise: body.recognise } : {}),
    level: 'alias',
    ...(body.age_band ? { age_band: body.age_band } : {}),
    disputed: false,
  };
}

function after(row: PersonRow, draft: Draft): PersonRow {
  const { date } = draft.occurred;
  if (draft.kind === 'contact' && date >= (row.last_contact ?? '')) {
    const body = draft.body as unknown as Schemas['Contact'];
    const { next_step: _s, next_on: _o, ...rest } = row;
    return {
      ...rest,
      last_contact: date,
      ...(body.next_step ? { next_step: body.next_step } : {}),
      ...(body.next_on ? { next_on: body.next_on } : {}),
    };
  }
  if (draft.kind === 'identity_given') {
    return { ...row, level: 'identified', shown: String(draft.body['first_name']) };
  }
  if (draft.kind === 'person_described') {
    const body = draft.body as unknown as Schemas['PersonDescribed'];
    return {
      ...row,
      ...(body.alias && row.level === 'alias' ? { shown: body.alias } : {}),
      ...(body.recognise ? { recognise: body.recognise } : {}),
      ...(body.age_band ? { age_band: body.age_band } : {}),
    };
  }
  return row;
}
