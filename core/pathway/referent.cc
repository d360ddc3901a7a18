#include "core/pathway/referent.h"

#include <algorithm>
#include <tuple>

#include "core/base/limits.h"
#include "core/journal/body.h"

namespace filrouge {

namespace {

Error refused(std::string_view field, std::string_view rule, std::string_view detail) {
  return {Code::refused, field, rule, detail};
}

bool is_before(const ReferentClaim& a, const ReferentClaim& b) {
  return std::tie(a.by.hlc, a.by.entry) < std::tie(b.by.hlc, b.by.entry);
}

// When the pathway was closed last, if nothing resumed it since.
bool is_closed_after(const PersonState& person, const ReferentClaim& claim) {
  for (const Written& ended : person.pathway.endings)
    if (std::tie(claim.by.hlc, claim.by.entry) < std::tie(ended.hlc, ended.entry)) return true;
  return false;
}

}  // namespace

void add_claim(PathwayState& pathway, ReferentClaim claim) {
  const auto at = std::lower_bound(pathway.claims.begin(), pathway.claims.end(), claim, is_before);
  if (at == pathway.claims.end() || at->by.entry != claim.by.entry)
    pathway.claims.insert(at, std::move(claim));
}

const ReferentClaim* current_claim(const PersonState& person) {
  if (person.pathway.claims.empty()) return nullptr;
  const ReferentClaim& last = person.pathway.claims.back();
  return is_closed_after(person, last) ? nullptr : &last;
}

const ReferentClaim* claim_before(const PersonState& person, EntryId relay) {
  const auto& claims = person.pathway.claims;
  const auto passed = std::find_if(claims.begin(), claims.end(),
                                   [&](const ReferentClaim& one) { return one.relay == relay; });
  const ReferentClaim* current = current_claim(person);
  if (passed == claims.end() || passed == claims.begin() || current == nullptr ||
      current->organisation != passed->organisation)
    return nullptr;
  return &*std::prev(passed);
}

CivilDate interim_until(const ReferentClaim& claim) {
  return claim.by.occurred.date.plus_days(limits::interim_days);
}

Status decide_opened(const Draft& draft, const PersonState& person) {
  PathwayOpened body;
  FILROUGE_CHECK(read_into(draft, body));
  if (!person.created_entry) return refused("", "not_met", "she is met first");
  if (current_claim(person) != nullptr)
    return refused("", "already_open", "a pathway is open, with its referent");
  const auto& claims = person.pathway.claims;
  if (!claims.empty() &&
      std::tie(draft.hlc, draft.id) <= std::tie(claims.back().by.hlc, claims.back().by.entry))
    return refused("", "stale", "another pathway was opened later");
  for (const Written& ended : person.pathway.endings)
    if (std::tie(draft.hlc, draft.id) <= std::tie(ended.hlc, ended.entry))
      return refused("", "stale", "the following ended later");
  return Done{};
}

Status decide_named(const Draft& draft, const PersonState& person) {
  ReferentNamed body;
  FILROUGE_CHECK(read_into(draft, body));
  const ReferentClaim* current = current_claim(person);
  if (current == nullptr) return refused("", "no_pathway", "no pathway is open");
  if (current->by.entry != body.after ||
      std::tie(draft.hlc, draft.id) <= std::tie(current->by.hlc, current->by.entry))
    return refused("body.after", "stale", "another referent was named in between");
  if (current->organisation != body.organisation)
    return refused("body.organisation", "not_your_turn", "to another organisation: by a relay");
  return Done{};
}

}  // namespace filrouge
