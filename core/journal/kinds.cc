#include "core/journal/kinds.h"

#include <array>

#include "core/journal/body.h"

namespace filrouge {

namespace {

using C = Collection;
using S = SealScope;

constexpr std::array kKinds{
    // the street
    KindInfo{"round_started", 1, S::organisation, "round.write", C::round, true},
    KindInfo{"round_moved", 1, S::organisation, "round.write", C::round, true},
    KindInfo{"round_ended", 1, S::organisation, "round.write", C::round, true},
    KindInfo{"encounter", 1, S::organisation, "encounter.write", C::round, true},
    KindInfo{"encounters_expired", 1, S::organisation, "", C::round, false},
    KindInfo{"watch_session", 1, S::organisation, "watch.write", C::team, true},
    KindInfo{"contact", 1, S::person, "contact.write", C::person, true},
    KindInfo{"visit", 1, S::organisation, "visit.write", C::place, true},
    KindInfo{"undone", 1, S::organisation, "entry.undo", C::round, true},
    KindInfo{"confirmed", 1, S::organisation, "entry.confirm", C::round, true},
    KindInfo{"day_report", 1, S::organisation, "day_report.write", C::team, true},
    // people
    KindInfo{"person_created", 1, S::person, "person.create", C::person, true},
    KindInfo{"person_described", 1, S::person, "person.write", C::person, true},
    KindInfo{"identity_given", 1, S::person, "consent.write", C::person, true},
    KindInfo{"consent_recorded", 1, S::person, "consent.write", C::person, true},
    KindInfo{"minor_informed", 1, S::person, "person.write", C::person, true},
    KindInfo{"concern_reported", 1, S::person, "person.write", C::person, true},
    KindInfo{"person_erased", 1, S::settings, "person.erase", C::person, false},
    // the pathway, the relay, what is shared
    KindInfo{"signal_received", 1, S::person, "signal.write", C::person, true},
    KindInfo{"signal_closed", 1, S::person, "signal.write", C::person, true},
    KindInfo{"pathway_opened", 1, S::person, "pathway.write", C::person, true},
    KindInfo{"referent_named", 1, S::person, "referent.name", C::person, true},
    KindInfo{"stage_marked", 1, S::person, "pathway.write", C::person, true},
    KindInfo{"pause_agreed", 1, S::person, "pathway.write", C::person, true},
    KindInfo{"attempt_made", 1, S::person, "pathway.write", C::person, true},
    KindInfo{"contact_lost", 1, S::person, "pathway.write", C::person, true},
    KindInfo{"following_ended", 1, S::person, "pathway.write", C::person, true},
    KindInfo{"following_resumed", 1, S::person, "pathway.write", C::person, true},
    KindInfo{"diagnosis", 1, S::person, "pathway.write", C::person, true},
    KindInfo{"barrier_changed", 1, S::person, "pathway.write", C::person, true},
    KindInfo{"step_set", 1, S::person, "step.write", C::person, true},
    KindInfo{"appointment_set", 1, S::person, "step.write", C::person, true},
    KindInfo{"delivery", 1, S::person, "step.write", C::person, true},
    KindInfo{"exit", 1, S::person, "pathway.write", C::person, true},
    KindInfo{"check_in", 1, S::person, "pathway.write", C::person, true},
    KindInfo{"sharing_agreed", 1, S::person, "consent.write", C::person, true},
    KindInfo{"sharing_withdrawn", 1, S::person, "consent.write", C::person, true},
    KindInfo{"relay", 1, S::person, "relay.write", C::person, true},
    // her own page, records of one person, links to organisations outside
    KindInfo{"card_issued", 1, S::person, "card.issue", C::person, false},
    KindInfo{"card_failed", 1, S::person, "", C::person, false},
    KindInfo{"trust_answered", 1, S::person, "", C::person, false},
    KindInfo{"odd_said", 1, S::person, "", C::person, false},
    KindInfo{"persons_linked", 1, S::person, "person.link", C::person, false},
    KindInfo{"persons_unlinked", 1, S::person, "person.link", C::person, false},
    KindInfo{"persons_distinct", 1, S::person, "person.link", C::person, false},
    KindInfo{"sought_seen", 1, S::person, "sought.read", C::person, false},
    KindInfo{"outside_link", 1, S::person, "relay.outside", C::person, false},
    KindInfo{"outside_failed", 1, S::person, "", C::person, false},
    KindInfo{"outside_opened", 1, S::person, "", C::person, false},
    KindInfo{"outside_answered", 1, S::person, "", C::person, false},
    KindInfo{"survey_answered", 1, S::person, "pathway.write", C::person, true},
    // a comparison of lists
    KindInfo{"comparison_opened", 1, S::person, "comparison.manage", C::comparison, false},
    KindInfo{"comparison_list_added", 1, S::person, "comparison.manage", C::comparison, false},
    KindInfo{"comparison_list_removed", 1, S::person, "comparison.manage", C::comparison, false},
    KindInfo{"comparison_run", 1, S::person, "comparison.manage", C::comparison, false},
    KindInfo{"comparison_judged", 1, S::person, "comparison.review", C::comparison, false},
    KindInfo{"comparison_ended", 1, S::settings, "", C::retained, false},
    // settings
    KindInfo{"organisation_set", 1, S::settings, "organisation.write", C::organisation, false},
    KindInfo{"team_set", 1, S::settings, "team.write", C::team, false},
    KindInfo{"project_set", 1, S::settings, "project.write", C::project, false},
    KindInfo{"place_set", 1, S::settings, "place.write", C::place, true},
    KindInfo{"account_proposed", 1, S::settings, "account.propose", C::account, false},
    KindInfo{"account_confirmed", 1, S::settings, "account.confirm", C::account, false},
    KindInfo{"account_changed", 1, S::settings, "account.revoke", C::account, false},
    KindInfo{"device_enrolled", 1, S::settings, "device.enrol", C::device, false},
    KindInfo{"device_lost", 1, S::settings, "device.lost", C::device, false},
    KindInfo{"constraints_set", 1, S::settings, "", C::retained, false},
    KindInfo{"facts_retained", 1, S::settings, "", C::retained, false},
};

const json::Value* body_field(const Draft& draft, std::string_view name, json::Kind kind) {
  if (!draft.body.is(json::Kind::object)) return nullptr;
  const json::Value* value = draft.body.find(name);
  return value != nullptr && value->is(kind) ? value : nullptr;
}

Result<Collection> named_collection(const Draft& draft) {
  if (const auto* name = body_field(draft, "collection", json::Kind::string)) {
    const auto found = json::enum_value<Collection>(name->text());
    if (found == C::round || found == C::team || found == C::place || found == C::person)
      return *found;
  }
  return invalid_field("body.collection", "choice", "one of round team place person");
}

}  // namespace

std::span<const KindInfo> all_kinds() { return kKinds; }

const KindInfo* find_kind(std::string_view name) {
  for (const KindInfo& kind : kKinds)
    if (kind.name == name) return &kind;
  return nullptr;
}

Result<Collection> collection_of(const Draft& draft) {
  const KindInfo* kind = find_kind(draft.kind);
  if (kind == nullptr)
    return Error{Code::unsupported, "kind", "unknown_kind", "this program does not know it"};
  if (draft.kind == "undone" || draft.kind == "confirmed") return named_collection(draft);
  if (draft.kind == "encounter")
    return body_field(draft, "round", json::Kind::string) != nullptr ? C::round : C::team;
  if (draft.kind == "visit") {
    const auto* named = body_field(draft, "named", json::Kind::boolean);
    return named != nullptr && named->boolean() ? C::person : C::place;
  }
  return kind->collection;
}

SealScope seal_of(const Draft& draft) {
  const KindInfo* kind = find_kind(draft.kind);
  if (kind == nullptr) return S::organisation;
  if (kind->seal == S::settings) return S::settings;
  const auto collection = collection_of(draft);
  return collection.ok() && *collection == C::person ? S::person : kind->seal;
}

Result<Draft> upcast(Draft draft) {
  const KindInfo* kind = find_kind(draft.kind);
  if (kind == nullptr)
    return Error{Code::unsupported, "kind", "unknown_kind", "this program does not know it"};
  if (draft.version > kind->version)
    return Error{Code::unsupported, "version", "newer_version", "written by a newer program"};
  if (draft.version < 1) return invalid_field("version", "range", "1 or more");
  // Every kind is at version 1: nothing to bring up yet. A step to a new version goes here, with
  // its golden files in vectors/upcasts/.
  return draft;
}

}  // namespace filrouge
