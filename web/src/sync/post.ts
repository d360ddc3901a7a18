// One batch to the node, with the device's own key whoever is signed in. Its outcome is an event
// for the machine; eight seconds without an answer are a failure.
import { timeout_ms } from '../api/client.ts';
import type { components, operations } from '../api/schema.ts';
import { stamp } from '../app/format.ts';
import { net } from '../app/net.svelte.ts';
import type { SyncEvent } from './types.ts';

type Request = operations['receive']['requestBody']['content']['application/json'];
type Answer = components['schemas']['SyncAnswer'];

/** The clock of this device may be wrong by so much before it is said. */
const clock_gap_ms = 5 * 60_000;

export async function send_batch(token: string, request: Request): Promise<SyncEvent> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeout_ms);
  try {
    const response = await fetch('/api/v1/sync', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Device ${token}` },
      body: JSON.stringify(request),
      signal: stop.signal,
      // The device's key is enough: the cookie of whoever is signed in stays out of it.
      credentials: 'omit',
    });
    const event = await outcome(response);
    net.offline = false;
    net.last_exchange = stamp();
    return event;
  } catch {
    net.offline = true;
    return { kind: 'failed', now: Date.now(), results: [] };
  } finally {
    clearTimeout(timer);
  }
}

async function outcome(response: Response): Promise<SyncEvent> {
  const now = Date.now();
  if (response.ok) {
    const answer = (await response.json()) as Answer;
    net.clock_wrong = Math.abs(answer.server_time - now) > clock_gap_ms;
    return { kind: 'answered', now, results: answer.results, epoch: answer.log.epoch };
  }
  if (response.status === 401 || response.status === 403) {
    return { kind: 'refused', now, results: [] };
  }
  const seconds = Number(response.headers.get('retry-after'));
  return {
    kind: 'failed',
    now,
    results: [],
    ...(seconds > 0 ? { retry_after_ms: seconds * 1000 } : {}),
  };
}
