// The relays as the node last told them, with their hour, and the acts that still wait on this
// phone. In memory only, while the list is open. Opening the box says to the senders that their
// relays have arrived (acknowledged), once each.
import { api, problem_of, type Problem } from '../../api/client.ts';
import type { Relay, RelayAct, RelayBox, RelayView } from '../../api/pathway.ts';
import { stamp, type LocalStamp } from '../../app/format.ts';
import { session } from '../../app/session.svelte.ts';
import { day } from '../../sync/day.svelte.ts';
import { write_now, type Written } from '../../sync/desk.ts';
import { outbox } from '../../sync/outbox.svelte.ts';
import { own } from '../../sync/own.svelte.ts';
import { field } from '../field/field.svelte.ts';
import { answering, with_waiting, type Waiting } from './relay.ts';

const nothing: RelayBox = { to_answer: [], late: [], received: [], sent: [], sought: [] };

class Box {
  as_of = $state.raw<LocalStamp | null>(null);
  told = $state.raw<RelayBox | null>(null);
  problem = $state.raw<Problem | null>(null);
  #owner: string | null = null;
  #arrivals: Promise<void> = Promise.resolve();

  waiting = $derived.by((): Waiting[] =>
    own.drafts
      .filter(({ kind, id }) => kind === 'relay' && !outbox.is_sent(id))
      .map(({ id, subject, body }) => ({ id, subject, body: body as unknown as Relay }))
      .reverse(),
  );
  shown = $derived(
    with_waiting(
      this.told ?? nothing,
      this.waiting,
      (person) => field.name_of(person),
      organisation_name,
    ),
  );
  rows = $derived([
    ...this.shown.to_answer,
    ...this.shown.late,
    ...this.shown.received,
    ...this.shown.sent,
  ]);

  async load(): Promise<void> {
    const account = session.account?.id ?? null;
    if (account !== this.#owner) this.forget(account);
    const { data, error } = await api.GET('/api/v1/relays');
    if (session.account?.id !== account) return; // closed while the node answered
    if (!data) {
      this.problem = problem_of(error);
      return;
    }
    this.told = data;
    this.as_of = stamp();
    this.problem = null;
    day.to_answer = data.to_answer.length + data.sought.length;
  }

  /** Says that they have arrived, then reads the box again if that changed something. */
  async arrive(): Promise<void> {
    const arrived = this.#incoming().filter(({ can }) => can.includes('acknowledged'));
    if (arrived.length === 0) return;
    this.#arrivals = Promise.all(arrived.map((view) => this.#write(view, 'acknowledged'))).then(
      () => this.load(),
    );
    await this.#arrivals;
  }

  /** One act; the answer of the node is read at once, and the box again. */
  async act(relay: string, act: RelayAct, more: Partial<Relay> = {}): Promise<Written> {
    await this.#arrivals;
    const view = this.rows.find((one) => one.relay.relay === relay);
    if (!view) return { done: 0 };
    const done = await this.#write(view, act, more);
    if (!done.kept) await this.load();
    return done;
  }

  forget(owner: string | null = null): void {
    this.#owner = owner;
    this.told = null;
    this.as_of = null;
    this.problem = null;
  }

  #incoming(): RelayView[] {
    const { to_answer, late, received } = this.told ?? nothing;
    const seen = new Map([...to_answer, ...late, ...received].map((one) => [one.relay.relay, one]));
    return [...seen.values()].filter(
      ({ incoming, standing }) => incoming && standing.act === 'proposed',
    );
  }

  #write(view: RelayView, act: RelayAct, more: Partial<Relay> = {}): Promise<Written> {
    return write_now(answering(view, session.account?.organisation ?? '', act, more));
  }
}

function organisation_name(id: string): string | null {
  const reference = day.reference as { organisations?: { id: string; name: string }[] } | null;
  return reference?.organisations?.find((one) => one.id === id)?.name ?? null;
}

export const box = new Box();
