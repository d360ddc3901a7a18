// The key database: its own file, its own backup (architecture 3). Node master -> organisation and
// person keys, all wrapped; credentials and device tokens live here too, sealed. *Keys first*: a
// key that current() makes is durable before it is returned, so before the entry that uses it; an
// unused key is harmless. Destroying is final when the last key backup expires.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/journal/kinds.h"
#include "server/ports/crypto.h"

namespace filrouge {

struct DataKey {
  KeyId id;
  Bytes32 key{};
};

// Secrets of the node, made once and wrapped under the master key.
struct NodeSecrets {
  BoxKeys box;              // phones seal drafts to box.public_key
  Bytes32 pseudonym_key{};  // facts
  Bytes32 search_key{};     // search tokens, logins
  Bytes32 token_key{};      // device and session tokens are stored as mac(token_key, token)
};

struct Credential {
  SubjectId account;
  std::string password;    // Argon2id text, empty before activation
  std::string activation;  // Argon2id text of the one-time code, empty once used
  Instant activation_until;
};

struct DeviceToken {
  Bytes32 token{};  // mac, never the token
  SubjectId device;
  SubjectId account;
};

class Keys {
 public:
  virtual ~Keys() = default;

  virtual const NodeSecrets& secrets() = 0;

  // The key for new entries of this scope: owner = the person, the organisation, or nil (settings).
  // `not_found` "destroyed" for a person who was erased: no new key ever brings her back.
  virtual Result<DataKey> current(SealScope scope, SubjectId owner) = 0;
  // `not_found` when the key was destroyed.
  virtual Result<DataKey> open(KeyId id) = 0;
  virtual Status destroy(SubjectId person) = 0;
  // Persons whose destruction was recorded (the list that is replayed after a restore).
  virtual Result<std::vector<SubjectId>> destroyed() = 0;

  virtual Result<std::optional<Credential>> credential(SubjectId account) = 0;
  virtual Status put_credential(const Credential& credential) = 0;
  virtual Result<std::optional<DeviceToken>> device(const Bytes32& token) = 0;
  virtual Status put_device(const DeviceToken& token) = 0;

  // A short text of the node under a name, sealed like the rest; empty when there is none. What
  // must not be rolled back with the journal: the last signed checkpoint, the epoch of the log.
  virtual Result<std::string> note(std::string_view name) = 0;
  virtual Status put_note(std::string_view name, std::string_view text) = 0;

  // A consistent copy while serving, into one new file. Taken after Store::backup, so that every
  // key of the journal's copy is in it.
  virtual Status backup(const std::string& path) = 0;
};

}  // namespace filrouge
