// A person's card as it is shown: what the node folded, and on top of it what this phone noted and
// the node has not answered for yet. Only for showing: the node folds again by the rules of core.
import type { Schemas } from '../../api/client.ts';
import type { Draft } from '../../sync/draft.ts';
import type { PersonRow } from './names.ts';
import { undone_entries } from './rounds.ts';

/** What only the node knows of her stands on the card, never on what this phone folds. */
type OfTheNode = 'born_author' | 'sharing' | 'pathway' | 'relays' | 'own_page' | 'links' | 'outside' | 'sought_seen';
export type PersonState = Omit<Schemas['PersonState'], OfTheNode> &
  Partial<Pick<Schemas['PersonState'], OfTheNode>>;
export type Recent = Schemas['RecentContact'];

const nil = '0'.repeat(32);
const no_text = (): Schemas['TextRegister'] => ({ values: [], replaced: [] });

export function empty_person(): PersonState {
  return {
    level: 'alias',
    alias: no_text(),
    recognise: no_text(),
    first_name: no_text(),
    surname: no_text(),
    reach: no_text(),
    sex: { hlc: '0.0', entry: nil, author: nil },
    age_band: { hlc: '0.0', entry: nil, author: nil },
    contact_count: 0,
    recent: [],
    consents: [],
    receipts: [],
    minor_acts: [],
    erased: false,
    born_hlc: '0.0',
    born_entry: nil,
    heard: [],
    undone: [],
    confirmed: [],
  };
}

/** What the day's list knows of somebody whose card is not on this device. */
export function person_of_row(row: PersonRow): PersonState {
  const state = empty_person();
  state.level = row.level;
  const name = { values: [{ entry: nil, author: nil, value: row.shown }], replaced: [] };
  if (row.level === 'identified') state.first_name = name;
  else state.alias = name;
  if (row.recognise) state.recognise = { values: [{ entry: nil, author: nil, value: row.recognise }], replaced: [] };
  if (row.age_band) state.age_band = { hlc: '0.0', entry: nil, author: nil, value: row.age_band };
  if (row.last_contact) state.last_contact = row.last_contact;
  return state;
}

export const shown_value = (register: Schemas['TextRegister']): string =>
  register.values.at(-1)?.value ?? '';

export function shown_name(state: PersonState): string {
  return shown_value(state.first_name) || shown_value(state.alias);
}

function write(
  register: Schemas['TextRegister'],
  { id: entry, author }: Draft,
  value: string | undefined,
  replaces: readonly string[],
): Schemas['TextRegister'] {
  if (value === undefined || register.values.some((one) => one.entry === entry)) return register;
  if (register.replaced.includes(entry)) return register;
  const kept = register.values.filter((one) => !replaces.includes(one.entry));
  return { values: [...kept, { entry, author, value }], replaced: [...register.replaced, ...replaces] };
}

/** `drafts` newest first, as own.drafts has them. */
export function with_drafts(state: PersonState, drafts: readonly Draft[]): PersonState {
  const undone = undone_entries(drafts);
  let now = { ...state, recent: state.recent.filter(({ entry }) => !undone.has(entry)) };
  for (const draft of [...drafts].reverse()) {
    if (!undone.has(draft.id)) now = with_draft(now, draft);
  }
  return now;
}

function with_draft(state: PersonState, draft: Draft): PersonState {
  const day = draft.occurred.date;
  switch (draft.kind) {
    case 'person_created':
    case 'person_described':
      return described(state, draft);
    case 'contact':
      return met(state, draft);
    case 'identity_given': {
      const body = draft.body as unknown as Schemas['IdentityGiven'];
      const replaces = body.replaces ?? [];
      const way = body.reach_kind ? [body.reach_kind, body.reach].filter(Boolean).join(' ') : undefined;
      return {
        ...state,
        level: 'identified',
        first_name: write(state.first_name, draft, body.first_name, replaces),
        surname: write(state.surname, draft, body.surname, replaces),
        reach: write(state.reach, draft, way, replaces),
      };
    }
    case 'consent_recorded':
      return answered(state, draft);
    case 'minor_informed':
    case 'concern_reported': {
      if (state.minor_acts.some(({ entry }) => entry === draft.id)) return state;
      const body = draft.body as { choice?: Schemas['MinorChoice']; recipient?: string; on?: string };
      const act = { entry: draft.id, author: draft.author, on: body.on ?? day, choice: body.choice, recipient: body.recipient };
      return { ...state, minor_acts: [...state.minor_acts, act] };
    }
    default:
      return state;
  }
}

function described(state: PersonState, draft: Draft): PersonState {
  const body = draft.body as unknown as Partial<Schemas['PersonDescribed']>;
  const { id: entry, hlc, author } = draft;
  const replaces = body.replaces ?? [];
  return {
    ...state,
    ...(draft.kind === 'person_created' ? { created: draft.occurred } : {}),
    alias: write(state.alias, draft, body.alias, replaces),
    recognise: write(state.recognise, draft, body.recognise, replaces),
    sex: body.sex ? { hlc, entry, author, value: body.sex } : state.sex,
    age_band: body.age_band ? { hlc, entry, author, value: body.age_band } : state.age_band,
  };
}

function met(state: PersonState, draft: Draft): PersonState {
  if (state.recent.some(({ entry }) => entry === draft.id)) return state;
  const body = draft.body as unknown as Schemas['Contact'];
  const { mode, services = [], barriers = [], next_step, next_on, note } = body;
  const contact: Recent = {
    entry: draft.id,
    occurred: draft.occurred,
    author: draft.author,
    team: body.team,
    mode,
    services,
    barriers,
    next_step,
    next_on,
    note,
    locked: draft.locked,
  };
  const recent = [contact, ...state.recent].sort((a, b) => b.occurred.instant - a.occurred.instant);
  const date = draft.occurred.date;
  return {
    ...state,
    recent,
    contact_count: state.contact_count + 1,
    last_contact: date > (state.last_contact ?? '') ? date : state.last_contact,
    first_contact: date < (state.first_contact ?? '9') ? date : state.first_contact,
  };
}

/** A refusal is shown at once; it is the node that says when an agreement lifts one. */
function answered(state: PersonState, draft: Draft): PersonState {
  const body = draft.body as unknown as Schemas['ConsentRecorded'];
  const { id: entry, hlc } = draft;
  const on = draft.occurred.date;
  const fresh = body.answers.map((answer) => ({ ...answer, entry, hlc, on }));
  const kept = state.consents.filter(
    (one) => !fresh.some(({ purpose }) => purpose === one.purpose),
  );
  const receipts =
    body.receipt_number === '' || state.receipts.some((one) => one.entry === entry)
      ? state.receipts
      : [...state.receipts, { entry, number: body.receipt_number, on, form: body.receipt }];
  return { ...state, consents: [...kept, ...fresh], receipts };
}

/** The next step that the newest contact said, if any. */
export function next_of(state: PersonState): { step: Schemas['NextStep']; on: string | null } | null {
  const last = state.recent[0];
  if (!last?.next_step || last.next_step === 'nothing') return null;
  return { step: last.next_step, on: last.next_on ?? null };
}

/** "phone 06 12…" as the register keeps it. */
export function reach_of(text: string): { kind: Schemas['ReachKind']; value: string } | null {
  const found = /^(phone|message|email|in_person)(?: (.*))?$/.exec(text);
  return found ? { kind: found[1] as Schemas['ReachKind'], value: found[2] ?? '' } : null;
}

export const live_entries = (register: Schemas['TextRegister']): string[] =>
  register.values.map(({ entry }) => entry).filter((entry) => entry !== nil);
