// libsodium's crypto_box_seal, composed of @noble parts: anyone can seal to a public key, only the
// holder of the secret key opens. Bytes are compared with libsodium's in vectors/sealed_box.json.
//   sealed = epk ‖ XSalsa20-Poly1305(text), nonce = BLAKE2b-24(epk ‖ pk)
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { random, type Bytes } from './bytes.ts';

export interface BoxKeys {
  public_key: Bytes;
  secret_key: Bytes;
}

export const overhead = 48; // ephemeral public key and tag

export function box_keys(secret_key: Bytes = random(32)): BoxKeys {
  return { secret_key, public_key: x25519.getPublicKey(secret_key) as Bytes };
}

/** `ephemeral` is given by the vectors only. */
export function seal(public_key: Bytes, text: Bytes, ephemeral: Bytes = random(32)): Bytes {
  const own = box_keys(ephemeral);
  const key = shared_key(own.secret_key, public_key);
  const box = xsalsa20poly1305(key, nonce_of(own.public_key, public_key)).encrypt(text);
  const sealed = new Uint8Array(32 + box.length);
  sealed.set(own.public_key);
  sealed.set(box, 32);
  own.secret_key.fill(0);
  key.fill(0);
  return sealed;
}

/** Null for anything that does not open: another key, or changed on the way. */
export function open(keys: BoxKeys, sealed: Bytes): Bytes | null {
  if (sealed.length < overhead) return null;
  const sender = sealed.slice(0, 32);
  try {
    const key = shared_key(keys.secret_key, sender);
    const nonce = nonce_of(sender, keys.public_key);
    return xsalsa20poly1305(key, nonce).decrypt(sealed.subarray(32)) as Bytes;
  } catch {
    return null;
  }
}

function nonce_of(sender: Bytes, receiver: Bytes): Uint8Array {
  const both = new Uint8Array(64);
  both.set(sender);
  both.set(receiver, 32);
  return blake2b(both, { dkLen: 24 });
}

// crypto_box_beforenm: HSalsa20 of the shared point with a nonce of zeros.
const sigma = new Uint32Array([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]);

function shared_key(secret: Bytes, other: Bytes): Bytes {
  const point = x25519.getSharedSecret(secret, other).slice();
  const out = new Uint32Array(8);
  hsalsa(sigma, words(point), new Uint32Array(4), out);
  point.fill(0);
  const key = new Uint8Array(32);
  const view = new DataView(key.buffer);
  out.forEach((word, i) => view.setUint32(4 * i, word, true));
  return key;
}

function words(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i, true));
}
