import { describe, expect, it } from 'vitest';
import { field_day, stamp } from '../../app/format.ts';
import type { Schemas } from '../../api/client.ts';
import type { Draft } from '../../sync/draft.ts';
import { counted, lines_of, shown_of, state_of_all, to_do_of } from './lines.ts';

const base = new Date(2026, 10, 20, 14, 0).getTime();
const at = (minutes: number) => stamp(new Date(base + minutes * 60_000));
const today = field_day(at(0));

function draft(n: number, kind: string, body: object, minutes = n, locked = false): Draft {
  const rest = { version: 1, hlc: `${n}.0`, author: 'me', locked };
  return { id: `d${n}`, kind, subject: 's', body: body as never, occurred: at(minutes), ...rest };
}
function row(entry: string, kind: string, body: object, minutes: number, more = {}): Schemas['DayRow'] {
  const rest = { own: true, undone: false, unconfirmed: false, late: false, author_name: 'Yann' };
  return { entry, subject: 's', kind, occurred: at(minutes), body: body as never, ...rest, ...more };
}
const nobody = () => null;

describe('Noté aujourd’hui', () => {
  it('is one row an entry, wherever it is known from, newest first', () => {
    const lines = lines_of([row('d1', 'encounter', { count: 1 }, 1)], [draft(2, 'contact', {}), draft(1, 'encounter', { count: 1 })], today, nobody);
    expect(lines.map(({ id }) => id)).toEqual(['d2', 'd1']);
  });

  it('leaves out what was taken back, here or elsewhere, before or after it was told', () => {
    const drafts = [draft(3, 'undone', { entry: 'd1', collection: 'round' }), draft(1, 'encounter', {}), draft(4, 'encounter', {})];
    const told = [row('d1', 'encounter', {}, 1), row('d4', 'encounter', {}, 4, { undone: true })];
    expect(lines_of(told, drafts, today, nobody)).toEqual([]);
  });

  it('leaves out another day’s rows of this phone', () => {
    expect(lines_of([], [draft(1, 'encounter', {}, -24 * 60)], today, nobody)).toEqual([]);
    const at_two = draft(2, 'encounter', {}, 12 * 60); // 02:00 the next day
    expect(lines_of([], [at_two], today, nobody)).toHaveLength(1);
  });

  it('asks to confirm what was noted on a locked phone, until it is', () => {
    const noted = draft(1, 'encounter', {}, 1, true);
    expect(lines_of([], [noted], today, nobody)[0]?.unconfirmed).toBe(true);
    const confirmed = draft(2, 'confirmed', { entry: 'd1', collection: 'round' });
    expect(lines_of([], [confirmed, noted], today, nobody)[0]?.unconfirmed).toBe(false);
    const told = [row('d1', 'encounter', {}, 1, { unconfirmed: true })];
    expect(lines_of(told, [confirmed], today, nobody)[0]?.unconfirmed).toBe(false);
  });

  it('says who wrote a row of somebody else', () => {
    const [line] = lines_of([row('x', 'contact', {}, 1, { own: false })], [], today, nobody);
    expect(line).toMatchObject({ own: false, author: 'Yann' });
  });
});

describe('the tally', () => {
  const plain = (n: number, round: string | undefined, place?: string) =>
    draft(n, 'encounter', { count: 1, ...(round ? { round } : {}), ...(place ? { place } : {}), services: [] });

  it('is one row a round, at the place of its newest', () => {
    const drafts = [plain(5, 'r1', 'a'), draft(4, 'encounter', { count: 2, round: 'r1', services: ['snack'] }), plain(3, 'r1', 'b'), plain(2, undefined)];
    const shown = shown_of(lines_of([], drafts, today, nobody));
    expect(shown).toHaveLength(3);
    expect(shown[0]).toMatchObject({ tally: { count: 2, places: 2 } });
    expect(shown[1]).toMatchObject({ line: { id: 'd4' } });
    expect(shown[2]).toMatchObject({ tally: { count: 1, places: 0 } });
  });

  it('counts every encounter of the round by place, persons summed', () => {
    const drafts = [plain(5, 'r1', 'a'), draft(4, 'encounter', { count: 3, round: 'r1', place: 'b' }), plain(3, 'r2', 'a')];
    const lines = lines_of([], drafts, today, nobody);
    expect(counted(lines, 'r1')).toEqual({ total: 4, by_place: [{ place: 'a', count: 1 }, { place: 'b', count: 3 }] });
    expect(counted(lines, null).total).toBe(0);
  });

  it('shows the state that asks for most care', () => {
    expect(state_of_all(['sent', 'on_device', 'sending'])).toBe('on_device');
    expect(state_of_all(['sent', 'to_check'])).toBe('to_check');
    expect(state_of_all([])).toBe('sent');
  });
});

describe('À faire', () => {
  const told = { person: 's', shown: 'Aya', step: 'call_back' as const };
  it('follows the newest contact of this phone', () => {
    expect(to_do_of([told], [], nobody)).toEqual([told]);
    expect(to_do_of([told], [draft(1, 'contact', { next_step: 'nothing' })], nobody)).toEqual([]);
    const drafts = [draft(2, 'contact', { next_step: 'meet_again' }), draft(1, 'contact', {})];
    expect(to_do_of([], drafts, () => 'Momo')).toMatchObject([{ shown: 'Momo', step: 'meet_again' }]);
    const back = draft(3, 'undone', { entry: 'd2' });
    expect(to_do_of([told], [back, drafts[0]!], nobody)).toEqual([told]);
  });
});
