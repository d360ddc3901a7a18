import decode from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { card_address, code_trouble, digits_of } from './code.ts';
import { drawing_of } from './qr.ts';

describe('the code of the card', () => {
  it('is six digits, typed twice the same', () => {
    expect(code_trouble('482 915', '482915')).toBeNull();
    expect(code_trouble('48291', '48291')).toBe('six');
    expect(code_trouble('482915', '482916')).toBe('not_same');
    expect(digits_of('48 29-15')).toBe('482915');
  });
});

describe('the card', () => {
  const address = card_address('https://fil.example.org', 'ab'.repeat(16));

  it('leads to her page with the token in the fragment, where no server sees it', () => {
    const url = new URL(address);
    expect(url.pathname).toBe('/mon-carnet');
    expect(url.search).toBe('');
    expect(url.hash).toBe(`#${'ab'.repeat(16)}`);
  });

  it('is a drawing that a phone reads back', () => {
    const { size, path } = drawing_of(address);
    const scale = 4;
    const data = new Uint8ClampedArray(size * size * scale * scale * 4).fill(255);
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
      for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
        for (let column = Number(x) * scale; column < (Number(x) + Number(width)) * scale; column += 1) {
          const at = (row * size * scale + column) * 4;
          data[at] = data[at + 1] = data[at + 2] = 0;
        }
      }
    }
    expect(decode({ width: size * scale, height: size * scale, data })).toBe(address);
  });
});
