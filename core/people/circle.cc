#include "core/people/circle.h"

#include "core/relay/relay.h"

namespace filrouge {

namespace {

void sort_once(std::vector<SubjectId>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  if (!ids.empty() && ids.front().is_nil()) ids.erase(ids.begin());
}

// From the acceptance until the new referent's team is all that is needed.
bool is_accepted(RelayAct act) {
  return act == RelayAct::accepted || act == RelayAct::meeting_set ||
         act == RelayAct::meeting_held || act == RelayAct::no_show || act == RelayAct::taken_over;
}

bool is_asked(RelayAct act) { return act == RelayAct::proposed || act == RelayAct::acknowledged; }

}  // namespace

Circle circle_of(const PersonState& person, CivilDate today) {
  Circle circle;
  for (const ReferentClaim& claim : person.pathway.claims) {
    circle.teams.push_back(claim.team);
    circle.all.push_back(claim.organisation);
  }
  for (const StepState& step : person.pathway.steps)
    if (step.set.status != StepStatus::dropped)
      circle.organisations.push_back(step.set.organisation);
  for (const RelayState& relay : person.relays) {
    const RelayStanding now = standing_of(relay);
    if (!now.to) continue;
    const bool agreed = live_grant(person.sharing, *now.to, today) != nullptr;
    if (is_accepted(now.act) || (is_asked(now.act) && agreed))
      circle.organisations.push_back(*now.to);
  }
  // An agreement for a relay opens nothing before the relay is proposed.
  for (const Grant& grant : person.sharing.grants)
    if (grant.agreed.purpose != SharingPurpose::relay && holds(person.sharing, grant, today))
      circle.organisations.push_back(grant.agreed.organisation);
  sort_once(circle.teams);
  sort_once(circle.organisations);
  circle.all.insert(circle.all.end(), circle.organisations.begin(), circle.organisations.end());
  sort_once(circle.all);
  return circle;
}

bool is_signal_alone(const PersonState& person) {
  return person.pathway.signal.has_value() && !person.created_entry && person.contact_count == 0;
}

bool awaits_meeting(const PersonState& person) {
  return is_signal_alone(person) && !person.pathway.signal->by.entry.is_nil() &&
         !person.pathway.signal->ended;
}

}  // namespace filrouge
