// A Draft as core/journal/draft.h has it, and the clock that orders entries (core/base/hlc.h).
// Written here in plain TypeScript as well as in the core, because a note must be possible before
// the core has arrived; a test compares both.
import type { LocalStamp } from '../app/format.ts';
import { utf8, type Bytes } from '../crypto/bytes.ts';

export interface Draft<Body extends object = Record<string, unknown>> {
  id: string;
  subject: string;
  kind: string;
  version: number;
  occurred: LocalStamp;
  hlc: string;
  author: string;
  locked: boolean;
  body: Body;
}

/** The stamp of the next local event, later than `last` whatever the wall says. */
export function tick(last: string | undefined, now: number): string {
  const [ms, counter] = (last ?? '0.0').split('.').map(Number) as [number, number];
  if (now > ms) return `${now}.0`;
  if (counter === 0xffffffff) return `${ms + 1}.0`;
  return `${ms}.${counter + 1}`;
}

/** Absent values are left out, never written as null: absent means that nobody said. */
export function text_of_draft(draft: Draft<object>): string {
  return JSON.stringify(draft, (_key, value: unknown) => (value === null ? undefined : value));
}

/** UTF-8, filled with blanks to 256, 512, 1024, ... bytes, so that the size tells little. */
export function padded(text: string): Bytes {
  const bytes = utf8(text);
  let size = 256;
  while (size < bytes.length) size *= 2;
  const out = new Uint8Array(size).fill(0x20);
  out.set(bytes);
  return out;
}

/** core/base/limits.h sealed_draft_bytes_max: longer is refused here, before it is kept. */
export const sealed_bytes_max = 8 << 10;
