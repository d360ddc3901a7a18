import { describe, expect, it } from 'vitest';
import type { Board, RelayView, Rupture } from '../../api/pathway.ts';
import { agenda_of, by_due, cases_of, decision_entry, is_whole, minutes_of } from './agenda.ts';

function stuck(id: string, person: string, shown: string): RelayView {
  return {
    person,
    shown,
    relay: { relay: id, acts: [] },
    standing: { act: 'proposed', head: id, from: 'o1', sender: 'a', no_shows: 0, crossed: false },
    from: 'Médiation',
    from_who: '',
    to: 'Foyer',
    days_late: 8,
    incoming: false,
    awaited: false,
    shared: [],
    can: [],
  };
}
const rupture = (person: string, cause: Rupture['cause']): Rupture => ({
  person,
  initials: `${person.toUpperCase()}.`,
  cause,
  since: '2026-09-01',
  days: 60,
  referent: 'Claire',
  organisation: 'Mission locale',
});
const board: Board = {
  day: '2026-11-23',
  stuck: [stuck('r1', 'm', 'M.'), stuck('r2', 's', 'S.'), stuck('r3', 'a', 'A.')],
  ruptures: [
    rupture('m', 'relay_unanswered'),
    rupture('l', 'no_contact'),
    rupture('k', 'no_successor'),
    rupture('l', 'meeting_disputed'),
  ],
  decisions: [
    { person: 'z', initials: 'Z.', step: 's1', what: 'Appeler', owner: 'Nadia', status: 'running' },
    {
      person: 'y',
      initials: 'Y.',
      step: 's2',
      what: 'Écrire',
      owner: 'Nadia',
      due: '2026-11-30',
      status: 'proposed',
    },
  ],
  owners: [],
};

describe('the agenda', () => {
  it('has the relays that were ticked, the ruptures and the earlier decisions', () => {
    const lines = agenda_of(board, new Set(['r1', 'r2']));
    expect(lines.map(({ heading, cases }) => [heading, cases])).toEqual([
      ['decisions', ['Z.', 'Y.']],
      ['relays', ['M.', 'S.']],
      ['successors', ['K.']],
      ['lost', ['L.']],
    ]);
    expect(minutes_of(lines)).toBe(10 + 10 + 5 + 5);
  });

  it('a person stands once, with every cause', () => {
    const cases = cases_of(board, new Set(['r1']));
    expect(cases.map(({ initials }) => initials)).toEqual(['M.', 'L.', 'K.']);
    expect(cases[0]).toMatchObject({ relay: { to: 'Foyer', days: 8 }, causes: [] });
    expect(cases[1]!.causes).toEqual(['no_contact', 'meeting_disputed']);
  });

  it('an unanswered relay that was not ticked is not a case', () => {
    expect(cases_of(board, new Set()).map(({ initials }) => initials)).toEqual(['L.', 'K.']);
  });
});

describe('a decision', () => {
  const decided = { what: ' Appeler le foyer ', owner: 'a7', due: '2026-11-30' };

  it('has somebody and a day to come', () => {
    expect(is_whole(decided, '2026-11-23')).toBe(true);
    expect(is_whole({ ...decided, due: '2026-11-22' }, '2026-11-23')).toBe(false);
    expect(is_whole({ ...decided, due: '' }, '2026-11-23')).toBe(false);
    expect(is_whole({ ...decided, owner: '' }, '2026-11-23')).toBe(false);
    expect(is_whole({ ...decided, what: '  ' }, '2026-11-23')).toBe(false);
  });

  it('is a step of the plan, said to come from a meeting', () => {
    expect(decision_entry('m', 'o1', 's9', decided)).toEqual({
      kind: 'step_set',
      subject: 'm',
      body: {
        step: 's9',
        organisation: 'o1',
        account: 'a7',
        what: 'Appeler le foyer',
        status: 'proposed',
        person_agrees: false,
        due: '2026-11-30',
        by_meeting: true,
      },
    });
  });

  it('those with a date come first', () => {
    expect(by_due(board.decisions).map(({ initials }) => initials)).toEqual(['Y.', 'Z.']);
  });
});
