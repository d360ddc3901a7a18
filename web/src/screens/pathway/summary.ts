// Passer le relais: what could be told, line by line, unticked; what she ticks becomes an agreement
// for one organisation, and the relay rests on it. Pure.
import type {
  Barrier,
  HowExplained,
  PathwayView,
  ReceiptForm,
  RelayView,
  SharedField,
  SharingPurpose,
} from '../../api/pathway.ts';
import type { Entry } from '../../sync/note.ts';
import { reach_of, shown_value, type PersonState } from '../field/person_view.ts';
import { is_restricted, nil, shared_fields } from './vocabulary.ts';

export interface SummaryLine {
  field: SharedField;
  text: string; // what is known of it here; '' when it is only on the node
  restricted: boolean;
}

/** The words that a summary needs, given by the screen in its language. */
export interface SummaryWords {
  barrier: (barrier: Barrier) => string;
  age: (band: string) => string;
  reach: (kind: string, value: string) => string;
  contacts: (count: number) => string;
  steps: (done: number, total: number) => string;
  appointments: (to_come: number, past: number) => string;
  exits: (count: number) => string;
  restricted: string;
}

const joined = (parts: readonly string[]) => parts.filter(Boolean).join(', ');
const weighs = ({ by_person, by_professional }: PathwayView['barriers'][number]) =>
  [by_person, by_professional].some((level) => level === 'light' || level === 'blocking');

/**
 * The lines that say something; a subject with nothing in it is not offered. Where the page of the
 * person is not on this device, `view` is null: the subjects are offered without their text, the
 * restricted ones are not.
 */
export function summary_of(
  person: PersonState | null,
  view: PathwayView | null,
  words: SummaryWords,
): SummaryLine[] {
  return shared_fields.flatMap((field) => {
    const restricted = is_restricted(field as Barrier);
    const text = text_of(field, person, view, words);
    const unknown = text === '' && !restricted && (is_told_by_view(field) ? view : person) === null;
    return text !== '' || unknown ? [{ field, text, restricted }] : [];
  });
}

const is_told_by_view = (field: SharedField) =>
  !['alias', 'first_name', 'surname', 'reach', 'age_band', 'contacts'].includes(field);

function text_of(
  field: SharedField,
  person: PersonState | null,
  view: PathwayView | null,
  words: SummaryWords,
): string {
  switch (field) {
    case 'alias':
    case 'first_name':
    case 'surname':
      return person ? shown_value(person[field]) : '';
    case 'reach': {
      const reach = person ? reach_of(shown_value(person.reach)) : null;
      return reach ? words.reach(reach.kind, reach.value) : '';
    }
    case 'age_band':
      return person?.age_band.value ? words.age(person.age_band.value) : '';
    case 'contacts':
      return person && person.contact_count > 0 ? words.contacts(person.contact_count) : '';
    case 'goals':
      return joined((view?.goals ?? []).map((goal) => `« ${goal} »`));
    case 'barriers':
      return joined(
        (view?.barriers ?? [])
          .filter((line) => !line.restricted && !is_restricted(line.barrier) && weighs(line))
          .map((line) => words.barrier(line.barrier)),
      );
    case 'steps': {
      const steps = (view?.steps ?? []).filter(({ set }) => set.status !== 'dropped');
      const done = steps.filter(({ set }) => set.status === 'done').length;
      return steps.length > 0 ? words.steps(done, steps.length) : '';
    }
    case 'appointments': {
      const all = (view?.appointments ?? []).filter(({ set }) => set.status !== 'cancelled');
      const to_come = all.filter(({ set }) => set.status === 'planned').length;
      return all.length > 0 ? words.appointments(to_come, all.length - to_come) : '';
    }
    case 'exits':
      return view && view.exits.length > 0 ? words.exits(view.exits.length) : '';
    default: {
      const line = view?.barriers.find(({ barrier }) => barrier === field);
      return line && weighs(line) ? words.restricted : '';
    }
  }
}

export interface Agreement {
  organisation: string;
  purpose: SharingPurpose;
  fields: readonly SharedField[];
  until: string | null;
  how: HowExplained;
  wording: string;
  receipt_number: string;
  receipt: ReceiptForm;
  replaces: readonly string[]; // withdrawals that the worker saw
}

export function agreed_entry(person: string, id: string, agreement: Agreement): Entry {
  const { until, fields, replaces, ...rest } = agreement;
  const body = { ...rest, fields: [...fields], replaces: [...replaces], ...(until ? { until } : {}) };
  return { id, kind: 'sharing_agreed', subject: person, body };
}

export function withdrawn_entry(person: string, organisation: string | null): Entry {
  const body = organisation === null ? {} : { organisation };
  return { kind: 'sharing_withdrawn', subject: person, body };
}

/** To an organisation of the platform, or outside it as it is called. */
export type Receiver = { to: string } | { to_outside: string };

/** Whose agreement it is: nil for somebody outside, who reads nothing here. */
export const shared_to = (receiver: Receiver): string =>
  'to' in receiver ? receiver.to : nil;

export function proposed_entry(
  person: string,
  proposal: {
    id: string;
    relay: string;
    organisation: string;
    receiver: Receiver;
    need: string;
    step: string | null;
    consent: string;
  },
): Entry {
  const { id, relay, organisation, receiver, need, step, consent } = proposal;
  const body = {
    relay,
    act: 'proposed',
    organisation,
    ...receiver,
    ...(need.trim() ? { need: need.trim() } : {}),
    ...(step ? { step } : {}),
    consent,
  };
  return { id, kind: 'relay', subject: person, body };
}

const over = ['declined', 'returned', 'cancelled', 'withdrawn', 'kept', 'broken', 'taken_over'];

/** A relay to the same place that is still under way: a second one is refused by the node. */
export const open_to = (relays: readonly RelayView[], organisation: string): RelayView | null =>
  relays.find(({ standing }) => standing.to === organisation && !over.includes(standing.act)) ?? null;

/** Those who already follow her come first; then by name. The own one is never offered. */
export function receivers<T extends { id: string; name: string }>(
  all: readonly T[],
  own: string,
  known: ReadonlySet<string>,
): T[] {
  return all
    .filter(({ id }) => id !== own)
    .sort(
      (a, b) => Number(known.has(b.id)) - Number(known.has(a.id)) || a.name.localeCompare(b.name),
    );
}
