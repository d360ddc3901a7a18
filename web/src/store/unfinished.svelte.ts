// Forms that were begun and not saved. They stay in this page's memory, and at each pause they are
// sealed to the author's own box, locked or not: only the next sign-in reads them again.
//   const kept = unfinished.form('noter');
//   kept.save(value);               at each change; written 300 ms after the last one
//   await kept.find()               what was begun before, with its hour, or null
//   await kept.drop()               when it was saved, or thrown away
import { stamp, type LocalStamp } from '../app/format.ts';
import { boxes } from '../crypto/boxes.ts';
import { from_hex, new_id, text_of, utf8 } from '../crypto/bytes.ts';
import { database, meta } from './db.ts';
import { held } from './keyring.ts';

const pause_ms = 300;

export interface Begun<T> {
  at: Pick<LocalStamp, 'date' | 'minute'>;
  value: T;
}

class Form<T> {
  /** True when the last change is durable: "Brouillon gardé". */
  kept = $state(false);
  #id: string | null = null;
  #value: Begun<T> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly name: string) {}

  save(value: T): void {
    const now = stamp();
    this.#value = { at: { date: now.date, minute: now.minute }, value: $state.snapshot(value) as T };
    this.#id ??= new_id();
    this.kept = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), pause_ms);
  }

  /** Writes now what waits for its pause: before locking, hiding, or a new version. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    const begun = this.#value;
    const id = this.#id;
    if (begun === null || id === null || this.kept) return this.#writing;
    this.#writing = this.#writing.then(() => this.#write(id, begun)).catch(() => undefined);
    return this.#writing;
  }

  async #write(id: string, begun: Begun<T>): Promise<void> {
    const context = await meta('context');
    if (!context) return;
    const { seal } = await boxes();
    const sealed = seal(from_hex(context.public_key), utf8(JSON.stringify(begun.value)));
    const record = { id, form: this.name, account: context.account, at: begun.at, sealed };
    const db = await database();
    const tx = db.transaction('drafts', 'readwrite', { durability: 'strict' });
    await Promise.all([tx.store.put(record), tx.done]);
    if (this.#value === begun) this.kept = true;
  }

  /** What this page holds, else the newest that this phone keeps and the open list can read. */
  async find(): Promise<Begun<T> | null> {
    if (this.#value !== null) return this.#value;
    const keys = held();
    if (!keys) return null;
    const { open } = await boxes();
    const all = await (await database()).getAllFromIndex('drafts', 'account', keys.account);
    const mine = all.filter((record) => record.form === this.name);
    mine.sort((a, b) => b.at.date.localeCompare(a.at.date) || b.at.minute - a.at.minute);
    for (const record of mine) {
      const text = open(keys.box, record.sealed);
      if (text === null) continue;
      this.#id = record.id;
      this.#value = { at: record.at, value: JSON.parse(text_of(text)) as T };
      this.kept = true;
      return this.#value;
    }
    return null;
  }

  async drop(): Promise<void> {
    const id = this.#id;
    this.forget();
    await this.#writing;
    if (id !== null) await (await database()).delete('drafts', id);
  }

  /** Out of memory, kept in the store: the list closes, or another one is begun. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#id = null;
    this.#value = null;
    this.kept = false;
  }
}

class Unfinished {
  #forms = new Map<string, Form<unknown>>();

  form<T>(name: string): Form<T> {
    let form = this.#forms.get(name);
    if (!form) {
      form = new Form<unknown>(name);
      this.#forms.set(name, form);
    }
    return form as Form<T>;
  }

  async flush(): Promise<void> {
    await Promise.all([...this.#forms.values()].map((form) => form.flush()));
  }

  forget(): void {
    for (const form of this.#forms.values()) form.forget();
  }

  start(): void {
    const flush = () => void this.flush();
    addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') flush();
    });
  }
}

export const unfinished = new Unfinished();
