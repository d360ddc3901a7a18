#include "core/people/consent.h"

#include <algorithm>
#include <tuple>

#include "core/base/limits.h"
#include "core/journal/entry_set.h"

namespace filrouge {

namespace {

void hear(std::vector<HeardAnswer>& heard, HeardAnswer answer) {
  const auto place = [](const HeardAnswer& a, const HeardAnswer& b) {
    return std::tie(a.purpose, a.agreed) < std::tie(b.purpose, b.agreed);
  };
  const auto at = std::lower_bound(heard.begin(), heard.end(), answer, place);
  if (at == heard.end() || place(answer, *at)) {
    heard.insert(at, std::move(answer));
  } else if (std::tie(at->hlc, at->entry) < std::tie(answer.hlc, answer.entry)) {
    *at = std::move(answer);
  }
}

bool lifts(const HeardAnswer& agreement, const HeardAnswer& refusal) {
  if (std::tie(agreement.hlc, agreement.entry) < std::tie(refusal.hlc, refusal.entry)) return false;
  if (agreement.author == refusal.author) return true;
  if (has_entry(agreement.replaces, refusal.entry)) return true;
  return agreement.hlc.ms - refusal.hlc.ms > limits::consent_concurrent_ms_max;
}

ConsentState holding(const HeardAnswer& answer) {
  return {answer.purpose, basis_of(answer.purpose), answer.agreed, answer.entry, answer.hlc,
          answer.on};
}

void decide_answers(PersonState& state) {
  state.consents.clear();
  for (const HeardAnswer& answer : state.heard) {
    if (state.consents.empty() || state.consents.back().purpose != answer.purpose) {
      state.consents.push_back(holding(answer));
      continue;
    }
    // Refusals come first: this is the agreement that meets it.
    if (lifts(answer, *(&answer - 1))) state.consents.back() = holding(answer);
  }
}

}  // namespace

void hear_answers(PersonState& state, const Draft& draft, const ConsentRecorded& body) {
  std::vector<EntryId> replaces;
  for (const EntryId& entry : body.replaces) add_entry(replaces, entry);
  for (const PurposeAnswer& answer : body.answers)
    hear(state.heard, {answer.purpose, answer.agreed, draft.hlc, draft.id, draft.author,
                       draft.occurred.date, replaces});
  decide_answers(state);
}

const ConsentState* consent_for(const PersonState& state, Purpose purpose) {
  for (const ConsentState& consent : state.consents)
    if (consent.purpose == purpose) return &consent;
  return nullptr;
}

}  // namespace filrouge
