import { describe, expect, it } from 'vitest';
import { first_routes } from '../screens/field/first.ts';
import { entries_for, home_for } from './menu.ts';
import { bar, foot } from './nav.ts';
import { rest_routes } from './rest.ts';
import { find } from './tables.ts';
import { href } from './routes.ts';
import type { Route } from './route.ts';
import { fill, match } from './router.ts';

const some = [
  { path: '/' },
  { path: '/jeunes' },
  { path: '/jeunes/:id' },
  { path: '/jeunes/nouveau' },
];

describe('addresses', () => {
  it('finds the screen, and its ids', () => {
    expect(match(some, '/')?.route.path).toBe('/');
    expect(match(some, '/jeunes/')?.route.path).toBe('/jeunes');
    expect(match(some, '/jeunes/3f')).toEqual({
      route: { path: '/jeunes/:id' },
      params: { id: '3f' },
    });
    expect(match(some, '/jeunes/nouveau')?.route.path).toBe('/jeunes/nouveau');
    expect(match(some, '/jeunes/3f/plus')).toBeNull();
    expect(match(some, '/autre')).toBeNull();
  });

  it('takes nothing but an id as a parameter', () => {
    expect(match(some, '/jeunes/Momo%20casquette')).toBeNull();
    expect(match(some, `/jeunes/${'a'.repeat(65)}`)).toBeNull();
    expect(() => fill('/jeunes/:id', { id: 'Momo casquette' })).toThrow();
    expect(() => fill('/jeunes/:id', {})).toThrow();
    expect(fill('/jeunes/:id', { id: 'ab12' })).toBe('/jeunes/ab12');
  });

  const all = [...first_routes, ...rest_routes] as readonly Route[];

  it('has no two routes for one address', () => {
    const shapes = all.map(({ path }) => path.replace(/:[a-z_]+/g, ':'));
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it('every address opens its own screen, with a title', { timeout: 60_000 }, async () => {
    for (const route of all) {
      const names = [...route.path.matchAll(/:([a-z_]+)/g)].map(([, name]) => [name!, '0f']);
      const given = fill(route.path, Object.fromEntries(names) as Record<string, string>);
      expect((await find(given))?.route.path).toBe(route.path);
      expect(route.title(), route.path).not.toBe('');
      expect((await route.load()).default, route.path).toBeTypeOf('function');
    }
    expect(href('/aide')).toBe('/aide');
  });

  it('the bars lead to addresses that exist, by the rules of the role', () => {
    const paths = all.map(({ path }) => path);
    const everything = entries_for(() => true);
    for (const { path } of [...everything, ...foot]) expect(paths).toContain(path);
    expect(bar.map(({ path }) => path)).toEqual([
      '/',
      '/jeunes',
      '/noter',
      '/relais',
      '/carte',
    ]);
    expect(entries_for(null).map(({ path }) => path)).toEqual(['/noter', '/envois', '/aide']);
    const only = (rule: string) => (asked: string) => asked === rule;
    expect(home_for(only('today.read'))).toBe('/');
    expect(home_for(only('figures.read'))).toBe('/indicateurs');
    expect(home_for(only('nothing'))).toBe('/aide');
  });
});
