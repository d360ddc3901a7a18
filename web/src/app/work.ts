// What goes on behind the screens once the first one is drawn: sending, refreshing the day, ending
// on the node the session that was closed here.
import { api, use_csrf } from '../api/client.ts';
import { boxes } from '../crypto/boxes.ts';
import { drop_meta, meta, put_meta } from '../store/db.ts';
import { day } from '../sync/day.svelte.ts';
import { sender } from '../sync/sender.ts';
import { net } from './net.svelte.ts';
import { session } from './session.svelte.ts';

const stale_ms = 15 * 60_000;

export async function start_work(): Promise<void> {
  const engine = await sender();
  engine.start(pull);
  document.addEventListener('visibilitychange', freshen);
  if ((await meta('node')) === undefined) await meet_node();
  if (await meta('close_session')) await close_session();
  // The first note must find what seals it, network or not.
  if (session.enrolled) await Promise.all([boxes(), import('../sync/write.ts')]);
}

/** Back in hand after a while: the list is asked for again (each reading is a row of the ledger). */
function freshen(): void {
  if (document.visibilityState !== 'visible' || session.phase !== 'open' || net.session_over)
    return;
  const age = day.as_of === null ? Infinity : Date.now() - day.as_of.instant;
  if (age > stale_ms) void day.refresh();
}

/**
 * Refreshes the day for the machine. A session that is over must not hold back what waits to be
 * sent: the list stays as it is, the frame asks for the password, and the pull counts as done.
 */
async function pull(cursor: number): Promise<number | null> {
  if (session.phase !== 'open') return cursor;
  if (await day.refresh()) return Math.max(cursor, 1);
  return net.session_over ? cursor : null;
}

/** A demonstration says so on every page, from the first visit on. */
async function meet_node(): Promise<void> {
  const { data: node } = await api.GET('/api/v1/node');
  if (!node) return;
  await put_meta('node', node);
  session.demo = node.demo;
}

let closing: Promise<void> | null = null;

/** The node's session ends too, now or when the network is back: a closed phone reads nothing. */
export function close_session(): Promise<void> {
  closing ??= end_on_node().finally(() => (closing = null));
  return closing;
}

/** A sign-in waits for the end of the session before it: their tokens must not mix. */
export async function closed(): Promise<void> {
  await closing?.catch(() => undefined);
}

async function end_on_node(): Promise<void> {
  const { data } = await api.GET('/api/v1/session');
  if (data) {
    if (session.phase === 'open') return; // opened again meanwhile
    use_csrf(data.csrf);
    const { response } = await api.DELETE('/api/v1/session');
    if (!response.ok) return;
  } else if (net.offline) {
    return;
  }
  if (session.phase !== 'open') await drop_meta('close_session');
}
