// Small sums of the day's report.
import type { Schemas } from '../../api/client.ts';

type Rounds = readonly Schemas['ReportRound'][];

/** Time out of doors: each ended round once, 24 hours at most. */
export function outside_minutes(rounds: Rounds): number {
  return rounds.reduce((sum, { state }) => {
    if (!state.started || !state.ended) return sum;
    const spent = Math.round((state.ended.instant - state.started.instant) / 60_000);
    return sum + Math.min(Math.max(spent, 0), 24 * 60);
  }, 0);
}

export function day_after(day: string, by: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
}

export function is_day(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T12:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** In the order of the list that the keys come from; what nobody said comes last. */
export function in_order<T extends { key: string }>(lines: readonly T[], keys: readonly string[]): T[] {
  const place = (key: string) => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  return [...lines].sort((a, b) => place(a.key) - place(b.key));
}
