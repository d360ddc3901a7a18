import { describe, expect, it } from 'vitest';
import { day_long, field_day, hour, minutes, number, stamp } from './format.ts';

describe('dates as people read them', () => {
  it('prints hours and days', () => {
    expect(hour({ minute: 893 })).toBe('14:53');
    expect(hour({ minute: 0 })).toBe('00:00');
    expect(day_long('2026-11-20')).toBe('vendredi 20 novembre');
    expect(minutes(190)).toBe('3 h 10');
    expect(minutes(60)).toBe('1 h');
    expect(minutes(25)).toBe('25 min');
    expect(number(1036)).toMatch(/^1\s036$/u);
  });

  it('gives the night to the day before, until five', () => {
    const at = (date: string, minute: number) => ({ instant: 0, date, minute, offset: 60 });
    expect(field_day(at('2026-11-21', 150))).toBe('2026-11-20');
    expect(field_day(at('2026-11-21', 299))).toBe('2026-11-20');
    expect(field_day(at('2026-11-21', 300))).toBe('2026-11-21');
    expect(field_day(at('2027-01-01', 30))).toBe('2026-12-31');
    expect(field_day(at('2028-03-01', 0))).toBe('2028-02-29');
  });

  it('stamps agree with themselves: instant + offset = date and minute', () => {
    for (const iso of ['2026-03-29T00:59:00Z', '2026-10-25T00:30:00Z', '2026-12-31T23:59:59Z']) {
      const now = stamp(new Date(iso));
      const wall = new Date(now.instant + now.offset * 60_000).toISOString();
      expect(wall.slice(0, 10)).toBe(now.date);
      expect(Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16))).toBe(now.minute);
    }
  });
});
