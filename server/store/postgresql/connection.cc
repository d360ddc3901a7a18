#include "server/store/postgresql/connection.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <poll.h>
#include <utility>

#include "server/store/postgresql/sql.h"

namespace filrouge::postgresql {

namespace {

constexpr int kBinary = 1;
// A host that does not answer is left for the next one; libpq's own minimum is two seconds.
constexpr const char* kConnectSeconds = "2";
// A peer that vanished is noticed while an answer is awaited.
constexpr const char* kLostMilliseconds = "5000";

// Notices are for tools; only that a warning came is kept.
void note_notice(void* warned, const PGresult* notice) {
  const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
  if (severity != nullptr && std::strcmp(severity, "WARNING") == 0)
    *static_cast<bool*>(warned) = true;
}

// The server ends the session, or is none that may write: shutdown, crash of a neighbour,
// fail-over, lost connection.
bool ends_the_session(std::string_view state) {
  return state.empty() || state.starts_with("08") || state.starts_with("57P") ||
         state.starts_with("XX") || state == "25006" || state == "25P03";
}

std::uint64_t big_endian(const char* bytes, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i)
    number = (number << 8U) | static_cast<std::uint8_t>(bytes[i]);
  return number;
}

}  // namespace

std::int64_t Row::integer(int column) const {
  const char* value = PQgetvalue(answer_, number_, column);
  switch (PQgetlength(answer_, number_, column)) {
    case 8:
      return static_cast<std::int64_t>(big_endian(value, 8));
    case 4:
      return static_cast<std::int32_t>(big_endian(value, 4));
    case 2:
      return static_cast<std::int16_t>(big_endian(value, 2));
    case 1:
      return value[0];
    default:
      return 0;  // NULL
  }
}

std::vector<SubjectId> Row::subjects(int column) const {
  std::string_view bytes = this->bytes(column);
  constexpr std::size_t head = 5 * 4;  // dimensions, flags, type, size, first index
  std::vector<SubjectId> list;
  if (bytes.size() < head) return list;
  bytes.remove_prefix(head);
  constexpr std::size_t step = 4 + sizeof(Bytes16);
  for (; bytes.size() >= step; bytes.remove_prefix(step))
    std::memcpy(list.emplace_back().bytes.data(), bytes.data() + 4, sizeof(Bytes16));
  return list;
}

std::int64_t Answer::changes() const {
  return std::strtoll(PQcmdTuples(result_.get()), nullptr, 10);
}

Result<std::unique_ptr<Connection>> Connection::open(const ConnectionOptions& options) {
  const Address address = options.address.with_default("target_session_attrs", "read-write")
                              .with_default("connect_timeout", kConnectSeconds)
                              .with_default("tcp_user_timeout", kLostMilliseconds)
                              .with_default("application_name", "filrouge")
                              .with("client_encoding", "UTF8");
  PGconn* handle = PQconnectdbParams(address.names().data(), address.values().data(), 0);
  std::unique_ptr<Connection> connection(new Connection(handle, options.answer_ms));
  if (PQstatus(handle) != CONNECTION_OK) {
    std::string words = PQerrorMessage(handle);  // names hosts and databases, no password
    std::replace(words.begin(), words.end(), '\n', ' ');
    return connection->away(words);
  }
  FILROUGE_CHECK(connection->set_up(options));
  return connection;
}

Status Connection::set_up(const ConnectionOptions& options) {
  PQsetNoticeReceiver(handle_, &note_notice, &warned_);
  if (PQsetnonblocking(handle_, 1) != 0 || PQenterPipelineMode(handle_) != 1)
    return away("the connection cannot be set up");
  queue_plain(sql("durable"));
  queue_plain(sql("bounded"));
  FILROUGE_CHECK(send());
  if (options.read_only) {
    queue_plain(sql("read_only"));
    FILROUGE_CHECK(send());
    return Done{};
  }
  FILROUGE_TRY(tables, query(sql("has_tables")));
  if (!tables.row(0).boolean(0)) return Done{};  // tables are about to be made
  return run(sql("settle"));
}

Connection::~Connection() { PQfinish(handle_); }

void Connection::note_sent(int sent, bool answered) {
  // Nothing could be put into libpq's own buffer: send() will find the connection broken.
  if (sent != 1) broken_ = true;
  expected_.push_back(answered);
}

void Connection::queue_prepared(std::string_view text, const Parameters& parameters) {
  if (broken_) return;
  auto known = prepared_.find(text.data());
  if (known == prepared_.end()) {
    const std::string name = "s" + std::to_string(++prepared_count_);
    known = prepared_.emplace(text.data(), name).first;
    just_prepared_.push_back(text.data());
    note_sent(PQsendPrepare(handle_, name.c_str(), std::string(text).c_str(), parameters.count(),
                            parameters.types()),
              false);
  }
  const std::vector<int> formats(static_cast<std::size_t>(parameters.count()), kBinary);
  note_sent(PQsendQueryPrepared(handle_, known->second.c_str(), parameters.count(),
                                parameters.values().data(), parameters.lengths().data(),
                                formats.data(), kBinary),
            true);
}

void Connection::queue_plain(std::string_view text) {
  if (broken_) return;
  note_sent(PQsendQueryParams(handle_, std::string(text).c_str(), 0, nullptr, nullptr, nullptr,
                              nullptr, kBinary),
            true);
}

Result<std::vector<Answer>> Connection::send() {
  warned_ = false;
  std::vector<Answer> answers;
  if (broken_ || PQpipelineSync(handle_) != 1) return away("the connection was lost");
  const Deadline deadline =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(answer_ms_);
  const Status status = read_answers(deadline, answers);
  expected_.clear();
  if (!status.ok()) {
    // Whether the server kept a name is not known: it is given another one.
    for (const char* text : just_prepared_) prepared_.erase(text);
    just_prepared_.clear();
    if (!broken_ && PQtransactionStatus(handle_) != PQTRANS_IDLE) {
      queue_plain(sql("rollback"));
      FILROUGE_CHECK(send());
    }
    return status.error();
  }
  just_prepared_.clear();
  if (warned_) return away("the server warned");
  return answers;
}

// Reads up to the mark that PQpipelineSync set, also behind a refusal, which is what it returns.
Status Connection::read_answers(Deadline deadline, std::vector<Answer>& answers) {
  Status status = Done{};
  std::size_t statement = 0;
  while (true) {
    FILROUGE_TRY(result, next_result(deadline));
    if (result == nullptr) continue;  // between two statements
    Answer answer(result);
    switch (PQresultStatus(result)) {
      case PGRES_PIPELINE_SYNC:
        return status;
      case PGRES_COMMAND_OK:
      case PGRES_TUPLES_OK:
        if (statement < expected_.size() && expected_[statement])
          answers.push_back(std::move(answer));
        ++statement;
        break;
      case PGRES_PIPELINE_ABORTED:
        ++statement;
        break;
      default: {
        Error error = refusal(result);
        if (broken_) return error;
        if (status.ok()) status = std::move(error);
        ++statement;
      }
    }
  }
}

Result<PGresult*> Connection::next_result(Deadline deadline) {
  while (true) {
    const int unsent = PQflush(handle_);
    if (unsent < 0) return away("the connection was lost");
    if (unsent == 0 && PQisBusy(handle_) == 0) return PQgetResult(handle_);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return away("no answer came in time");
    pollfd wait{PQsocket(handle_), static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN), 0};
    if (::poll(&wait, 1, static_cast<int>(left.count())) < 0 && errno != EINTR)
      return away("the connection was lost");
    if ((wait.revents & (POLLIN | POLLERR | POLLHUP)) != 0 && PQconsumeInput(handle_) != 1)
      return away("the connection was lost");
  }
}

Error Connection::away(std::string_view what) {
  broken_ = true;
  return Error{Code::unavailable, "", "database_away", what};
}

Error Connection::refusal(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const std::string_view code = state == nullptr ? "" : state;
  if (ends_the_session(code) || PQstatus(handle_) != CONNECTION_OK)
    return away("the server ended the session");
  std::string words = "SQLSTATE " + std::string(code);
  if (primary != nullptr) words += ": " + std::string(primary);
  if (code == "53100") return Error{Code::full, "", "disk_full", words};
  if (code == "23505") return Error{Code::conflict, "", "constraint", words};
  return Error{Code::unavailable, "", "database", words};
}

Status Connection::script(std::string_view text) {
  // Several statements in one text are not for the pipeline.
  if (broken_ || PQexitPipelineMode(handle_) != 1) return away("the connection was lost");
  PQsetnonblocking(handle_, 0);
  const Answer answer(PQexec(handle_, std::string(text).c_str()));
  Status status = Done{};
  if (answer.status() != PGRES_COMMAND_OK) status = refusal(answer.get());
  if (PQsetnonblocking(handle_, 1) != 0 || PQenterPipelineMode(handle_) != 1)
    return away("the connection was lost");
  return status;
}

}  // namespace filrouge::postgresql
