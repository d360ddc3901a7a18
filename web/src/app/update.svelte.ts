// A new version waits until the person takes it: the worker never replaces the app by itself, and
// what is begun in a form is durable before it does.
import { unfinished } from '../store/unfinished.svelte.ts';

class Update {
  ready = $state(false);
  #registration: ServiceWorkerRegistration | null = null;
  #taken = false;

  start(): void {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (this.#taken) location.reload();
    });
    // After the first paint: the shell must not share the first bytes of a slow network.
    const register = () => void this.#register().catch(() => undefined);
    if (document.readyState === 'complete') register();
    else addEventListener('load', register, { once: true });
  }

  async #register(): Promise<void> {
    const registration = await navigator.serviceWorker.register('/sw.js');
    this.#registration = registration;
    this.ready = registration.waiting !== null && navigator.serviceWorker.controller !== null;
    // Under way already when the browser looked for it before this page did.
    this.#follow(registration.installing);
    registration.addEventListener('updatefound', () => this.#follow(registration.installing));
    addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
    });
  }

  #follow(fresh: ServiceWorker | null): void {
    fresh?.addEventListener('statechange', () => {
      if (fresh.state === 'installed' && navigator.serviceWorker.controller !== null) {
        this.ready = true;
      }
    });
  }

  /** A file of this version is gone from the node: there must be a newer one. */
  check(): void {
    this.#registration?.update().catch(() => undefined);
  }

  async apply(): Promise<void> {
    await unfinished.flush();
    this.#taken = true;
    this.#registration?.waiting?.postMessage('apply');
  }
}

export const update = new Update();
