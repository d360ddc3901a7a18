// Messages: one module per area. French is the type and travels with the screen; English is the
// second catalogue, fetched only when chosen. No key is looked up at run time.
//   export const t = area(fr, () => import('../messages/en/field.ts'));   then {t.m.save}

export type Language = 'fr' | 'en';

/** The shape of a French catalogue, with its sentences open: what English must fill. */
export type Catalogue<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : T[K] extends readonly string[]
        ? readonly string[]
        : Catalogue<T[K]>;
};

class Area<T> {
  #english = $state.raw<Catalogue<T> | null>(null);
  constructor(
    private readonly french: Catalogue<T>,
    private readonly load_english: () => Promise<{ default: Catalogue<T> }>,
  ) {}

  get m(): Catalogue<T> {
    return language.now === 'en' && this.#english !== null ? this.#english : this.french;
  }

  async ready(wanted: Language): Promise<void> {
    if (wanted === 'en' && this.#english === null) {
      this.#english = (await this.load_english()).default;
    }
  }
}

class LanguageChoice {
  now = $state<Language>('fr');
  #areas: Area<never>[] = [];

  add(area: Area<never>): void {
    this.#areas.push(area);
    // A part that was fetched after its screen: its English comes as soon as it can.
    if (this.now !== 'fr') void area.ready(this.now).catch(() => undefined);
  }

  /** Waits for the messages of every area loaded so far; offline, French stays. */
  async ready(wanted: Language = this.now): Promise<void> {
    await Promise.all(this.#areas.map((area) => area.ready(wanted).catch(() => undefined)));
  }

  async choose(wanted: Language): Promise<void> {
    await this.ready(wanted);
    this.now = wanted;
    document.documentElement.lang = wanted;
    localStorage.setItem('language', wanted);
  }

  async start(): Promise<void> {
    const kept = localStorage.getItem('language');
    if (kept === 'en') await this.choose('en');
  }
}

export const language = new LanguageChoice();

export function area<T>(
  french: T,
  load_english: () => Promise<{ default: Catalogue<T> }>,
): { readonly m: Catalogue<T> } {
  const made = new Area<T>(french as Catalogue<T>, load_english);
  language.add(made as unknown as Area<never>);
  return made;
}
