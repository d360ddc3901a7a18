// Every address of the app. Links outside templates: href('/jeunes/:id', { id }).
import { account_routes } from '../screens/account/routes.ts';
import { desk_routes } from '../screens/desk/routes.ts';
import { field_routes } from '../screens/field/routes.ts';
import { page_routes } from '../screens/pages/routes.ts';
import { phone_routes } from '../screens/phone/routes.ts';
import type { Route } from './route.ts';
import { fill, type Params } from './router.ts';

export const routes = [
  ...field_routes,
  ...phone_routes,
  ...account_routes,
  ...desk_routes,
  ...page_routes,
] as const;

export type Path = (typeof routes)[number]['path'];

export function href<P extends Path>(
  path: P,
  ...params: keyof Params<P> extends never ? [] : [Params<P>]
): string {
  return fill(path, params[0] as Record<string, string> | undefined);
}

export function exists(path: string): boolean {
  return (routes as readonly Route[]).some((route) => route.path === path);
}
