#include "server/app/mine.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "server/app/search_tokens.h"
#include "server/app/sessions.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::size_t held_bytes = 16;
constexpr std::size_t code_digits = 6;

Error session_over() {
  return {Code::unauthenticated, "", "own_page_closed", "open the page again with card and code"};
}

bool is_over(const MineSession& session, Instant now) {
  return now.ms - session.opened.ms >= limits::own_page_minutes * minute_ms || now < session.opened;
}

// Where no person is: the row of tokens that write_decoy() writes again and again.
SubjectId decoy() {
  SubjectId id;
  id.bytes.fill(0xDC);
  return id;
}

}  // namespace

std::string MineTable::open(App& app, SubjectId person, EntryId card) {
  std::string token = new_token(app);
  const Bytes32 hashed = hashed_token(app, "own page", token);
  const Instant now = app.clock.now();
  const std::lock_guard lock(mutex_);
  make_room(now);
  rows_[hashed] = {person, card, now};
  return token;
}

std::optional<MineSession> MineTable::find(App& app, const std::string& token) {
  const Bytes32 hashed = hashed_token(app, "own page", token);
  const Instant now = app.clock.now();
  const std::lock_guard lock(mutex_);
  const auto row = rows_.find(hashed);
  if (row == rows_.end()) return std::nullopt;
  if (is_over(row->second, now)) {
    rows_.erase(row);
    return std::nullopt;
  }
  return row->second;
}

void MineTable::close(App& app, const std::string& token) {
  const Bytes32 hashed = hashed_token(app, "own page", token);
  const std::lock_guard lock(mutex_);
  rows_.erase(hashed);
}

void MineTable::make_room(Instant now) {
  if (rows_.size() < limits::sessions_max) return;
  std::erase_if(rows_, [&](const auto& row) { return is_over(row.second, now); });
  while (rows_.size() >= limits::sessions_max)
    rows_.erase(std::min_element(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) {
      return a.second.opened < b.second.opened;
    }));
}

Result<Caller> caller_of_mine(App& app, const std::string& token, const std::string& address) {
  const auto session = app.mine->find(app, token);
  if (!session) return session_over();
  Caller caller;
  caller.mine = session->person;
  caller.mine_token = token;
  caller.address = address;
  auto known = find_known(app, session->person);
  if (!known.ok() && known.error().code != Code::not_found) return std::move(known.error());
  const auto person = known.ok() ? state_in<PersonState>(*known) : nullptr;
  if (person == nullptr || person->erased || !person->own_page.card ||
      person->own_page.card->entry != session->card) {
    app.mine->close(app, token);
    return session_over();
  }
  return caller;
}

Result<KnownPtr> herself(App& app, const Caller& caller) {
  if (!caller.mine) return session_over();
  auto known = find_known(app, *caller.mine);
  if (!known.ok() && known.error().code == Code::not_found) return session_over();
  if (!known.ok()) return std::move(known.error());
  const auto person = state_in<PersonState>(*known);
  if (person == nullptr || person->erased) return session_over();
  return std::move(*known);
}

std::string new_held_token(App& app) {
  std::array<std::uint8_t, held_bytes> raw{};
  app.random.fill(raw);
  return to_hex(raw.data(), raw.size());
}

std::string held_hash(App& app, std::string_view what, const std::string& token) {
  const Bytes32 hash = hashed_token(app, what, token);
  return to_hex(hash.data(), hash.size());
}

std::string code_hash(App& app, std::string_view what, const std::string& token,
                      const std::string& code) {
  const Bytes32 hash = hashed_token(app, std::string(what) + " code", token + " " + code);
  return to_hex(hash.data(), hash.size());
}

bool same_hash(std::string_view one, std::string_view other) {
  unsigned different = one.size() == other.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i)
    different |= static_cast<unsigned char>(one[i] ^ other[i]);
  return different == 0;
}

std::string new_code(App& app) {
  std::string code;
  constexpr std::uint8_t fair = 250;  // the last whole multiple of ten
  while (code.size() < code_digits) {
    std::array<std::uint8_t, 1> byte{};
    app.random.fill(byte);
    if (byte[0] < fair) code += static_cast<char>('0' + byte[0] % 10);
  }
  return code;
}

Result<KnownPtr> find_holder(App& app, std::string_view field, std::string_view hash) {
  FILROUGE_TRY(found, app.store.find_tokens(held_token(field, hash)));
  if (found.empty() || found.front() == decoy()) return KnownPtr{};
  auto known = find_known(app, found.front());
  if (!known.ok() && known.error().code == Code::not_found) return KnownPtr{};
  if (!known.ok()) return std::move(known.error());
  const auto person = state_in<PersonState>(*known);
  if (person == nullptr || person->erased) return KnownPtr{};
  return std::move(*known);
}

Status write_decoy(App& app) {
  Append append;
  const std::string random = held_hash(app, "decoy", new_held_token(app));
  append.tokens.push_back({decoy(), {held_token("card", random)}});
  FILROUGE_CHECK(app.store.append(std::move(append)));
  return Done{};
}

}  // namespace filrouge
