import { describe, expect, it } from 'vitest';
import { from_hex, hex, text_of, utf8 } from './bytes.ts';
import { decrypt, derive, encrypt, rounds } from './day_key.ts';

const salt = from_hex('00112233445566778899aabbccddeeff');
const few = 1_000;

describe('the key of the day', () => {
  it('takes six hundred thousand rounds', () => expect(rounds).toBe(600_000));

  it('opens what it closed, for the same password and salt only', async () => {
    const key = await derive('motdepasse de Samira', salt, few);
    const sealed = await encrypt(key, 'day a', utf8('Momo'));
    expect(text_of((await decrypt(key, 'day a', sealed))!)).toBe('Momo');
    const other = await derive('motdepasse de Samir', salt, few);
    expect(await decrypt(other, 'day a', sealed)).toBeNull();
    const elsewhere = await derive('motdepasse de Samira', from_hex('ff'.repeat(16)), few);
    expect(await decrypt(elsewhere, 'day a', sealed)).toBeNull();
  });

  it('is bound to its place: bytes of one account do not open as another’s', async () => {
    const key = await derive('p', salt, few);
    const sealed = await encrypt(key, 'day a', utf8('Momo'));
    expect(await decrypt(key, 'day b', sealed)).toBeNull();
    expect(await decrypt(key, 'day a', sealed.slice(0, 20))).toBeNull();
  });

  it('does not depend on how the keyboard writes an accent', async () => {
    const composed = await derive('\u00e9t\u00e9', salt, few);
    const apart = await derive('e\u0301te\u0301', salt, few);
    const sealed = await encrypt(composed, 'x', utf8('ok'));
    expect(await decrypt(apart, 'x', sealed)).not.toBeNull();
  });

  it('cannot be taken out of the browser', async () => {
    const key = await derive('p', salt, few);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
    const one = await encrypt(key, 'x', utf8('same'));
    const two = await encrypt(key, 'x', utf8('same'));
    expect(hex(one)).not.toBe(hex(two));
  });
});
