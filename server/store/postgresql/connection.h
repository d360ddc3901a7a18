// libpq in a few words: statements are queued and sent together, their answers read in order
// (pipeline). Nothing waits longer than `answer_ms`. A connection is to the primary (read-write)
// unless the address itself says otherwise; it is used by one thread at a time.
//
// A connection that broke, was ended by the server, did not answer in time or warned (of a commit
// that did not wait for its standby) is `broken`: it says nothing more, and whether the statements
// sent last took place is not known. Errors: `unavailable`
// "database_away" when broken or not reached, "database" for any other refusal of the server (its
// SQLSTATE and words, no data); `conflict` "constraint" a unique key; `full` no space.
//
//   FILROUGE_TRY(address, Address::parse("postgresql:///filrouge?host=db1,db2"));
//   FILROUGE_TRY(connection, Connection::open({.address = address}));
//   connection->queue(sql("begin"));
//   connection->queue(sql("forget"), ids);
//   FILROUGE_TRY(answers, connection->send());
//   FILROUGE_TRY(found, connection->one(sql("find_entry"), [](const Row& row) {
//     return row.integer(0);
//   }, id));
#pragma once

#include <chrono>
#include <cstring>
#include <libpq-fe.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "server/store/postgresql/address.h"
#include "server/store/postgresql/parameters.h"

namespace filrouge::postgresql {

struct ConnectionOptions {
  Address address;
  bool read_only = false;
  int answer_ms = 30'000;
};

// One row of an answer, columns in binary form.
class Row {
 public:
  Row(const PGresult* answer, int number) : answer_(answer), number_(number) {}

  bool is_null(int column) const { return PQgetisnull(answer_, number_, column) != 0; }
  std::int64_t integer(int column) const;
  bool boolean(int column) const { return integer(column) != 0; }
  CivilDate day(int column) const { return {static_cast<std::int32_t>(integer(column))}; }
  // Valid as long as the answer. Text and bytes alike.
  std::string_view bytes(int column) const {
    return {PQgetvalue(answer_, number_, column),
            static_cast<std::size_t>(PQgetlength(answer_, number_, column))};
  }
  std::string text(int column) const { return std::string(bytes(column)); }
  // A column of another size than the array would be a damaged table: read as zeroes.
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
  template <class Enum>
  std::optional<Enum> optional_enum(int column) const {
    if (is_null(column)) return std::nullopt;
    return static_cast<Enum>(integer(column));
  }
  // The elements of a bytea[] of ids.
  std::vector<SubjectId> subjects(int column) const;

 private:
  const PGresult* answer_;
  int number_;
};

class Answer {
 public:
  explicit Answer(PGresult* result) : result_(result, &PQclear) {}
  int size() const { return PQntuples(result_.get()); }
  Row row(int number) const { return {result_.get(), number}; }
  // Rows that an INSERT, UPDATE or DELETE touched.
  std::int64_t changes() const;
  ExecStatusType status() const { return PQresultStatus(result_.get()); }
  const PGresult* get() const { return result_.get(); }

 private:
  std::unique_ptr<PGresult, decltype(&PQclear)> result_;
};

class Connection {
 public:
  // Reaches the server (two seconds a host at most), sets the session up, settles
  // (session.sql). `unavailable` "database_away" when there is no primary to be reached.
  static Result<std::unique_ptr<Connection>> open(const ConnectionOptions& options);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // `text` must live as long as the program (sql.h): it is prepared once a connection.
  template <class... Arguments>
  void queue(std::string_view text, const Arguments&... arguments) {
    Parameters parameters;
    parameters.add(arguments...);
    queue_prepared(text, parameters);
  }
  // BEGIN, COMMIT and the like, and statements made up at run time: not prepared.
  void queue_plain(std::string_view text);
  // Sends what is queued and waits: one answer a statement, in order. After a refusal the others
  // behind it did not run, and an open transaction is rolled back.
  Result<std::vector<Answer>> send();

  template <class... Arguments>
  Result<Answer> query(std::string_view text, const Arguments&... arguments) {
    queue(text, arguments...);
    FILROUGE_TRY(answers, send());
    return std::move(answers.back());
  }
  template <class... Arguments>
  Status run(std::string_view text, const Arguments&... arguments) {
    FILROUGE_CHECK(query(text, arguments...));
    return Done{};
  }
  // The first row, or nothing.
  template <class Read, class... Arguments>
  auto one(std::string_view text, Read&& read, const Arguments&... arguments)
      -> Result<std::optional<decltype(read(std::declval<const Row&>()))>> {
    FILROUGE_TRY(answer, query(text, arguments...));
    std::optional<decltype(read(std::declval<const Row&>()))> found;
    if (answer.size() > 0) found.emplace(read(answer.row(0)));
    return found;
  }
  template <class Read, class... Arguments>
  Status each(std::string_view text, Read&& read, const Arguments&... arguments) {
    FILROUGE_TRY(answer, query(text, arguments...));
    for (int i = 0; i < answer.size(); ++i) read(answer.row(i));
    return Done{};
  }
  // Several statements without arguments, in one transaction.
  Status script(std::string_view text);

  bool broken() const { return broken_; }

 private:
  using Deadline = std::chrono::steady_clock::time_point;

  explicit Connection(PGconn* handle, int answer_ms) : handle_(handle), answer_ms_(answer_ms) {}
  Status set_up(const ConnectionOptions& options);
  void queue_prepared(std::string_view text, const Parameters& parameters);
  void note_sent(int sent, bool answered);
  Status read_answers(Deadline deadline, std::vector<Answer>& answers);
  // The next result of the pipeline; null between two statements.
  Result<PGresult*> next_result(Deadline deadline);
  Error refusal(const PGresult* result);
  Error away(std::string_view what);

  PGconn* handle_;
  int answer_ms_;
  bool broken_ = false;
  bool warned_ = false;
  std::unordered_map<const char*, std::string> prepared_;
  std::vector<const char*> just_prepared_;
  std::vector<bool> expected_;  // of each statement sent: is its answer given to the caller?
  std::uint64_t prepared_count_ = 0;
};

}  // namespace filrouge::postgresql
