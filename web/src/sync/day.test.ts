import { beforeEach, describe, expect, it, vi } from 'vitest';

const answers: ((known: boolean) => void)[] = [];
const fetch_day = vi.fn(() => new Promise<boolean>((resolve) => answers.push(resolve)));
vi.mock('./pull.ts', () => ({ fetch_day }));

const { day } = await import('./day.svelte.ts');
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the day', () => {
  beforeEach(() => {
    answers.length = 0;
    fetch_day.mockClear();
  });

  it('is asked for once at a time, and once more for all who asked meanwhile', async () => {
    const first = day.refresh();
    const second = day.refresh();
    const third = day.refresh();
    await settled();
    expect(fetch_day).toHaveBeenCalledTimes(1);
    answers[0]?.(true);
    expect(await first).toBe(true);
    await settled();
    expect(fetch_day).toHaveBeenCalledTimes(2);
    answers[1]?.(false);
    expect([await second, await third]).toEqual([false, false]);
  });

  it('is asked for again after one that failed', async () => {
    fetch_day.mockImplementationOnce(() => Promise.reject(new Error('gone')));
    const first = day.refresh();
    const second = day.refresh();
    await expect(first).rejects.toThrow('gone');
    await settled();
    answers[0]?.(true);
    expect(await second).toBe(true);
    expect(fetch_day).toHaveBeenCalledTimes(2);
  });
});
