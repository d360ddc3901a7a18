#include "core/people/links.h"

#include <algorithm>
#include <tuple>

#include "core/journal/body.h"

namespace filrouge {

namespace {

auto place_of(std::vector<PersonLink>& links, SubjectId other) {
  return std::lower_bound(
      links.begin(), links.end(), other,
      [](const PersonLink& link, const SubjectId& wanted) { return link.other < wanted; });
}

}  // namespace

bool is_link_kind(std::string_view kind) {
  return kind == "persons_linked" || kind == "persons_unlinked" || kind == "persons_distinct";
}

void fold_link(std::vector<PersonLink>& links, const Draft& draft) {
  PersonsLinked body;
  if (!reads_into(draft, body)) return;
  PersonLink link{body.other,   draft.kind == "persons_linked",
                  draft.hlc,    draft.id,
                  draft.author, draft.occurred.date};
  const auto at = place_of(links, body.other);
  if (at == links.end() || at->other != body.other) {
    links.insert(at, std::move(link));
  } else if (std::tie(at->hlc, at->entry) < std::tie(link.hlc, link.entry)) {
    *at = std::move(link);
  }
}

Status decide_link(const std::vector<PersonLink>& links, const Draft& draft) {
  PersonsLinked body;
  FILROUGE_CHECK(read_into(draft, body));
  const bool linked = is_linked(links, body.other);
  if (draft.kind == "persons_unlinked") {
    if (linked) return Done{};
    return Error{Code::refused, "body.other", "not_linked", "these two are not linked"};
  }
  if (linked) return Error{Code::refused, "body.other", "already_linked", "these two are linked"};
  if (draft.kind == "persons_distinct") return Done{};
  if (links_of(links).size() >= kLinksMax)
    return Error{Code::refused, "body.other", "too_many", "too many records linked to this one"};
  return Done{};
}

Status check_link(const Draft& draft) {
  PersonsLinked body;
  FILROUGE_CHECK(read_into(draft, body));
  if (body.other.is_nil()) return invalid_field("body.other", "missing", "which other record?");
  if (body.other == draft.subject)
    return invalid_field("body.other", "linked_to_herself", "two records, not the same one twice");
  return Done{};
}

bool is_settled(const std::vector<PersonLink>& links, SubjectId other) {
  return std::any_of(links.begin(), links.end(),
                     [&](const PersonLink& link) { return link.other == other; });
}

bool is_linked(const std::vector<PersonLink>& links, SubjectId other) {
  return std::any_of(links.begin(), links.end(),
                     [&](const PersonLink& link) { return link.linked && link.other == other; });
}

std::vector<SubjectId> links_of(const std::vector<PersonLink>& links) {
  std::vector<SubjectId> others;
  for (const PersonLink& link : links)
    if (link.linked) others.push_back(link.other);
  return others;
}

Result<std::vector<SubjectId>> linked_group(SubjectId person, const FindLinks& find) {
  std::vector<SubjectId> group{person};
  for (std::size_t i = 0; i < group.size() && group.size() < kLinkedMax; ++i) {
    FILROUGE_TRY(links, find(group[i]));
    if (links == nullptr) continue;
    for (const SubjectId& other : links_of(*links)) {
      if (std::find(group.begin(), group.end(), other) != group.end()) continue;
      FILROUGE_TRY(back, find(other));
      if (back != nullptr && is_linked(*back, group[i])) group.push_back(other);
    }
  }
  std::sort(group.begin(), group.end());
  return group;
}

}  // namespace filrouge
