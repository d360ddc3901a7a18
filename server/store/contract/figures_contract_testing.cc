// Counting facts on every engine, first by hand, then against a naive count of random facts.
#include <map>
#include <set>

#include "core/base/json.h"
#include "server/store/contract/store_contract_testing.h"

namespace filrouge {
namespace {

using Key = std::optional<std::string>;

std::map<Key, std::int64_t> numbers(const std::vector<FactCount>& counts) {
  std::map<Key, std::int64_t> map;
  for (const FactCount& count : counts) map[count.key] += count.number;
  EXPECT_EQ(map.size(), counts.size()) << "a key is there twice";
  return map;
}

FactFilter november() { return {.from = day_of("2026-11-01"), .to = day_of("2026-11-30")}; }

TEST_P(StoreContract, a_fact_comes_back_as_it_was_given) {
  Fact full = make_fact(random, FactKind::contact, day_of("2026-11-02"));
  full.project = id();
  full.commune = "37261";
  full.district = "QP037001";
  full.sex = Sex::other;
  full.age_band = AgeBand::from_30;
  full.detail = "maraude";
  full.counts = false;
  full.outside = false;
  full.number = 7;
  full.minutes = 90;
  full.refusals = 3;
  full.replies = 4;
  full.conversations = 2;
  full.person = id<Pseudonym>();
  const Fact bare = make_fact(random, FactKind::encounter, day_of("2026-11-03"));
  append({.facts = {.put = {full, bare}}});
  const auto read = store().facts(november(), 10);
  ASSERT_EQ(read->size(), 2U);
  EXPECT_TRUE(same((*read)[0], bare));  // kind, then day, then entry
  EXPECT_TRUE(same((*read)[1], full));
  EXPECT_EQ(store().facts(november(), 1)->size(), 1U);
}

TEST_P(StoreContract, a_fact_counts_once_whatever_is_written_again) {
  Fact fact = make_fact(random, FactKind::encounter, day_of("2026-11-02"));
  fact.number = 3;
  append({.facts = {.put = {fact, fact}}});
  append({.facts = {.put = {fact}}});
  EXPECT_EQ(store().count_facts(november(), Dimension::none)->front().number, 3);
  fact.number = 5;  // corrected, also its day and kind
  fact.day = day_of("2026-11-04");
  fact.kind = FactKind::visit;
  append({.facts = {.put = {fact}}});
  ASSERT_EQ(store().facts(november(), 10)->size(), 1U);
  EXPECT_TRUE(same(store().facts(november(), 10)->front(), fact));
  append({.facts = {.remove = {fact.entry, id<EntryId>()}}});
  EXPECT_TRUE(store().facts(november(), 10)->empty());
}

TEST_P(StoreContract, an_undone_entry_is_counted_no_more_whenever_it_arrives) {
  const Fact early = make_fact(random, FactKind::encounter, day_of("2026-11-02"));
  const Fact late = make_fact(random, FactKind::encounter, day_of("2026-11-02"));
  append({.facts = {.put = {early}}});
  append({.facts = {.remove = {early.entry}}, .undone = {early.entry, late.entry}});
  append({.facts = {.put = {late, early}}});
  EXPECT_TRUE(store().facts(november(), 10)->empty());
}

TEST_P(StoreContract, the_facts_of_one_person_are_found) {
  Fact hers = make_fact(random, FactKind::contact, day_of("2026-11-02"));
  hers.person = id<Pseudonym>();
  Fact visit = make_fact(random, FactKind::visit, day_of("2026-11-03"));
  visit.person = hers.person;
  Fact other = make_fact(random, FactKind::contact, day_of("2026-11-02"));
  other.person = id<Pseudonym>();
  append({.facts = {.put = {hers, visit, other}}});
  FactFilter filter = november();
  filter.person = hers.person;
  EXPECT_EQ(store().facts(filter, 10)->size(), 2U);
  filter.kind = FactKind::visit;
  ASSERT_EQ(store().facts(filter, 10)->size(), 1U);
  EXPECT_TRUE(same(store().facts(filter, 10)->front(), visit));
}

TEST_P(StoreContract, none_is_one_row_even_of_nothing) {
  const auto counts = store().count_facts(november(), Dimension::none);
  ASSERT_EQ(counts->size(), 1U);
  EXPECT_EQ(counts->front().key, "");
  EXPECT_EQ(counts->front().rows, 0);
  EXPECT_TRUE(store().count_facts(november(), Dimension::sex)->empty());
  EXPECT_TRUE(store().count_facts(november(), Dimension::commune)->empty());
  EXPECT_TRUE(
      store().count_first_contacts(november(), Dimension::none, day_of("2026-12-31"))->empty());
}

TEST_P(StoreContract, counts_add_up_all_their_columns) {
  Fact round = make_fact(random, FactKind::round, day_of("2026-11-02"));
  round.minutes = 120;
  round.refusals = 2;
  Fact watch = make_fact(random, FactKind::watch, day_of("2026-11-30"));
  watch.minutes = 15;
  watch.replies = 4;
  watch.conversations = 1;
  watch.counts = false;
  Fact before = make_fact(random, FactKind::round, day_of("2026-10-31"));
  Fact after = make_fact(random, FactKind::round, day_of("2026-12-01"));
  append({.facts = {.put = {round, watch, before, after}}});
  const FactCount all = store().count_facts(november(), Dimension::none)->front();
  EXPECT_EQ(all.rows, 2);
  EXPECT_EQ(all.number, 2);
  EXPECT_EQ(all.minutes, 135);
  EXPECT_EQ(all.refusals, 2);
  EXPECT_EQ(all.replies, 4);
  EXPECT_EQ(all.conversations, 1);
  FactFilter filter = november();
  filter.counting_only = true;
  EXPECT_EQ(store().count_facts(filter, Dimension::none)->front().minutes, 120);
  filter = november();
  filter.kind = FactKind::watch;
  EXPECT_EQ(store().count_facts(filter, Dimension::none)->front().minutes, 15);
}

TEST_P(StoreContract, a_detail_is_a_dimension_like_another) {
  std::vector<Fact> facts;
  for (const auto detail : {"cdi/holds", "cdi/holds", "civic_service/unchecked", ""}) {
    Fact fact = make_fact(random, FactKind::exit, day_of("2026-11-02"));
    fact.detail.reset();
    if (*detail != 0) fact.detail = detail;
    facts.push_back(fact);
  }
  append({.facts = {.put = facts}});
  const auto counts = store().count_facts(november(), Dimension::detail);
  ASSERT_EQ(counts->size(), 3U);
  EXPECT_EQ((*counts)[0].key, "cdi/holds");
  EXPECT_EQ((*counts)[0].rows, 2);
  EXPECT_EQ((*counts)[1].key, "civic_service/unchecked");
  EXPECT_FALSE((*counts)[2].key.has_value());
}

// 5.7 (8): unknown is a category of its own, and hors QPV is not unknown.
TEST_P(StoreContract, unknown_is_neither_zero_nor_outside) {
  std::vector<Fact> facts;
  const SubjectId team = id();
  const SubjectId project = id();
  for (const char* district : {"QP037001", "none", "", "QP037001"}) {
    Fact fact = make_fact(random, FactKind::encounter, day_of("2026-11-02"));
    fact.number = 10;
    fact.team = team;
    if (*district != '\0') {
      fact.district = district;
      fact.commune = "37261";
      fact.project = project;
      fact.sex = Sex::woman;
      fact.age_band = AgeBand::under_16;
    }
    facts.push_back(fact);
  }
  append({.facts = {.put = facts}});
  using Map = std::map<Key, std::int64_t>;
  EXPECT_EQ(numbers(*store().count_facts(november(), Dimension::district)),
            (Map{{"QP037001", 20}, {"none", 10}, {std::nullopt, 10}}));
  EXPECT_EQ(numbers(*store().count_facts(november(), Dimension::commune)),
            (Map{{"37261", 30}, {std::nullopt, 10}}));
  EXPECT_EQ(numbers(*store().count_facts(november(), Dimension::project)),
            (Map{{project.hex(), 30}, {std::nullopt, 10}}));
  EXPECT_EQ(numbers(*store().count_facts(november(), Dimension::team)), (Map{{team.hex(), 40}}));
  EXPECT_EQ(numbers(*store().count_facts(november(), Dimension::sex)),
            (Map{{"woman", 30}, {std::nullopt, 10}}));
  EXPECT_EQ(numbers(*store().count_facts(november(), Dimension::age_band)),
            (Map{{"under_16", 30}, {std::nullopt, 10}}));
  const auto rows = store().count_facts(november(), Dimension::district);
  EXPECT_EQ(rows->back().key, std::nullopt);  // printed last
}

TEST_P(StoreContract, of_a_contact_the_persons_latest_sex_and_age_count) {
  const auto person = id<Pseudonym>();
  Fact contact = make_fact(random, FactKind::contact, day_of("2026-11-02"));
  contact.person = person;
  contact.sex = Sex::man;  // not looked at
  Fact stranger = make_fact(random, FactKind::contact, day_of("2026-11-02"));
  stranger.person = id<Pseudonym>();
  append(
      {.facts = {.put = {contact, stranger}, .persons = {{person, Sex::woman, {}, false, false}}}});
  using Map = std::map<Key, std::int64_t>;
  EXPECT_EQ(numbers(*store().count_facts(november(), Dimension::sex)),
            (Map{{"woman", 1}, {std::nullopt, 1}}));
  EXPECT_EQ(numbers(*store().count_facts(november(), Dimension::age_band)),
            (Map{{std::nullopt, 2}}));
  const PersonFact corrected{person, Sex::other, AgeBand::from_21_to_25, true, false};
  append({.facts = {.persons = {corrected}}});
  EXPECT_EQ(numbers(*store().count_facts(november(), Dimension::age_band)),
            (Map{{"from_21_to_25", 1}, {std::nullopt, 1}}));
  const auto read = store().person_facts({person, id<Pseudonym>()});
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(json::encode(read->front()), json::encode(corrected));
}

Fact contact_of(Random& random, Pseudonym person, const char* day) {
  Fact fact = make_fact(random, FactKind::contact, day_of(day));
  fact.person = person;
  return fact;
}

FirstContactCount total(const std::vector<FirstContactCount>& counts) {
  FirstContactCount all;
  for (const FirstContactCount& count : counts) {
    all.persons += count.persons;
    all.due += count.due;
    all.returned += count.returned;
  }
  return all;
}

TEST_P(StoreContract, a_first_contact_is_first_of_all_time_inside_the_perimeter) {
  const auto person = id<Pseudonym>();
  Fact october = contact_of(random, person, "2026-10-15");
  Fact mine = contact_of(random, person, "2026-11-15");
  const SubjectId project = id();
  mine.project = project;
  append({.facts = {.put = {october, mine}}});
  const CivilDate today = day_of("2027-01-31");
  EXPECT_EQ(total(*store().count_first_contacts(november(), Dimension::none, today)).persons, 0);
  FactFilter filter = november();
  filter.project = project;
  EXPECT_EQ(total(*store().count_first_contacts(filter, Dimension::none, today)).persons, 1);
  filter = november();
  filter.teams = {mine.team, id()};
  EXPECT_EQ(total(*store().count_first_contacts(filter, Dimension::none, today)).persons, 1);
  filter = november();
  filter.organisation = october.organisation;
  EXPECT_EQ(total(*store().count_first_contacts(filter, Dimension::none, today)).persons, 0);
  filter.from = day_of("2026-10-01");
  filter.kind = FactKind::visit;  // not looked at
  EXPECT_EQ(total(*store().count_first_contacts(filter, Dimension::none, today)).persons, 1);
}

// I16: due after 30 days, returned within 30 days, the same day counts.
TEST_P(StoreContract, a_return_is_a_second_contact_within_thirty_days) {
  const std::vector<std::vector<const char*>> persons = {
      {"2026-11-01"},                              // once
      {"2026-11-01", "2026-11-01"},                // twice on the first day
      {"2026-11-01", "2026-12-01"},                // day 30
      {"2026-11-01", "2026-12-02"},                // day 31
      {"2026-11-01", "2027-01-15", "2026-11-10"},  // the second by day, not by arrival
      {"2026-11-30", "2026-12-01"},                // met too late to be due
  };
  std::vector<Fact> facts;
  for (const auto& days : persons) {
    const auto person = id<Pseudonym>();
    for (const char* day : days) facts.push_back(contact_of(random, person, day));
  }
  append({.facts = {.put = facts}});
  const auto on = [&](const char* today) {
    return total(*store().count_first_contacts(november(), Dimension::none, day_of(today)));
  };
  EXPECT_EQ(on("2026-12-29").persons, 6);
  EXPECT_EQ(on("2026-12-29").due, 5);
  EXPECT_EQ(on("2026-12-29").returned, 3);
  EXPECT_EQ(on("2026-12-30").due, 6);
  EXPECT_EQ(on("2026-12-30").returned, 4);
  EXPECT_EQ(on("2026-12-01").due, 5);
  EXPECT_EQ(on("2026-11-30").due, 0);
}

TEST_P(StoreContract, first_contacts_are_told_by_the_first_facts_place_and_the_persons_age) {
  const auto young = id<Pseudonym>();
  const auto unknown = id<Pseudonym>();
  Fact first = contact_of(random, young, "2026-11-02");
  first.district = "QP037001";
  Fact second = contact_of(random, young, "2026-11-03");
  second.district = "QP037002";
  Fact other = contact_of(random, unknown, "2026-11-02");
  append({.facts = {.put = {first, second, other},
                    .persons = {{young, Sex::man, AgeBand::from_16_to_17, true, false}}}});
  const CivilDate today = day_of("2026-12-31");
  const auto rows = [&](Dimension by) {
    return *store().count_first_contacts(november(), by, today);
  };
  for (const auto& [by, key] :
       std::vector<std::pair<Dimension, Key>>{{Dimension::district, "QP037001"},
                                              {Dimension::sex, "man"},
                                              {Dimension::age_band, "from_16_to_17"}}) {
    const auto counts = rows(by);
    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts[0].key, key);
    EXPECT_EQ(counts[0].age_band, AgeBand::from_16_to_17);
    EXPECT_EQ(counts[0].persons, 1);
    EXPECT_EQ(counts[0].returned, 1);
    EXPECT_EQ(counts[1].key, std::nullopt);
    EXPECT_EQ(counts[1].age_band, std::nullopt);
    EXPECT_EQ(counts[1].persons, 1);
  }
  // By no dimension the age bands still come apart, for I03a counts 16 to 29.
  ASSERT_EQ(rows(Dimension::none).size(), 2U);
  EXPECT_EQ(rows(Dimension::none)[0].key, "");
  EXPECT_EQ(rows(Dimension::none)[1].key, "");
}

// ---- the same questions, answered naively ----

struct World {
  std::vector<Fact> facts;
  std::map<Pseudonym, PersonFact> persons;
};

World random_world(SeededRandom& random) {
  World world;
  std::vector<Pseudonym> people;
  for (int i = 0; i < 40; ++i) {
    people.push_back(random.id<Pseudonym>());
    if (random.below(3) == 0) continue;  // somebody of whom nothing is known
    PersonFact known{people.back(), {}, {}, false, false};
    if (random.below(2) == 0) known.sex = static_cast<Sex>(random.below(3));
    if (random.below(2) == 0) known.age_band = static_cast<AgeBand>(random.below(6));
    world.persons.emplace(known.person, known);
  }
  const std::array<SubjectId, 3> ids = {random.id<SubjectId>(), random.id<SubjectId>(),
                                        random.id<SubjectId>()};
  const auto pick = [&] { return ids[static_cast<std::size_t>(random.below(3))]; };
  for (int i = 0; i < 600; ++i) {
    Fact f = make_fact(random, static_cast<FactKind>(random.below(5)), CivilDate{});
    f.day = day_of("2026-08-01").plus_days(static_cast<std::int32_t>(random.below(150)));
    f.organisation = pick();
    f.team = pick();
    if (random.below(3) != 0) f.project = pick();
    if (random.below(3) != 0) f.commune = "3700" + std::to_string(random.below(4));
    if (random.below(3) != 0) f.district = random.below(2) == 0 ? "none" : "QP1";
    if (random.below(3) != 0) f.sex = static_cast<Sex>(random.below(3));
    if (random.below(3) != 0) f.age_band = static_cast<AgeBand>(random.below(6));
    f.counts = random.below(4) != 0;
    f.number = random.below(5);
    f.minutes = random.below(200);
    if (f.kind == FactKind::contact || (f.kind == FactKind::visit && random.below(2) == 0))
      f.person = people[static_cast<std::size_t>(random.below(40))];
    world.facts.push_back(f);
  }
  return world;
}

bool inside(const Fact& f, const FactFilter& filter) {
  if (filter.organisation && f.organisation != *filter.organisation) return false;
  if (filter.project && f.project != filter.project) return false;
  if (!filter.teams.empty() &&
      std::find(filter.teams.begin(), filter.teams.end(), f.team) == filter.teams.end())
    return false;
  return !filter.counting_only || f.counts;
}

Key key_of(const World& world, const Fact& f, Dimension by) {
  std::optional<Sex> sex = f.sex;
  std::optional<AgeBand> age_band = f.age_band;
  if (f.person) {
    const auto known = world.persons.find(*f.person);
    sex = known == world.persons.end() ? std::nullopt : known->second.sex;
    age_band = known == world.persons.end() ? std::nullopt : known->second.age_band;
  }
  switch (by) {
    case Dimension::none:
      return "";
    case Dimension::commune:
      return f.commune;
    case Dimension::district:
      return f.district;
    case Dimension::project:
      return f.project ? Key(f.project->hex()) : Key();
    case Dimension::team:
      return f.team.hex();
    case Dimension::sex:
      return sex ? Key(std::string(json::enum_text(*sex))) : Key();
    case Dimension::age_band:
      return age_band ? Key(std::string(json::enum_text(*age_band))) : Key();
    case Dimension::detail:
      return f.detail;
  }
  return {};
}

Pseudonym counted_as(const World& world, Pseudonym person) {
  const auto known = world.persons.find(person);
  return known == world.persons.end() ? person : known->second.counts_as.value_or(person);
}

// Sex and age band are what the first of her records knows, in order of pseudonym.
Key key_of_person(const World& world, Pseudonym counted, Fact first, Dimension by) {
  if (by != Dimension::sex && by != Dimension::age_band) return key_of(world, first, by);
  for (const auto& [pseudonym, known] : world.persons) {
    if (counted_as(world, pseudonym) != counted) continue;
    first.person = pseudonym;
    if (const Key key = key_of(world, first, by)) return key;
  }
  return std::nullopt;
}

using Counted = std::map<std::pair<Key, std::string>, std::array<std::int64_t, 3>>;

Counted naive_first_contacts(const World& world, const FactFilter& filter, Dimension by,
                             CivilDate today) {
  std::map<Pseudonym, std::map<std::pair<CivilDate, EntryId>, const Fact*>> contacts;
  for (const Fact& f : world.facts)
    if (f.kind == FactKind::contact && inside(f, filter))
      contacts[counted_as(world, *f.person)][{f.day, f.entry}] = &f;
  Counted counted;
  for (const auto& [person, of_person] : contacts) {
    const Fact& first = *of_person.begin()->second;
    if (first.day < filter.from || first.day > filter.to) continue;
    auto& row = counted[{key_of_person(world, person, first, by),
                         key_of_person(world, person, first, Dimension::age_band).value_or("")}];
    ++row[0];
    if (first.day.days > today.days - 30) continue;
    ++row[1];
    if (of_person.size() > 1 &&
        std::next(of_person.begin())->first.first.days - first.day.days <= 30)
      ++row[2];
  }
  return counted;
}

// Some records of one person: each counts as the smallest pseudonym of its group.
void link_some(SeededRandom& random, World& world) {
  std::vector<std::vector<Pseudonym>> groups(6);
  for (auto& [pseudonym, known] : world.persons)
    if (const auto group = static_cast<std::size_t>(random.below(12)); group < groups.size())
      groups[group].push_back(pseudonym);  // in order: the first is the smallest
  for (const std::vector<Pseudonym>& group : groups)
    if (group.size() > 1)
      for (const Pseudonym& record : group) world.persons[record].counts_as = group.front();
}

TEST_P(StoreContract, linked_records_are_one_person_until_they_are_unlinked) {
  std::array<Pseudonym, 3> records{id<Pseudonym>(), id<Pseudonym>(), id<Pseudonym>()};
  std::sort(records.begin(), records.end());
  const Fact early = contact_of(random, records[1], "2026-11-02");
  const Fact late = contact_of(random, records[0], "2026-11-20");
  const Fact other = contact_of(random, records[2], "2026-11-20");
  PersonFact first{records[0], {}, {}, false, false, records[0]};
  PersonFact second{records[1], Sex::woman, AgeBand::from_16_to_17, true, false, records[0]};
  append({.facts = {.put = {early, late, other}, .persons = {first, second}}});
  const CivilDate today = day_of("2026-12-31");
  auto counts = *store().count_first_contacts(november(), Dimension::sex, today);
  EXPECT_EQ(total(counts).persons, 2);
  EXPECT_EQ(total(counts).returned, 1);  // the contact of the other record
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[0].key, "woman");  // known from either record
  EXPECT_EQ(counts[0].age_band, AgeBand::from_16_to_17);
  const auto read = *store().person_facts({records[1]});
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(json::encode(read.front()), json::encode(second));
  const auto linked = *store().linked_persons();
  ASSERT_EQ(linked.size(), 2U);
  EXPECT_EQ(json::encode(linked[0]), json::encode(first));
  EXPECT_EQ(json::encode(linked[1]), json::encode(second));
  first.counts_as.reset();
  second.counts_as.reset();
  append({.facts = {.persons = {first, second}}});
  EXPECT_TRUE(store().linked_persons()->empty());
  counts = *store().count_first_contacts(november(), Dimension::none, today);
  EXPECT_EQ(total(counts).persons, 3);
  EXPECT_EQ(total(counts).returned, 0);
}

Counted counted_by_store(const std::vector<FirstContactCount>& counts) {
  Counted counted;
  for (const FirstContactCount& c : counts) {
    const std::string age(c.age_band ? json::enum_text(*c.age_band) : "");
    EXPECT_TRUE(counted
                    .emplace(std::pair{c.key, age},
                             std::array<std::int64_t, 3>{c.persons, c.due, c.returned})
                    .second);
  }
  return counted;
}

TEST_P(StoreContract, counts_are_those_of_a_naive_count) {
  World world = random_world(random);
  link_some(random, world);
  std::vector<PersonFact> persons;
  for (const auto& [pseudonym, known] : world.persons) persons.push_back(known);
  append({.facts = {.put = world.facts, .persons = persons}});
  constexpr std::array kAll = {Dimension::none,    Dimension::commune, Dimension::district,
                               Dimension::project, Dimension::team,    Dimension::age_band,
                               Dimension::sex};
  for (int i = 0; i < 60; ++i) {
    FactFilter filter;
    filter.from = day_of("2026-08-01").plus_days(static_cast<std::int32_t>(random.below(100)));
    filter.to = filter.from.plus_days(static_cast<std::int32_t>(random.below(90)));
    const Fact& model = world.facts[static_cast<std::size_t>(random.below(600))];
    if (random.below(2) == 0) filter.kind = model.kind;
    if (random.below(3) == 0) filter.organisation = model.organisation;
    if (random.below(3) == 0) filter.project = model.project;
    if (random.below(3) == 0) filter.teams = {model.team, id()};
    filter.counting_only = random.below(3) == 0;
    const CivilDate today = filter.to.plus_days(static_cast<std::int32_t>(random.below(60)));
    for (const Dimension by : kAll) {
      std::map<Key, std::array<std::int64_t, 3>> naive;
      if (by == Dimension::none) naive[""] = {};
      for (const Fact& f : world.facts) {
        if (f.day < filter.from || f.day > filter.to || !inside(f, filter)) continue;
        if (filter.kind && f.kind != *filter.kind) continue;
        auto& row = naive[key_of(world, f, by)];
        ++row[0];
        row[1] += f.number;
        row[2] += f.minutes;
      }
      std::map<Key, std::array<std::int64_t, 3>> counted;
      const std::vector<FactCount> counts = *store().count_facts(filter, by);
      for (const FactCount& c : counts) counted[c.key] = {c.rows, c.number, c.minutes};
      EXPECT_EQ(counted, naive);
      EXPECT_EQ(counted_by_store(*store().count_first_contacts(filter, by, today)),
                naive_first_contacts(world, filter, by, today));
    }
  }
}

}  // namespace
}  // namespace filrouge
