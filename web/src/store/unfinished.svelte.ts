// Forms that were begun and not saved. They stay in this page's memory, and at each pause they are
// sealed to the author's own box, locked or not: only the next sign-in reads them again.
//   const kept = unfinished.form('noter');
//   kept.save(value);               at each change; written 300 ms after the last one
//   await kept.find()               what was begun before, with its hour, or null
//   await kept.drop()               when it was saved, or thrown away
import { stamp } from '../app/format.ts';
import { new_id } from '../crypto/bytes.ts';
import type { Begun } from './drawer.ts';
import { held } from './keyring.ts';

export type { Begun };

const pause_ms = 300;
// What seals and opens them is fetched after the first paint.
const drawer = () => import('./drawer.ts');

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
    // A copy of what will be written: JSON, out of the hands of the form.
    const copy = JSON.parse(JSON.stringify(value)) as T;
    this.#value = { at: { date: now.date, minute: now.minute }, value: copy };
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
    const { keep_draft } = await drawer();
    const done = await keep_draft(id, this.name, begun);
    if (done && this.#value === begun) this.kept = true;
  }

  /** What this page holds, else the newest that this phone keeps and the open list can read. */
  async find(): Promise<Begun<T> | null> {
    if (this.#value !== null) return this.#value;
    if (!held()) return null;
    const found = await (await drawer()).newest_draft<T>(this.name);
    // Begun on this page meanwhile: it stays, and an older one stays where it is kept.
    if (this.#id !== null) return this.#id === found?.id ? this.#value : null;
    if (found === null || !held()) return null; // the list was closed meanwhile
    this.#id = found.id;
    this.#value = found.begun;
    this.kept = true;
    return found.begun;
  }

  async drop(): Promise<void> {
    const id = this.#id;
    this.forget();
    await this.#writing;
    if (id !== null) await (await drawer()).drop_draft(id);
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
    void drawer(); // at hand before it is needed in a hurry
    const flush = () => void this.flush();
    addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') flush();
    });
  }
}

export const unfinished = new Unfinished();
