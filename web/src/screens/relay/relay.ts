// A relay as the screens draw and change it. Pure: where it stands on the thread of seven points,
// what its state is called, and the bodies of the acts (core/relay/entries.h).
import type {
  DeclinedBecause,
  MeetingPlan,
  Relay,
  RelayAct,
  RelayBox,
  RelayView,
} from '../../api/pathway.ts';
import type { Entry } from '../../sync/note.ts';

/** Agreement, sent, received, accepted, meeting, taken over, kept. */
export const points = 7;

const reached: Record<RelayAct, number> = {
  prepared: 1,
  proposed: 2,
  acknowledged: 3,
  accepted: 4,
  declined: 0,
  meeting_set: 4,
  meeting_held: 5,
  no_show: 4,
  taken_over: 6,
  kept: 7,
  broken: 0,
  returned: 0,
  cancelled: 0,
  withdrawn: 0,
};
const ends: readonly RelayAct[] = ['declined', 'broken', 'returned', 'cancelled', 'withdrawn'];

export interface Beads {
  /** Points that the thread has passed. */
  done: number;
  /** The point that is awaited; null when nothing is. */
  now: number | null;
}

/** `waiting`: an act that is still on this phone. */
export function beads_of(view: Pick<RelayView, 'relay' | 'standing' | 'agreed_on'>): Beads {
  const { act } = view.standing;
  if (!ends.includes(act)) {
    const done = act === 'prepared' && !view.agreed_on ? 0 : reached[act];
    return { done, now: done < points ? done : null };
  }
  const done = Math.max(0, ...view.relay.acts.map(({ body }) => reached[body.act]));
  return { done: Math.min(done, points - 1), now: null };
}

export const is_over = (act: RelayAct): boolean => ends.includes(act) || act === 'kept';

/** What one side said of the meeting and the other did not, or the reverse of it. */
export function disputed({ standing }: Pick<RelayView, 'standing'>): boolean {
  const { meeting_by_sender: one, meeting_by_receiver: other } = standing;
  return one !== undefined && other !== undefined && one !== other;
}

/** The body of an act that answers where the relay stands. */
export function answering(
  view: RelayView,
  organisation: string,
  act: RelayAct,
  more: Partial<Relay> = {},
): Entry {
  return {
    kind: 'relay',
    subject: view.person,
    body: {
      relay: view.relay.relay,
      act,
      after: view.standing.head,
      organisation,
      ...said(more),
    } satisfies Relay,
  };
}

/** Given back after it was taken over: who held her before is her referent again (law 4). */
export function returning(view: RelayView): Partial<Relay> {
  return view.returns_to ? { ...view.returns_to, to: view.standing.from } : {};
}

function said(more: Partial<Relay>): Partial<Relay> {
  return Object.fromEntries(
    Object.entries(more).filter(([, value]) => value !== undefined && value !== ''),
  ) as Partial<Relay>;
}

export function declining(
  view: RelayView,
  organisation: string,
  because: DeclinedBecause,
  suggestion: string,
): Entry {
  return answering(view, organisation, 'declined', { because, suggestion: suggestion.trim() });
}

export function meeting_of(on: string, time: string, where: string): MeetingPlan | null {
  const found = /^(\d\d):(\d\d)$/.exec(time);
  if (!/^\d{4}-\d\d-\d\d$/.test(on) || !found) return null;
  const place = where.trim();
  const minute = Number(found[1]) * 60 + Number(found[2]);
  return { on, minute, ...(place === '' ? {} : { where: place }) };
}

/** What the node told, and on top of it what this phone wrote and the node has not answered for. */
export interface Waiting {
  id: string;
  subject: string;
  body: Relay;
}
export interface Shown extends RelayView {
  /** The act of this phone that is not sent yet. */
  waiting: RelayAct | null;
}
export interface ShownBox {
  to_answer: Shown[];
  late: Shown[];
  received: Shown[];
  sent: Shown[];
}

export function with_waiting(
  box: RelayBox,
  waiting: readonly Waiting[],
  name_of: (person: string) => string | null,
  organisation_name: (id: string) => string | null,
): ShownBox {
  const last = new Map<string, Waiting>();
  for (const one of waiting) last.set(one.body.relay, one); // oldest first: the newest stays
  const on_top = (view: RelayView): Shown => {
    const mine = last.get(view.relay.relay);
    last.delete(view.relay.relay);
    const known = mine && view.relay.acts.some(({ entry }) => entry === mine.id);
    return { ...view, waiting: mine && !known ? mine.body.act : null };
  };
  const shown = {
    to_answer: box.to_answer.map(on_top),
    late: box.late.map(on_top),
    received: box.received.map(on_top),
    sent: box.sent.map(on_top),
  };
  const begun = [...last.values()].filter(({ body }) => !body.after || body.act === 'proposed');
  return {
    ...shown,
    sent: [...begun.map((one) => intention(one, name_of, organisation_name)), ...shown.sent],
  };
}

/** A relay proposed without network: the node does not know it yet. */
function intention(
  { subject, body, id }: Waiting,
  name_of: (person: string) => string | null,
  organisation_name: (id: string) => string | null,
): Shown {
  return {
    person: subject,
    shown: name_of(subject) ?? '',
    relay: { relay: body.relay, acts: [] },
    standing: {
      act: 'prepared',
      head: id,
      from: body.organisation,
      sender: '',
      no_shows: 0,
      crossed: false,
    },
    from: '',
    from_who: '',
    to: body.to_outside ?? (body.to ? (organisation_name(body.to) ?? '') : ''),
    ...(body.need ? { need: body.need } : {}),
    days_late: 0,
    incoming: false,
    awaited: false,
    shared: [],
    ...(body.consent ? { agreed_on: '' } : {}),
    can: [],
    waiting: body.act,
  };
}
