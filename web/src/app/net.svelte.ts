// What the frame says of the network and of what waits. Written by sync/, read by the screens.
import type { LocalStamp } from './format.ts';

class Net {
  /** True after a failed exchange or when the browser says so; false after a good one. */
  offline = $state(navigator.onLine === false);
  /** Entries not yet received by the node. */
  waiting = $state(0);
  /** Entries that the node set aside. */
  to_check = $state(0);
  sending = $state.raw<{ done: number; total: number } | null>(null);
  /** When the node last answered: the truth about being online. */
  last_exchange = $state.raw<LocalStamp | null>(null);
  /** The session on the node is over while the list is open here: reading needs the password. */
  session_over = $state(false);
  /** The node no longer takes entries from this device: it asks to sign in. */
  device_refused = $state(false);
  /** This device's clock differs from the node's by more than five minutes. */
  clock_wrong = $state(false);
  /** Forms wait that only an older password opens. */
  older_waits = $state(false);
  /** The browser threw away what this phone kept. */
  store_gone = $state(false);
}

export const net = new Net();
