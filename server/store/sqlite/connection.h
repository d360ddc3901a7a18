// The SQLite C API in three words: run a statement, read one row, read each row. Statements are
// prepared once a connection and kept by their text; every argument is copied when bound. One
// connection is used by one thread at a time. Errors: `full` no space on the disk; `conflict`
// "constraint" a unique key; `unavailable` all else, with SQLite's own words and no data.
//
//   FILROUGE_CHECK(connection.run("DELETE FROM undone WHERE id = ?", id));
//   FILROUGE_TRY(size, connection.one("SELECT size FROM log_head",
//                                     [](const Row& row) { return row.integer(0); }));
#pragma once

#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include <sqlite3.h>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/journal/envelope.h"

namespace filrouge::sqlite {

struct ConnectionOptions {
  std::string path;
  bool read_only = false;
  bool create = false;
  int cache_kib = 1024;
  std::string vfs;  // empty: the system's
};

// Bytes, where a plain string_view would be bound as text.
struct Blob {
  std::string_view bytes;
};

// One argument of a statement whose text is put together at run time.
using Argument = std::variant<std::monostate, std::int64_t, std::string, Bytes16>;

class Row {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}

  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  bool boolean(int column) const { return integer(column) != 0; }
  CivilDate day(int column) const { return {static_cast<std::int32_t>(integer(column))}; }
  // Valid until the next row. Text and blobs alike.
  std::string_view bytes(int column) const {
    const void* data = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    if (data == nullptr) return {};
    return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
  }
  std::string text(int column) const { return std::string(bytes(column)); }
  // A column of another size than the array would be a damaged file: read as zeroes.
  template <class Array>
  Array array(int column) const {
    Array made{};
    const std::string_view from = bytes(column);
    if (from.size() == made.size()) std::memcpy(made.data(), from.data(), from.size());
    return made;
  }
  template <class AnyId>
  AnyId id(int column) const {
    return AnyId{array<Bytes16>(column)};
  }
  template <class AnyId>
  std::optional<AnyId> optional_id(int column) const {
    if (is_null(column)) return std::nullopt;
    return id<AnyId>(column);
  }
  std::optional<std::string> optional_text(int column) const {
    if (is_null(column)) return std::nullopt;
    return text(column);
  }
  std::optional<std::int64_t> optional_integer(int column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
  }
  template <class Enum>
  std::optional<Enum> optional_enum(int column) const {
    if (is_null(column)) return std::nullopt;
    return static_cast<Enum>(integer(column));
  }

 private:
  sqlite3_stmt* statement_;
};

class Connection {
 public:
  static Result<std::unique_ptr<Connection>> open(const ConnectionOptions& options);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  template <class... Arguments>
  Status run(std::string_view sql, const Arguments&... arguments) {
    return each(sql, [](const Row&) {}, arguments...);
  }

  // The first row, or nothing.
  template <class Read, class... Arguments>
  auto one(std::string_view sql, Read&& read, const Arguments&... arguments)
      -> Result<std::optional<decltype(read(std::declval<const Row&>()))>> {
    std::optional<decltype(read(std::declval<const Row&>()))> found;
    FILROUGE_TRY(statement, prepare(sql));
    Binding binding(statement);
    binding.bind_all(arguments...);
    FILROUGE_TRY(there, step(binding));
    if (there) found.emplace(read(Row(statement)));
    return found;
  }

  template <class Read, class... Arguments>
  Status each(std::string_view sql, Read&& read, const Arguments&... arguments) {
    FILROUGE_TRY(statement, prepare(sql));
    Binding binding(statement);
    binding.bind_all(arguments...);
    while (true) {
      FILROUGE_TRY(there, step(binding));
      if (!there) return Done{};
      read(Row(statement));
    }
  }

  // A statement that is not kept, for texts that vary.
  template <class Read>
  Status each_once(const std::string& sql, const std::vector<Argument>& arguments, Read&& read) {
    FILROUGE_TRY(statement, prepare_once(sql));
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> owner(statement,
                                                                           &sqlite3_finalize);
    Binding binding(statement);
    binding.bind_all(arguments);
    while (true) {
      FILROUGE_TRY(there, step(binding));
      if (!there) return Done{};
      read(Row(statement));
    }
  }

  // Several statements without arguments.
  Status script(std::string_view sql);

  // Rows that the last INSERT, UPDATE or DELETE touched.
  std::int64_t changes() const { return sqlite3_changes64(handle_); }
  bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
  // The disk or the file failed under a statement of this connection: nothing it says afterwards
  // may be believed.
  bool disk_failed() const { return disk_failed_; }
  sqlite3* handle() { return handle_; }
  const std::string& vfs() const { return vfs_; }
  Error failure(int code);

 private:
  // Resets the statement at the end, whatever happened in between.
  class Binding {
   public:
    explicit Binding(sqlite3_stmt* statement) : statement_(statement) {}
    ~Binding() {
      sqlite3_reset(statement_);
      sqlite3_clear_bindings(statement_);
    }
    Binding(const Binding&) = delete;
    Binding& operator=(const Binding&) = delete;

    template <class... Arguments>
    void bind_all(const Arguments&... arguments) {
      (bind(arguments), ...);
    }
    sqlite3_stmt* statement() { return statement_; }
    int code() const { return code_; }

   private:
    void note(int code) {
      if (code != SQLITE_OK && code_ == SQLITE_OK) code_ = code;
    }
    void bind(std::monostate) { note(sqlite3_bind_null(statement_, ++index_)); }
    void bind(std::int64_t n) { note(sqlite3_bind_int64(statement_, ++index_, n)); }
    void bind(std::int32_t n) { bind(std::int64_t{n}); }
    void bind(bool b) { bind(std::int64_t{b}); }
    void bind(Instant t) { bind(t.ms); }
    void bind(CivilDate d) { bind(std::int64_t{d.days}); }
    void bind(std::string_view text) {
      const char* data = text.data() == nullptr ? "" : text.data();
      note(sqlite3_bind_text64(statement_, ++index_, data, text.size(), SQLITE_TRANSIENT,
                               SQLITE_UTF8));
    }
    void bind(const std::string& text) { bind(std::string_view(text)); }
    void bind(const char* text) { bind(std::string_view(text)); }
    void bind(Blob blob) { bind_bytes(blob.bytes.data(), blob.bytes.size()); }
    template <std::size_t size>
    void bind(const std::array<std::uint8_t, size>& bytes) {
      bind_bytes(bytes.data(), size);
    }
    template <class Tag>
    void bind(const Id<Tag>& id) {
      bind_bytes(id.bytes.data(), id.bytes.size());
    }
    template <class Enum>
      requires std::is_enum_v<Enum>
    void bind(Enum value) {
      bind(static_cast<std::int64_t>(value));
    }
    template <class T>
    void bind(const std::optional<T>& value) {
      value ? bind(*value) : bind(std::monostate{});
    }
    void bind(const Argument& argument) {
      std::visit([this](const auto& value) { bind(value); }, argument);
    }
    void bind(const std::vector<Argument>& arguments) {
      for (const Argument& argument : arguments) bind(argument);
    }
    void bind_bytes(const void* data, std::size_t size) {
      note(size == 0 ? sqlite3_bind_zeroblob(statement_, ++index_, 0)
                     : sqlite3_bind_blob64(statement_, ++index_, data, size, SQLITE_TRANSIENT));
    }

    sqlite3_stmt* statement_;
    int index_ = 0;
    int code_ = SQLITE_OK;
  };

  Connection(sqlite3* handle, std::string vfs) : handle_(handle), vfs_(std::move(vfs)) {}
  Status set_up(const ConnectionOptions& options);
  Status flush_recovered();
  Result<sqlite3_stmt*> prepare(std::string_view sql);
  Result<sqlite3_stmt*> prepare_once(std::string_view sql);
  Result<bool> step(Binding& binding);

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  sqlite3* handle_;
  std::string vfs_;
  bool disk_failed_ = false;
  std::unordered_map<std::string, sqlite3_stmt*, TextHash, std::equal_to<>> statements_;
};

// One consistent copy of an open database into a new file of the same VFS; the source is neither
// changed nor checkpointed. `conflict` when the file is there.
Status copy_database(Connection& from, const std::string& path);

}  // namespace filrouge::sqlite
