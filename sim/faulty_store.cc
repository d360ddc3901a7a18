#include "sim/faulty_store.h"

#include <algorithm>

#include "sim/planted.h"

namespace filrouge::sim {

namespace {

constexpr std::size_t kPageRows = 40;

template <class Tag>
std::string bytes_of(const Id<Tag>& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

}  // namespace

// What the store holds is changed so that it lets pass what it must refuse.
Status FaultyStore::damage_before(const Append& append) {
  if (is_planted(Bug::duplicate_not_recognised))
    for (const SealedEntry& entry : append.entries)
      FILROUGE_CHECK(real_.damage("DELETE FROM ids WHERE id = ?", bytes_of(entry.envelope.id)));
  if (is_planted(Bug::version_not_compared))
    for (const StoredState& state : append.states)
      if (state.replaces > 0)
        FILROUGE_CHECK(real_.damage(
            "UPDATE states SET version = " + std::to_string(state.replaces) + " WHERE subject = ?",
            bytes_of(state.subject)));
  if (is_planted(Bug::erasure_leaves_tokens) && append.erase)
    FILROUGE_CHECK(real_.damage("UPDATE tokens SET subject = x'00' WHERE subject = ?",
                                bytes_of(append.erase->subject)));
  return Done{};
}

// The answer of an append that never reached the disk.
Result<Appended> FaultyStore::pretend(const Append& append) {
  Appended appended;
  for (std::size_t i = 0; i < append.entries.size(); ++i)
    appended.recv_seqs.push_back(static_cast<std::int64_t>(i + 1));
  return appended;
}

Result<Appended> FaultyStore::append(Append&& append) {
  if (before_append_) before_append_();
  if (is_planted(Bug::quarantine_drops)) append.quarantine.clear();
  FILROUGE_CHECK(damage_before(append));
  const SubjectId erased = append.erase ? append.erase->subject : SubjectId{};
  const auto never_written = pretend(append);
  auto appended = real_.append(std::move(append));
  if (!erased.is_nil() && is_planted(Bug::erasure_leaves_tokens))
    FILROUGE_CHECK(
        real_.damage("UPDATE tokens SET subject = ? WHERE subject = x'00'", bytes_of(erased)));
  if (!appended.ok() && appended.error().code == Code::unavailable &&
      is_planted(Bug::ack_before_durable))
    return never_written;
  return appended;
}

Result<std::optional<std::int64_t>> FaultyStore::find_entry(EntryId id) {
  if (is_planted(Bug::duplicate_not_recognised)) return std::optional<std::int64_t>{};
  return real_.find_entry(id);
}

// The pathways of an account that goes are looked for, and none is found.
Result<std::vector<SubjectId>> FaultyStore::find_tokens(const SearchToken& token) {
  if (is_planted(Bug::revoked_keeps_referent) && token.field == "referent")
    return std::vector<SubjectId>{};
  return real_.find_tokens(token);
}

Result<std::vector<LogRow>> FaultyStore::log_after(std::int64_t recv_seq, std::size_t limit) {
  if (!is_planted(Bug::cursor_skips_one)) return real_.log_after(recv_seq, limit);
  FILROUGE_TRY(rows, real_.log_after(recv_seq, std::min(limit, kPageRows)));
  if (recv_seq > 0 && rows.size() > 1) rows.erase(rows.begin());
  return std::move(rows);
}

}  // namespace filrouge::sim
