#include "server/store/postgresql/standing.h"

#include <utility>

#include "server/store/postgresql/sql.h"

namespace filrouge::postgresql {

namespace {

constexpr std::string_view kLogin = "login";

Error version_conflict(std::string_view detail) {
  return Error{Code::conflict, "", "version", detail};
}

}  // namespace

void Standing::ask(Connection& connection, const std::vector<const Append*>& group) {
  std::vector<SubjectId> subjects;
  std::vector<EntryId> ids;
  std::vector<EntryId> forgotten;
  std::vector<Blob> logins;
  for (const Append* append : group) {
    for (const StoredState& state : append->states) subjects.push_back(state.subject);
    if (append->erase) subjects.push_back(append->erase->subject);
    for (const SealedEntry& entry : append->entries) ids.push_back(entry.envelope.id);
    forgotten.insert(forgotten.end(), append->forget.begin(), append->forget.end());
    for (const TokenWrite& write : append->tokens)
      for (const SearchToken& token : write.tokens)
        if (token.field == kLogin) logins.push_back({token.token});
  }
  connection.queue(sql("versions"), subjects);
  connection.queue(sql("known_ids"), ids);
  connection.queue(sql("gone_ids"), forgotten);
  connection.queue(sql("login_owners"), logins);
}

void Standing::hear(std::span<const Answer> answers) {
  verify(answers.size() == 4);
  for (int i = 0; i < answers[0].size(); ++i)
    versions_[answers[0].row(i).id<SubjectId>(0)] = answers[0].row(i).integer(1);
  for (int i = 0; i < answers[1].size(); ++i) known_.insert(answers[1].row(i).id<EntryId>(0));
  for (int i = 0; i < answers[2].size(); ++i) gone_.insert(answers[2].row(i).id<EntryId>(0));
  for (int i = 0; i < answers[3].size(); ++i)
    owners_[answers[3].row(i).text(0)] = answers[3].row(i).id<SubjectId>(1);
}

Status Standing::judge(const Append& append) {
  FILROUGE_CHECK(judge_versions(append));
  FILROUGE_CHECK(judge_ids(append));
  Owners owners = append.tokens.empty() && !append.erase ? Owners{} : owners_;
  FILROUGE_CHECK(judge_logins(append, owners));
  accept(append, std::move(owners));
  return Done{};
}

std::int64_t Standing::version_of(SubjectId subject) const {
  const auto found = versions_.find(subject);
  return found == versions_.end() ? 0 : found->second;
}

Status Standing::judge_versions(const Append& append) const {
  std::set<SubjectId> seen;
  for (const StoredState& state : append.states) {
    verify(state.version > state.replaces);
    if (state.replaces != version_of(state.subject))
      return version_conflict("somebody else wrote this subject in between");
    if (!seen.insert(state.subject).second)
      return version_conflict("the same subject is written twice");
  }
  if (append.erase && append.erase->version &&
      *append.erase->version != version_of(append.erase->subject))
    return version_conflict("somebody else wrote this subject in between");
  return Done{};
}

Status Standing::judge_ids(const Append& append) const {
  for (const EntryId& id : append.forget)
    if (gone_.contains(id)) return version_conflict("somebody else let this entry go in between");
  std::set<EntryId> seen;
  for (const SealedEntry& entry : append.entries)
    if (known_.contains(entry.envelope.id) || !seen.insert(entry.envelope.id).second)
      return Error{Code::conflict, "", "duplicate_entry",
                   "an entry with this id was received before"};
  return Done{};
}

Status Standing::judge_logins(const Append& append, Owners& owners) const {
  const auto free = [&owners](SubjectId subject) {
    std::erase_if(owners, [&](const auto& owner) { return owner.second == subject; });
  };
  if (append.erase) free(append.erase->subject);
  for (const TokenWrite& write : append.tokens) {
    free(write.subject);
    for (const SearchToken& token : write.tokens) {
      if (token.field != kLogin) continue;
      const auto [owner, fresh] = owners.emplace(token.token, write.subject);
      if (!fresh && owner->second != write.subject)
        return Error{Code::conflict, "", "duplicate_login", "this sign-in name is taken"};
    }
  }
  return Done{};
}

void Standing::accept(const Append& append, Owners owners) {
  if (append.erase) versions_.erase(append.erase->subject);
  for (const StoredState& state : append.states) versions_[state.subject] = state.version;
  for (const EntryId& id : append.forget) gone_.insert(id);
  for (const SealedEntry& entry : append.entries) known_.insert(entry.envelope.id);
  if (!append.tokens.empty() || append.erase) owners_ = std::move(owners);
}

}  // namespace filrouge::postgresql
