// Dates and numbers as people read them. A moment is a LocalStamp, as core/base/time.h has it: the
// instant, and the date and minute that were on the writer's wall; nothing is converted to the
// reader's zone.
import { language } from './i18n.svelte.ts';

export interface LocalStamp {
  instant: number; // milliseconds since 1970, UTC
  date: string; // 2026-11-21
  minute: number; // since local midnight, 0 to 1439
  offset: number; // local minus UTC, minutes
}

/** What this device's wall shows now (or at `now`). */
export function stamp(now = new Date()): LocalStamp {
  const offset = 0 - now.getTimezoneOffset(); // never minus zero
  const shifted = new Date(now.getTime() + offset * 60_000).toISOString();
  const minute = Number(shifted.slice(11, 13)) * 60 + Number(shifted.slice(14, 16));
  return { instant: now.getTime(), date: shifted.slice(0, 10), minute, offset };
}

/** 14:53 */
export function hour(at: Pick<LocalStamp, 'minute'>): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(Math.floor(at.minute / 60))}:${pad(at.minute % 60)}`;
}

/** The field day of an instant, 05:00 to 05:00: what is noted at 02:30 belongs to the day before. */
export function field_day(at: Pick<LocalStamp, 'date' | 'minute'> = stamp()): string {
  if (at.minute >= 300) return at.date;
  return new Date(civil(at.date).getTime() - 86_400_000).toISOString().slice(0, 10);
}

const locale = () => (language.now === 'fr' ? 'fr-FR' : 'en-GB');

function civil(date: string): Date {
  const [year, month, day] = date.slice(0, 10).split('-').map(Number);
  return new Date(Date.UTC(year ?? 1970, (month ?? 1) - 1, day ?? 1, 12));
}

const made = new Map<string, Intl.DateTimeFormat>();
function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + JSON.stringify(options);
  let format = made.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' });
    made.set(key, format);
  }
  return format;
}

/** vendredi 20 novembre */
export const day_long = (date: string) =>
  dates({ weekday: 'long', day: 'numeric', month: 'long' }).format(civil(date));
/** 20 nov. 2026 */
export const day = (date: string) =>
  dates({ day: 'numeric', month: 'short', year: 'numeric' }).format(civil(date));
/** ven. 20 nov. */
export const day_short = (date: string) =>
  dates({ weekday: 'short', day: 'numeric', month: 'short' }).format(civil(date));
/** novembre 2026 */
export const month = (date: string) =>
  dates({ month: 'long', year: 'numeric' }).format(civil(date));

/** 1 036, with the narrow space that French prints. */
export const number = (value: number) => new Intl.NumberFormat(locale()).format(value);

/** 3 h 10; 25 min */
export function minutes(total: number): string {
  const hours = Math.floor(total / 60);
  const rest = total % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`;
}
