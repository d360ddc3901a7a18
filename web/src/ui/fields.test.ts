import { expect, it } from 'vitest';

// What the browser may complete it also writes into its session files, unsealed (seen in Chromium:
// the text of a note). Every field says what it wants, and inline styles never pass the policy.
const sources = import.meta.glob<string>('../**/*.svelte', {
  eager: true,
  query: '?raw',
  import: 'default',
});
const typed = /<(?:textarea|input)\b(?:[^>]|=>)*>/g;
const without_text = /type="(?:date|time|month|number|checkbox|radio|file)"/;

it('every text field says autocomplete', () => {
  const bad: string[] = [];
  for (const [path, text] of Object.entries(sources)) {
    for (const [tag] of text.matchAll(typed)) {
      if (!/autocomplete/.test(tag) && !without_text.test(tag)) bad.push(`${path}: ${tag}`);
    }
  }
  expect(Object.keys(sources).length).toBeGreaterThan(40);
  expect(bad).toEqual([]);
});

it('no style attribute, which the content policy refuses', () => {
  const bad = Object.entries(sources).filter(([, text]) => /\sstyle="/.test(text));
  expect(bad.map(([path]) => path)).toEqual([]);
});
