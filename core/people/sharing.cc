#include "core/people/sharing.h"

#include <algorithm>
#include <tuple>

#include "core/base/limits.h"
#include "core/journal/body.h"
#include "core/journal/entry_set.h"

namespace filrouge {

namespace {

template <class Row>
void add_row(std::vector<Row>& rows, Row row) {
  const auto at =
      std::lower_bound(rows.begin(), rows.end(), row.entry,
                       [](const Row& one, const EntryId& entry) { return one.entry < entry; });
  if (at == rows.end() || at->entry != row.entry) rows.insert(at, std::move(row));
}

// Did who wrote this grant certainly know of the withdrawal?
bool lifts(const Grant& grant, const Withdrawal& withdrawal) {
  if (std::tie(grant.hlc, grant.entry) < std::tie(withdrawal.hlc, withdrawal.entry)) return false;
  if (grant.author == withdrawal.author) return true;
  const auto& replaces = grant.agreed.replaces;
  if (std::find(replaces.begin(), replaces.end(), withdrawal.entry) != replaces.end()) return true;
  return grant.hlc.ms - withdrawal.hlc.ms > limits::consent_concurrent_ms_max;
}

template <class Value>
void sort_once(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

void fold_sharing(Sharing& sharing, const Draft& draft) {
  if (draft.kind == "sharing_agreed") {
    Grant grant{draft.id, draft.hlc, draft.author, draft.occurred.date, {}};
    if (reads_into(draft, grant.agreed)) add_row(sharing.grants, std::move(grant));
  } else {
    SharingWithdrawn body;
    if (reads_into(draft, body))
      add_row(sharing.withdrawals, Withdrawal{draft.id, draft.hlc, draft.author,
                                              draft.occurred.date, body.organisation});
  }
}

bool holds(const Sharing& sharing, const Grant& grant, CivilDate today) {
  if (grant.agreed.until && *grant.agreed.until < today) return false;
  return std::none_of(
      sharing.withdrawals.begin(), sharing.withdrawals.end(), [&](const Withdrawal& one) {
        const bool covers = !one.organisation || *one.organisation == grant.agreed.organisation;
        return covers && !lifts(grant, one);
      });
}

const Grant* live_grant(const Sharing& sharing, SubjectId organisation, CivilDate today) {
  const Grant* newest = nullptr;
  for (const Grant& grant : sharing.grants)
    if (grant.agreed.organisation == organisation && holds(sharing, grant, today) &&
        (newest == nullptr ||
         std::tie(newest->hlc, newest->entry) < std::tie(grant.hlc, grant.entry)))
      newest = &grant;
  return newest;
}

std::vector<SharedField> shared_with(const Sharing& sharing, SubjectId organisation,
                                     CivilDate today) {
  std::vector<SharedField> fields;
  for (const Grant& grant : sharing.grants)
    if (grant.agreed.organisation == organisation && holds(sharing, grant, today))
      fields.insert(fields.end(), grant.agreed.fields.begin(), grant.agreed.fields.end());
  sort_once(fields);
  return fields;
}

std::vector<SubjectId> shares_with(const Sharing& sharing, CivilDate today) {
  std::vector<SubjectId> organisations;
  for (const Grant& grant : sharing.grants)
    if (!grant.agreed.organisation.is_nil() && holds(sharing, grant, today))
      organisations.push_back(grant.agreed.organisation);
  sort_once(organisations);
  return organisations;
}

Status check_sharing_agreed(const Draft& draft) {
  SharingAgreed body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(list_bounded(body.replaces.size(), "body.replaces"));
  for (std::size_t i = 0; i < body.fields.size(); ++i)
    if (std::find(body.fields.begin(), body.fields.begin() + static_cast<std::ptrdiff_t>(i),
                  body.fields[i]) != body.fields.begin() + static_cast<std::ptrdiff_t>(i))
      return invalid_field("body.fields[" + std::to_string(i) + "]", "repeated",
                           "each thing is ticked once");
  if (body.until && *body.until < draft.occurred.date)
    return invalid_field("body.until", "past_day", "an agreement ends today or later");
  FILROUGE_CHECK(text_present(body.wording, limits::alias_characters_max, "body.wording"));
  return text_allowed(body.receipt_number, limits::alias_characters_max, "body.receipt_number");
}

Status check_sharing_withdrawn(const Draft& draft) {
  SharingWithdrawn body;
  return read_into(draft, body);
}

}  // namespace filrouge
