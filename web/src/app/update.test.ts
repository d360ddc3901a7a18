// A new version is said once it is installed, whenever its download began.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

class Fresh extends EventTarget {
  state = 'installing';
  installed(): void {
    this.state = 'installed';
    this.dispatchEvent(new Event('statechange'));
  }
}

class Registration extends EventTarget {
  installing: Fresh | null = null;
  waiting: Fresh | null = null;
  update = async () => undefined;
}

let registration: Registration;

async function started(controller: object | null) {
  const register = vi.fn(async () => registration);
  const service_worker = Object.assign(new EventTarget(), { controller, register });
  Object.defineProperty(navigator, 'serviceWorker', { value: service_worker, configurable: true });
  const { update } = await import('./update.svelte.ts');
  update.start();
  await vi.waitFor(() => expect(register).toHaveResolved());
  return update;
}

describe('a new version', () => {
  beforeEach(() => {
    vi.resetModules();
    vi.stubEnv('PROD', true);
    registration = new Registration();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    Reflect.deleteProperty(navigator, 'serviceWorker');
  });

  it('found after this page began is said when it is installed', async () => {
    const update = await started({});
    const fresh = new Fresh();
    registration.installing = fresh;
    registration.dispatchEvent(new Event('updatefound'));
    expect(update.ready).toBe(false);
    fresh.installed();
    expect(update.ready).toBe(true);
  });

  it('already on its way when this page begins is said as well', async () => {
    const fresh = new Fresh();
    registration.installing = fresh;
    const update = await started({});
    expect(update.ready).toBe(false);
    fresh.installed();
    expect(update.ready).toBe(true);
  });

  it('that waits since an earlier page is said at once', async () => {
    registration.waiting = new Fresh();
    expect((await started({})).ready).toBe(true);
  });

  it('is none where nothing was installed before', async () => {
    const fresh = new Fresh();
    registration.installing = fresh;
    const update = await started(null);
    fresh.installed();
    expect(update.ready).toBe(false);
  });
});
