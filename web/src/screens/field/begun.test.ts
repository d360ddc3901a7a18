import { afterEach, describe, expect, it, vi } from 'vitest';
import { stamp } from '../../app/format.ts';
import { say_begun } from './begun.ts';

afterEach(() => {
  vi.useRealTimers();
});

// A field day goes from 05:00 to 05:00: what was begun before midnight is of tonight after it.
describe('a note that was begun at night', () => {
  const begun = (at: Date) => say_begun({ at: stamp(at), value: null });

  it('says the hour alone, on both sides of midnight', () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 22, 1, 40) });
    expect(begun(new Date(2026, 10, 22, 1, 37))).toMatch(/^Brouillon de 01:37/);
    expect(begun(new Date(2026, 10, 21, 23, 50))).toMatch(/^Brouillon de 23:50/);
  });

  it('says the day when it is of another', () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 22, 6, 0) });
    expect(begun(new Date(2026, 10, 22, 1, 37))).toMatch(/^Brouillon du .* à 01:37/);
  });
});
