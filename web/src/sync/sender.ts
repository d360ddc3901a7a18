// The sender is fetched after the first paint: nothing on a screen waits for it.
import type { Engine } from './engine.ts';

let loading: Promise<Engine> | null = null;

export function sender(): Promise<Engine> {
  loading ??= import('./engine.ts').then(({ engine }) => engine);
  loading.catch(() => (loading = null)); // tried again at the next need
  return loading;
}

/** For tests: another sender. */
export function use_sender(other: Engine): void {
  loading = Promise.resolve(other);
}
