// Bodies of the entries that these screens write (core/outreach/entries.h, core/people/entries.h).
// Pure: they take what was touched and give the entries; sync/note.ts seals and keeps them.
import type { Schemas } from '../../api/client.ts';
import type { LocalStamp } from '../../app/format.ts';
import type { Entry } from '../../sync/note.ts';
import type {
  Acquaintance,
  AgeBand,
  Barrier,
  ContactMode,
  NextStep,
  Service,
  Sex,
} from './vocabulary.ts';

/** Where a note goes: filled in from the open round. */
export interface Where {
  team: string;
  round: string | null;
  place: string | null;
  project: string | null;
}

/** The person a note is about. `alias` is there when she is new and this note creates her. */
export interface Chosen {
  id: string;
  shown: string;
  alias?: string;
  recognise?: string;
}

/** The screen Noter, as it is filled and as a draft keeps it. */
export interface NoteForm {
  where: Where;
  at: LocalStamp | null; // null: the moment it is saved
  count: number;
  person: Chosen | null;
  sex: Sex | null;
  age_band: AgeBand | null;
  acquaintance: Acquaintance | null;
  mode: ContactMode;
  services: Service[];
  barriers: Barrier[];
  next_step: NextStep | null;
  next_on: string | null;
  note: string;
}

export function empty_note(where: Where, mode: ContactMode = 'street'): NoteForm {
  return {
    where,
    at: null,
    count: 1,
    person: null,
    sex: null,
    age_band: null,
    acquaintance: null,
    mode,
    services: [],
    barriers: [],
    next_step: null,
    next_on: null,
    note: '',
  };
}

/** What nobody said stays out of the entry: absent means unknown (domain 5.7). */
export function said<T extends object>(body: T): T {
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  ) as T;
}

const at = (form: NoteForm) => (form.at ? { occurred: form.at } : {});

/** Without a person an encounter, never a person; with one a contact, and the person if new. */
export function entries_of(form: NoteForm): Entry[] {
  return form.person ? about_person(form, form.person) : [about_nobody(form)];
}

function about_nobody(form: NoteForm): Entry {
  const { where } = form;
  return {
    kind: 'encounter',
    subject: where.round ?? where.team,
    count: form.count,
    ...at(form),
    body: said({
      count: form.count,
      ...where,
      sex: form.sex,
      age_band: form.age_band,
      acquaintance: form.acquaintance,
      mode: form.mode,
      services: [...form.services],
      barriers: [...form.barriers],
    }),
  };
}

function about_person(form: NoteForm, person: Chosen): Entry[] {
  const { where } = form;
  const subject = person.id;
  const told = said({ sex: form.sex, age_band: form.age_band });
  const before: Entry[] = [];
  if (person.alias !== undefined) {
    const { team, project } = where;
    const body = said({ alias: person.alias, team, project, recognise: person.recognise, ...told });
    before.push({ kind: 'person_created', subject, body, ...at(form) });
  } else if (Object.keys(told).length > 0) {
    before.push({ kind: 'person_described', subject, body: { ...told, replaces: [] }, ...at(form) });
  }
  const body = said({
    ...where,
    mode: form.mode,
    services: [...form.services],
    barriers: [...form.barriers],
    next_step: form.next_step,
    next_on: form.next_step && form.next_step !== 'nothing' ? form.next_on : null,
    note: form.note.trim(),
  });
  return [...before, { kind: 'contact', subject, body, ...at(form) }];
}

export interface Precision {
  sex: Sex | null;
  age_band: AgeBand | null;
  acquaintance: Acquaintance | null;
}
export const no_precision: Precision = { sex: null, age_band: null, acquaintance: null };

/** Rencontre +1: one more, and nothing else. */
export function one_more(where: Where, more: Precision = no_precision): Entry {
  return {
    kind: 'encounter',
    subject: where.round ?? where.team,
    body: said({ count: 1, ...where, ...more, services: [], barriers: [] }),
  };
}

/** What the subject of an entry is: core/journal/kinds.h, collection_of. */
export function collection_of(line: { kind: string; body: object }): string {
  const body = line.body as { round?: string; named?: boolean; collection?: string };
  switch (line.kind) {
    case 'encounter':
      return body.round ? 'round' : 'team';
    case 'round_started':
    case 'round_moved':
    case 'round_ended':
      return 'round';
    case 'watch_session':
    case 'day_report':
      return 'team';
    case 'visit':
      return body.named ? 'person' : 'place';
    case 'place_set':
      return 'place';
    case 'undone':
    case 'confirmed':
      return body.collection ?? 'person';
    default:
      return 'person';
  }
}

export type Named = { id: string; subject: string; kind: string; body: object };

export function taken_back(line: Named): Entry {
  const body: Schemas['Undone'] = { entry: line.id, collection: collection_of(line) };
  return { kind: 'undone', subject: line.subject, body };
}

export function round_moved(round: string, place: string): Entry {
  return { kind: 'round_moved', subject: round, body: { place } satisfies Schemas['RoundMoved'] };
}
