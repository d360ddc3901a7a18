import { describe, expect, it } from 'vitest';
import { text_file } from '../../test/files.ts';
import { from_hex, hex, utf8 } from './bytes.ts';
import { box_keys, open, seal } from './sealed_box.ts';

interface Vectors {
  public_key: string;
  secret_key: string;
  cases: { plaintext: string; ephemeral_secret_key: string; sealed: string }[];
}
const vectors = JSON.parse(text_file('vectors/sealed_box.json')) as Vectors;

describe('the sealed box is libsodium’s', () => {
  const keys = box_keys(from_hex(vectors.secret_key));

  it('has vectors', () => {
    expect(vectors.cases.length).toBeGreaterThan(3);
    expect(hex(keys.public_key)).toBe(vectors.public_key);
  });

  it.each(vectors.cases)('case %#: same bytes when sealed, same text when opened', (given) => {
    const text = from_hex(given.plaintext);
    const sealed = seal(keys.public_key, text, from_hex(given.ephemeral_secret_key));
    expect(hex(sealed)).toBe(given.sealed);
    expect(hex(open(keys, from_hex(given.sealed))!)).toBe(given.plaintext);
  });

  it('makes another box each time, and opens only with the right key', () => {
    const text = utf8('Momo, casquette');
    const one = seal(keys.public_key, text);
    const two = seal(keys.public_key, text);
    expect(hex(one)).not.toBe(hex(two));
    expect(open(keys, one)).toEqual(text);
    expect(open(box_keys(), one)).toBeNull();
  });

  it('refuses a changed byte, wherever it is', () => {
    const sealed = seal(keys.public_key, utf8('x'.repeat(20)));
    for (let i = 0; i < sealed.length; i += 1) {
      const changed = sealed.slice();
      changed[i]! ^= 1;
      expect(open(keys, changed), `byte ${i}`).toBeNull();
    }
    expect(open(keys, sealed.slice(0, 47))).toBeNull();
  });
});
