#include "core/network/account.h"

#include <algorithm>
#include <tuple>

#include "core/journal/body.h"

namespace filrouge {

namespace {

Error refusal(std::string_view rule, std::string_view detail) {
  return {Code::refused, "", std::string(rule), std::string(detail)};
}

Status decide_confirmed(const Draft& draft, const AccountState& before) {
  AccountConfirmed body;
  FILROUGE_CHECK(read_into(draft, body));
  if (before.proposed_entry.is_nil() || before.status != AccountStatus::proposed)
    return refusal("not_proposed", "nothing to confirm");
  // The program itself (init) proposes the first administrators: its author is nil.
  if (before.proposed_by.is_nil()) return Done{};
  if (body.confirmed_by == before.proposed_by || draft.author == before.proposed_by)
    return refusal("same_administrator", "another administrator must confirm");
  if (!draft.author.is_nil() && draft.author != body.confirmed_by)
    return refusal("confirmed_by", "everybody confirms in their own name");
  return Done{};
}

Status decide_changed(const Draft& draft, const AccountState& before) {
  AccountChanged body;
  FILROUGE_CHECK(read_into(draft, body));
  if (before.proposed_entry.is_nil()) return refusal("not_proposed", "no such account");
  if (body.change == AccountChange::revoked) return Done{};
  if (before.status == AccountStatus::revoked)
    return refusal("revoked", "this account was revoked");
  if (body.change == AccountChange::activated && before.status == AccountStatus::proposed)
    return refusal("not_confirmed", "a second administrator must confirm first");
  return Done{};
}

void raise(AccountState& state, AccountStatus status) {
  state.status = std::max(state.status, status);  // proposed < confirmed < active < revoked
}

void write_teams(AccountState& state, const Draft& draft, std::vector<SubjectId> teams) {
  if (std::tie(draft.hlc, draft.id) <= std::tie(state.teams_hlc, state.teams_entry)) return;
  state.teams = std::move(teams);
  state.teams_hlc = draft.hlc;
  state.teams_entry = draft.id;
}

// The first proposal stands: a later one must not change role or organisation.
void fold_proposed(AccountState& state, const Draft& draft) {
  AccountProposed body;
  if (!reads_into(draft, body)) return;
  write_teams(state, draft, std::move(body.teams));
  const bool first =
      state.proposed_entry.is_nil() ||
      std::tie(draft.hlc, draft.id) < std::tie(state.proposed_hlc, state.proposed_entry);
  if (!first) return;
  state.login = std::move(body.login);
  state.display_name = cleaned(body.display_name);
  state.role = body.role;
  state.organisation = body.organisation;
  state.proposed_by = draft.author;
  state.proposed_hlc = draft.hlc;
  state.proposed_entry = draft.id;
}

void fold_changed(AccountState& state, const Draft& draft) {
  AccountChanged body;
  if (!reads_into(draft, body)) return;
  if (body.change == AccountChange::activated) raise(state, AccountStatus::active);
  if (body.change == AccountChange::revoked) raise(state, AccountStatus::revoked);
  if (body.change == AccountChange::teams) write_teams(state, draft, std::move(body.teams));
}

}  // namespace

Status decide_account(const Draft& draft, const AccountState& before) {
  if (draft.kind == "account_confirmed") return decide_confirmed(draft, before);
  if (draft.kind == "account_changed") return decide_changed(draft, before);
  if (!before.proposed_entry.is_nil() && before.proposed_entry != draft.id)
    return refusal("already_proposed", "this account was proposed before");
  return Done{};
}

void fold_account(AccountState& state, const Draft& draft) {
  if (draft.kind == "account_proposed") return fold_proposed(state, draft);
  if (draft.kind == "account_changed") return fold_changed(state, draft);
  if (draft.kind != "account_confirmed") return;
  AccountConfirmed body;
  if (!reads_into(draft, body)) return;
  raise(state, AccountStatus::confirmed);
  state.confirmed_by = std::min(state.confirmed_by.value_or(body.confirmed_by), body.confirmed_by);
}

Status decide_device(const Draft& draft, const DeviceState& before) {
  if (draft.kind != "device_enrolled") return Done{};
  DeviceEnrolled body;
  FILROUGE_CHECK(read_into(draft, body));
  if (before.lost) return refusal("lost", "this phone was declared lost");
  if (!before.entry.is_nil() && before.account != body.account)
    return refusal("already_enrolled", "this phone belongs to another account");
  return Done{};
}

void fold_device(DeviceState& state, const Draft& draft) {
  if (draft.kind == "device_lost") {
    state.lost = true;
    return;
  }
  if (draft.kind != "device_enrolled") return;
  DeviceEnrolled body;
  if (!reads_into(draft, body)) return;
  if (!state.entry.is_nil() && std::tie(draft.hlc, draft.id) >= std::tie(state.hlc, state.entry))
    return;
  state.account = body.account;
  state.organisation = body.organisation.value_or(SubjectId{});
  state.label = cleaned(body.label);
  state.enrolled = draft.occurred.date;
  state.hlc = draft.hlc;
  state.entry = draft.id;
}

}  // namespace filrouge
