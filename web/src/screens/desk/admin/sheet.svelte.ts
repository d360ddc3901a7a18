// What every section of the administration does alike: read its rows, open a form on one of them,
// send it, tell what the node refused beside the field.
import { tick } from 'svelte';
import { problem_of, say, type Problem } from '../../../api/client.ts';
import { t } from '../../../messages/desk.ts';

interface Answer<T> {
  data?: T;
  error?: unknown;
}

export class Sheet<Row, Form> {
  rows = $state.raw<Row[] | null>(null);
  form = $state<Form | null>(null);
  errors = $state<Record<string, string>>({});
  refusal = $state<string | null>(null);
  said = $state('');
  busy = $state(false);

  constructor(private readonly read: () => Promise<Answer<{ rows: Row[] }>>) {}

  async load(): Promise<void> {
    const { data, error } = await this.read();
    this.rows = data?.rows ?? [];
    if (error) this.refusal = say(error);
  }

  open(form: Form): void {
    this.form = form;
    this.errors = {};
    this.refusal = null;
    this.said = '';
  }

  close(): void {
    this.form = null;
    this.errors = {};
  }

  /** `errors` are what this page found; the node's own answer goes to the field it names. */
  async send(errors: Record<string, string>, post: () => Promise<Answer<unknown>>): Promise<void> {
    this.errors = errors;
    this.refusal = null;
    if (Object.keys(errors).length > 0) return this.#show();
    this.busy = true;
    const { error } = await post();
    this.busy = false;
    if (error) return this.#refused(problem_of(error));
    this.close();
    this.said = t.m.saved;
    await this.load();
  }

  async #refused(problem: Problem): Promise<void> {
    const field = problem.field?.split('.').at(-1);
    if (field && this.form !== null && field in (this.form as object)) {
      this.errors = { [field]: say(problem) };
    } else {
      this.refusal = say(problem);
    }
    await this.#show();
  }

  async #show(): Promise<void> {
    await tick();
    document.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }
}

/** The fields of `form` that must be filled and are not. */
export function missing<F extends object>(form: F, ...names: (keyof F & string)[]) {
  const errors: Record<string, string> = {};
  for (const name of names) {
    if (String(form[name] ?? '').trim() === '') errors[name] = t.m.required;
  }
  return errors;
}

/** Leaves out what was not filled: an absent field is absent. */
export function filled<F extends object>(form: F): F {
  return Object.fromEntries(
    Object.entries(form).filter(([, value]) => value !== '' && value !== undefined),
  ) as F;
}
