// The node, for pages that stand alone: no account, no cookie, nothing kept by the browser. A call
// never throws, and gives up after eight seconds.
import type { Problem } from '../api/client.ts';

const timeout_ms = 8_000;

export type Answer<T> = { data: T } | { problem: Problem };

export async function call<T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  { body, session }: { body?: object; session?: string } = {},
): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(session ? { 'x-filrouge-mine': session } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      // Whoever is signed in on this device stays out of it.
      credentials: 'omit',
      cache: 'no-store',
      keepalive: method === 'DELETE',
      signal: AbortSignal.timeout(timeout_ms),
    });
    const text = await response.text();
    const given: unknown = text === '' ? {} : JSON.parse(text);
    if (response.ok) return { data: given as T };
    const problem = given as Partial<Problem>;
    return { problem: { ...problem, status: response.status, code: problem.code ?? 'internal' } };
  } catch {
    return { problem: { status: 0, code: 'network' } };
  }
}
