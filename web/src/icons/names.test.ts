import { expect, it } from 'vitest';
import { text_file } from '../../test/files.ts';

it('every drawing has its name, and every name its drawing', () => {
  const sprite = text_file('web/src/icons/sprite.svg');
  const types = text_file('web/src/icons/names.ts');
  const drawn = [...sprite.matchAll(/<symbol id="i-([a-z0-9-]+)" viewBox="0 0 24 24">/g)].map(
    (m) => m[1],
  );
  const named = [...types.matchAll(/\| '([a-z0-9-]+)'/g)].map((m) => m[1]);
  expect(drawn.length).toBeGreaterThan(50);
  expect(new Set(drawn).size).toBe(drawn.length);
  expect([...named].sort()).toEqual([...drawn].sort());
});
