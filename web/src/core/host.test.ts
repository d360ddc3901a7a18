// The host of the core, against a core of thirty lines of C: it counts its calls, echoes the
// request, and traps on '!'. Memory, stubs of system calls and the fresh start after a trap are
// what is tested; the rules themselves are tested by core/ and by vectors/.
import { describe, expect, it } from 'vitest';
import { bytes_file, has_file } from '../../test/files.ts';
import { padded, text_of_draft, tick, type Draft } from '../sync/draft.ts';
import { text_of } from '../crypto/bytes.ts';
import { Core, CoreTrap, is_error } from './host.ts';

const tiny = Uint8Array.from(
  atob(
    [
      'AGFzbQEAAAABHQVgBH9/f38Bf2ABfwF/YAJ/fwBgAAF/YAJ/fwF/AiMBFndhc2lfc25hcHNob3RfcHJldmlldzEI',
      'ZmRfd3JpdGUAAAMFBAECAwQEBQFwAQEBBQMBAAIGCAF/AUHwyAQLBycFBm1lbW9yeQIABWFsbG9jAAEFZnJlZV8A',
      'AgNvdXQAAwRjYWxsAAQKlQIECABBgIiAgAALAgALCABBgKiAgAAL/QEBAn9BAEEAKALoyICAACICQQFqIgM2AujI',
      'gIAAAkAgAkHkAEgNAEEAQQBBAEEAEICAgIAAGkEAKALoyICAACEDC0EAQTo6AJSogIAAQQBB9MQAOwGSqICAAEEA',
      'QqzEyKuWrt2y8wA3AYqogIAAQQBBOjoAiKiAgABBAEL7xIyLxo3buSI3A4CogIAAQQAgA0EwajoAiaiAgAACQAJA',
      'AkAgAUEBTg0AQRUhAwwBC0EAIQMDQCAAIANqLQAAIgJBIUYNAiADQZWogIAAaiACOgAAIAEgA0EBaiIDRw0ACyAD',
      'QRVqIQMLIANBgKiAgABqQf0AOgAAIANBAWoPCwAL',
    ].join(''),
  ),
  (letter) => letter.charCodeAt(0),
);

interface Echo {
  calls: number;
  request: { op: string; text?: string };
}

describe('the host of the core', () => {
  it('passes a request in and the answer out, letters with accents too', async () => {
    const core = await Core.from(tiny);
    const request = { op: 'pad', text: 'Éloïse, « œuf » 🙂' };
    expect(await core.ask<Echo>(request)).toEqual({ calls: 1, request });
    expect(await core.ask<Echo>(request)).toMatchObject({ calls: 2 });
  });

  it('drops an instance that trapped and goes on with a fresh one', async () => {
    const core = await Core.from(tiny);
    await core.ask({ op: 'pad' });
    await expect(core.ask({ op: 'boom!' })).rejects.toBeInstanceOf(CoreTrap);
    expect(await core.ask<Echo>({ op: 'pad' })).toMatchObject({ calls: 1 });
  });

  it('tells a refusal from an answer', () => {
    expect(is_error({ error: { code: 'invalid', field: '', rule: '', detail: '' } })).toBe(true);
    expect(is_error({ ok: true })).toBe(false);
  });
});

const built = has_file('build/wasm/core.wasm');
describe.skipIf(!built && process.env.CI !== 'true')('core.wasm', () => {
  const load = () => Core.from(bytes_file('build/wasm/core.wasm'));

  it('ticks and pads as the phone does before the core has come', async () => {
    const core = await load();
    for (const [last, now] of [
      ['0.0', 5],
      ['5.0', 5],
      ['9.4', 5],
      ['9.4294967295', 5],
      ['1795312800000.3', 1795312800001],
    ] as const) {
      const answer = await core.ask<{ hlc: string }>({ op: 'tick', hlc: last, now });
      expect(answer).toEqual({ hlc: tick(last, now) });
    }
    for (const text of ['', 'a', 'é'.repeat(128), 'é'.repeat(129), 'x'.repeat(1025)]) {
      const answer = await core.ask<{ text: string }>({ op: 'pad', text });
      expect(answer).toEqual({ text: text_of(padded(text)) });
    }
  });

  it('accepts a draft as this app writes it, and says what is wrong with another', async () => {
    const core = await load();
    const draft: Draft<object> = {
      id: 'ab'.repeat(16),
      subject: '0c'.repeat(16), // outside a round: the team
      kind: 'encounter',
      version: 1,
      occurred: { instant: 1795312800000, date: '2026-11-22', minute: 0, offset: 60 },
      hlc: '1795312800000.0',
      author: 'ef'.repeat(16),
      locked: false,
      body: { count: 1, team: '0c'.repeat(16), services: [], barriers: [], sex: null },
    };
    const occurred = await core.ask<{ occurred: Draft['occurred'] }>({
      op: 'stamp',
      instant: draft.occurred.instant,
      offset: 60,
    });
    if (is_error(occurred)) throw new Error(occurred.error.rule);
    const good = { ...draft, occurred: occurred.occurred };
    const ask = (checked: object) =>
      core.ask<object>({ op: 'check', draft: JSON.parse(text_of_draft(checked as Draft)) });
    expect(await ask(good)).toEqual({ ok: true });
    expect(await ask({ ...good, kind: 'nonsense' })).toHaveProperty('error');
    expect(await ask({ ...good, body: { ...good.body, count: 'one' } })).toHaveProperty('error');
  });
});
