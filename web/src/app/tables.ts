// Finds the route of an address: the field's at once, the others with their table.
import { field_routes } from '../screens/field/routes.ts';
import type { Route } from './route.ts';
import { match, type Match } from './router.ts';

export async function find(path: string): Promise<Match<Route> | null> {
  const at_once = match<Route>(field_routes, path);
  if (at_once !== null) return at_once;
  const { rest_routes } = await import('./rest.ts');
  return match<Route>(rest_routes, path);
}
