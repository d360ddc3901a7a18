// The Crypto port on libsodium, nothing of our own: XChaCha20-Poly1305 (nonce in front), BLAKE2b,
// crypto_box_seal, Argon2id. Safe to use from several threads at once; holds no key. What the
// browser composes with @noble is compared byte for byte through vectors/sealed_box.json and
// vectors/crypto.json. Stops the program when libsodium cannot start (no entropy).
//
//   std::unique_ptr<Crypto> crypto = make_sodium_crypto();
//   std::string sealed = crypto->seal(key, "bound", "text");
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/ports/crypto.h"

namespace filrouge {

std::unique_ptr<Crypto> make_sodium_crypto();

// The log's hash (BLAKE2b-256), as core wants it: a plain function.
HashFunction sodium_hash_function();

// Ed25519, for whoever only checks: a plain function, as core wants it (core/journal/receipt.h).
bool sodium_check_signature(const Bytes32& public_key, std::string_view text,
                            std::string_view signature);

// BLAKE2b-512 of the key, then the text, under a personalisation of its own: 64 bytes that nobody
// without the key tells from chance. The key takes 32 bytes of the first block instead of a block
// for itself, so that a text of up to 96 bytes costs one compression (docs/decisions/0021). Wiped
// with the last copy.
std::function<std::array<std::uint8_t, 64>(std::string_view)> sodium_keyed_hash(const Bytes32& key);

// Overwrites a secret in a way the compiler keeps.
void wipe(Bytes32& secret);
void wipe(std::string& secret);

}  // namespace filrouge
