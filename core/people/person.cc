#include "core/people/person.h"

#include <algorithm>
#include <tuple>

#include "core/journal/body.h"
#include "core/journal/entry_set.h"
#include "core/pathway/pathway.h"
#include "core/people/age.h"
#include "core/people/consent.h"
#include "core/relay/relay.h"

namespace filrouge {

namespace {

template <class Latest, class Value>
void write_latest(Latest& latest, const Draft& draft, const std::optional<Value>& value) {
  if (!value) return;
  if (latest.value && std::tie(draft.hlc, draft.id) <= std::tie(latest.hlc, latest.entry)) return;
  latest.value = value;
  latest.hlc = draft.hlc;
  latest.entry = draft.id;
  latest.author = draft.author;
}

void fold_created(PersonState& state, const Draft& draft) {
  PersonCreated body;
  if (!reads_into(draft, body)) return;
  state.alias.write(draft.id, draft.author, cleaned(body.alias), {});
  if (body.recognise) state.recognise.write(draft.id, draft.author, cleaned(*body.recognise), {});
  write_latest(state.sex, draft, body.sex);
  write_latest(state.age_band, draft, body.age_band);
  const bool first =
      !state.created_entry || !state.created ||
      std::tie(draft.occurred, draft.id) < std::tie(*state.created, *state.created_entry);
  if (!first) return;
  state.created = draft.occurred;
  state.created_entry = draft.id;
  state.team = body.team;
  state.project = body.project;
}

void fold_described(PersonState& state, const Draft& draft) {
  PersonDescribed body;
  if (!reads_into(draft, body)) return;
  if (body.alias) state.alias.write(draft.id, draft.author, cleaned(*body.alias), body.replaces);
  if (body.recognise)
    state.recognise.write(draft.id, draft.author, cleaned(*body.recognise), body.replaces);
  write_latest(state.sex, draft, body.sex);
  write_latest(state.age_band, draft, body.age_band);
}

void fold_identity(PersonState& state, const Draft& draft) {
  IdentityGiven body;
  if (!reads_into(draft, body)) return;
  state.level = IdentityLevel::identified;
  const CivilDate day = draft.occurred.date;
  state.identified_on = std::max(state.identified_on.value_or(day), day);
  state.first_name.write(draft.id, draft.author, cleaned(body.first_name), body.replaces);
  if (body.surname)
    state.surname.write(draft.id, draft.author, cleaned(*body.surname), body.replaces);
  if (body.reach_kind) {
    std::string reach(json::enum_text(*body.reach_kind));
    if (body.reach) reach += " " + cleaned(*body.reach);
    state.reach.write(draft.id, draft.author, std::move(reach), body.replaces);
  }
  if (!body.born) return;
  if (state.born && std::tie(draft.hlc, draft.id) <= std::tie(state.born_hlc, state.born_entry))
    return;
  state.born = body.born;
  state.born_hlc = draft.hlc;
  state.born_entry = draft.id;
  state.born_author = draft.author;
}

void fold_contact(PersonState& state, const Draft& draft) {
  Contact body;
  if (!reads_into(draft, body)) return;
  const auto same = [&](const RecentContact& c) { return c.entry == draft.id; };
  if (std::any_of(state.recent.begin(), state.recent.end(), same)) return;
  const CivilDate day = draft.occurred.field_day();
  fold_contact_day(state.pathway, draft.occurred);
  ++state.contact_count;
  state.first_contact = std::min(state.first_contact.value_or(day), day);
  state.last_contact = std::max(state.last_contact.value_or(day), day);
  RecentContact contact{draft.id, body.team, draft.occurred, draft.author, body.mode};
  contact.services = std::move(body.services);
  contact.barriers = std::move(body.barriers);
  contact.next_step = body.next_step;
  contact.next_on = body.next_on;
  if (body.note) contact.note = cleaned(*body.note);
  contact.locked = draft.locked && !has_entry(state.confirmed, draft.id);
  const auto newer = [](const RecentContact& a, const RecentContact& b) {
    return std::tie(a.occurred, a.entry) > std::tie(b.occurred, b.entry);
  };
  state.recent.insert(std::lower_bound(state.recent.begin(), state.recent.end(), contact, newer),
                      std::move(contact));
  if (state.recent.size() > kRecentContactsMax) state.recent.pop_back();
}

void fold_consent(PersonState& state, const Draft& draft) {
  ConsentRecorded body;
  if (!reads_into(draft, body)) return;
  hear_answers(state, draft, body);
  const auto at =
      std::lower_bound(state.receipts.begin(), state.receipts.end(), draft.id,
                       [](const ReceiptState& r, const EntryId& id) { return r.entry < id; });
  if (at != state.receipts.end() && at->entry == draft.id) return;
  state.receipts.insert(
      at, ReceiptState{draft.id, cleaned(body.receipt_number), draft.occurred.date, body.receipt});
}

void fold_minor_act(PersonState& state, const Draft& draft) {
  MinorAct act{draft.id, draft.occurred.date, std::nullopt, std::nullopt, draft.author};
  if (draft.kind == "minor_informed") {
    MinorInformed body;
    if (!reads_into(draft, body)) return;
    act.choice = body.choice;
  } else {
    ConcernReported body;
    if (!reads_into(draft, body)) return;
    act.on = body.on;
    act.recipient = cleaned(body.recipient);
  }
  const auto before = [](const MinorAct& a, const MinorAct& b) {
    return std::tie(a.on, a.entry) < std::tie(b.on, b.entry);
  };
  const auto at = std::lower_bound(state.minor_acts.begin(), state.minor_acts.end(), act, before);
  if (at != state.minor_acts.end() && at->entry == act.entry) return;
  state.minor_acts.insert(at, std::move(act));
}

void fold_confirmed(PersonState& state, const Draft& draft) {
  Confirmed body;
  if (!reads_into(draft, body)) return;
  add_entry(state.confirmed, body.entry);
  for (RecentContact& contact : state.recent)
    if (contact.entry == body.entry) contact.locked = false;
}

void fold_erased(PersonState& state) {
  state = PersonState{};
  state.erased = true;
}

// What holds the thread together is answered by another entry, never undone. Its author may have
// taken it back before it came: then it waits for a human.
bool is_answered(std::string_view kind) {
  return kind == "pathway_opened" || kind == "referent_named" || kind == "following_ended" ||
         kind == "relay" || kind == "sharing_agreed";
}

}  // namespace

Status decide_person(const Draft& draft, const PersonState& before) {
  if (before.erased) return Error{Code::refused, "", "erased", "this person was erased"};
  if (draft.kind == "person_created" && before.created_entry && *before.created_entry != draft.id)
    return Error{Code::refused, "", "already_created", "this person was created before"};
  if (draft.kind == "undone") {
    Undone body;
    if (reads_into(draft, body) && is_binding(before, body.entry))
      return Error{Code::refused, "body.entry", "binding", "answered by another entry, not undone"};
  }
  if (is_answered(draft.kind) && has_entry(before.undone, draft.id))
    return Error{Code::refused, "", "binding", "taken back before it came"};
  if (is_pathway_kind(draft.kind)) return decide_pathway(draft, before);
  if (draft.kind == "relay") return decide_relay(before, draft);
  if (is_own_page_kind(draft.kind)) return decide_own_page(before.own_page, draft);
  if (is_link_kind(draft.kind)) return decide_link(before.links, draft);
  if (is_outside_kind(draft.kind)) return decide_outside(before.outside, draft);
  return Done{};
}

void fold_person(PersonState& state, const Draft& draft) {
  if (state.erased) return;
  if (draft.kind == "person_erased") return fold_erased(state);  // cannot be undone
  if (draft.kind == "undone") {
    if (Undone body; reads_into(draft, body)) add_entry(state.undone, body.entry);
    return;
  }
  // Half of a link cannot be taken back: it is written on two records.
  if (is_link_kind(draft.kind)) return fold_link(state.links, draft);
  // Her withdrawal holds whatever came before it.
  if (has_entry(state.undone, draft.id) && draft.kind != "sharing_withdrawn") return;
  if (draft.kind == "sought_seen") return fold_sought(state.sought_seen, draft);
  if (draft.kind == "contact") return fold_contact(state, draft);
  if (draft.kind == "person_created") return fold_created(state, draft);
  if (draft.kind == "person_described") return fold_described(state, draft);
  if (draft.kind == "identity_given") return fold_identity(state, draft);
  if (draft.kind == "consent_recorded") return fold_consent(state, draft);
  if (draft.kind == "confirmed") return fold_confirmed(state, draft);
  if (is_pathway_kind(draft.kind)) return fold_pathway(state, draft);
  if (draft.kind == "relay") return fold_relay(state, draft);
  if (draft.kind.starts_with("sharing_")) return fold_sharing(state.sharing, draft);
  if (is_own_page_kind(draft.kind)) return fold_own_page(state.own_page, draft);
  if (is_outside_kind(draft.kind)) return fold_outside(state.outside, draft);
  if (draft.kind == "minor_informed" || draft.kind == "concern_reported")
    fold_minor_act(state, draft);
}

void add_person_facts(const Draft& draft, const PersonState& after, const Surroundings& around,
                      FactChange& change) {
  const bool describes = draft.kind == "person_created" || draft.kind == "person_described" ||
                         draft.kind == "identity_given" || draft.kind == "undone" ||
                         is_link_kind(draft.kind) ||
                         (draft.kind == "contact" &&
                          (after.contact_count <= 1 ||
                           (after.born && after.first_contact == draft.occurred.field_day())));
  if (!describes || !around.person || after.erased) return;
  PersonFact fact;
  fact.person = *around.person;
  fact.sex = after.sex.value;
  fact.age_band = age_band_of(after);
  fact.identified = after.level == IdentityLevel::identified;
  fact.counts_as = around.counts_as;
  change.persons.push_back(std::move(fact));
}

}  // namespace filrouge
