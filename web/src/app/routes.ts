// Addresses as types: href('/jeunes/:id', { id }) is checked against every route there is. The
// tables themselves are in tables.ts; a screen that only links does not load them.
import type { account_routes } from '../screens/account/routes.ts';
import type { desk_routes } from '../screens/desk/routes.ts';
import type { first_routes } from '../screens/field/first.ts';
import type { field_routes } from '../screens/field/routes.ts';
import type { page_routes } from '../screens/pages/routes.ts';
import type { phone_routes } from '../screens/phone/routes.ts';
import type { relay_routes } from '../screens/relay/routes.ts';
import { fill, type Params } from './router.ts';

export type Path = (
  | typeof account_routes
  | typeof desk_routes
  | typeof field_routes
  | typeof first_routes
  | typeof page_routes
  | typeof phone_routes
  | typeof relay_routes
)[number]['path'];

export function href<P extends Path>(
  path: P,
  ...params: keyof Params<P> extends never ? [] : [Params<P>]
): string {
  return fill(path, params[0] as Record<string, string> | undefined);
}
