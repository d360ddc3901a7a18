#include "server/app/surroundings.h"

#include "server/app/sealing.h"
#include "server/app/territory.h"

namespace filrouge {

namespace {

SubjectId id_in_body(const Draft& draft, std::string_view name) {
  const json::Value* value = draft.body.is(json::Kind::object) ? draft.body.find(name) : nullptr;
  if (value == nullptr || !value->is(json::Kind::string)) return {};
  const auto id = SubjectId::parse(value->text());
  return id.ok() ? *id : SubjectId{};
}

template <class S>
Result<const S*> find_as(StateSource& source, SubjectId subject) {
  if (subject.is_nil()) return static_cast<const S*>(nullptr);
  FILROUGE_TRY(state, source.find(subject));
  return state == nullptr ? nullptr : std::get_if<S>(state);
}

Pseudonym smallest_pseudonym(App& app, const std::vector<SubjectId>& records) {
  Pseudonym smallest = pseudonym_of(app, records.front());
  for (const SubjectId& record : records) smallest = std::min(smallest, pseudonym_of(app, record));
  return smallest;
}

}  // namespace

Result<const State*> StoredSource::find(SubjectId subject) {
  auto at = read_.find(subject);
  if (at == read_.end()) {
    FILROUGE_TRY(known, find_known(app_, subject));
    at = read_.emplace(subject, std::move(known)).first;
  }
  return at->second == nullptr ? nullptr : &at->second->state;
}

SubjectId team_of(const Draft& draft, const State& after) {
  const SubjectId named = id_in_body(draft, "team");
  if (!named.is_nil()) return named;
  if (const auto* round = std::get_if<RoundState>(&after)) return round->team.value_or(SubjectId{});
  if (const auto* person = std::get_if<PersonState>(&after))
    return person->team.value_or(SubjectId{});
  return {};
}

Result<std::vector<SubjectId>> linked_records(StateSource& source, SubjectId person,
                                              const std::vector<PersonLink>& links) {
  using Links = const std::vector<PersonLink>*;
  return linked_group(person, [&](SubjectId id) -> Result<Links> {
    if (id == person) return &links;
    auto state = source.find(id);
    if (!state.ok() && state.error().code == Code::not_found) return Links{};  // erased
    if (!state.ok()) return std::move(state.error());
    const auto* other = *state == nullptr ? nullptr : std::get_if<PersonState>(*state);
    return other == nullptr || other->erased ? Links{} : &other->links;
  });
}

Result<Surroundings> surroundings_of(App& app, StateSource& source, const Draft& draft,
                                     const State& after, SubjectId organisation) {
  Surroundings around;
  around.organisation = organisation;
  FILROUGE_TRY(team, find_as<TeamState>(source, team_of(draft, after)));
  if (team != nullptr && !team->set.organisation.is_nil())
    around.organisation = team->set.organisation;
  const SubjectId place_id = place_of(draft, after);
  FILROUGE_TRY(place, find_as<PlaceState>(source, place_id));
  if (place != nullptr) {
    // A round belongs to the day it starts, its place as well.
    const auto* round = std::get_if<RoundState>(&after);
    const bool of_round = draft.kind.starts_with("round_") || draft.kind == "undone";
    const LocalStamp& when =
        round != nullptr && of_round && round->started ? *round->started : draft.occurred;
    FILROUGE_TRY(located, app.territory->locate(app, place->set, when.field_day()));
    around.located = std::move(located);
    around.own_site =
        place->set.type == PlaceType::own_site || (team != nullptr && team->set.site == place_id);
  }
  if (const auto* person = std::get_if<PersonState>(&after)) {
    around.person = pseudonym_of(app, draft.subject);
    FILROUGE_TRY(records, linked_records(source, draft.subject, person->links));
    if (records.size() > 1) around.counts_as = smallest_pseudonym(app, records);
  }
  return around;
}

void FactBasket::add(FactChange change) {
  for (const EntryId& id : change.remove) {
    put_.erase(id);
    removed_.insert(id);
  }
  for (Fact& fact : change.put) {
    removed_.erase(fact.entry);
    put_.insert_or_assign(fact.entry, std::move(fact));
  }
  for (PersonFact& person : change.persons)
    persons_.insert_or_assign(person.person, std::move(person));
}

FactChange FactBasket::take() {
  FactChange change;
  for (auto& [id, fact] : put_) change.put.push_back(std::move(fact));
  change.remove.assign(removed_.begin(), removed_.end());
  for (auto& [id, person] : persons_) change.persons.push_back(std::move(person));
  put_.clear();
  removed_.clear();
  persons_.clear();
  return change;
}

}  // namespace filrouge
