#include "server/app/sessions.h"

#include <algorithm>

#include "core/base/limits.h"

namespace filrouge {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::size_t token_bytes = 32;
constexpr std::size_t csrf_bytes = 16;

bool is_over(const Session& session, Instant now) {
  return now >= session_end(session) ||
         now.ms - session.seen.ms >= limits::session_idle_minutes * minute_ms;
}

SubjectId row_id(const Bytes32& token) {
  SubjectId id;
  std::copy_n(token.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

std::string random_hex(App& app, std::size_t bytes) {
  std::string raw(bytes, '\0');
  auto* data = reinterpret_cast<std::uint8_t*>(raw.data());
  app.random.fill({data, raw.size()});
  return to_hex(data, raw.size());
}

}  // namespace

Instant session_end(const Session& session) {
  return {session.opened.ms + limits::session_hours_max * 60 * minute_ms};
}

std::string new_token(App& app) { return random_hex(app, token_bytes); }

Bytes32 hashed_token(App& app, std::string_view purpose, const std::string& token) {
  return app.crypto.mac(app.keys.secrets().token_key, "fr1 " + std::string(purpose) + " " + token);
}

NewSession SessionTable::open(App& app, SubjectId account) {
  NewSession made;
  made.token = new_token(app);
  const Bytes32 token = hashed_token(app, "session", made.token);
  const Instant now = app.clock.now();
  made.session = {row_id(token), account, random_hex(app, csrf_bytes), now, now};
  const std::lock_guard lock(mutex_);
  make_room(now);
  rows_[made.session.id] = {made.session, token};
  return made;
}

std::optional<Session> SessionTable::find(App& app, const std::string& token) {
  const Bytes32 hashed = hashed_token(app, "session", token);
  const Instant now = app.clock.now();
  const std::lock_guard lock(mutex_);
  const auto row = rows_.find(row_id(hashed));
  if (row == rows_.end() || row->second.token != hashed) return std::nullopt;
  if (is_over(row->second.session, now)) {
    rows_.erase(row);
    return std::nullopt;
  }
  row->second.session.seen = now;
  return row->second.session;
}

std::optional<Session> SessionTable::by_id(SubjectId id) {
  const std::lock_guard lock(mutex_);
  const auto row = rows_.find(id);
  return row == rows_.end() ? std::nullopt : std::optional(row->second.session);
}

void SessionTable::close(SubjectId id) {
  const std::lock_guard lock(mutex_);
  rows_.erase(id);
}

void SessionTable::close_account(SubjectId account, SubjectId kept) {
  const std::lock_guard lock(mutex_);
  std::erase_if(rows_, [&](const auto& row) {
    return row.second.session.account == account && row.first != kept;
  });
}

std::size_t SessionTable::size() {
  const std::lock_guard lock(mutex_);
  return rows_.size();
}

void SessionTable::make_room(Instant now) {
  if (rows_.size() < limits::sessions_max) return;
  std::erase_if(rows_, [&](const auto& row) { return is_over(row.second.session, now); });
  while (rows_.size() >= limits::sessions_max) {
    const auto oldest = std::min_element(
        rows_.begin(), rows_.end(),
        [](const auto& a, const auto& b) { return a.second.session.seen < b.second.session.seen; });
    rows_.erase(oldest);
  }
}

}  // namespace filrouge
