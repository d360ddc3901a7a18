// The address is the state: a small typed router over the history API.
// A route is written '/jeunes/:id'; parameters are opaque ids, never a name (the history of a
// phone and a screenshot show them). Example: href('/jeunes/:id', { id }) -> '/jeunes/3f..'.

export type Params<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name | keyof Params<`/${Rest}`>]: string }
  : P extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : object;

export interface Match<R extends { path: string }> {
  route: R;
  params: Record<string, string>;
}

// Ids are the only free text that an address may carry.
const id_shape = /^[0-9A-Za-z_-]{1,64}$/;

/** Fills a pattern; throws on a value that is not an id, because that is a programmer's error. */
export function fill(path: string, params: Record<string, string> = {}): string {
  return path.replace(/:([a-z_]+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || !id_shape.test(value)) throw new Error(`${path}: ${name}`);
    return value;
  });
}

/** First route whose pattern fits the path name; a fixed part wins over a parameter. */
export function match<R extends { path: string }>(
  routes: readonly R[],
  path_name: string,
): Match<R> | null {
  const parts = split(path_name);
  let best: (Match<R> & { fixed: number }) | null = null;
  for (const route of routes) {
    const params = fit(split(route.path), parts);
    if (params === null) continue;
    const fixed = parts.length - Object.keys(params).length;
    if (best === null || fixed > best.fixed) best = { route, params, fixed };
  }
  return best && { route: best.route, params: best.params };
}

function split(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function fit(pattern: string[], parts: string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (let i = 0; i < parts.length; i += 1) {
    const want = pattern[i]!;
    const have = parts[i]!;
    if (want.startsWith(':')) {
      if (!id_shape.test(have)) return null;
      params[want.slice(1)] = have;
    } else if (want !== have) {
      return null;
    }
  }
  return params;
}
