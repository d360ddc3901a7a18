// The fixed periods of a figure (core/measure/figures.h): a month, a quarter or a year. There is no
// free date: two overlapping periods of choice would let a small count be read by subtraction.
import { language } from '../../../app/i18n.svelte.ts';

export type Step = 'month' | 'quarter' | 'year';

export const steps: readonly Step[] = ['year', 'quarter', 'month'];

/** "2026-11" is a month, "2026-Q4" a quarter, "2026" a year. */
export function step_of(period: string): Step {
  if (period.length === 4) return 'year';
  return period.includes('Q') ? 'quarter' : 'month';
}

/** The period of this step that holds the day. */
export function period_of(day: string, step: Step): string {
  const year = day.slice(0, 4);
  if (step === 'year') return year;
  const month = Number(day.slice(5, 7));
  return step === 'month' ? day.slice(0, 7) : `${year}-Q${Math.ceil(month / 3)}`;
}

/** The same step, `by` periods later (or earlier). */
export function moved(period: string, by: number): string {
  const step = step_of(period);
  const year = Number(period.slice(0, 4));
  if (step === 'year') return String(year + by);
  const size = step === 'quarter' ? 4 : 12;
  const at = Number(step === 'quarter' ? period.slice(6) : period.slice(5)) - 1 + year * size + by;
  const part = (at % size) + 1;
  const whole = Math.floor(at / size);
  return step === 'quarter' ? `${whole}-Q${part}` : `${whole}-${String(part).padStart(2, '0')}`;
}

/** "2026", "4e trimestre 2026", "novembre 2026". */
export function period_label(period: string): string {
  const french = language.now === 'fr';
  const year = period.slice(0, 4);
  const step = step_of(period);
  if (step === 'year') return year;
  if (step === 'quarter') {
    const quarter = period.slice(6);
    if (!french) return `Q${quarter} ${year}`;
    return `${quarter}${quarter === '1' ? 'er' : 'e'} trimestre ${year}`;
  }
  const date = new Date(Date.UTC(Number(year), Number(period.slice(5)) - 1, 15));
  const options = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(french ? 'fr-FR' : 'en-GB', options).format(date);
}
