import { describe, expect, it } from 'vitest';
import { padded, text_of_draft, tick } from './draft.ts';

describe('the draft', () => {
  it('is padded to 256, 512, 1024 with blanks', () => {
    expect(padded('a').length).toBe(256);
    expect(padded('a'.repeat(256)).length).toBe(256);
    expect(padded('a'.repeat(257)).length).toBe(512);
    expect(padded('é'.repeat(257)).length).toBe(1024);
    expect(padded('ab').subarray(0, 3)).toEqual(new Uint8Array([0x61, 0x62, 0x20]));
  });

  it('leaves out what nobody said', () => {
    const text = text_of_draft({
      id: 'a',
      subject: 'b',
      kind: 'encounter',
      version: 1,
      occurred: { instant: 1, date: '2026-11-21', minute: 2, offset: 60 },
      hlc: '1.0',
      author: 'c',
      locked: false,
      body: { count: 1, sex: null, place: undefined },
    });
    expect(JSON.parse(text).body).toEqual({ count: 1 });
  });

  it('ticks forward, whatever the wall says', () => {
    expect(tick(undefined, 5)).toBe('5.0');
    expect(tick('5.0', 5)).toBe('5.1');
    expect(tick('9.4', 5)).toBe('9.5');
    expect(tick('9.4', 10)).toBe('10.0');
    expect(tick('9.4294967295', 5)).toBe('10.0');
  });
});
