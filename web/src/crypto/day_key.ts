// The key that opens what this phone keeps to read: derived from the password with the account's
// salt, never written, not extractable. PBKDF2-SHA-256, 600 000 rounds; AES-256-GCM with a random
// nonce in front.
import { random, utf8, type Bytes } from './bytes.ts';

export type DayKey = CryptoKey;
export const rounds = 600_000;

export async function derive(password: string, salt: Bytes, count = rounds): Promise<DayKey> {
  // One form for a letter with its accent, however the keyboard made it.
  const material = await crypto.subtle.importKey(
    'raw',
    utf8(password.normalize('NFC')),
    'PBKDF2',
    false,
    ['deriveKey'],
  );
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: count },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** `bound` is authenticated, not contained: bytes moved to another place do not open there. */
export async function encrypt(key: DayKey, bound: string, text: Bytes): Promise<Bytes> {
  const iv = random(12);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: utf8(bound) },
    key,
    text,
  );
  const out = new Uint8Array(12 + sealed.byteLength);
  out.set(iv);
  out.set(new Uint8Array(sealed), 12);
  return out;
}

/** Null for another key (another password), another place, or changed bytes. */
export async function decrypt(key: DayKey, bound: string, sealed: Bytes): Promise<Bytes | null> {
  if (sealed.length < 28) return null;
  try {
    const text = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.slice(0, 12), additionalData: utf8(bound) },
      key,
      sealed.slice(12),
    );
    return new Uint8Array(text);
  } catch {
    return null;
  }
}
