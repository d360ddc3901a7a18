// The Keys port over a table of sealed rows, whatever keeps it. Everything is sealed under a key
// derived from the node's master key; owners, accounts and devices are keyed hashes ("tags"):
// without the master key the table says how many rows there are.
//
// Several programs may share a table. A key of a person is therefore looked up each time something
// new is sealed, so that nobody writes about a person whom another program erased; and an opened
// one is forgotten after `opened_ms_max`. Keys of organisations and settings are never destroyed
// and kept.
//
// Errors: `refused` "wrong_master_key"; `unavailable` "keys_damaged"; those of the table.
//
//   FILROUGE_TRY(keys, open_sealed_keys(std::move(table), {.master = master}, crypto, random));
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/ports/environment.h"
#include "server/ports/keys.h"

namespace filrouge {

struct KeyRow {
  KeyId id;
  std::string sealed;
};

// What is kept; each call is durable, and done as a whole or not at all. Safe from several threads.
class KeyTable {
 public:
  enum class Sheet { secrets, credentials, devices };
  using Sealed = std::vector<std::pair<std::string, std::string>>;  // tag, sealed

  virtual ~KeyTable() = default;
  virtual Result<std::optional<std::string>> find(Sheet sheet, std::string_view tag) = 0;
  virtual Status put(Sheet sheet, std::string_view tag, std::string_view sealed) = 0;

  virtual Result<std::optional<KeyRow>> key_of(const Bytes16& owner) = 0;
  virtual Result<std::optional<std::string>> key(KeyId id) = 0;
  // What the table holds afterwards: this row, or the one of a program that was faster. Nothing:
  // the owner's key was destroyed, and none is ever added.
  virtual Result<std::optional<KeyRow>> add_key(const Bytes16& owner, const KeyRow& row) = 0;
  // The row of the key goes, the owner comes onto the list, in one step.
  virtual Status destroy(const Bytes16& owner, std::string_view sealed) = 0;
  virtual Result<Sealed> destroyed() = 0;

  virtual Status backup(const std::string& path) = 0;
};

struct SealedKeysOptions {
  Bytes32 master{};
  std::size_t cached_keys = 4'096;
  int opened_ms_max = 5'000;
};

// The rows that a new node begins with: its secrets, and the one by which its master key is known.
KeyTable::Sealed first_secrets(const Bytes32& master, Crypto& crypto, Random& random);

Result<std::unique_ptr<Keys>> open_sealed_keys(std::unique_ptr<KeyTable> table,
                                               SealedKeysOptions options, Crypto& crypto,
                                               Random& random);

}  // namespace filrouge
