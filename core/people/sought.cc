#include "core/people/sought.h"

#include <algorithm>
#include <tuple>

#include "core/journal/body.h"

namespace filrouge {

void fold_sought(std::vector<NoticeSeen>& seen, const Draft& draft) {
  SoughtSeen body;
  if (!reads_into(draft, body)) return;
  const NoticeSeen word{body.organisation, draft.occurred.date, draft.hlc, draft.id};
  const auto at = std::lower_bound(
      seen.begin(), seen.end(), body.organisation,
      [](const NoticeSeen& one, const SubjectId& wanted) { return one.organisation < wanted; });
  if (at == seen.end() || at->organisation != body.organisation) {
    seen.insert(at, word);
  } else if (std::tie(at->hlc, at->entry) < std::tie(word.hlc, word.entry)) {
    *at = word;
  }
}

Status check_sought(const Draft& draft) {
  SoughtSeen body;
  FILROUGE_CHECK(read_into(draft, body));
  if (body.organisation.is_nil())
    return invalid_field("body.organisation", "missing", "which organisation looks for her?");
  return Done{};
}

bool is_due(const std::vector<NoticeSeen>& seen, SubjectId organisation, CivilDate today) {
  return std::none_of(seen.begin(), seen.end(), [&](const NoticeSeen& one) {
    return one.organisation == organisation && today < one.on.plus_days(kSoughtDays);
  });
}

}  // namespace filrouge
