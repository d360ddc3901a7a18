import { describe, expect, it } from 'vitest';
import {
  can_run,
  contact_of,
  lines_of,
  marked,
  name_of,
  piece_bytes,
  pieces_of,
  plus_days,
  share,
  shown_date,
} from './comparison.ts';

const shown = (parts: { text: string; differs: boolean }[]) =>
  parts.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('');

describe('what differs', () => {
  it('is marked on both sides', () => {
    const [left, right] = marked('Mathys', 'Matis');
    expect([shown(left), shown(right)]).toEqual(['Mat[hy]s', 'Mat[i]s']);
    expect(marked('EXEMPLE-DURVAL', 'EXEMPLE DURVAL').map(shown)).toEqual([
      'EXEMPLE[-]DURVAL',
      'EXEMPLE[ ]DURVAL',
    ]);
  });

  it('is not a capital or an accent', () => {
    expect(marked('Inès', 'INES').map(shown)).toEqual(['Inès', 'INES']);
  });

  it('loses no letter, however long', () => {
    const long = 'rue '.repeat(60);
    for (const parts of marked(long, `${long}bis`)) {
      expect(parts.map(({ text }) => text).join('').startsWith(long)).toBe(true);
    }
    expect(marked('', 'x').map(shown)).toEqual(['', '[x]']);
  });
});

describe('a pair', () => {
  it('shows each field that one of the two has, in one order', () => {
    const cells = (...given: [string, string][]) =>
      given.map(([field, value]) => ({ field: field as 'surname', value }));
    const lines = lines_of({
      left: { list: 1, row: 2, cells: cells(['given_name', 'Léa'], ['surname', 'Roy']) },
      right: { list: 2, row: 9, cells: cells(['surname', 'Roi'], ['phone', '06'], ['sex', '']) },
      marks: [
        { field: 'surname', agree: 'close' },
        { field: 'given_name', agree: 'missing' },
      ],
    });
    expect(lines).toEqual([
      { field: 'surname', left: 'Roy', right: 'Roi', agree: 'close' },
      { field: 'given_name', left: 'Léa', right: '', agree: 'missing' },
      { field: 'phone', left: '', right: '06', agree: 'missing' },
    ]);
  });

  it('names and contacts are read from the cells', () => {
    const cells = [
      { field: 'surname', value: 'Roy' },
      { field: 'given_name', value: ' Léa ' },
      { field: 'phone', value: '06 12' },
    ] as const;
    expect(name_of(cells)).toBe('Léa Roy');
    expect(contact_of(cells)).toBe('06 12');
    expect(name_of([])).toBe('Sans nom');
  });
});

describe('lists', () => {
  it('go in pieces that the node takes', () => {
    expect([0, 1, piece_bytes, piece_bytes + 1].map(pieces_of)).toEqual([1, 1, 1, 2]);
  });

  it('are compared when one of each kind is ready', () => {
    const watched = { role: 'watched', ready: true } as const;
    const known = { role: 'known', ready: true } as const;
    expect(can_run([watched])).toBe(false);
    expect(can_run([watched, known])).toBe(true);
    expect(can_run([watched, known, { role: 'known', ready: false }])).toBe(false);
  });
});

it('dates are read in one way, whatever the list writes', () => {
  expect(['20050131', '2005-01-31', '31/01/2005', '3.1.2005', '2005', '31/02/2005'].map(shown_date)).toEqual([
    '31/01/2005',
    '31/01/2005',
    '31/01/2005',
    '03/01/2005',
    '2005',
    '31/02/2005',
  ]);
});

it('a share is never told as nothing where there is somebody', () => {
  expect([share(0, 200), share(1, 200), share(50, 200), share(1, 0)]).toEqual([
    '0 %',
    '< 1 %',
    '25 %',
    '',
  ]);
});

it('days go over the end of a year', () => {
  expect(plus_days('2026-12-31', 1)).toBe('2027-01-01');
});
