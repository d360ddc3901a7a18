// The pure parts of the pathway: the thread's layout, the tiles' cycle, the relay's summary, what a
// form writes, and what this phone shows on top of what the node told.
import { describe, expect, it } from 'vitest';
import type { PathwayView, Thread } from '../../api/pathway.ts';
import type { Draft } from '../../sync/draft.ts';
import { stamp } from '../../app/format.ts';
import { empty_person } from '../field/person_view.ts';
import { checks_of, delivery, exit, minute_of, plus_months } from './entries.ts';
import { empty_view, with_drafts } from './overlay.ts';
import {
  agreed_entry,
  open_to,
  proposed_entry,
  receivers,
  shared_to,
  summary_of,
  type SummaryWords,
} from './summary.ts';
import { draw_thread, is_plain, spacing, without_contacts } from './thread.ts';
import {
  candidates,
  chosen_first,
  diagnosis_of,
  form_of,
  touched,
  turned,
  weighs,
  type PointForm,
} from './tiles.ts';
import {
  barriers,
  exit_groups,
  is_restricted,
  more_tiles,
  nil,
  tile_of,
  tiles,
} from './vocabulary.ts';

const [med, ml, school] = ['a'.repeat(32), 'b'.repeat(32), 'c'.repeat(32)] as const;
const organisations = [
  { id: med, name: 'Médiation' },
  { id: ml, name: 'Mission locale' },
  { id: school, name: 'Auto-école' },
];
const knot = (kind: Thread['knots'][number]['kind'], organisation: string, more: object = {}) => ({
  kind,
  on: '2026-11-14',
  to_come: false,
  organisation,
  who: '',
  what: '',
  ...more,
});

describe('the thread', () => {
  const thread: Thread = {
    organisations,
    holders: [ml, ml, ml, med, med],
    knots: [
      knot('appointment', school, { to_come: true }),
      knot('relay', ml),
      knot('referent', ml),
      knot('meeting', med, { with: ml }),
      knot('met', med),
    ],
  };
  const drawing = draw_thread(thread, [54, 130, 206, 282, 358]);

  it('runs in the line of who holds it, and loops over where it changes hand', () => {
    expect(drawing.lanes.map(({ x, held }) => [x, held])).toEqual([
      [22, false],
      [50, true],
      [78, false],
    ]);
    expect(drawing.thread.startsWith('M50 130V206')).toBe(true);
    expect(drawing.thread).toContain('C50 250 44 266 33 262');
    expect(drawing.thread).toContain('22 282V358');
    expect(drawing.thread.match(/C/g)).toHaveLength(4 + 2); // one loop, one free end
  });

  it('is dotted ahead, and ties what stands on another line to it', () => {
    expect(drawing.ahead).toBe('M50 36V130');
    expect(drawing.ties).toBe('M50 54H72M22 282H45');
    expect(drawing.dots).toContainEqual({ x: 78, y: 54, r: 5.5, kind: 'ink' });
    expect(drawing.dots).toContainEqual({ x: 50, y: 206, r: 6.5, kind: 'open' });
    expect(drawing.dots).toContainEqual({ x: 22, y: 282, r: 5, kind: 'on' });
    expect(drawing.dots).toContainEqual({ x: 50, y: 282, r: 5, kind: 'ink' });
  });

  it('loops the other way when it comes back, and from a far line ends beside the near one', () => {
    const back: Thread = { ...thread, holders: [med, ml], knots: [knot('referent', med), knot('met', ml)] };
    expect(draw_thread(back, [40, 116]).thread).toContain('C22 84 28 100 39 96');
    const far: Thread = { ...thread, holders: [school, med], knots: [knot('referent', school), knot('met', med)] };
    expect(draw_thread(far, [40, 116]).thread).toContain('C78 84 44 100 33 96');
  });

  it('before a pathway is open it is where she is met; with nothing past there is no thread', () => {
    const early: Thread = { organisations, holders: [nil], knots: [knot('met', med)] };
    expect(draw_thread(early, [40]).thread.startsWith('M22 40C')).toBe(true);
    const none: Thread = { organisations: [], holders: [], knots: [] };
    expect(draw_thread(none, [])).toMatchObject({ thread: '', ahead: '', dots: [] });
    const only_ahead: Thread = { organisations, holders: [med], knots: [knot('appointment', med, { to_come: true })] };
    expect(draw_thread(only_ahead, [40])).toMatchObject({ thread: '', ahead: 'M22 36V40' });
  });

  it('nine organisations stay beside the text: the last lines are one', () => {
    const many = Array.from({ length: 9 }, (_, n) => ({ id: String(n).repeat(32), name: `${n}` }));
    const wide = draw_thread({ organisations: many, holders: [], knots: [] }, []);
    expect(wide.lanes).toHaveLength(6);
    expect(wide.width).toBeLessThan(160);
    expect([spacing(3), spacing(4), spacing(6)]).toEqual([28, 26, 22]);
  });

  it('leaves plain contacts to their list, and the lines that only had those', () => {
    const with_contact: Thread = {
      organisations,
      holders: [ml, med],
      knots: [knot('contact', school), knot('met', med)],
    };
    expect(without_contacts(with_contact)).toEqual({
      organisations: [organisations[0]],
      holders: [med],
      knots: [with_contact.knots[1]],
    });
  });

  it('is plain while there are only contacts of one organisation', () => {
    const plain = { organisations: [organisations[0]!], holders: [nil], knots: [knot('met', med)] };
    expect(is_plain(plain)).toBe(true);
    expect(is_plain(thread)).toBe(false);
    expect(is_plain({ ...plain, knots: [knot('referent', med)] })).toBe(false);
  });
});

describe('Faire le point', () => {
  const empty: PointForm = { person: {}, professional: {}, first: [], goals: [''] };

  it('has every subject once, ten in sight, four of them read by the referent alone', () => {
    expect(tiles).toHaveLength(10);
    expect(new Set(barriers).size).toBe(21);
    expect([...tiles, ...more_tiles].filter(({ barrier }) => is_restricted(barrier))).toHaveLength(4);
    expect(tile_of('legal').icon).toBe('scales');
  });

  it('one touch turns a tile: not a worry, a little, it blocks, and round again', () => {
    let level = turned('not_explored');
    expect(level).toBe('none');
    level = turned(level);
    expect(level).toBe('light');
    level = turned(level);
    expect(level).toBe('blocking');
    expect(turned(level)).toBe('not_explored');
  });

  it('two voices are apart, and what no longer blocks is no longer first', () => {
    let form = touched(touched(empty, 'person', 'mobility'), 'person', 'mobility');
    form = touched(form, 'professional', 'mobility');
    expect(form.person.mobility).toBe('light');
    expect(form.professional.mobility).toBe('none');
    form = chosen_first(form, 'mobility');
    expect(form.first).toEqual(['mobility']);
    form = touched(form, 'person', 'mobility'); // blocking
    form = touched(form, 'person', 'mobility'); // taken back
    expect(weighs(form, 'mobility')).toBe(false);
    expect(form.first).toEqual([]);
  });

  it('at most three come first, her knots before her loops', () => {
    let form: PointForm = {
      ...empty,
      person: { money: 'light', housing: 'blocking', health: 'none', mobility: 'light' },
      professional: { mobility: 'blocking', digital: 'light' },
    };
    expect(candidates(form)).toEqual(['housing', 'mobility', 'money', 'digital']);
    for (const one of candidates(form)) form = chosen_first(form, one);
    expect(form.first).toEqual(['housing', 'mobility', 'money']);
    expect(chosen_first(form, 'mobility').first).toEqual(['housing', 'money']);
  });

  it('writes what was said, never what was not spoken of, and what was taken back', () => {
    const before = [
      {
        barrier: 'money' as const,
        by_person: 'light' as const,
        by_professional: 'not_explored' as const,
        first: true,
        restricted: false,
        on: '2026-10-01',
        history: [],
      },
    ];
    let form = form_of({ barriers: before, goals: ['Travailler'] });
    expect(form).toMatchObject({ person: { money: 'light' }, first: ['money'], goals: ['Travailler'] });
    form = touched(touched(form, 'person', 'money'), 'person', 'money'); // not explored again
    form = { ...touched(form, 'professional', 'digital'), goals: ['  Le code  ', '  '] };
    expect(diagnosis_of(form, before, true)).toEqual({
      lines: [
        { barrier: 'money', level: 'not_explored', said_by: 'person' },
        { barrier: 'digital', level: 'none', said_by: 'professional' },
      ],
      first: [],
      goals: ['Le code'],
      validated: true,
    });
  });
});

const words: SummaryWords = {
  barrier: (one) => one,
  age: (band) => band,
  reach: (kind, value) => `${kind} ${value}`,
  contacts: (count) => `${count} contacts`,
  steps: (done, total) => `${done}/${total}`,
  appointments: (to_come, past) => `${to_come}+${past}`,
  exits: (count) => `${count} exits`,
  restricted: 'locked',
};

describe('the summary of a relay', () => {
  const line = (barrier: string, by_person: string, restricted = false) => ({
    barrier,
    by_person,
    by_professional: 'not_explored',
    first: false,
    restricted,
    on: '2026-11-01',
    history: [],
  });
  const view = {
    ...empty_view('p'),
    goals: ['Travailler avec des animaux.'],
    barriers: [line('mobility', 'blocking'), line('money', 'none'), line('health', 'light', true)],
  } as unknown as PathwayView;
  const person = {
    ...empty_person(),
    contact_count: 4,
    first_name: { values: [{ entry: 'e', author: 'a', value: 'Aya' }], replaced: [] },
    reach: { values: [{ entry: 'e', author: 'a', value: 'message 06' }], replaced: [] },
  };

  it('offers only what says something; what is restricted tells that it is there, not what', () => {
    expect(summary_of(person, view, words)).toEqual([
      { field: 'goals', text: '« Travailler avec des animaux. »', restricted: false },
      { field: 'first_name', text: 'Aya', restricted: false },
      { field: 'reach', text: 'message 06', restricted: false },
      { field: 'barriers', text: 'mobility', restricted: false },
      { field: 'contacts', text: '4 contacts', restricted: false },
      { field: 'health', text: 'locked', restricted: true },
    ]);
  });

  it('without her page on this device the subjects stand alone, never a restricted one', () => {
    const lines = summary_of(null, null, words);
    expect(lines.every(({ text }) => text === '')).toBe(true);
    expect(lines.map(({ field }) => field)).toContain('goals');
    expect(lines.some(({ restricted }) => restricted)).toBe(false);
  });

  it('is an agreement for one organisation, and the relay rests on it', () => {
    const agreed = agreed_entry('p', 'e1', {
      organisation: ml,
      purpose: 'relay',
      fields: ['goals'],
      until: null,
      how: 'shown',
      wording: 'w',
      receipt_number: 'N',
      receipt: 'screen',
      replaces: [],
    });
    expect(agreed).toMatchObject({ id: 'e1', kind: 'sharing_agreed', subject: 'p' });
    expect(agreed.body).not.toHaveProperty('until');
    const proposal = { id: 'e2', relay: 'r', organisation: med, need: ' le code ', step: null, consent: 'e1' };
    const relay = proposed_entry('p', { ...proposal, receiver: { to: ml } });
    expect(relay.body).toEqual({
      relay: 'r',
      act: 'proposed',
      organisation: med,
      to: ml,
      need: 'le code',
      consent: 'e1',
    });
    expect(shared_to({ to: ml })).toBe(ml);
    expect(shared_to({ to_outside: 'Auto-école du Cher' })).toBe(nil);
  });

  it('is never offered to oneself; who follows already comes first', () => {
    expect(receivers(organisations, med, new Set([ml])).map(({ id }) => id)).toEqual([ml, school]);
    expect(receivers(organisations, school, new Set()).map(({ name }) => name)).toEqual([
      'Médiation',
      'Mission locale',
    ]);
  });

  it('knows a relay that is still under way to the same place', () => {
    const to = (act: string) => [{ standing: { to: ml, act } }] as never;
    expect(open_to(to('proposed'), ml)).not.toBeNull();
    expect(open_to(to('declined'), ml)).toBeNull();
    expect(open_to(to('taken_over'), ml)).toBeNull();
    expect(open_to(to('proposed'), med)).toBeNull();
  });
});

describe('entries of a plan', () => {
  const me = { account: 'a', organisation: med, team: 't', project: null };

  it('leave out what nobody said', () => {
    const { body } = delivery('p', me, { service: ' Atelier CV ', barrier: null, minutes: 0, cost_cents: null });
    expect(body).toEqual({ organisation: med, team: 't', service: 'Atelier CV', minutes: 0 });
    const given = { type: 'cdi' as const, from: '2026-05-31', evidence: 'declared' as const, place: ' ' };
    expect(exit('p', me, given).body).toEqual({
      organisation: med,
      team: 't',
      type: 'cdi',
      from: '2026-05-31',
      evidence: 'declared',
    });
  });

  it('every kind of situation is in one group', () => {
    const all = Object.values(exit_groups).flat();
    expect(all).toHaveLength(27);
    expect(new Set(all).size).toBe(27);
  });

  it('checks are due at 1, 3 and 6 months, and take the last word said for each', () => {
    expect(plus_months('2026-05-31', 1)).toBe('2026-06-30');
    expect(plus_months('2026-11-30', 3)).toBe('2027-02-28');
    const check = (on: string, situation: 'holds' | 'ended') => ({ exit: 'x', on, situation });
    const line = {
      exit: 'x',
      declared: { organisation: med, team: 't', type: 'cdi', from: '2026-01-15', evidence: 'declared' },
      organisation: 'Médiation',
      checks: [check('2026-02-10', 'holds'), check('2026-04-20', 'ended')],
      holds: false,
      stable: false,
    } as const;
    expect(checks_of(line as never)).toEqual([
      { months: 1, due: '2026-02-15', said: 'holds' },
      { months: 3, due: '2026-04-15', said: 'ended' },
      { months: 6, due: '2026-07-15', said: null },
    ]);
  });

  it('an hour is an hour', () => {
    expect(minute_of('14:30')).toBe(870);
    expect(minute_of('24:00')).toBeNull();
    expect(minute_of('')).toBeNull();
  });
});

describe('what this phone noted stands on top of what the node told', () => {
  const draft = (n: number, kind: string, body: object): Draft => ({
    id: `d${n}`,
    kind,
    subject: 'p',
    body: body as never,
    version: 1,
    occurred: stamp(),
    hlc: `${n}.0`,
    author: 'me',
    locked: false,
  });
  const step = { step: 's', organisation: med, what: 'Le code', status: 'proposed', person_agrees: true, by_meeting: false };

  it('a sitting, a step and its change, an appointment, a pause', () => {
    const view = with_drafts(
      null,
      [
        draft(5, 'pause_agreed', { until: '2026-12-05' }),
        draft(4, 'attempt_made', { mode: 'phone' }),
        draft(3, 'step_set', { ...step, status: 'done' }),
        draft(2, 'step_set', step),
        draft(1, 'diagnosis', {
          lines: [{ barrier: 'health', level: 'light', said_by: 'person' }],
          first: ['health'],
          goals: ['Dormir'],
          validated: true,
        }),
      ],
      'p',
    )!;
    expect(view.steps).toMatchObject([{ set: { status: 'done' }, mine: true }]);
    expect(view.barriers).toMatchObject([
      { barrier: 'health', by_person: 'light', first: true, restricted: true },
    ]);
    expect(view).toMatchObject({ goals: ['Dormir'], validated: true, attempts: 1 });
    expect(view.stage).toMatchObject({ side: 'paused', until: '2026-12-05' });
  });

  it('is nothing when nothing was told and nothing waits', () => {
    expect(with_drafts(null, [], 'p')).toBeNull();
    expect(with_drafts(null, [draft(1, 'relay', { act: 'proposed' })], 'p')).toBeNull();
  });
});
