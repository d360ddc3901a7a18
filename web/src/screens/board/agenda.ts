// The agenda of a case meeting, built from what is stuck (R15, R36): the relays that were ticked,
// every rupture, the decisions of earlier meetings. Cases are initials; a person stands once.
import type { Board, Decision, RuptureCause } from '../../api/pathway.ts';

export const minutes_a_case = 5;
export const minutes_of_decisions = 10;

export type Heading = 'decisions' | 'relays' | 'successors' | 'disputed' | 'lost';

export interface AgendaLine {
  heading: Heading;
  /** Initials, in the order of the board. */
  cases: string[];
  minutes: number;
}

export interface Case {
  person: string;
  initials: string;
  /** Why it is on the agenda: a stuck relay, and the causes of ruptures. */
  relay: { to: string; days: number } | null;
  causes: RuptureCause[];
}

const headings: readonly { heading: Heading; causes: readonly RuptureCause[] }[] = [
  { heading: 'successors', causes: ['no_successor', 'interim_over'] },
  { heading: 'disputed', causes: ['meeting_disputed'] },
  { heading: 'lost', causes: ['no_contact', 'relay_unanswered'] },
];

export function cases_of(board: Board, ticked: ReadonlySet<string>): Case[] {
  const found = new Map<string, Case>();
  const of = (person: string, initials: string) => {
    const known = found.get(person) ?? { person, initials, relay: null, causes: [] };
    found.set(person, known);
    return known;
  };
  for (const view of board.stuck) {
    if (!ticked.has(view.relay.relay)) continue;
    of(view.person, view.shown).relay ??= { to: view.to, days: view.days_late };
  }
  for (const { person, initials, cause } of board.ruptures) {
    // An unanswered relay is on the agenda when it is ticked.
    if (cause === 'relay_unanswered' && board.stuck.some((view) => view.person === person)) continue;
    const one = of(person, initials);
    if (!one.causes.includes(cause)) one.causes.push(cause);
  }
  return [...found.values()];
}

export function agenda_of(board: Board, ticked: ReadonlySet<string>): AgendaLine[] {
  const lines: AgendaLine[] = [];
  const cases = cases_of(board, ticked);
  const add = (heading: Heading, some: readonly Case[]) => {
    if (some.length === 0) return;
    const initials = some.map((one) => one.initials);
    lines.push({ heading, cases: initials, minutes: some.length * minutes_a_case });
  };
  if (board.decisions.length > 0) {
    const initials = board.decisions.map((one) => one.initials);
    lines.push({ heading: 'decisions', cases: initials, minutes: minutes_of_decisions });
  }
  add(
    'relays',
    cases.filter(({ relay }) => relay !== null),
  );
  for (const { heading, causes } of headings) {
    add(
      heading,
      cases.filter(
        (one) => one.relay === null && one.causes.length > 0 && causes.includes(one.causes[0]!),
      ),
    );
  }
  return lines;
}

export const minutes_of = (lines: readonly AgendaLine[]): number =>
  lines.reduce((sum, { minutes }) => sum + minutes, 0);

export interface Decided {
  what: string;
  owner: string;
  due: string;
}

export const is_whole = ({ what, owner, due }: Decided, today: string): boolean =>
  what.trim() !== '' && owner !== '' && /^\d{4}-\d\d-\d\d$/.test(due) && due >= today;

/** A decision becomes a step of the plan, owned by the organisation that decided. */
export function decision_entry(
  person: string,
  organisation: string,
  step: string,
  { what, owner, due }: Decided,
) {
  return {
    kind: 'step_set',
    subject: person,
    body: {
      step,
      organisation,
      account: owner,
      what: what.trim(),
      status: 'proposed',
      person_agrees: false,
      due,
      by_meeting: true,
    },
  };
}

/** Open decisions first by their date. */
export const by_due = (decisions: readonly Decision[]): Decision[] =>
  [...decisions].sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'));
