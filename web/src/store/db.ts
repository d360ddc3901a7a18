// What the phone keeps. In clear: nothing about a person. Sealed to the node: what waits to be
// sent. Sealed to the account's own key, whose secret half is wrapped by the password: one's own
// rows and unfinished forms. Under the password's key: the list of the day.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { components } from '../api/schema.ts';
import type { LocalStamp } from '../app/format.ts';
import type { Bytes } from '../crypto/bytes.ts';

type Schemas = components['schemas'];

/** An entry that waits, or that was sent not longer ago than the backup horizon. */
export interface OutboxRecord {
  order?: number; // given by the store: the order of writing
  id: string;
  sealed: Bytes;
  at: Pick<LocalStamp, 'date' | 'minute'>;
  count: number;
}

/** The own copy of an entry: opens with the list. */
export interface OwnRecord {
  id: string;
  account: string;
  day: string; // field day
  sealed: Bytes;
}

/** A form that was not finished. */
export interface DraftRecord {
  id: string;
  form: string; // 'noter', 'tournee', ...
  account: string;
  at: Pick<LocalStamp, 'date' | 'minute'>;
  sealed: Bytes;
}

/** What lets an account open the list on this phone without network. */
export interface VaultRecord {
  account: string;
  login: string;
  salt: string;
  public_key: string;
  wrapped: Bytes; // the secret key, under the password's key
  profile: Bytes; // SessionInfo, under the password's key
  day: Bytes | null; // the day's list, under the password's key
  /** Secrets that an older password closed, while forms sealed to them wait. */
  older?: { salt: string; wrapped: Bytes }[];
}

export interface Device {
  id: string;
  token: string; // can only write
  kind: 'phone' | 'desk';
}

/** Where a note goes when nothing else is said; no person in it. */
export interface Context {
  account: string;
  public_key: string;
  organisation: string;
  team: string | null;
  person_word: Schemas['PersonWord'];
  crip: string | null;
  round: OpenRoundContext | null;
}

export interface OpenRoundContext {
  id: string;
  kind: string;
  team: string;
  project: string | null;
  place: string | null;
  started: LocalStamp;
}

export interface Meta {
  born: string;
  device: Device;
  node: Schemas['NodeInfo'];
  context: Context;
  sync: Schemas['SyncState'];
  hlc: string;
  /** A session may still live on the node although the list is closed here. */
  close_session: boolean;
  reference: Schemas['Reference'];
  vanished: boolean;
}

interface Shape extends DBSchema {
  meta: { key: keyof Meta; value: unknown };
  outbox: { key: number; value: OutboxRecord; indexes: { id: string } };
  own: { key: string; value: OwnRecord; indexes: { account: string } };
  drafts: { key: string; value: DraftRecord; indexes: { account: string } };
  vaults: { key: string; value: VaultRecord };
}

export type Database = IDBPDatabase<Shape>;
export const schema_version = 1;

let opened: Promise<Database> | null = null;

export function database(): Promise<Database> {
  opened ??= open_database();
  return opened;
}

async function open_database(): Promise<Database> {
  const db = await openDB<Shape>('filrouge', schema_version, {
    upgrade(fresh) {
      fresh.createObjectStore('meta');
      const outbox = fresh.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true });
      outbox.createIndex('id', 'id', { unique: true });
      const own = fresh.createObjectStore('own', { keyPath: 'id' });
      own.createIndex('account', 'account');
      const drafts = fresh.createObjectStore('drafts', { keyPath: 'id' });
      drafts.createIndex('account', 'account');
      fresh.createObjectStore('vaults', { keyPath: 'account' });
    },
    // Another tab brings a newer version: let it, a reload follows.
    blocking: () => {
      opened = null;
      db.close();
    },
    terminated: () => {
      opened = null;
    },
  });
  return db;
}

/** For tests, and for a person who asks to empty this phone. */
export async function forget_database(): Promise<void> {
  if (opened) (await opened).close();
  opened = null;
}

export async function meta<K extends keyof Meta>(key: K): Promise<Meta[K] | undefined> {
  return (await (await database()).get('meta', key)) as Meta[K] | undefined;
}

export async function put_meta<K extends keyof Meta>(key: K, value: Meta[K]): Promise<void> {
  const db = await database();
  const tx = db.transaction('meta', 'readwrite', { durability: 'strict' });
  await Promise.all([tx.store.put(value, key), tx.done]);
}

export async function drop_meta(key: keyof Meta): Promise<void> {
  await (await database()).delete('meta', key);
}

/**
 * Tells whether the browser threw the store away since the last visit: a mark outside the store
 * remembers that it existed. Returns true once, and makes the mark.
 */
export async function check_vanished(): Promise<boolean> {
  const kept = localStorage.getItem('store-born');
  let born = await meta('born');
  const vanished = kept !== null && born === undefined;
  if (born === undefined) {
    born = crypto.randomUUID();
    await put_meta('born', born);
    if (vanished) await put_meta('vanished', true);
  }
  if (kept !== born) localStorage.setItem('store-born', born);
  return vanished;
}
