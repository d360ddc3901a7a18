// Makes an entry durable on this device: ids and stamps, one sealed box for the node and one for
// the author, one write. Called through note.ts.
import { field_day, stamp } from '../app/format.ts';
import { boxes } from '../crypto/boxes.ts';
import { from_hex, new_id, utf8, type Bytes } from '../crypto/bytes.ts';
import { database, meta, type OutboxRecord, type OwnRecord } from '../store/db.ts';
import { is_open } from '../store/keyring.ts';
import { padded, sealed_bytes_max, text_of_draft, tick, type Draft } from './draft.ts';
import { NotEnrolled, TooLong, type Entry } from './note.ts';
import { outbox as rows } from './outbox.svelte.ts';
import { own } from './own.svelte.ts';
import { sender } from './sender.ts';

export async function write_entries(entries: readonly Entry[]): Promise<Draft[]> {
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
  // Its state first: a row that the outbox does not know counts as sent.
  await rows.reload();
  own.add(drafts);
  void sender().then((engine) => engine.saved());
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
