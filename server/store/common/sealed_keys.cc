#include "server/store/common/sealed_keys.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <mutex>
#include <utility>

#include "core/base/json.h"
#include "server/store/common/key_cache.h"

namespace filrouge {

namespace {

constexpr std::string_view kCheckText = "filrouge";

// What is sealed in a row of the sheet `credentials`.
struct CredentialText {
  std::string password;
  std::string activation;
  Instant activation_until;
};
BOOST_DESCRIBE_STRUCT(CredentialText, (), (password, activation, activation_until))

template <std::size_t size>
std::string_view view(const std::array<std::uint8_t, size>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), size};
}

template <std::size_t size>
Result<std::array<std::uint8_t, size>> array_of(std::string_view bytes) {
  if (bytes.size() != size)
    return Error{Code::unavailable, "", "keys_damaged", "a key has another length than it should"};
  std::array<std::uint8_t, size> made;
  std::copy(bytes.begin(), bytes.end(), made.begin());
  return made;
}

Error destroyed_key() {
  return Error{Code::not_found, "", "destroyed", "this key was destroyed or never made"};
}

// How texts and ids are closed for the table.
class Seal {
 public:
  Seal(const Bytes32& master, Crypto& crypto)
      : crypto_(crypto),
        seal_key_(crypto.mac(master, "filrouge keys seal 1")),
        tag_key_(crypto.mac(master, "filrouge keys tag 1")) {}
  ~Seal() {
    explicit_bzero(seal_key_.data(), seal_key_.size());
    explicit_bzero(tag_key_.data(), tag_key_.size());
  }
  Seal(const Seal&) = delete;
  Seal& operator=(const Seal&) = delete;

  // 16 bytes that stand for an id.
  Bytes16 tag(std::string_view purpose, const SubjectId& id) {
    const Bytes32 mac = crypto_.mac(tag_key_, std::string(purpose) + std::string(view(id.bytes)));
    Bytes16 made{};
    std::copy_n(mac.begin(), made.size(), made.begin());
    return made;
  }
  Bytes16 tag(const KeyOwner& owner) {
    return tag("key " + std::to_string(static_cast<int>(owner.scope)) + " ", owner.owner);
  }
  std::string close(std::string_view purpose, std::string_view row, std::string_view text) {
    return crypto_.seal(seal_key_, bound(purpose, row), text);
  }
  Result<std::string> open(std::string_view purpose, std::string_view row,
                           std::string_view sealed) {
    auto text = crypto_.open(seal_key_, bound(purpose, row), sealed);
    if (!text.ok())
      return Error{Code::unavailable, "", "keys_damaged", "a row of the keys does not open"};
    return text;
  }

 private:
  static std::string bound(std::string_view purpose, std::string_view row) {
    return std::string(purpose) + '\0' + std::string(row);
  }

  Crypto& crypto_;
  Bytes32 seal_key_;
  Bytes32 tag_key_;
};

class SealedKeys final : public Keys {
 public:
  SealedKeys(std::unique_ptr<KeyTable> table, const SealedKeysOptions& options, Crypto& crypto,
             Random& random)
      : table_(std::move(table)),
        random_(random),
        seal_(options.master, crypto),
        opened_max_(options.opened_ms_max),
        lasting_(options.cached_keys),
        opened_(options.cached_keys) {}

  ~SealedKeys() override {
    for (Bytes32* secret : {&secrets_.box.secret_key, &secrets_.pseudonym_key, &secrets_.search_key,
                            &secrets_.token_key})
      explicit_bzero(secret->data(), secret->size());
  }

  Status read_secrets();

  const NodeSecrets& secrets() override { return secrets_; }
  Result<DataKey> current(SealScope scope, SubjectId owner) override;
  Result<DataKey> open(KeyId id) override;
  Status destroy(SubjectId person) override;
  Result<std::vector<SubjectId>> destroyed() override;
  Result<std::optional<Credential>> credential(SubjectId account) override;
  Status put_credential(const Credential& credential) override;
  Result<std::optional<DeviceToken>> device(const Bytes32& token) override;
  Status put_device(const DeviceToken& token) override;
  Result<std::string> note(std::string_view name) override;
  Status put_note(std::string_view name, std::string_view text) override;
  Status backup(const std::string& path) override { return table_->backup(path); }

 private:
  template <std::size_t size>
  Result<std::array<std::uint8_t, size>> secret(std::string_view name);
  Result<DataKey> unseal_key(const KeyRow& row);
  Result<std::optional<KeyRow>> find_or_add(const KeyOwner& owner);
  void keep(KeyCache& cache, const DataKey& key, const std::optional<KeyOwner>& owner);

  std::unique_ptr<KeyTable> table_;
  Random& random_;
  Seal seal_;
  NodeSecrets secrets_;

  const std::chrono::milliseconds opened_max_;
  std::mutex mutex_;
  KeyCache lasting_;  // of organisations and settings
  KeyCache opened_;   // of anything, emptied every `opened_max_`
  std::chrono::steady_clock::time_point opened_since_;
};

template <std::size_t size>
Result<std::array<std::uint8_t, size>> SealedKeys::secret(std::string_view name) {
  FILROUGE_TRY(sealed, table_->find(KeyTable::Sheet::secrets, name));
  if (!sealed)
    return Error{Code::unavailable, "", "keys_damaged", "a secret of the node is missing"};
  FILROUGE_TRY(text, seal_.open("secret", name, *sealed));
  auto made = array_of<size>(text);
  explicit_bzero(text.data(), text.size());
  return made;
}

Status SealedKeys::read_secrets() {
  FILROUGE_TRY(check, table_->find(KeyTable::Sheet::secrets, "check"));
  if (!check)
    return Error{Code::unavailable, "", "keys_damaged", "the keys have lost their first row"};
  if (!seal_.open("secret", "check", *check).ok())
    return Error{Code::refused, "key_file", "wrong_master_key",
                 "this key file does not open these keys"};
  FILROUGE_TRY(box_public, secret<32>("box_public"));
  FILROUGE_TRY(box_secret, secret<32>("box_secret"));
  FILROUGE_TRY(pseudonym, secret<32>("pseudonym"));
  FILROUGE_TRY(search, secret<32>("search"));
  FILROUGE_TRY(token, secret<32>("token"));
  secrets_ = NodeSecrets{{box_public, box_secret}, pseudonym, search, token};
  return Done{};
}

Result<DataKey> SealedKeys::unseal_key(const KeyRow& row) {
  FILROUGE_TRY(text, seal_.open("key", view(row.id.bytes), row.sealed));
  auto bytes = array_of<32>(text);
  explicit_bzero(text.data(), text.size());
  if (!bytes.ok()) return std::move(bytes.error());
  return DataKey{row.id, *bytes};
}

void SealedKeys::keep(KeyCache& cache, const DataKey& key, const std::optional<KeyOwner>& owner) {
  const std::lock_guard lock(mutex_);
  cache.put(key, owner);
}

Result<DataKey> SealedKeys::current(SealScope scope, SubjectId owner) {
  const KeyOwner wanted{scope, owner};
  const bool lasts = scope != SealScope::person;
  if (lasts) {
    const std::lock_guard lock(mutex_);
    if (const DataKey* key = lasting_.find(wanted)) return *key;
  }
  FILROUGE_TRY(row, find_or_add(wanted));
  if (!row) return destroyed_key();
  FILROUGE_TRY(key, unseal_key(*row));
  if (lasts) keep(lasting_, key, wanted);
  return key;
}

Result<std::optional<KeyRow>> SealedKeys::find_or_add(const KeyOwner& owner) {
  const Bytes16 tag = seal_.tag(owner);
  FILROUGE_TRY(found, table_->key_of(tag));
  if (found) return std::move(found);
  verify(owner.scope == SealScope::settings || !owner.owner.is_nil());
  Bytes32 key{};
  random_.fill(key);
  KeyRow row{random_.id<KeyId>(), {}};
  row.sealed = seal_.close("key", view(row.id.bytes), view(key));
  explicit_bzero(key.data(), key.size());
  return table_->add_key(tag, row);
}

Result<DataKey> SealedKeys::open(KeyId id) {
  {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (now - opened_since_ > opened_max_) {
      opened_.clear();
      opened_since_ = now;
    }
    if (const DataKey* key = lasting_.find(id)) return *key;
    if (const DataKey* key = opened_.find(id)) return *key;
  }
  FILROUGE_TRY(sealed, table_->key(id));
  if (!sealed) return destroyed_key();
  FILROUGE_TRY(key, unseal_key({id, std::move(*sealed)}));
  keep(opened_, key, std::nullopt);
  return key;
}

Status SealedKeys::destroy(SubjectId person) {
  const Bytes16 tag = seal_.tag(KeyOwner{SealScope::person, person});
  FILROUGE_CHECK(table_->destroy(tag, seal_.close("destroyed", view(tag), view(person.bytes))));
  const std::lock_guard lock(mutex_);
  opened_.clear();
  return Done{};
}

Result<std::vector<SubjectId>> SealedKeys::destroyed() {
  FILROUGE_TRY(rows, table_->destroyed());
  std::vector<SubjectId> persons;
  for (const auto& [tag, sealed] : rows) {
    FILROUGE_TRY(text, seal_.open("destroyed", tag, sealed));
    FILROUGE_TRY(bytes, array_of<16>(text));
    persons.push_back(SubjectId{bytes});
  }
  std::sort(persons.begin(), persons.end());
  return persons;
}

Result<std::optional<Credential>> SealedKeys::credential(SubjectId account) {
  const Bytes16 tag = seal_.tag("credential ", account);
  FILROUGE_TRY(sealed, table_->find(KeyTable::Sheet::credentials, view(tag)));
  if (!sealed) return std::optional<Credential>{};
  FILROUGE_TRY(text, seal_.open("credential", view(tag), *sealed));
  FILROUGE_TRY(read, json::decode<CredentialText>(text));
  return std::optional<Credential>(
      {account, std::move(read.password), std::move(read.activation), read.activation_until});
}

Status SealedKeys::put_credential(const Credential& credential) {
  const Bytes16 tag = seal_.tag("credential ", credential.account);
  const CredentialText text{credential.password, credential.activation,
                            credential.activation_until};
  return table_->put(KeyTable::Sheet::credentials, view(tag),
                     seal_.close("credential", view(tag), json::encode(text)));
}

Result<std::optional<DeviceToken>> SealedKeys::device(const Bytes32& token) {
  FILROUGE_TRY(sealed, table_->find(KeyTable::Sheet::devices, view(token)));
  if (!sealed) return std::optional<DeviceToken>{};
  FILROUGE_TRY(text, seal_.open("device", view(token), *sealed));
  FILROUGE_TRY(both, array_of<32>(text));
  DeviceToken found{token, {}, {}};
  std::copy_n(both.begin(), 16, found.device.bytes.begin());
  std::copy_n(both.begin() + 16, 16, found.account.bytes.begin());
  return std::optional<DeviceToken>(found);
}

Status SealedKeys::put_device(const DeviceToken& token) {
  const std::string text =
      std::string(view(token.device.bytes)) + std::string(view(token.account.bytes));
  return table_->put(KeyTable::Sheet::devices, view(token.token),
                     seal_.close("device", view(token.token), text));
}

// Among the secrets, under names that none of the node's own has.
Result<std::string> SealedKeys::note(std::string_view name) {
  const std::string row = "note " + std::string(name);
  FILROUGE_TRY(sealed, table_->find(KeyTable::Sheet::secrets, row));
  if (!sealed) return std::string();
  return seal_.open("note", row, *sealed);
}

Status SealedKeys::put_note(std::string_view name, std::string_view text) {
  const std::string row = "note " + std::string(name);
  return table_->put(KeyTable::Sheet::secrets, row, seal_.close("note", row, text));
}

}  // namespace

KeyTable::Sealed first_secrets(const Bytes32& master, Crypto& crypto, Random& random) {
  Seal seal(master, crypto);
  const BoxKeys box = crypto.make_box_keys();
  KeyTable::Sealed rows;
  const auto add = [&](std::string_view name, std::string_view text) {
    rows.emplace_back(name, seal.close("secret", name, text));
  };
  add("check", kCheckText);
  add("box_public", view(box.public_key));
  add("box_secret", view(box.secret_key));
  for (const std::string_view name : {"pseudonym", "search", "token"}) {
    Bytes32 key{};
    random.fill(key);
    add(name, view(key));
    explicit_bzero(key.data(), key.size());
  }
  return rows;
}

Result<std::unique_ptr<Keys>> open_sealed_keys(std::unique_ptr<KeyTable> table,
                                               SealedKeysOptions options, Crypto& crypto,
                                               Random& random) {
  auto keys = std::make_unique<SealedKeys>(std::move(table), options, crypto, random);
  explicit_bzero(options.master.data(), options.master.size());
  FILROUGE_CHECK(keys->read_secrets());
  return std::unique_ptr<Keys>(std::move(keys));
}

}  // namespace filrouge
