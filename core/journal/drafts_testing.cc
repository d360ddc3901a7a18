#include "core/testing.h"

namespace filrouge::testing {

namespace {

template <class T>
std::optional<T> maybe(Numbers& n, T value) {
  if (n.chance(2)) return value;
  return std::nullopt;
}

std::vector<EntryId> some_entries(Numbers& n, std::size_t count) {
  std::vector<EntryId> list;
  for (std::uint64_t i = n.below(3); i > 0; --i) list.push_back(id_of<EntryId>(1 + n.below(count)));
  return list;
}

std::string word(Numbers& n) {
  static constexpr std::string_view kWords[] = {"Momo", "Inès", "Zoé", "casquette rouge",
                                                "L'Éclair"};
  return std::string(kWords[n.below(5)]);
}

json::Value undone_body(Numbers& n, std::string_view collection, std::size_t count) {
  return object(
      json::encode(Undone{id_of<EntryId>(1 + n.below(count + 2)), std::string(collection)}));
}

struct Shape {
  std::string kind;
  json::Value body;
};

template <class Body>
Shape shape(std::string_view kind, const Body& body) {
  return {std::string(kind), object(json::encode(body))};
}

Shape round_shape(Numbers& n, std::size_t count) {
  switch (n.below(6)) {
    case 0: {
      RoundStarted body{"maraude", id_of(50), maybe(n, id_of(60)), {id_of(70)}, 0, {}};
      body.volunteers = static_cast<std::int32_t>(n.below(4));
      for (std::uint64_t i = n.below(3); i > 0; --i) body.stops.push_back(id_of(80 + n.below(3)));
      return shape("round_started", body);
    }
    case 1:
      return shape("round_moved", RoundMoved{id_of(80 + n.below(4))});
    case 2:
      return shape("round_ended", RoundEnded{static_cast<std::int32_t>(n.below(9)),
                                             maybe(n, Ambience::calm), maybe(n, 4), word(n)});
    case 3:
      return {"undone", undone_body(n, "round", count)};
    default: {
      Encounter body;
      body.count = static_cast<std::int32_t>(1 + n.below(5));
      body.team = id_of(50);
      body.round = id_of(1);
      return shape("encounter", body);
    }
  }
}

Shape consent_shape(Numbers& n, std::size_t count) {
  ConsentRecorded body{{}, HowExplained::shown, "consentement-1", "AB12", ReceiptForm::paper, {}};
  body.answers.push_back({Purpose::contact_me, Basis::consent, n.chance(2)});
  if (n.chance(2))
    body.answers.push_back({Purpose::follow_up, Basis::public_interest, n.chance(2)});
  body.replaces = some_entries(n, count);
  return shape("consent_recorded", body);
}

Shape contact_shape(Numbers& n) {
  Contact body;
  body.team = id_of(50);
  body.mode = static_cast<ContactMode>(n.below(5));
  body.services = {ImmediateService::listening};
  body.note = maybe(n, word(n));
  return shape("contact", body);
}

SubjectId some_organisation(Numbers& n) { return id_of(40 + n.below(3)); }

Barrier some_barrier(Numbers& n) { return static_cast<Barrier>(n.below(21)); }

Shape relay_shape(Numbers& n, std::size_t count) {
  Relay body;
  body.relay = id_of<EntryId>(3'000 + n.below(2));
  body.act = static_cast<RelayAct>(n.below(14));
  body.organisation = some_organisation(n);
  if (body.act == RelayAct::prepared || body.act == RelayAct::proposed) {
    body.to = some_organisation(n);
  } else {
    body.after = id_of<EntryId>(1 + n.below(count));
  }
  if (body.act == RelayAct::declined || body.act == RelayAct::returned)
    body.because = DeclinedBecause::full;
  if (body.act == RelayAct::meeting_set) body.meeting = MeetingPlan{CivilDate{21'000}, 600, {}};
  if (body.act == RelayAct::taken_over) {
    body.referent = id_of(900 + n.below(3));
    body.team = id_of(50);
  }
  return shape("relay", body);
}

Shape sharing_shape(Numbers& n, std::size_t count) {
  if (n.chance(3))
    return shape("sharing_withdrawn", SharingWithdrawn{maybe(n, some_organisation(n))});
  SharingAgreed body;
  body.organisation = some_organisation(n);
  body.fields = {SharedField::first_name, SharedField::reach};
  body.wording = "partage-1";
  body.replaces = some_entries(n, count);
  return shape("sharing_agreed", body);
}

Shape pathway_shape(Numbers& n, std::size_t count) {
  switch (n.below(13)) {
    case 0:
      return shape("pathway_opened",
                   PathwayOpened{some_organisation(n), id_of(50), id_of(900 + n.below(3)), {}});
    case 1:
      return shape("referent_named",
                   ReferentNamed{id_of<EntryId>(1 + n.below(count)), some_organisation(n),
                                 id_of(50), id_of(900 + n.below(3)), n.chance(2)});
    case 2:
      return shape("stage_marked",
                   StageMarked{static_cast<Stage>(n.below(9)), static_cast<SaidBy>(n.below(2))});
    case 3:
      return shape("pause_agreed", PauseAgreed{maybe(n, CivilDate{21'000})});
    case 4:
      return shape("following_ended", FollowingEnded{static_cast<EndedBecause>(n.below(8))});
    case 5: {
      Diagnosis body;
      body.lines = {{some_barrier(n), static_cast<BarrierLevel>(n.below(4)), SaidBy::person}};
      body.goals = {word(n)};
      body.validated = n.chance(2);
      return shape("diagnosis", body);
    }
    case 6:
      return shape(
          "barrier_changed",
          BarrierChanged{
              some_organisation(n), some_barrier(n), static_cast<BarrierStatus>(n.below(4)), {}});
    case 7: {
      StepSet body;
      body.step = id_of<EntryId>(2'000 + n.below(3));
      body.organisation = some_organisation(n);
      body.what = word(n);
      body.status = static_cast<StepStatus>(n.below(5));
      return shape("step_set", body);
    }
    case 8: {
      AppointmentSet body;
      body.appointment = id_of<EntryId>(2'100 + n.below(3));
      body.organisation = some_organisation(n);
      body.account = id_of(900);
      body.on = CivilDate{21'000};
      body.status = AppointmentStatus::planned;
      return shape("appointment_set", body);
    }
    case 9: {
      ExitDeclared body;
      body.organisation = some_organisation(n);
      body.team = id_of(50);
      body.type = static_cast<ExitType>(n.below(27));
      body.from = CivilDate{20'600};
      return shape("exit", body);
    }
    case 10:
      return shape("check_in", CheckIn{id_of<EntryId>(1 + n.below(count)),
                                       static_cast<Situation>(n.below(3)),
                                       CivilDate{20'700},
                                       {}});
    case 11:
      return shape("attempt_made", AttemptMade{ContactMode::phone});
    default:
      return shape("contact_lost", ContactLost{some_organisation(n)});
  }
}

Shape person_shape(Numbers& n, std::size_t count) {
  switch (n.below(16)) {
    case 10:
    case 11:
    case 12:
      return pathway_shape(n, count);
    case 13:
      return sharing_shape(n, count);
    case 14:
      return relay_shape(n, count);
    case 0:
      return shape("person_created",
                   PersonCreated{word(n), id_of(50), maybe(n, id_of(60)), maybe(n, word(n)),
                                 maybe(n, Sex::woman), maybe(n, AgeBand::from_18_to_20)});
    case 1:
      return shape("person_described",
                   PersonDescribed{maybe(n, word(n)), maybe(n, word(n)), maybe(n, Sex::man),
                                   maybe(n, AgeBand::from_21_to_25), some_entries(n, count)});
    case 2:
      return shape("identity_given",
                   IdentityGiven{word(n), maybe(n, word(n)), ReachKind::phone, "06 12 34 56 78",
                                 maybe(n, CivilDate{14'000}), some_entries(n, count)});
    case 3:
      return consent_shape(n, count);
    case 4:
      return shape("minor_informed", MinorInformed{MinorChoice::cio, "mineurs-1"});
    case 5:
      return shape("concern_reported", ConcernReported{CivilDate{20'700}, "CRIP 37"});
    case 6:
      return {"undone", undone_body(n, "person", count)};
    case 7:
      return shape("confirmed", Confirmed{id_of<EntryId>(1 + n.below(count + 2)), "person"});
    default:
      return contact_shape(n);
  }
}

Shape account_shape(Numbers& n) {
  switch (n.below(4)) {
    case 0:
      return shape("account_proposed", AccountProposed{"lea" + std::to_string(n.below(3)),
                                                       word(n),
                                                       static_cast<Role>(n.below(11)),
                                                       id_of(40),
                                                       {id_of(50)}});
    case 1:
      return shape("account_confirmed", AccountConfirmed{id_of(901 + n.below(3))});
    case 2: {
      AccountChanged body{static_cast<AccountChange>(n.below(3)), {}};
      if (body.change == AccountChange::teams) body.teams = {id_of(50 + n.below(4))};
      return shape("account_changed", body);
    }
    default:
      return shape("account_changed", AccountChanged{AccountChange::activated, {}});
  }
}

Shape comparison_shape(Numbers& n) {
  const auto number = static_cast<std::int32_t>(1 + n.below(4));
  switch (n.below(6)) {
    case 0:
      return shape("comparison_opened", ComparisonOpened{static_cast<ComparisonPurpose>(n.below(3)),
                                                         word(n), CivilDate{20'800}});
    case 1:
      return shape("comparison_list_added",
                   ComparisonListAdded{number,
                                       word(n),
                                       static_cast<ListRole>(n.below(2)),
                                       1'000,
                                       maybe(n, std::int64_t{12}),
                                       {},
                                       number,
                                       {{word(n), maybe(n, ComparedField::surname)}}});
    case 2:
      return shape("comparison_list_removed", ComparisonListRemoved{number});
    case 3:
      return shape("comparison_run", ComparisonRun{number, {1, 2}, 3, 4, 5});
    default:
      return shape("comparison_judged", ComparisonJudged{"1." + std::to_string(number) + "-2.7",
                                                         static_cast<PairVerdict>(n.below(4)),
                                                         n.chance(2), n.chance(4)});
  }
}

Shape any_shape(Collection collection, Numbers& n, std::size_t count) {
  switch (collection) {
    case Collection::round:
      return round_shape(n, count);
    case Collection::person:
      return person_shape(n, count);
    case Collection::account:
      return account_shape(n);
    case Collection::device:
      if (n.chance(6)) return shape("device_lost", DeviceLost{id_of(900)});
      return shape("device_enrolled", DeviceEnrolled{id_of(900 + n.below(3)), word(n), id_of(40)});
    case Collection::organisation:
      return shape("organisation_set", OrganisationSet{word(n),
                                                       "association",
                                                       CivilDate{20'000},
                                                       CivilDate{21'000},
                                                       "Europe/Paris",
                                                       PersonWord::jeune,
                                                       maybe(n, word(n)),
                                                       {}});
    case Collection::team:
      return shape("team_set", TeamSet{id_of(40), word(n), maybe(n, id_of(80)), n.chance(2)});
    case Collection::project:
      return shape(
          "project_set",
          ProjectSet{
              word(n), maybe(n, word(n)), {}, CivilDate{20'000}, CivilDate{21'000}, {id_of(40)}});
    case Collection::place:
      return shape("place_set", PlaceSet{word(n), PlaceType::square, 473'936'000, 6'848'000,
                                         "37261", LocatedBy::outline, n.chance(2)});
    case Collection::comparison:
      return comparison_shape(n);
    case Collection::retained:
      break;
  }
  Fact fact;
  fact.entry = id_of<EntryId>(n.below(6));
  return shape("facts_retained", FactsRetained{RetainedBecause::erased, {fact}, {}});
}

}  // namespace

std::vector<Draft> random_drafts(Collection collection, std::uint64_t seed, std::size_t count) {
  Numbers n(seed);
  std::vector<Draft> drafts;
  for (std::size_t i = 1; i <= count; ++i) {
    Shape made = any_shape(collection, n, count);
    Draft draft =
        draft_of(i, id_of(1), made.kind, made.body, static_cast<std::int64_t>(n.below(4) * 200));
    const json::Value* target = draft.body.find("entry");
    if (target != nullptr && target->text() == draft.id.hex())
      draft.body.set("entry", json::Value(id_of<EntryId>(1'000 + i).hex()));
    draft.hlc.counter = static_cast<std::uint32_t>(n.below(2));
    draft.author = id_of(900 + n.below(3));
    draft.locked = n.chance(4);
    drafts.push_back(std::move(draft));
  }
  return drafts;
}

}  // namespace filrouge::testing
