// The effects around the machine: what is sent, kept, retried and forgotten. The machine here is a
// short stand-in that sends whatever waits; the real one is compiled from core/ and has its own
// tests there, and the last test runs it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bytes_file, has_file } from '../../test/files.ts';
import { enrolled_phone, ids } from '../../test/phone.ts';
import { net } from '../app/net.svelte.ts';
import { Core } from '../core/host.ts';
import { database, meta, put_meta } from '../store/db.ts';
import { Engine } from './engine.ts';
import { note } from './note.ts';
import { outbox } from './outbox.svelte.ts';
import { use_sender } from './sender.ts';
import { own } from './own.svelte.ts';
import type { SyncAction, SyncEvent, SyncState } from './types.ts';

type Step = { state: SyncState; actions: SyncAction[] };

function stand_in({ state, event }: { state: SyncState; event: SyncEvent }): Step {
  const rows = state.rows.map((row) => ({ ...row }));
  const next = { ...state, rows };
  const actions: SyncAction[] = [];
  if (event.kind === 'saved') {
    rows.push({
      id: event.id!,
      sequence: next.next_sequence,
      bytes: event.bytes!,
      state: 'on_device',
    });
    next.next_sequence += 1;
  }
  if (event.kind === 'answered') {
    for (const result of event.results) {
      const row = rows.find(({ id }) => id === result.id)!;
      row.state = result.receipt === 'quarantined' ? 'to_check' : 'sent';
      if (result.reason) row.reason = result.reason;
    }
    next.in_flight = false;
  }
  if (event.kind === 'restarted') {
    for (const row of rows) if (row.state === 'sending') row.state = 'on_device';
    next.in_flight = false;
  }
  if (event.kind === 'failed' || event.kind === 'refused') {
    for (const row of rows) if (row.state === 'sending') row.state = 'on_device';
    next.in_flight = false;
    next.sign_in_needed = event.kind === 'refused';
    actions.push({ kind: 'timer', ids: [], at: event.now + (event.retry_after_ms ?? 60_000) });
  }
  const waiting = rows.filter((row) => row.state === 'on_device');
  const goes = ['saved', 'wake', 'answered'].includes(event.kind);
  if (goes && !next.in_flight && waiting.length > 0) {
    for (const row of waiting) row.state = 'sending';
    next.in_flight = true;
    actions.push({ kind: 'send', ids: waiting.map(({ id }) => id) });
  }
  if (event.kind === 'signed_in') actions.push({ kind: 'pull', ids: [], cursor: state.cursor });
  if (event.kind === 'pulled') next.cursor = event.cursor!;
  return { state: next, actions };
}
const machine = async () =>
  ({ ask: async (request: never) => stand_in(request) }) as unknown as Core;

type Posted = {
  entries: { id: string; sequence: number; sealed: string }[];
  database_vanished?: boolean;
};
let posted: { body: Posted; headers: Record<string, string>; credentials: unknown }[] = [];
let answer: (body: Posted) => Response | Promise<Response>;

// What the node signs of its log; another epoch after a restore.
let epoch = 'one';
const log = () => ({ epoch });

const accepted = (body: Posted) =>
  Response.json({
    log: log(),
    results: body.entries.map(({ id }, i) => ({ id, receipt: 'accepted', recv_seq: i + 1 })),
    server_time: Date.now(),
  });

let engine: Engine;
const entry = (text: string) => ({
  kind: 'contact',
  subject: 'ab'.repeat(16),
  body: { team: ids.team, note: text },
});
const states = () => outbox.rows.map(({ state }) => state);

async function started(pull: () => Promise<number | null> = async () => null) {
  engine = new Engine();
  use_sender(engine);
  engine.start(pull, machine);
  await vi.waitFor(() => expect(engine.leads).toBe(true));
  await engine.settled();
}

describe('the outbox on this device', () => {
  beforeEach(async () => {
    posted = [];
    epoch = 'one';
    answer = accepted;
    own.close();
    Object.assign(net, { offline: false, device_refused: false, sending: null });
    vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
      const body = JSON.parse(init.body as string) as Posted;
      posted.push({
        body,
        headers: init.headers as Record<string, string>,
        credentials: init.credentials,
      });
      return answer(body);
    });
    await enrolled_phone();
    await outbox.reload();
  });
  afterEach(() => {
    engine.stop();
    vi.unstubAllGlobals();
  });

  it('sends what is noted, with the key of the device and no cookie', async () => {
    await started();
    const [draft] = await note(entry('x'));
    expect(outbox.state_of(draft!.id)).not.toBe('sent');
    await vi.waitFor(() => expect(states()).toEqual(['sent']));
    expect(posted).toHaveLength(1);
    expect(posted[0]!.headers.authorization).toBe('Device jeton');
    expect(posted[0]!.credentials).toBe('omit');
    expect(posted[0]!.body.entries[0]).toMatchObject({ id: draft!.id, sequence: 1 });
    expect(net.waiting).toBe(0);
    expect((await meta('sync'))!.rows[0]!.state).toBe('sent');
  });

  it('keeps everything when nothing answers, and says so; sends it when it is back', async () => {
    answer = () => Promise.reject(new TypeError('network'));
    await started();
    await note(entry('un'));
    await note(entry('deux'));
    await vi.waitFor(() => expect(net.offline).toBe(true));
    await engine.settled();
    expect(states()).toEqual(['on_device', 'on_device']);
    expect(net.waiting).toBe(2);
    answer = accepted;
    await engine.wake(true);
    await vi.waitFor(() => expect(states()).toEqual(['sent', 'sent']));
    expect(net.offline).toBe(false);
  });

  it('notes written before the core has come are taken in, in order', async () => {
    await note(entry('un'), entry('deux'));
    await note(entry('trois'));
    await outbox.reload();
    expect(states()).toEqual(['on_device', 'on_device', 'on_device']);
    await started();
    await vi.waitFor(() => expect(states()).toEqual(['sent', 'sent', 'sent']));
    const sent = posted.flatMap(({ body }) => body.entries);
    expect(sent.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(3);
  });

  it('a batch whose page died is sent again: the node counts it once', async () => {
    answer = () => new Promise<Response>(() => undefined);
    await started();
    await note(entry('x'));
    await vi.waitFor(() => expect(states()).toEqual(['sending']));
    engine.stop();
    answer = accepted;
    await started();
    await vi.waitFor(() => expect(states()).toEqual(['sent']));
    expect(posted).toHaveLength(2);
    expect(posted[1]!.body.entries[0]!.id).toBe(posted[0]!.body.entries[0]!.id);
  });

  it('what the node sets aside shows with its reason, and is not sent again by itself', async () => {
    answer = (body) =>
      Response.json({
        results: body.entries.map(({ id }) => ({
          id,
          receipt: 'quarantined',
          recv_seq: 0,
          reason: 'device_lost',
        })),
        log: log(),
        server_time: Date.now(),
      });
    await started();
    await note(entry('x'));
    await vi.waitFor(() => expect(states()).toEqual(['to_check']));
    expect(outbox.rows[0]!.reason).toBe('device_lost');
    expect(net.to_check).toBe(1);
    await engine.wake(true);
    await engine.settled();
    expect(posted).toHaveLength(1);
  });

  it('a refused device keeps all of it and asks to sign in', async () => {
    answer = () => new Response('{}', { status: 401 });
    await started();
    await note(entry('x'));
    await vi.waitFor(() => expect(net.device_refused).toBe(true));
    expect(states()).toEqual(['on_device']);
    expect(await (await database()).count('outbox')).toBe(1);
  });

  it('obeys Retry-After, and notices a wrong clock', async () => {
    answer = () => new Response('{}', { status: 503, headers: { 'retry-after': '120' } });
    await started();
    const seen: SyncEvent[] = [];
    const dispatch = engine.dispatch.bind(engine);
    engine.dispatch = (event) => (seen.push(event), dispatch(event));
    await note(entry('x'));
    await vi.waitFor(() =>
      expect(seen.at(-1)).toMatchObject({ kind: 'failed', retry_after_ms: 120_000 }),
    );
    answer = (body) =>
      Response.json({
        ...JSON.parse('{}'),
        results: body.entries.map(({ id }) => ({ id, receipt: 'accepted', recv_seq: 1 })),
        log: log(),
        server_time: Date.now() + 10 * 60_000,
      });
    await engine.wake(true);
    await vi.waitFor(() => expect(net.clock_wrong).toBe(true));
  });

  it('tells once that the browser had thrown the store away', async () => {
    await put_meta('vanished', true);
    await started();
    await note(entry('x'));
    await vi.waitFor(() => expect(states()).toEqual(['sent']));
    await note(entry('y'));
    await vi.waitFor(() => expect(states()).toEqual(['sent', 'sent']));
    expect(posted.map(({ body }) => body.database_vanished)).toEqual([true, undefined]);
  });

  it('pulls the day after a sign-in, and remembers where it is', async () => {
    const pull = vi.fn(async () => 42);
    await started(pull);
    await engine.signed_in();
    await vi.waitFor(async () => expect((await meta('sync'))?.cursor).toBe(42));
    expect(pull).toHaveBeenCalledOnce();
  });

  const built = has_file('build/wasm/core.wasm');
  it.skipIf(!built && process.env.CI !== 'true')(
    'runs the machine compiled from core/',
    async () => {
      const real = await Core.from(bytes_file('build/wasm/core.wasm'));
      engine = new Engine();
      use_sender(engine);
      engine.start(
        async () => 7,
        async () => real,
      );
      await vi.waitFor(() => expect(engine.leads).toBe(true));
      await note(entry('un'), entry('deux'));
      await vi.waitFor(() => expect(states()).toEqual(['sent', 'sent']));
      answer = () => Promise.reject(new TypeError('network'));
      await note(entry('trois'));
      await vi.waitFor(() => expect(net.offline).toBe(true));
      await engine.settled();
      expect(states()).toEqual(['on_device', 'sent', 'sent']);
      answer = accepted;
      await engine.wake(true);
      await vi.waitFor(() => expect(states()).toEqual(['sent', 'sent', 'sent']));
      await engine.signed_in();
      await vi.waitFor(async () => expect((await meta('sync'))?.cursor).toBe(7));
      // The node was restored from a backup: what is kept goes out again.
      await engine.signed_in('one');
      expect(posted.at(-1)!.body.entries).toHaveLength(1);
      epoch = 'two';
      const before = posted.length;
      await engine.signed_in('two');
      // In several batches: one failed a while ago, so they begin small.
      await vi.waitFor(() =>
        expect(posted.slice(before).flatMap(({ body }) => body.entries)).toHaveLength(3),
      );
      await vi.waitFor(() => expect(states()).toEqual(['sent', 'sent', 'sent']));
    },
  );
});
