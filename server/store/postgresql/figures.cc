#include "server/store/postgresql/figures.h"

#include <algorithm>
#include <charconv>

#include "core/base/json.h"
#include "server/store/postgresql/sql.h"

namespace filrouge::postgresql {

namespace {

constexpr std::int64_t kReturnDays = 30;  // I16

// As figures.sql numbers them.
std::int64_t number_of(Dimension by) {
  switch (by) {
    case Dimension::none:
      return 0;
    case Dimension::commune:
      return 1;
    case Dimension::district:
      return 2;
    case Dimension::project:
      return 3;
    case Dimension::team:
      return 4;
    case Dimension::age_band:
      return 5;
    case Dimension::sex:
      return 6;
    case Dimension::detail:
      return 7;
  }
  return 0;
}

// What the answer calls a value: enumerators come as their number.
std::optional<std::string> key_of(const Row& row, int column, Dimension by) {
  if (row.is_null(column)) return std::nullopt;
  std::string text = row.text(column);
  if (by != Dimension::sex && by != Dimension::age_band) return text;
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  if (by == Dimension::sex) return std::string(json::enum_text(static_cast<Sex>(number)));
  return std::string(json::enum_text(static_cast<AgeBand>(number)));
}

PersonFact person_in(const Row& row) {
  return {row.id<Pseudonym>(0),
          row.optional_enum<Sex>(1),
          row.optional_enum<AgeBand>(2),
          row.boolean(3),
          row.boolean(4),
          row.optional_id<Pseudonym>(5)};
}

bool before(const std::optional<std::string>& a, const std::optional<std::string>& b) {
  if (a.has_value() != b.has_value()) return a.has_value();  // unknown last
  return a < b;
}

}  // namespace

Result<std::vector<Fact>> facts(Connection& db, const FactFilter& filter, std::size_t limit) {
  std::vector<Fact> list;
  FILROUGE_CHECK(db.each(
      sql("facts"),
      [&](const Row& row) {
        Fact& f = list.emplace_back();
        f.entry = row.id<EntryId>(0);
        f.kind = static_cast<FactKind>(row.integer(1));
        f.day = row.day(2);
        f.organisation = row.id<SubjectId>(3);
        f.team = row.id<SubjectId>(4);
        f.project = row.optional_id<SubjectId>(5);
        f.commune = row.optional_text(6);
        f.district = row.optional_text(7);
        f.sex = row.optional_enum<Sex>(8);
        f.age_band = row.optional_enum<AgeBand>(9);
        f.detail = row.optional_text(10);
        f.counts = row.boolean(11);
        f.outside = row.boolean(12);
        f.number = row.integer(13);
        f.minutes = row.integer(14);
        f.refusals = row.integer(15);
        f.replies = row.integer(16);
        f.conversations = row.integer(17);
        f.person = row.optional_id<Pseudonym>(18);
      },
      filter.organisation, filter.project, filter.teams, filter.counting_only, filter.kind,
      filter.from, filter.to, filter.person, limit));
  return list;
}

Result<std::vector<FactCount>> count_facts(Connection& db, const FactFilter& filter, Dimension by) {
  std::vector<FactCount> list;
  FILROUGE_CHECK(db.each(
      sql("count_facts"),
      [&](const Row& row) {
        list.push_back({key_of(row, 0, by), row.integer(1), row.integer(2), row.integer(3),
                        row.integer(4), row.integer(5), row.integer(6)});
      },
      filter.organisation, filter.project, filter.teams, filter.counting_only, filter.kind,
      filter.from, filter.to, number_of(by)));
  if (by == Dimension::none && list.empty()) list.push_back({""});
  std::sort(list.begin(), list.end(),
            [](const FactCount& a, const FactCount& b) { return before(a.key, b.key); });
  return list;
}

Result<std::vector<FirstContactCount>> count_first_contacts(Connection& db,
                                                            const FactFilter& filter, Dimension by,
                                                            CivilDate today) {
  std::vector<FirstContactCount> list;
  FILROUGE_CHECK(db.each(
      sql("count_first_contacts"),
      [&](const Row& row) {
        list.push_back({key_of(row, 0, by), row.optional_enum<AgeBand>(1), row.integer(2),
                        row.integer(3), row.integer(4)});
      },
      filter.organisation, filter.project, filter.teams, filter.counting_only, FactKind::contact,
      filter.from, filter.to, number_of(by), today, kReturnDays));
  std::sort(list.begin(), list.end(), [](const FirstContactCount& a, const FirstContactCount& b) {
    if (a.key != b.key) return before(a.key, b.key);
    if (a.age_band.has_value() != b.age_band.has_value()) return a.age_band.has_value();
    return a.age_band < b.age_band;
  });
  return list;
}

Result<std::vector<PersonFact>> linked_persons(Connection& db) {
  std::vector<PersonFact> list;
  FILROUGE_CHECK(
      db.each(sql("linked_persons"), [&](const Row& row) { list.push_back(person_in(row)); }));
  return list;
}

Result<std::vector<PersonFact>> person_facts(Connection& db,
                                             const std::vector<Pseudonym>& persons) {
  std::vector<PersonFact> list;
  FILROUGE_CHECK(db.each(
      sql("person_facts"), [&](const Row& row) { list.push_back(person_in(row)); }, persons));
  return list;
}

}  // namespace filrouge::postgresql
