// The one way to the node, typed by its OpenAPI document (schema.ts, written by `npm run api`).
// A call answers with {data} or {error}; it never throws, and gives up after eight seconds.
//   const { data, error } = await api.GET('/api/v1/teams');
//   if (error) banner = say(error);
import type { Client } from 'openapi-fetch';
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
let token = '';
export const csrf = (): string => token;
export function use_csrf(given: string): void {
  token = given;
}

type Api = Pick<Client<paths>, 'GET' | 'POST' | 'DELETE'>;

// The transport is fetched at the first call: the first screen needs no answer to be drawn.
const call = (method: keyof Api) =>
  (async (...given: unknown[]) => {
    const { client } = await import('./transport.ts');
    return (client[method] as (...given: unknown[]) => Promise<unknown>)(...given);
  }) as unknown;

export const api = {
  GET: call('GET'),
  POST: call('POST'),
  DELETE: call('DELETE'),
} as Api;

/** Any refusal, whatever the server said, as a Problem. */
export function problem_of(error: unknown): Problem {
  const given = (typeof error === 'object' && error !== null ? error : {}) as Partial<Problem>;
  return { ...given, status: given.status ?? 0, code: given.code ?? 'internal' };
}

export { say } from './say.ts';
