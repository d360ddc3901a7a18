#include "server/store/sqlite/connection.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include "server/store/sqlite/clean_vfs.h"

namespace filrouge::sqlite {

namespace {

constexpr int kBusyMilliseconds = 5'000;
constexpr std::int64_t kWalBytesKept = 48 << 20;  // more than a checkpoint's worth

// SQLite's own count of its memory costs a lock an allocation; nobody reads it.
void configure_once() {
  static const int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(code);  // refused when somebody used SQLite before: then it counts
}

// Only the owner reads a data folder; SQLite gives its -wal and -shm files the same mode.
Status create_private_file(const std::string& path, bool must_be_new) {
  const int flags = O_RDWR | O_CREAT | O_CLOEXEC | (must_be_new ? O_EXCL : 0);
  const int file = ::open(path.c_str(), flags, 0600);
  if (file < 0 && errno == EEXIST)
    return Error{Code::conflict, "path", "file_exists", "a file of this name is there already"};
  if (file < 0) {
    return Error{errno == ENOSPC ? Code::full : Code::unavailable, "path", "file_create",
                 std::string("the file cannot be created: ") + std::strerror(errno)};
  }
  ::close(file);
  return Done{};
}

// The file of a copy, which must not be there yet. Another VFS than the system's makes its own.
Status create_empty(const std::string& vfs_name, const std::string& path) {
  if (vfs_name.empty()) return create_private_file(path, true);
  sqlite3_vfs* const vfs = sqlite3_vfs_find(vfs_name.c_str());
  int there = 0;
  vfs->xAccess(vfs, path.c_str(), SQLITE_ACCESS_EXISTS, &there);
  if (there != 0)
    return Error{Code::conflict, "path", "file_exists", "a file of this name is there already"};
  return Done{};
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const ConnectionOptions& options) {
  if (options.create && options.vfs.empty())
    FILROUGE_CHECK(create_private_file(options.path, false));
  configure_once();
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                    (options.create && !options.read_only ? SQLITE_OPEN_CREATE : 0);
  const int code =
      sqlite3_open_v2(options.path.c_str(), &handle, flags, clean_vfs(options.vfs).c_str());
  std::unique_ptr<Connection> connection(new Connection(handle, options.vfs));
  if (code != SQLITE_OK) return connection->failure(code);
  FILROUGE_CHECK(connection->set_up(options));
  return connection;
}

// safety.md 2.1 point 6.
Status Connection::set_up(const ConnectionOptions& options) {
  sqlite3_busy_timeout(handle_, kBusyMilliseconds);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  // The writer checkpoints by itself, readers never.
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, options.read_only ? 1 : 0, nullptr);
  std::string pragmas =
      "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
      "PRAGMA wal_autocheckpoint=0; PRAGMA cell_size_check=ON; PRAGMA cache_size=-" +
      std::to_string(options.cache_kib) + ";";
  if (options.read_only) {
    pragmas += "PRAGMA query_only=ON;";
  } else {
    pragmas += "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=" +
               std::to_string(kWalBytesKept) + ";";
  }
  FILROUGE_CHECK(script(pragmas));
  return options.read_only ? Status(Done{}) : flush_recovered();
}

// What a process that was killed had written and not flushed is read again from the WAL, and must
// not be lost by a power cut once somebody was told of it.
Status Connection::flush_recovered() {
  sqlite3_file* wal = nullptr;
  sqlite3_file_control(handle_, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal);
  if (wal == nullptr || wal->pMethods == nullptr) return Done{};
  const int code = wal->pMethods->xSync(wal, SQLITE_SYNC_FULL);
  if (code != SQLITE_OK) return failure(code);
  return Done{};
}

Connection::~Connection() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

Error Connection::failure(int code) {
  // No space for the shared memory of a WAL that grows: nothing was written yet.
  if (code == SQLITE_IOERR_SHMSIZE) return Error{Code::full, "", "disk_full", sqlite3_errstr(code)};
  const int primary = code & 0xFF;
  if (primary == SQLITE_IOERR || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
    disk_failed_ = true;
  std::string words = sqlite3_errstr(code);
  if (code > 0xFF) words += " (" + std::to_string(code) + ")";
  if (primary == SQLITE_FULL) return Error{Code::full, "", "disk_full", std::move(words)};
  if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
    return Error{Code::conflict, "", "constraint", std::move(words)};
  return Error{Code::unavailable, "", "database", std::move(words)};
}

Result<sqlite3_stmt*> Connection::prepare(std::string_view sql) {
  const auto known = statements_.find(sql);
  if (known != statements_.end()) return known->second;
  FILROUGE_TRY(statement, prepare_once(sql));
  statements_.emplace(sql, statement);
  return statement;
}

Result<sqlite3_stmt*> Connection::prepare_once(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) {
    Error error = failure(code);
    error.detail += ": ";
    error.detail += sqlite3_errmsg(handle_);
    return error;
  }
  return statement;
}

Result<bool> Connection::step(Binding& binding) {
  if (binding.code() != SQLITE_OK) return failure(binding.code());
  const int code = sqlite3_step(binding.statement());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return failure(code);
}

Status Connection::script(std::string_view sql) {
  const int code = sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failure(code);
  return Done{};
}

Status copy_database(Connection& from, const std::string& path) {
  FILROUGE_CHECK(create_empty(from.vfs(), path));
  sqlite3_vfs* const vfs = sqlite3_vfs_find(from.vfs().empty() ? nullptr : from.vfs().c_str());
  const auto give_up = [&](Error error) -> Status {
    vfs->xDelete(vfs, path.c_str(), 0);
    return error;
  };
  sqlite3* target = nullptr;
  int code = sqlite3_open_v2(path.c_str(), &target,
                             SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                             clean_vfs(from.vfs()).c_str());
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> owner(target, &sqlite3_close);
  if (code != SQLITE_OK) return give_up(from.failure(code));
  sqlite3_exec(target, "PRAGMA synchronous=FULL; PRAGMA cache_size=-1024;", nullptr, nullptr,
               nullptr);
  sqlite3_backup* backup = sqlite3_backup_init(target, "main", from.handle(), "main");
  if (backup == nullptr) return give_up(from.failure(sqlite3_errcode(target)));
  // In one step, so in one read transaction of the source: its writer goes on meanwhile.
  sqlite3_backup_step(backup, -1);
  code = sqlite3_backup_finish(backup);
  if (code != SQLITE_OK) return give_up(from.failure(code));
  return Done{};
}

}  // namespace filrouge::sqlite
