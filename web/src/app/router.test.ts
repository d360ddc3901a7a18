import { describe, expect, it } from 'vitest';
import { routes, href } from './routes.ts';
import type { Route } from './route.ts';
import { fill, match } from './router.ts';

const some = [{ path: '/' }, { path: '/jeunes' }, { path: '/jeunes/:id' }, { path: '/jeunes/nouveau' }];

describe('addresses', () => {
  it('finds the screen, and its ids', () => {
    expect(match(some, '/')?.route.path).toBe('/');
    expect(match(some, '/jeunes/')?.route.path).toBe('/jeunes');
    expect(match(some, '/jeunes/3f')).toEqual({ route: { path: '/jeunes/:id' }, params: { id: '3f' } });
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

  it('has no two routes for one address, and every one opens', async () => {
    const paths = (routes as readonly Route[]).map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const route of routes as readonly Route[]) {
      const given = fill(route.path, Object.fromEntries((route.path.match(/:[a-z_]+/g) ?? []).map((p) => [p.slice(1), '0f'])));
      expect(match(routes as readonly Route[], given)?.route.path).toBe(route.path);
      expect(route.title(), route.path).not.toBe('');
      expect((await route.load()).default, route.path).toBeTypeOf('function');
    }
    expect(href('/aide')).toBe('/aide');
  });
});
