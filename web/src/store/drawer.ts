// Where unfinished forms are kept: each sealed to its author's own box.
import type { LocalStamp } from '../app/format.ts';
import { boxes } from '../crypto/boxes.ts';
import { from_hex, text_of, utf8 } from '../crypto/bytes.ts';
import { database, meta } from './db.ts';
import { held } from './keyring.ts';

export interface Begun<T> {
  at: Pick<LocalStamp, 'date' | 'minute'>;
  value: T;
}

/** Durable when it returns true; false where nobody ever signed in. */
export async function keep_draft(
  id: string,
  form: string,
  begun: Begun<unknown>,
): Promise<boolean> {
  const context = await meta('context');
  if (!context) return false;
  const { seal } = await boxes();
  const sealed = seal(from_hex(context.public_key), utf8(JSON.stringify(begun.value)));
  const db = await database();
  const tx = db.transaction('drafts', 'readwrite', { durability: 'strict' });
  const record = { id, form, account: context.account, at: begun.at, sealed };
  await Promise.all([tx.store.put(record), tx.done]);
  return true;
}

/** The newest of this form that the open list can read. */
export async function newest_draft<T>(
  form: string,
): Promise<{ id: string; begun: Begun<T> } | null> {
  const keys = held();
  if (!keys) return null;
  const { open } = await boxes();
  const all = await (await database()).getAllFromIndex('drafts', 'account', keys.account);
  const mine = all.filter((record) => record.form === form);
  mine.sort((a, b) => b.at.date.localeCompare(a.at.date) || b.at.minute - a.at.minute);
  for (const { id, at, sealed } of mine) {
    const text = open(keys.box, sealed);
    if (text !== null) return { id, begun: { at, value: JSON.parse(text_of(text)) as T } };
  }
  return null;
}

export async function drop_draft(id: string): Promise<void> {
  await (await database()).delete('drafts', id);
}
