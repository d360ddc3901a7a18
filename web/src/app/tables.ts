// Finds the route of an address: the first three of the field at once, the others with their table.
import { first_routes } from '../screens/field/first.ts';
import type { Route } from './route.ts';
import { match, type Match } from './router.ts';

export async function find(path: string): Promise<Match<Route> | null> {
  const at_once = match<Route>(first_routes, path);
  if (at_once !== null) return at_once;
  const { rest_routes } = await import('./rest.ts');
  return match<Route>(rest_routes, path);
}
