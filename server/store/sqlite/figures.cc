#include "server/store/sqlite/figures.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "core/base/json.h"
#include "server/store/sqlite/readers.h"

namespace filrouge::sqlite {

namespace {

constexpr std::int32_t kReturnDays = 30;  // I16

struct Where {
  std::string sql;
  std::vector<Argument> arguments;

  void add(std::string_view condition, Argument argument) {
    sql += sql.empty() ? " WHERE " : " AND ";
    sql += condition;
    arguments.push_back(std::move(argument));
  }
};

void add_perimeter(Where& where, const FactFilter& filter) {
  if (filter.organisation) where.add("organisation = ?", filter.organisation->bytes);
  if (filter.project) where.add("project = ?", filter.project->bytes);
  if (!filter.teams.empty()) {
    where.add("team IN (?", filter.teams[0].bytes);
    for (std::size_t i = 1; i < filter.teams.size(); ++i) {
      where.sql += ", ?";
      where.arguments.emplace_back(filter.teams[i].bytes);
    }
    where.sql += ")";
  }
  if (filter.counting_only) where.sql += " AND counts";
}

Where where_of(const FactFilter& filter) {
  Where where;
  if (filter.kind) where.add("kind = ?", static_cast<std::int64_t>(*filter.kind));
  where.add("day >= ?", std::int64_t{filter.from.days});
  where.add("day <= ?", std::int64_t{filter.to.days});
  if (filter.person) where.add("person = ?", filter.person->bytes);
  add_perimeter(where, filter);
  return where;
}

bool is_of_person(Dimension by) { return by == Dimension::sex || by == Dimension::age_band; }

std::string_view column_of(Dimension by) {
  switch (by) {
    case Dimension::none:
      return "''";
    case Dimension::commune:
      return "commune";
    case Dimension::district:
      return "district";
    case Dimension::project:
      return "project";
    case Dimension::team:
      return "team";
    case Dimension::age_band:
      return "age_band";
    case Dimension::sex:
      return "sex";
    case Dimension::detail:
      return "detail";
  }
  return "NULL";
}

// What a value of the dimension's column is called in the answer.
std::string name_of(Dimension by, std::string_view value) {
  if (by == Dimension::team || by == Dimension::project)
    return to_hex(reinterpret_cast<const std::uint8_t*>(value.data()), value.size());
  return std::string(value);
}
std::optional<std::string> name_of(Dimension by, std::optional<std::int64_t> number) {
  if (!number) return std::nullopt;
  if (by == Dimension::sex) return std::string(json::enum_text(static_cast<Sex>(*number)));
  return std::string(json::enum_text(static_cast<AgeBand>(*number)));
}

// The values of a column seen so far, numbered from 1; 0 is unknown.
class Values {
 public:
  std::uint32_t number_of(const Row& row, int column) {
    if (row.is_null(column)) return 0;
    const std::string_view value = row.bytes(column);
    const auto known = numbers_.find(value);
    if (known != numbers_.end()) return known->second;
    values_.emplace_back(value);
    const auto number = static_cast<std::uint32_t>(values_.size());
    numbers_.emplace(values_.back(), number);
    return number;
  }
  std::size_t size() const { return values_.size() + 1; }
  std::optional<std::string> name(Dimension by, std::uint32_t number) const {
    if (number == 0) return std::nullopt;
    return name_of(by, values_[number - 1]);
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::vector<std::string> values_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
};

// Sex or age band of every person who has facts, sorted by pseudonym as the table is.
struct Known {
  Pseudonym person;
  std::int8_t value = -1;  // -1: unknown
};
Result<std::vector<Known>> known_persons(Connection& db, Dimension by) {
  std::vector<Known> list;
  FILROUGE_CHECK(
      db.each(by == Dimension::sex ? "SELECT person, sex FROM persons ORDER BY person"
                                   : "SELECT person, age_band FROM persons ORDER BY person",
              [&](const Row& row) {
                const auto value = row.is_null(1) ? -1 : static_cast<std::int8_t>(row.integer(1));
                list.push_back({row.id<Pseudonym>(0), static_cast<std::int8_t>(value)});
              }));
  return list;
}

// Records of one person: as whom each counts, sorted by pseudonym.
struct Linked {
  Pseudonym person;
  Pseudonym counts_as;
};
Result<std::vector<Linked>> linked_records(Connection& db) {
  std::vector<Linked> list;
  FILROUGE_CHECK(db.each(
      "SELECT person, counts_as FROM persons WHERE counts_as IS NOT NULL ORDER BY person",
      [&](const Row& row) { list.push_back({row.id<Pseudonym>(0), row.id<Pseudonym>(1)}); }));
  return list;
}

Pseudonym counted_as(const std::vector<Linked>& linked, const Pseudonym& person) {
  const auto at = std::lower_bound(
      linked.begin(), linked.end(), person,
      [](const Linked& one, const Pseudonym& wanted) { return one.person < wanted; });
  return at == linked.end() || at->person != person ? person : at->counts_as;
}

// What one record does not know of her, the next one by pseudonym does.
void share_values(std::vector<Known>& persons, const std::vector<Linked>& linked) {
  const auto find = [&](const Pseudonym& person) {
    const auto at = std::lower_bound(
        persons.begin(), persons.end(), person,
        [](const Known& known, const Pseudonym& wanted) { return known.person < wanted; });
    return at == persons.end() || at->person != person ? nullptr : &*at;
  };
  for (const Linked& one : linked) {
    Known* counted = find(one.counts_as);
    const Known* record = find(one.person);
    if (counted != nullptr && record != nullptr && counted->value < 0)
      counted->value = record->value;
  }
}

std::optional<std::int64_t> value_of(const std::vector<Known>& persons, const Pseudonym& person) {
  const auto at = std::lower_bound(
      persons.begin(), persons.end(), person,
      [](const Known& known, const Pseudonym& wanted) { return known.person < wanted; });
  if (at == persons.end() || at->person != person || at->value < 0) return std::nullopt;
  return at->value;
}

void add(FactCount& count, const Row& row, int column) {
  ++count.rows;
  count.number += row.integer(column);
  count.minutes += row.integer(column + 1);
  count.refusals += row.integer(column + 2);
  count.replies += row.integer(column + 3);
  count.conversations += row.integer(column + 4);
}

bool before(const std::optional<std::string>& a, const std::optional<std::string>& b) {
  if (a.has_value() != b.has_value()) return a.has_value();  // unknown last
  return a < b;
}

std::vector<FactCount> sorted(std::vector<FactCount> counts, Dimension by) {
  if (by != Dimension::none) std::erase_if(counts, [](const FactCount& c) { return c.rows == 0; });
  std::sort(counts.begin(), counts.end(),
            [](const FactCount& a, const FactCount& b) { return before(a.key, b.key); });
  return counts;
}

// Encounters and visits without a name carry sex and age band themselves; of a contact or a named
// visit the person's latest known value counts.
Result<std::vector<FactCount>> count_by_person(Connection& db, const FactFilter& filter,
                                               Dimension by) {
  FILROUGE_TRY(snapshot, Snapshot::begin(db));
  (void)snapshot;
  FILROUGE_TRY(persons, known_persons(db, by));
  std::map<std::optional<std::int64_t>, FactCount> counts;
  const Where where = where_of(filter);
  FILROUGE_CHECK(db.each_once("SELECT person, " + std::string(column_of(by)) +
                                  ", number, minutes, refusals, replies, conversations FROM facts" +
                                  where.sql,
                              where.arguments, [&](const Row& row) {
                                std::optional<std::int64_t> value;
                                if (!row.is_null(0))
                                  value = value_of(persons, row.id<Pseudonym>(0));
                                else if (!row.is_null(1))
                                  value = row.integer(1);
                                add(counts[value], row, 2);
                              }));
  std::vector<FactCount> list;
  for (auto& [value, count] : counts) {
    count.key = name_of(by, value);
    list.push_back(std::move(count));
  }
  return sorted(std::move(list), by);
}

// One contact of the scan.
struct Contact {
  Pseudonym person;
  EntryId entry;
  std::int32_t day = 0;
  std::uint32_t value = 0;
};

bool earlier(const Contact& a, const Contact& b) {
  if (a.person != b.person) return a.person < b.person;
  return a.day != b.day ? a.day < b.day : a.entry < b.entry;
}

Result<std::vector<Contact>> contacts_until(Connection& db, const FactFilter& filter, Dimension by,
                                            const std::vector<Linked>& linked, Values& values) {
  Where where;
  where.add("kind = ?", static_cast<std::int64_t>(FactKind::contact));
  where.add("day <= ?", std::int64_t{filter.to.days} + kReturnDays);
  add_perimeter(where, filter);
  std::vector<Contact> list;
  // Sex and age band come from the person.
  const std::string_view column = is_of_person(by) ? "NULL" : column_of(by);
  FILROUGE_CHECK(db.each_once(
      "SELECT person, entry, day, " + std::string(column) + " FROM facts" + where.sql +
          " AND person IS NOT NULL",
      where.arguments, [&](const Row& row) {
        list.push_back({counted_as(linked, row.id<Pseudonym>(0)), row.id<EntryId>(1),
                        static_cast<std::int32_t>(row.integer(2)), values.number_of(row, 3)});
      }));
  std::sort(list.begin(), list.end(), &earlier);
  return list;
}

PersonFact person_in(const Row& row) {
  return {row.id<Pseudonym>(0),
          row.optional_enum<Sex>(1),
          row.optional_enum<AgeBand>(2),
          row.boolean(3),
          row.boolean(4),
          row.optional_id<Pseudonym>(5)};
}

struct FirstKey {
  std::optional<std::string> key;
  std::optional<std::int64_t> age_band;
  bool operator<(const FirstKey& other) const {
    if (key != other.key) return before(key, other.key);
    if (age_band.has_value() != other.age_band.has_value()) return age_band.has_value();
    return age_band < other.age_band;
  }
};

}  // namespace

Result<std::vector<Fact>> facts(Connection& db, const FactFilter& filter, std::size_t limit) {
  Where where = where_of(filter);
  where.arguments.emplace_back(static_cast<std::int64_t>(limit));
  std::vector<Fact> list;
  FILROUGE_CHECK(db.each_once(
      "SELECT entry, kind, day, organisation, team, project, commune, district, sex, age_band, "
      "detail, counts, outside, number, minutes, refusals, replies, conversations, person "
      "FROM facts" +
          where.sql + " ORDER BY kind, day, entry LIMIT ?",
      where.arguments, [&](const Row& row) {
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
      }));
  return list;
}

Result<std::vector<FactCount>> count_facts(Connection& db, const FactFilter& filter, Dimension by) {
  if (is_of_person(by)) return count_by_person(db, filter, by);
  Values values;
  std::vector<FactCount> counts(1);
  const Where where = where_of(filter);
  FILROUGE_CHECK(db.each_once("SELECT " + std::string(column_of(by)) +
                                  ", number, minutes, refusals, replies, conversations FROM facts" +
                                  where.sql,
                              where.arguments, [&](const Row& row) {
                                const std::uint32_t number = values.number_of(row, 0);
                                if (counts.size() < values.size()) counts.resize(values.size());
                                add(counts[number], row, 1);
                              }));
  for (std::uint32_t i = 0; i < counts.size(); ++i) counts[i].key = values.name(by, i);
  if (by == Dimension::none) {
    FactCount all = std::move(counts.back());
    all.key = "";
    return std::vector<FactCount>{std::move(all)};
  }
  return sorted(std::move(counts), by);
}

Result<std::vector<FirstContactCount>> count_first_contacts(Connection& db,
                                                            const FactFilter& filter, Dimension by,
                                                            CivilDate today) {
  FILROUGE_TRY(snapshot, Snapshot::begin(db));
  (void)snapshot;
  Values values;
  FILROUGE_TRY(linked, linked_records(db));
  FILROUGE_TRY(contacts, contacts_until(db, filter, by, linked, values));
  FILROUGE_TRY(ages, known_persons(db, Dimension::age_band));
  share_values(ages, linked);
  std::vector<Known> sexes;
  if (by == Dimension::sex) {
    FILROUGE_TRY(read, known_persons(db, Dimension::sex));
    sexes = std::move(read);
    share_values(sexes, linked);
  }
  std::map<FirstKey, FirstContactCount> counts;
  for (std::size_t i = 0; i < contacts.size();) {
    const Contact& first = contacts[i];
    const Contact* second = nullptr;
    for (++i; i < contacts.size() && contacts[i].person == first.person; ++i)
      if (second == nullptr) second = &contacts[i];
    if (first.day < filter.from.days || first.day > filter.to.days) continue;
    FirstKey key{values.name(by, first.value), value_of(ages, first.person)};
    if (by == Dimension::sex) key.key = name_of(by, value_of(sexes, first.person));
    if (by == Dimension::age_band) key.key = name_of(by, key.age_band);
    FirstContactCount& count = counts[key];
    ++count.persons;
    if (first.day > today.days - kReturnDays) continue;
    ++count.due;
    if (second != nullptr && second->day - first.day <= kReturnDays) ++count.returned;
  }
  std::vector<FirstContactCount> list;
  for (auto& [key, count] : counts) {
    count.key = key.key;
    if (key.age_band) count.age_band = static_cast<AgeBand>(*key.age_band);
    list.push_back(std::move(count));
  }
  return list;
}

Result<std::vector<PersonFact>> linked_persons(Connection& db) {
  std::vector<PersonFact> list;
  FILROUGE_CHECK(
      db.each("SELECT person, sex, age_band, identified, erased, counts_as FROM persons "
              "WHERE counts_as IS NOT NULL ORDER BY person",
              [&](const Row& row) { list.push_back(person_in(row)); }));
  return list;
}

Result<std::vector<PersonFact>> person_facts(Connection& db,
                                             const std::vector<Pseudonym>& persons) {
  std::vector<PersonFact> list;
  for (const Pseudonym& person : persons) {
    FILROUGE_CHECK(db.each(
        "SELECT person, sex, age_band, identified, erased, counts_as FROM persons "
        "WHERE person = ?",
        [&](const Row& row) { list.push_back(person_in(row)); }, person));
  }
  return list;
}

}  // namespace filrouge::sqlite
