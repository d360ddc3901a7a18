// The one way to the node, typed by its OpenAPI document (schema.ts, written by `npm run api`).
// A call answers with {data} or {error}; it never throws, and gives up after eight seconds.
//   const { data, error } = await api.GET('/api/v1/teams');
//   if (error) banner = say(error);
import createClient from 'openapi-fetch';
import { stamp } from '../app/format.ts';
import { net } from '../app/net.svelte.ts';
import { t } from '../messages/shell.ts';
import type { components, paths } from './schema.ts';

export type Schemas = components['schemas'];
export const timeout_ms = 8_000;

/** An answer that is a refusal (RFC 9457), or our own for a network that does not answer. */
export interface Problem {
  status: number;
  code: string; // core/base/result.h, or 'network'
  field?: string;
  rule?: string;
  detail?: string;
  reference?: string; // to read out to the help desk
}

// Given by the session; goes back with every request that changes something.
let csrf = '';
export function use_csrf(token: string): void {
  csrf = token;
}

async function guarded(input: Request): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeout_ms);
  if (csrf !== '' && input.method !== 'GET') input.headers.set('x-filrouge-csrf', csrf);
  try {
    const response = await fetch(input, { signal: stop.signal });
    net.offline = false;
    net.last_exchange = stamp();
    // The password form's own 401 is an answer, not the end of a session.
    const signing = new URL(input.url).pathname === '/api/v1/session';
    if (response.status === 401 && !signing) net.session_over = true;
    return response;
  } catch {
    net.offline = true;
    const problem: Problem = { status: 0, code: 'network' };
    return new Response(JSON.stringify(problem), {
      status: 503,
      headers: { 'content-type': 'application/problem+json' },
    });
  } finally {
    clearTimeout(timer);
  }
}

export const api = createClient<paths>({ baseUrl: location.origin, fetch: guarded });

/** Any refusal, whatever the server said, as a Problem. */
export function problem_of(error: unknown): Problem {
  const given = (typeof error === 'object' && error !== null ? error : {}) as Partial<Problem>;
  return { ...given, status: given.status ?? 0, code: given.code ?? 'internal' };
}

/** The sentence to show: what happened, and a reference to read out when there is one. */
export function say(error: unknown): string {
  const problem = problem_of(error);
  const words = t.m.errors as unknown as Record<string, string>;
  const sentence = words[problem.code] ?? t.m.errors.internal;
  return problem.reference ? `${sentence} ${t.m.errors.reference(problem.reference)}` : sentence;
}
