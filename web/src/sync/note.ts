// Writing an entry: needs neither network nor secret (law 2). Makes ids and stamps, seals to the
// node and to the author's own box, and returns when it is durable on this device. Sending follows
// by itself.
//   const [draft] = await note({ kind: 'encounter', subject: round, body: { count: 1, team } });
import { field_day, stamp, type LocalStamp } from '../app/format.ts';
import { boxes } from '../crypto/boxes.ts';
import { from_hex, new_id, utf8, type Bytes } from '../crypto/bytes.ts';
import { database, meta, type OutboxRecord, type OwnRecord } from '../store/db.ts';
import { is_open } from '../store/keyring.ts';
import { padded, sealed_bytes_max, text_of_draft, tick, type Draft } from './draft.ts';
import { own } from './own.svelte.ts';
import { engine as app_engine, type Engine } from './engine.ts';

let engine: Pick<Engine, 'saved'> = app_engine;
/** For tests: another sender. */
export function use_engine(other: Pick<Engine, 'saved'>): void {
  engine = other;
}

export interface Entry<Body extends object = object> {
  kind: string;
  subject: string;
  body: Body;
  id?: string; // made when absent
  occurred?: LocalStamp; // now when absent
  count?: number; // shown in Envois; 1 when absent
}

/** The phone has nobody to write for: nobody ever signed in here. */
export class NotEnrolled extends Error {}

/** Longer than an entry may be: the form says so before it comes to this. */
export class TooLong extends Error {}

export async function note(...entries: Entry[]): Promise<Draft[]> {
  const [node, context, last] = await Promise.all([meta('node'), meta('context'), meta('hlc')]);
  if (!node || !context) throw new NotEnrolled();
  const { seal } = await boxes();
  let hlc = last;
  const drafts: Draft[] = [];
  const outbox: OutboxRecord[] = [];
  const copies: OwnRecord[] = [];
  for (const entry of entries) {
    const occurred = entry.occurred ?? stamp();
    hlc = tick(hlc, Date.now());
    const draft: Draft = {
      id: entry.id ?? new_id(),
      subject: entry.subject,
      kind: entry.kind,
      version: 1,
      occurred,
      hlc,
      author: context.account,
      locked: !is_open(),
      body: entry.body as Record<string, unknown>,
    };
    const text = text_of_draft(draft);
    const sealed = seal(from_hex(node.sealing_key), padded(text));
    if (sealed.length > sealed_bytes_max) throw new TooLong();
    const at = { date: occurred.date, minute: occurred.minute };
    outbox.push({ id: draft.id, sealed, at, count: entry.count ?? 1 });
    copies.push({
      id: draft.id,
      account: context.account,
      day: field_day(occurred),
      sealed: seal(from_hex(context.public_key), utf8(text)) as Bytes,
    });
    drafts.push(draft);
  }
  await write(outbox, copies, hlc!);
  own.add(drafts);
  engine.saved();
  return drafts;
}

async function write(outbox: OutboxRecord[], copies: OwnRecord[], hlc: string): Promise<void> {
  const db = await database();
  const tx = db.transaction(['outbox', 'own', 'meta'], 'readwrite', { durability: 'strict' });
  await Promise.all([
    ...outbox.map((record) => tx.objectStore('outbox').add(record)),
    ...copies.map((record) => tx.objectStore('own').put(record)),
    tx.objectStore('meta').put(hlc, 'hlc'),
    tx.done,
  ]);
}

/** Takes an entry back: a new entry that names it; nothing is deleted. */
export function undo_entry(draft: Pick<Draft, 'id' | 'subject'>, collection: string) {
  return note({
    kind: 'undone',
    subject: draft.subject,
    body: { entry: draft.id, collection },
  });
}

/** What was noted on a locked phone, confirmed by its author. */
export function confirm_entry(draft: Pick<Draft, 'id' | 'subject'>, collection: string) {
  return note({
    kind: 'confirmed',
    subject: draft.subject,
    body: { entry: draft.id, collection },
  });
}
