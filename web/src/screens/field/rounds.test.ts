import { describe, expect, it } from 'vitest';
import { stamp } from '../../app/format.ts';
import type { Schemas } from '../../api/client.ts';
import type { Draft } from '../../sync/draft.ts';
import { current_round, few_stops, open_rounds, stops_of } from './rounds.ts';

const noon = Date.UTC(2026, 10, 20, 12);
const at = (minutes: number) => stamp(new Date(noon + minutes * 60_000));

function draft(n: number, kind: string, subject: string, body: object, minutes: number): Draft {
  const base = { version: 1, hlc: `${n}.0`, author: 'me', locked: false };
  return { id: `d${n}`, kind, subject, body: body as never, occurred: at(minutes), ...base };
}
const start = (n: number, minutes: number) =>
  draft(n, 'round_started', 'r1', { round_kind: 'walk', team: 't', members: ['me'], volunteers: 1, stops: ['a', 'b'] }, minutes);
const newest_first = (...drafts: Draft[]) =>
  drafts.sort((a, b) => b.occurred.instant - a.occurred.instant);

function told(state: Partial<Schemas['RoundState']>): Schemas['OpenRound'] {
  const base = { members: [], volunteers: 0, stops: ['a'], moves: [], encounter_count: 0, refusals: 0, planned: [], undone: [] };
  return { id: 'r1', state: { round_kind: 'walk', team: 't', started: at(0), ...base, ...state } };
}

describe('open rounds', () => {
  it('a round started here stands at its first stop', () => {
    const [round] = open_rounds([], [start(1, 0)]);
    expect(round).toMatchObject({ id: 'r1', kind: 'walk', at: 'a', stops: ['a', 'b'], volunteers: 1 });
  });

  it('moves to a new place, which joins the stops', () => {
    const [round] = open_rounds([], newest_first(start(1, 0), draft(2, 'round_moved', 'r1', { place: 'c' }, 5)));
    expect(round).toMatchObject({ at: 'c', stops: ['a', 'b', 'c'] });
  });

  it('an older move of this phone does not undo a newer one that the node told of', () => {
    const state = { at: 'b', moved: at(9), stops: ['a', 'b'] };
    const [round] = open_rounds([told(state)], [draft(2, 'round_moved', 'r1', { place: 'a' }, 5)]);
    expect(round?.at).toBe('b');
  });

  it('ends, and an undone end opens it again', () => {
    const ended = draft(3, 'round_ended', 'r1', { refusals: 0 }, 60);
    expect(open_rounds([told({})], newest_first(start(1, 0), ended))).toEqual([]);
    const back = draft(4, 'undone', 'r1', { entry: 'd3', collection: 'round' }, 61);
    expect(open_rounds([told({})], newest_first(start(1, 0), ended, back))).toHaveLength(1);
  });

  it('an undone start was never there', () => {
    const back = draft(4, 'undone', 'r1', { entry: 'd1', collection: 'round' }, 1);
    expect(open_rounds([], newest_first(start(1, 0), back))).toEqual([]);
  });
});

describe('the round that notes go to', () => {
  const remembered = { id: 'r1', kind: 'walk', team: 't', project: null, place: 'b', started: at(0) };

  it('is what the phone remembers while nothing was told', () => {
    expect(current_round(remembered, [], [], null, 'me')).toMatchObject({ id: 'r1', at: 'b', stops: ['b'] });
  });
  it('is over when somebody else ended it', () => {
    expect(current_round(remembered, [], [], at(30).instant, 'me')).toBeNull();
  });
  it('is one’s own round of another device, and nobody else’s', () => {
    const rounds = open_rounds([told({ members: ['yann', 'me'] })], []);
    expect(current_round(null, rounds, [], null, 'me')?.id).toBe('r1');
    expect(current_round(null, rounds, [], null, 'odile')).toBeNull();
    expect(current_round(null, rounds, [], null, null)).toBeNull();
  });
  it('is over when this phone ended it, told or not', () => {
    expect(current_round(remembered, [], [draft(3, 'round_ended', 'r1', {}, 60)], null, 'me')).toBeNull();
  });
});

describe('the thread', () => {
  it('is walked up to here and dotted ahead', () => {
    const stops = stops_of({ stops: ['a', 'b', 'c'], at: 'b' });
    expect(stops.map(({ is }) => is)).toEqual(['walked', 'here', 'ahead']);
  });
  it('of many stops keeps the first, here with its neighbours, and the last', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const few = few_stops(stops_of({ stops: names, at: 'e' })).map(({ place }) => place);
    expect(few).toHaveLength(4);
    expect(few).toEqual(expect.arrayContaining(['a', 'e', 'h']));
    expect(few_stops(stops_of({ stops: ['a', 'b'], at: 'a' }))).toHaveLength(2);
  });
});
