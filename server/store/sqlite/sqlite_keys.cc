#include "server/store/sqlite/sqlite_keys.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <utility>

#include "core/base/json.h"
#include "server/ports/embedded.h"
#include "server/store/common/key_cache.h"
#include "server/store/sqlite/ballast.h"
#include "server/store/sqlite/connection.h"
#include "server/store/sqlite/folder.h"

namespace filrouge {

namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Row;

constexpr int kCacheKib = 1'024;
constexpr std::string_view kCheckText = "filrouge";

// What is sealed in a row of `credentials`.
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

Error wrong_master_key() {
  return Error{Code::refused, "key_file", "wrong_master_key",
               "this key file does not open this folder"};
}
Error destroyed_key() {
  return Error{Code::not_found, "", "destroyed", "this key was destroyed or never made"};
}

class SqliteKeys final : public Keys {
 public:
  SqliteKeys(std::unique_ptr<Connection> connection, SqliteKeysOptions options, Crypto& crypto,
             Random& random)
      : connection_(std::move(connection)),
        options_(std::move(options)),
        crypto_(crypto),
        random_(random),
        seal_key_(crypto.mac(options_.master, "filrouge keys seal 1")),
        tag_key_(crypto.mac(options_.master, "filrouge keys tag 1")),
        cache_(options_.cached_keys),
        ballast_(options_.folder, options_.ballast_bytes) {
    explicit_bzero(options_.master.data(), options_.master.size());
    if (!options_.on_disk_failure) options_.on_disk_failure = &stop_on_disk_failure;
  }

  ~SqliteKeys() override {
    for (Bytes32* secret : {&seal_key_, &tag_key_, &secrets_.box.secret_key,
                            &secrets_.pseudonym_key, &secrets_.search_key, &secrets_.token_key})
      explicit_bzero(secret->data(), secret->size());
  }

  Status make_secrets();
  Status read_secrets();
  Status empty_wal();

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
  Status backup(const std::string& path) override;

 private:
  // 16 bytes that stand for an id in this file.
  Bytes16 tag(std::string_view purpose, const SubjectId& id) {
    std::string text(purpose);
    text += view(id.bytes);
    const Bytes32 mac = crypto_.mac(tag_key_, text);
    Bytes16 made{};
    std::copy_n(mac.begin(), made.size(), made.begin());
    return made;
  }
  Bytes16 tag(const KeyOwner& owner) {
    return tag("key " + std::to_string(static_cast<int>(owner.scope)) + " ", owner.owner);
  }
  std::string seal(std::string_view purpose, std::string_view row, std::string_view text) {
    return crypto_.seal(seal_key_, bound(purpose, row), text);
  }
  Result<std::string> unseal(std::string_view purpose, std::string_view row,
                             std::string_view sealed) {
    auto text = crypto_.open(seal_key_, bound(purpose, row), sealed);
    if (!text.ok())
      return Error{Code::unavailable, "", "keys_damaged", "a row of keys.db does not open"};
    return text;
  }
  static std::string bound(std::string_view purpose, std::string_view row) {
    return std::string(purpose) + '\0' + std::string(row);
  }

  Status put_secret(std::string_view name, std::string_view text) {
    return connection_->run("INSERT INTO secrets (name, sealed) VALUES (?, ?)", name,
                            Blob{seal("secret", name, text)});
  }
  template <std::size_t size>
  Result<std::array<std::uint8_t, size>> secret(std::string_view name);

  Result<DataKey> make_key(const KeyOwner& owner, const Bytes16& owner_tag);
  // Ends the program when the disk failed under a write.
  template <class Work>
  auto watched(Work&& work) -> decltype(work());
  Error stop(std::string_view why);

  std::unique_ptr<Connection> connection_;
  SqliteKeysOptions options_;
  Crypto& crypto_;
  Random& random_;
  Bytes32 seal_key_;
  Bytes32 tag_key_;
  NodeSecrets secrets_;

  // The database is locked first, then the cache: what was destroyed cannot come back into it.
  std::mutex database_mutex_;
  std::mutex cache_mutex_;
  KeyCache cache_;
  Ballast ballast_;
};

template <class Work>
auto SqliteKeys::watched(Work&& work) -> decltype(work()) {
  if (options_.read_only)
    return Error{Code::refused, "", "read_only", "the folder was opened to be read only"};
  // A read may have failed since: a connection that failed once is not asked to write.
  if (connection_->disk_failed()) return stop("a read failed");
  auto result = work();
  if (connection_->disk_failed())
    return stop(result.ok() ? std::string_view("a flush failed") : result.error().detail);
  return result;
}

Error SqliteKeys::stop(std::string_view why) {
  options_.on_disk_failure("the disk failed under the keys, stopping: " + std::string(why));
  return {Code::unavailable, "", "disk_failed", "the disk failed: nothing is written any more"};
}

Status SqliteKeys::make_secrets() {
  const auto fresh = [this] {
    Bytes32 key{};
    random_.fill(key);
    return key;
  };
  const BoxKeys box = crypto_.make_box_keys();
  FILROUGE_CHECK(connection_->run("BEGIN IMMEDIATE"));
  FILROUGE_CHECK(connection_->script(server_file("server/store/sqlite/keys.sql")));
  FILROUGE_CHECK(put_secret("check", kCheckText));
  FILROUGE_CHECK(put_secret("box_public", view(box.public_key)));
  FILROUGE_CHECK(put_secret("box_secret", view(box.secret_key)));
  for (const std::string_view name : {"pseudonym", "search", "token"}) {
    Bytes32 key = fresh();
    FILROUGE_CHECK(put_secret(name, view(key)));
    explicit_bzero(key.data(), key.size());
  }
  return connection_->run("COMMIT");
}

template <std::size_t size>
Result<std::array<std::uint8_t, size>> SqliteKeys::secret(std::string_view name) {
  FILROUGE_TRY(sealed, connection_->one(
                           "SELECT sealed FROM secrets WHERE name = ?",
                           [](const Row& row) { return row.text(0); }, name));
  if (!sealed)
    return Error{Code::unavailable, "", "keys_damaged", "a secret of the node is missing"};
  FILROUGE_TRY(text, unseal("secret", name, *sealed));
  auto made = array_of<size>(text);
  explicit_bzero(text.data(), text.size());
  return made;
}

Status SqliteKeys::read_secrets() {
  FILROUGE_TRY(check, connection_->one("SELECT sealed FROM secrets WHERE name = 'check'",
                                       [](const Row& row) { return row.text(0); }));
  if (!check) return Error{Code::unavailable, "", "keys_damaged", "keys.db has lost its first row"};
  if (!unseal("secret", "check", *check).ok()) return wrong_master_key();
  FILROUGE_TRY(box_public, secret<32>("box_public"));
  FILROUGE_TRY(box_secret, secret<32>("box_secret"));
  FILROUGE_TRY(pseudonym, secret<32>("pseudonym"));
  FILROUGE_TRY(search, secret<32>("search"));
  FILROUGE_TRY(token, secret<32>("token"));
  secrets_ = NodeSecrets{{box_public, box_secret}, pseudonym, search, token};
  return Done{};
}

Result<DataKey> SqliteKeys::current(SealScope scope, SubjectId owner) {
  const KeyOwner wanted{scope, owner};
  {
    const std::lock_guard lock(cache_mutex_);
    if (const DataKey* key = cache_.find(wanted)) return *key;
  }
  const Bytes16 owner_tag = tag(wanted);
  const std::lock_guard database_lock(database_mutex_);
  struct Found {
    KeyId id;
    std::string sealed;
  };
  FILROUGE_TRY(found,
               connection_->one(
                   "SELECT id, sealed FROM keys WHERE owner = ?",
                   [](const Row& row) { return Found{row.id<KeyId>(0), row.text(1)}; }, owner_tag));
  DataKey key;
  if (found) {
    FILROUGE_TRY(text, unseal("key", view(found->id.bytes), found->sealed));
    FILROUGE_TRY(bytes, array_of<32>(text));
    key = DataKey{found->id, bytes};
  } else {
    FILROUGE_TRY(made, make_key(wanted, owner_tag));
    key = made;
  }
  const std::lock_guard cache_lock(cache_mutex_);
  cache_.put(key, wanted);
  return key;
}

Result<DataKey> SqliteKeys::make_key(const KeyOwner& owner, const Bytes16& owner_tag) {
  return watched([&]() -> Result<DataKey> {
    FILROUGE_TRY(gone, connection_->one(
                           "SELECT 1 FROM destroyed WHERE owner = ?",
                           [](const Row& row) { return row.boolean(0); }, owner_tag));
    if (gone) return destroyed_key();
    DataKey key{random_.id<KeyId>(), {}};
    random_.fill(key.key);
    verify(owner.scope == SealScope::settings || !owner.owner.is_nil());
    FILROUGE_CHECK(connection_->run("INSERT INTO keys (id, owner, sealed) VALUES (?, ?, ?)", key.id,
                                    owner_tag,
                                    Blob{seal("key", view(key.id.bytes), view(key.key))}));
    return key;
  });
}

Result<DataKey> SqliteKeys::open(KeyId id) {
  {
    const std::lock_guard lock(cache_mutex_);
    if (const DataKey* key = cache_.find(id)) return *key;
  }
  const std::lock_guard database_lock(database_mutex_);
  FILROUGE_TRY(sealed, connection_->one(
                           "SELECT sealed FROM keys WHERE id = ?",
                           [](const Row& row) { return row.text(0); }, id));
  if (!sealed) return destroyed_key();
  FILROUGE_TRY(text, unseal("key", view(id.bytes), *sealed));
  FILROUGE_TRY(bytes, array_of<32>(text));
  const DataKey key{id, bytes};
  const std::lock_guard cache_lock(cache_mutex_);
  if (cache_.find(id) == nullptr) cache_.put(key, std::nullopt);
  return key;
}

Status SqliteKeys::destroy(SubjectId person) {
  const Bytes16 owner_tag = tag(KeyOwner{SealScope::person, person});
  const std::lock_guard database_lock(database_mutex_);
  return watched([&]() -> Status {
    FILROUGE_TRY(id, connection_->one(
                         "SELECT id FROM keys WHERE owner = ?",
                         [](const Row& row) { return row.id<KeyId>(0); }, owner_tag));
    const auto write = [&]() -> Status {
      FILROUGE_CHECK(connection_->run("DELETE FROM keys WHERE owner = ?", owner_tag));
      FILROUGE_CHECK(connection_->run(
          "INSERT OR IGNORE INTO destroyed (owner, sealed) VALUES (?, ?)", owner_tag,
          Blob{seal("destroyed", view(owner_tag), view(person.bytes))}));
      return connection_->run("COMMIT");
    };
    const auto try_it = [&]() -> Status {
      FILROUGE_CHECK(connection_->run("BEGIN IMMEDIATE"));
      Status written = write();
      if (!written.ok() && connection_->in_transaction()) (void)connection_->run("ROLLBACK");
      return written;
    };
    Status written = try_it();
    if (!written.ok() && written.error().code == Code::full && ballast_.release())
      written = try_it();
    FILROUGE_CHECK(std::move(written));
    if (id) {
      const std::lock_guard cache_lock(cache_mutex_);
      cache_.drop(*id);
    }
    return empty_wal();
  });
}

// The WAL still holds the page with a destroyed key. A program that reads beside us may be in the
// way, or the disk may be full; then the next destruction, or the end or the start of this program,
// empties it.
Status SqliteKeys::empty_wal() {
  const int code = sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr,
                                             SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if ((code & 0xFF) == SQLITE_IOERR) return connection_->failure(code);
  return Done{};
}

Result<std::vector<SubjectId>> SqliteKeys::destroyed() {
  const std::lock_guard lock(database_mutex_);
  std::vector<std::pair<Bytes16, std::string>> rows;
  FILROUGE_CHECK(connection_->each("SELECT owner, sealed FROM destroyed", [&](const Row& row) {
    rows.emplace_back(row.array<Bytes16>(0), row.text(1));
  }));
  std::vector<SubjectId> persons;
  for (const auto& [owner_tag, sealed] : rows) {
    FILROUGE_TRY(text, unseal("destroyed", view(owner_tag), sealed));
    FILROUGE_TRY(bytes, array_of<16>(text));
    persons.push_back(SubjectId{bytes});
  }
  std::sort(persons.begin(), persons.end());
  return persons;
}

Result<std::optional<Credential>> SqliteKeys::credential(SubjectId account) {
  const Bytes16 account_tag = tag("credential ", account);
  const std::lock_guard lock(database_mutex_);
  FILROUGE_TRY(sealed, connection_->one(
                           "SELECT sealed FROM credentials WHERE account = ?",
                           [](const Row& row) { return row.text(0); }, account_tag));
  if (!sealed) return std::optional<Credential>{};
  FILROUGE_TRY(text, unseal("credential", view(account_tag), *sealed));
  FILROUGE_TRY(read, json::decode<CredentialText>(text));
  return std::optional<Credential>(
      {account, std::move(read.password), std::move(read.activation), read.activation_until});
}

Status SqliteKeys::put_credential(const Credential& credential) {
  const Bytes16 account_tag = tag("credential ", credential.account);
  const CredentialText text{credential.password, credential.activation,
                            credential.activation_until};
  const std::lock_guard lock(database_mutex_);
  return watched([&] {
    return connection_->run(
        "INSERT INTO credentials (account, sealed) VALUES (?, ?) "
        "ON CONFLICT (account) DO UPDATE SET sealed = excluded.sealed",
        account_tag, Blob{seal("credential", view(account_tag), json::encode(text))});
  });
}

Result<std::optional<DeviceToken>> SqliteKeys::device(const Bytes32& token) {
  const std::lock_guard lock(database_mutex_);
  FILROUGE_TRY(sealed, connection_->one(
                           "SELECT sealed FROM devices WHERE token = ?",
                           [](const Row& row) { return row.text(0); }, token));
  if (!sealed) return std::optional<DeviceToken>{};
  FILROUGE_TRY(text, unseal("device", view(token), *sealed));
  FILROUGE_TRY(both, array_of<32>(text));
  DeviceToken found{token, {}, {}};
  std::copy_n(both.begin(), 16, found.device.bytes.begin());
  std::copy_n(both.begin() + 16, 16, found.account.bytes.begin());
  return std::optional<DeviceToken>(found);
}

Status SqliteKeys::put_device(const DeviceToken& token) {
  const std::string text =
      std::string(view(token.device.bytes)) + std::string(view(token.account.bytes));
  const std::lock_guard lock(database_mutex_);
  return watched([&] {
    return connection_->run(
        "INSERT INTO devices (token, sealed) VALUES (?, ?) "
        "ON CONFLICT (token) DO UPDATE SET sealed = excluded.sealed",
        token.token, Blob{seal("device", view(token.token), text)});
  });
}

// In `secrets`, under names that none of the node's own secrets has.
Result<std::string> SqliteKeys::note(std::string_view name) {
  const std::string row = "note " + std::string(name);
  const std::lock_guard lock(database_mutex_);
  FILROUGE_TRY(sealed, connection_->one(
                           "SELECT sealed FROM secrets WHERE name = ?",
                           [](const Row& found) { return found.text(0); }, row));
  if (!sealed) return std::string();
  return unseal("note", row, *sealed);
}

Status SqliteKeys::put_note(std::string_view name, std::string_view text) {
  const std::string row = "note " + std::string(name);
  const std::lock_guard lock(database_mutex_);
  return watched([&] {
    return connection_->run(
        "INSERT INTO secrets (name, sealed) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
        row, Blob{seal("note", row, text)});
  });
}

Status SqliteKeys::backup(const std::string& path) {
  const std::lock_guard lock(database_mutex_);
  return sqlite::copy_database(*connection_, path);
}

}  // namespace

Result<std::unique_ptr<Keys>> open_sqlite_keys(SqliteKeysOptions options, Crypto& crypto,
                                               Random& random) {
  const std::string path = keys_path(options.folder);
  std::error_code error;
  const bool there = std::filesystem::exists(path, error);
  if (!there && (!options.create || options.read_only))
    return Error{Code::not_found, "folder", "no_keys", "this folder has no keys.db"};
  FILROUGE_TRY(connection, Connection::open({.path = path,
                                             .read_only = options.read_only,
                                             .create = !there,
                                             .cache_kib = kCacheKib,
                                             .vfs = options.vfs}));
  FILROUGE_TRY(tables, connection->one("SELECT count(*) FROM sqlite_schema",
                                       [](const Row& row) { return row.integer(0); }));
  const bool empty = tables.value_or(0) == 0;
  if (empty && (!options.create || options.read_only))
    return Error{Code::not_found, "folder", "no_keys", "keys.db of this folder is empty"};
  const bool read_only = options.read_only;
  // The only connection of this file that writes may checkpoint by itself.
  if (!read_only) FILROUGE_CHECK(connection->script("PRAGMA wal_autocheckpoint=256"));
  auto keys =
      std::make_unique<SqliteKeys>(std::move(connection), std::move(options), crypto, random);
  if (empty) FILROUGE_CHECK(keys->make_secrets());
  FILROUGE_CHECK(keys->read_secrets());
  // A crash may have come between a destruction and the emptying of the WAL.
  if (!read_only) FILROUGE_CHECK(keys->empty_wal());
  return std::unique_ptr<Keys>(std::move(keys));
}

}  // namespace filrouge
