import { describe, expect, it } from 'vitest';
import type { RelayAct, RelayBox, RelayView } from '../../api/pathway.ts';
import { stamp } from '../../app/format.ts';
import { t } from '../../messages/relay.ts';
import {
  answering,
  beads_of,
  declining,
  disputed,
  meeting_of,
  points,
  returning,
  with_waiting,
  type Waiting,
} from './relay.ts';
import { say_rule, state_detail, waiting_word } from './say.ts';

const at = stamp(new Date('2026-11-18T09:00:00Z'));

function view(act: RelayAct, more: Partial<RelayView> = {}): RelayView {
  return {
    person: 'p1',
    shown: 'Karim',
    relay: { relay: 'r1', acts: [] },
    standing: { act, head: 'h1', from: 'o1', sender: 'a1', no_shows: 0, crossed: false, since: at },
    from: 'Mission locale',
    from_who: 'Claire',
    to: 'Le Foyer',
    days_late: 0,
    incoming: true,
    awaited: true,
    shared: [],
    agreed_on: '2026-11-18',
    can: ['accepted', 'declined'],
    ...more,
  };
}

function acted(act: RelayAct, entry: string, more: object = {}) {
  const body = { relay: 'r1', act, organisation: 'o1', ...more };
  return { entry, hlc: '1.0', occurred: at, author: 'a1', body };
}

describe('a relay that is given back', () => {
  it('names who held her before it was taken over', () => {
    const returns_to = { referent: 'a1', team: 't1' };
    expect(returning(view('taken_over', { returns_to }))).toEqual({ ...returns_to, to: 'o1' });
  });

  it('names nobody before that', () => {
    expect(returning(view('accepted'))).toEqual({});
  });
});

describe('the thread of seven points', () => {
  it('grows with each state and is whole at the end', () => {
    const way: RelayAct[] = ['prepared', 'proposed', 'acknowledged', 'accepted'];
    expect(way.map((act) => beads_of(view(act)).done)).toEqual([1, 2, 3, 4]);
    expect(beads_of(view('acknowledged'))).toEqual({ done: 3, now: 3 });
    expect(beads_of(view('meeting_held'))).toEqual({ done: 5, now: 5 });
    expect(beads_of(view('kept'))).toEqual({ done: points, now: null });
  });

  it('begins with her agreement', () => {
    expect(beads_of(view('prepared', { agreed_on: undefined }))).toEqual({ done: 0, now: 0 });
  });

  it('stays where it had come when it ends otherwise, and waits for nothing', () => {
    const acts = [acted('proposed', 'e1'), acted('accepted', 'e2'), acted('cancelled', 'e3')];
    const ended = view('cancelled', { relay: { relay: 'r1', acts } });
    expect(beads_of(ended)).toEqual({ done: 4, now: null });
    const broken = view('broken', {
      relay: { relay: 'r1', acts: [acted('kept', 'e1'), acted('broken', 'e2')] },
    });
    expect(beads_of(broken).done).toBeLessThan(points);
  });
});

describe('an act', () => {
  it('names the act it answers, and the own organisation', () => {
    expect(answering(view('acknowledged'), 'o2', 'accepted')).toEqual({
      kind: 'relay',
      subject: 'p1',
      body: { relay: 'r1', act: 'accepted', after: 'h1', organisation: 'o2' },
    });
  });

  it('leaves out what nobody said', () => {
    const { body } = declining(view('acknowledged'), 'o2', 'full', '  ');
    expect(body).toEqual({
      relay: 'r1',
      act: 'declined',
      after: 'h1',
      organisation: 'o2',
      because: 'full',
    });
  });

  it('a meeting needs a day and an hour', () => {
    expect(meeting_of('2026-11-25', '10:05', ' Place Neuve ')).toEqual({
      on: '2026-11-25',
      minute: 605,
      where: 'Place Neuve',
    });
    expect(meeting_of('2026-11-25', '', '')).toBeNull();
    expect(meeting_of('', '10:00', '')).toBeNull();
    expect(meeting_of('2026-11-25', '10:00', '')).toEqual({ on: '2026-11-25', minute: 600 });
  });
});

describe('what waits on this phone', () => {
  const told: RelayBox = { to_answer: [view('acknowledged')], late: [], received: [], sent: [], sought: [] };
  const waiting = (body: Partial<Waiting['body']>, id = 'w1'): Waiting => ({
    id,
    subject: 'p1',
    body: { relay: 'r1', act: 'accepted', after: 'h1', organisation: 'o2', ...body },
  });
  const shown = (rows: Waiting[], box = told) =>
    with_waiting(
      box,
      rows,
      (person) => (person === 'p9' ? 'Aya' : null),
      (id) => (id === 'o5' ? 'Mission locale' : null),
    );

  it('is said on the relay it answers', () => {
    const [row] = shown([waiting({})]).to_answer;
    expect(row?.waiting).toBe('accepted');
    expect(waiting_word(row!)).toContain('sur ce téléphone');
  });

  it('is over once the node knows the act', () => {
    const known = view('accepted', { relay: { relay: 'r1', acts: [acted('accepted', 'w1')] } });
    expect(shown([waiting({})], { ...told, to_answer: [known] }).to_answer[0]?.waiting).toBeNull();
  });

  it('an intention that the node does not know stands first among those sent', () => {
    const begun: Waiting = {
      id: 'w2',
      subject: 'p9',
      body: { relay: 'r9', act: 'proposed', organisation: 'o2', to: 'o5', consent: 'c1' },
    };
    const { sent } = shown([begun]);
    expect(sent[0]).toMatchObject({ shown: 'Aya', to: 'Mission locale', waiting: 'proposed' });
    expect(beads_of(sent[0]!)).toEqual({ done: 0, now: 0 });
    expect(waiting_word(sent[0]!)).toBe(t.m.waiting.proposed);
  });

  it('a later act of a relay that is not in the box is not taken for a new one', () => {
    expect(shown([waiting({ relay: 'r8' })]).sent).toEqual([]);
  });
});

describe('words', () => {
  it('the two sides may disagree on a meeting', () => {
    const said = view('no_show');
    said.standing.meeting_by_sender = 'meeting_held';
    expect(disputed(said)).toBe(false);
    said.standing.meeting_by_receiver = 'no_show';
    expect(disputed(said)).toBe(true);
  });

  it('a refusal says its reason and the other way', () => {
    const acts = [acted('declined', 'h1', { because: 'full', suggestion: 'Le CCAS' })];
    const row = { ...view('declined', { relay: { relay: 'r1', acts } }), waiting: null };
    expect(state_detail(row)).toBe(`${t.m.reasons.full} · Le CCAS`);
  });

  it('a rule has its own sentence, another refusal that of its code', () => {
    expect(say_rule({ status: 409, code: 'refused', rule: 'stale' })).toBe(t.m.rules.stale);
    expect(say_rule({ status: 403, code: 'forbidden', rule: 'unheard' })).toContain('rôle');
  });
});
