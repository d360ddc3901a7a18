// What happy-dom lacks and every real browser of our targets has.
import 'fake-indexeddb/auto';

if (!navigator.locks) {
  let tail: Promise<unknown> = Promise.resolve();
  const locks = {
    request(_name: string, work: () => Promise<unknown>) {
      const mine = tail.then(work);
      tail = mine.catch(() => undefined);
      return mine;
    },
  };
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true });
}
