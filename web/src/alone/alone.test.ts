// The pages that stand alone: what the address holds, what is kept, what is shown first, and the
// words that a young person never reads.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { text_file } from '../../test/files.ts';
import { call } from './call.ts';
import { code_of, take_token, token_in } from './secret.ts';
import { forget_card, keep_card, kept_card } from './young/held.ts';
import { answers_of, next_of, type MyAppointment, type MyStep } from './young/young.ts';

const token = '0123456789abcdef0123456789abcdef';

describe('the token', () => {
  it('is taken out of the address as soon as it is read', () => {
    history.replaceState(null, '', `/mon-carnet#${token}`);
    expect(take_token()).toBe(token);
    expect(location.hash).toBe('');
    expect(take_token()).toBeNull();
  });

  it('anything else in the fragment is no token', () => {
    expect(token_in('#content')).toBeNull();
    expect(token_in('')).toBeNull();
    expect(token_in(`#${token}<script>`)).toBeNull();
  });

  it('a code is six digits, however it was typed', () => {
    expect(code_of('482 915')).toBe('482915');
    expect(code_of('48-29.15')).toBe('482915');
    expect(code_of('48291')).toBeNull();
    expect(code_of('48291a')).toBeNull();
  });
});

describe('what her phone keeps', () => {
  it('is the card only, and only when she said so', () => {
    expect(kept_card()).toBeNull();
    keep_card(token);
    expect(kept_card()).toBe(token);
    forget_card();
    expect(localStorage.length).toBe(0);
  });
});

describe('a call', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('carries no cookie and asks the browser to keep nothing', async () => {
    const fetched = vi.fn(async () => new Response('{"shown":"Inès"}'));
    vi.stubGlobal('fetch', fetched);
    expect(await call('GET', '/api/v1/mine', { session: 's' })).toEqual({ data: { shown: 'Inès' } });
    const [, asked] = fetched.mock.calls[0] as unknown as [string, RequestInit];
    expect(asked).toMatchObject({ credentials: 'omit', cache: 'no-store' });
    expect(asked.headers).toEqual({ 'x-filrouge-mine': 's' });
  });

  it('answers in every case', async () => {
    vi.stubGlobal('fetch', async () => new Response('{"code":"unauthenticated"}', { status: 401 }));
    expect(await call('GET', '/api/v1/mine')).toMatchObject({
      problem: { status: 401, code: 'unauthenticated' },
    });
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('no network')));
    expect(await call('GET', '/api/v1/mine')).toMatchObject({ problem: { code: 'network' } });
  });
});

describe('what comes first', () => {
  const step = (what: string, status: MyStep['status'], due?: string): MyStep => ({
    what,
    status,
    with: 'Claire',
    ...(due ? { due } : {}),
  });
  const meeting = (on: string, minute: number): MyAppointment => ({ on, minute, with: 'Claire' });

  it('is the next appointment, else the first step to do', () => {
    const appointments = [meeting('2026-11-25', 600), meeting('2026-11-24', 840)];
    expect(next_of({ steps: [step('a', 'running')], appointments })).toEqual({
      kind: 'appointment',
      appointment: appointments[1],
    });
    const steps = [step('a', 'done'), step('b', 'proposed'), step('c', 'running', '2026-12-01')];
    expect(next_of({ steps, appointments: [] })).toEqual({ kind: 'step', step: steps[2] });
    expect(next_of({ steps: [step('a', 'done')], appointments: [] })).toBeNull();
  });

  it('a question that is skipped, or not known to her, is not answered for her', () => {
    expect(answers_of({ mission_locale: 0, school: 'unknown', town_hall: null, know_where: 10 })).toEqual([
      { item: 'mission_locale', value: 0 },
      { item: 'know_where', value: 10 },
    ]);
  });
});

describe('her pages', () => {
  const words = ['fr/young', 'en/young', 'fr/carnet', 'en/carnet'].map((name) =>
    text_file(`web/src/messages/${name}.ts`),
  );

  it('never say what she is taken for', () => {
    for (const text of words) {
      expect(text).not.toMatch(/\bfrein|\bNEET\b|invisible|public cible|target (group|public)|barrier:/i);
    }
  });

  it('say tu', () => {
    const french = [words[0]!, words[2]!].join('\n');
    expect(french).not.toMatch(/\bvous (pouvez|devez|êtes|avez)|\bvotre\b|\bvos\b/i);
  });

  it('have a title that says nothing, before any script and after', () => {
    const page = text_file('web/mon-carnet.html');
    expect(page).toContain('<title>Mon carnet</title>');
    for (const file of ['web/mon-carnet.html', 'web/reponse.html']) {
      expect(text_file(file), file).not.toMatch(/fil rouge|mission locale|manifest/i);
    }
  });
});
