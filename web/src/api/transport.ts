// How a call goes over the wire: eight seconds at most, the token of the session beside what
// changes something, and an answer in every case.
import createClient from 'openapi-fetch';
import { stamp } from '../app/format.ts';
import { net } from '../app/net.svelte.ts';
import { csrf, timeout_ms, type Problem } from './client.ts';
import type { paths } from './schema.ts';

async function guarded(input: Request): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeout_ms);
  if (csrf() !== '' && input.method !== 'GET') input.headers.set('x-filrouge-csrf', csrf());
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

export const client = createClient<paths>({ baseUrl: location.origin, fetch: guarded });
