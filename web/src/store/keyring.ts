// The keys of the open list, in memory only: gone after twelve hours, on lock, or on reload.
import type { DayKey } from '../crypto/day_key.ts';
import type { BoxKeys } from '../crypto/sealed_box.ts';

export interface Keys {
  account: string;
  day: DayKey;
  box: BoxKeys;
}

export const hours_open_max = 12;

let keys: Keys | null = null;
let until = 0;
let reading = false;

/** Is the list open? On a desk it may be, through a session, without this device's keys. */
export function is_open(): boolean {
  return reading;
}

export function set_open(open: boolean): void {
  reading = open;
}

export function hold(fresh: Keys, now = Date.now()): void {
  keys = fresh;
  until = now + hours_open_max * 3_600_000;
}

/** Null when the list is closed, or its time is over. */
export function held(now = Date.now()): Keys | null {
  if (keys !== null && now >= until) drop();
  return keys;
}

export function is_over(now = Date.now()): boolean {
  return keys !== null && now >= until;
}

export function drop(): void {
  keys?.box.secret_key.fill(0);
  keys = null;
  until = 0;
  reading = false;
}
