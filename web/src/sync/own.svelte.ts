// One's own rows on this phone: what this page has noted, and, with the list open, what the phone
// keeps of the field day and of what is not sent yet.
import { boxes } from '../crypto/boxes.ts';
import { text_of } from '../crypto/bytes.ts';
import { field_day } from '../app/format.ts';
import { database } from '../store/db.ts';
import { held } from '../store/keyring.ts';
import type { Draft } from './draft.ts';

class Own {
  /** Newest first. On a locked phone: only what this page noted since it was locked. */
  drafts = $state.raw<readonly Draft[]>([]);

  add(drafts: readonly Draft[]): void {
    this.drafts = sorted([...drafts, ...this.drafts]);
  }

  /** Reads what the phone keeps for the account whose list just opened. */
  async open(): Promise<void> {
    const keys = held();
    if (!keys) return;
    const { open } = await boxes();
    const records = await (await database()).getAllFromIndex('own', 'account', keys.account);
    const found = new Map(this.drafts.map((draft) => [draft.id, draft]));
    for (const record of records) {
      const text = open(keys.box, record.sealed);
      if (text !== null) found.set(record.id, JSON.parse(text_of(text)) as Draft);
    }
    this.drafts = sorted([...found.values()]);
  }

  close(): void {
    this.drafts = [];
  }

  /** A person was erased: what this phone copied of her goes too (law 9). */
  async forget(subject: string): Promise<void> {
    const about = this.drafts.filter((draft) => draft.subject === subject);
    this.drafts = this.drafts.filter((draft) => draft.subject !== subject);
    const tx = (await database()).transaction('own', 'readwrite', { durability: 'strict' });
    await Promise.all([...about.map(({ id }) => tx.store.delete(id)), tx.done]);
  }

  /** Lets go of the copies of past days that the node has: the day's own rows, not more. */
  async sweep(is_sent: (id: string) => boolean): Promise<void> {
    const today = field_day();
    const db = await database();
    const tx = db.transaction('own', 'readwrite');
    for (const record of await tx.store.getAll()) {
      if (record.day < today && is_sent(record.id)) await tx.store.delete(record.id);
    }
    await tx.done;
    this.drafts = this.drafts.filter(
      (draft) => field_day(draft.occurred) >= today || !is_sent(draft.id),
    );
  }
}

function sorted(drafts: Draft[]): Draft[] {
  return drafts.sort((a, b) => b.occurred.instant - a.occurred.instant || (a.hlc < b.hlc ? 1 : -1));
}

export const own = new Own();
