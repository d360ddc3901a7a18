import { describe, expect, it } from 'vitest';

type Module = { default: unknown };
const french = import.meta.glob<Module>('./fr/*.ts', { eager: true });
const english = import.meta.glob<Module>('./en/*.ts', { eager: true });

/** Every leaf of a catalogue with its kind: 'roles.dpo' -> 'string'. */
function leaves(value: unknown, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  if (typeof value !== 'object' || value === null) return found.set(path, typeof value);
  for (const [key, part] of Object.entries(value)) {
    for (const [name, kind] of leaves(part, path ? `${path}.${key}` : key)) found.set(name, kind);
  }
  return found;
}

describe('messages', () => {
  const areas = Object.keys(french).map((path) => path.slice(5));

  it('exist in both languages', () => {
    expect(areas.length).toBeGreaterThan(3);
    expect(
      Object.keys(english)
        .map((path) => path.slice(5))
        .sort(),
    ).toEqual([...areas].sort());
  });

  it.each(areas)('%s: same keys, none empty', (area) => {
    const fr = french[`./fr/${area}`]!.default;
    const en = english[`./en/${area}`]!.default;
    expect([...leaves(en)].sort()).toEqual([...leaves(fr)].sort());
    for (const catalogue of [fr, en]) {
      const texts = JSON.stringify(catalogue);
      expect(texts).not.toContain('""');
    }
  });

  it.each(areas)('%s: French is typed as French is printed', (area) => {
    // Functions are read as source: their sentences count too.
    const text = JSON.stringify(french[`./fr/${area}`]!.default, (_key, value: unknown) =>
      typeof value === 'function' ? String(value) : value,
    );
    expect(text.match(/[a-zà-ÿ]'[a-zà-ÿ]/gi) ?? [], 'apostrophe ’').toEqual([]);
    expect(text.match(/\.\.\./g) ?? [], 'ellipsis …').toEqual([]);
  });
});
