// The moment of a note that is written down later the same day.
import { stamp, type LocalStamp } from '../../app/format.ts';

/** "21:40" on this device's wall: today, or yesterday when that hour has not come yet. */
export function moment(hour: string, now = new Date()): LocalStamp | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(hour);
  if (!found) return null;
  const at = new Date(now);
  at.setHours(Number(found[1]), Number(found[2]), 0, 0);
  if (at.getTime() > now.getTime()) at.setDate(at.getDate() - 1);
  return stamp(at);
}
