#include "core/linkage/blocking.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <utility>

#include "core/linkage/dictionary.h"

namespace filrouge::linkage {

namespace {

constexpr std::uint64_t kPiecePairs = 1 << 16;  // about so many pairs a piece
constexpr std::size_t kSmallBlock = 10;         // 2^10 pairs, 46 rows of one list
constexpr std::uint64_t kShares = 16;           // of a key's share, what such blocks may take
constexpr std::uint64_t kKeptWhole = 1 << 17;   // pairs of a block that no fact splits, kept
constexpr std::uint32_t kOwn = 0x80000000;      // a key that a row shares with nobody: its number

// The facts that keys are made of. 0 where a row does not have it.
enum class Fact : std::uint8_t {
  surname_sound,
  surname_bones,
  surname_start,  // first three letters
  surname_end,    // last three letters
  given_sound,
  given_bones,
  given_start,  // first three letters
  both_names,   // the two sounds in any order
  birth_date,   // with day and month in any order
  birth_year,
  birth_month,  // and year
  birth_day,    // day and month in any order
  place,
  postcode,
  phone,
  email,
  address,
  text,  // and the five after it
  sex = text + text_columns_max,
};

constexpr std::size_t kFactCount = static_cast<std::size_t>(Fact::sex) + 1;
constexpr std::string_view kFactNames[kFactCount] = {
    "surname_sound", "surname_bones", "surname_start", "surname_end", "given_sound", "given_bones",
    "given_start",   "both_names",    "birth_date",    "birth_year",  "birth_month", "birth_day",
    "place",         "postcode",      "phone",         "email",       "address",     "text_1",
    "text_2",        "text_3",        "text_4",        "text_5",      "text_6",      "sex"};

std::uint32_t bit(Fact fact) { return std::uint32_t{1} << static_cast<std::size_t>(fact); }

struct Plan {
  std::vector<Fact> facts;
};

std::uint64_t date_without_order(std::uint32_t date) {
  const std::uint32_t day = date & 0xFF;
  const std::uint32_t month = date >> 8 & 0xFF;
  return std::min(day, month) << 8 | std::max(day, month);
}

std::uint64_t fact_of(const Records& records, const Record& row, Fact fact) {
  const auto name = [&](std::uint32_t id) -> const ValueParts& { return records.names.parts[id]; };
  const std::uint32_t date = records.dates[row.date];
  switch (fact) {
    case Fact::surname_sound:
      return name(row.surname).sound;
    case Fact::surname_bones:
      return name(row.surname).bones;
    case Fact::surname_start:
      return name(row.surname).start;
    case Fact::surname_end:
      return name(row.surname).end;
    case Fact::given_sound:
      return name(row.given).sound;
    case Fact::given_bones:
      return name(row.given).bones;
    case Fact::given_start:
      return name(row.given).start;
    case Fact::both_names: {
      const std::uint64_t a = name(row.surname).sound;
      const std::uint64_t b = name(row.given).sound;
      return a == 0 || b == 0 ? 0 : std::min(a, b) << 32 | std::max(a, b);
    }
    case Fact::birth_date:
      return (date & 0xFFFF) == 0
                 ? 0
                 : static_cast<std::uint64_t>(date >> 16) << 16 | date_without_order(date);
    case Fact::birth_year:
      return date >> 16;
    case Fact::birth_month:
      return (date & 0xFF00) == 0 ? 0 : date >> 8;
    case Fact::birth_day:
      return (date & 0xFF) == 0 ? 0 : date_without_order(date);
    case Fact::place:
      return row.place;
    case Fact::postcode:
      return row.postcode;
    case Fact::phone:
      return row.phone;
    case Fact::email:
      return row.email;
    case Fact::address:
      return row.address;
    case Fact::sex:
      return row.sex;
    default:
      return row.text[static_cast<std::size_t>(fact) - static_cast<std::size_t>(Fact::text)];
  }
}

// The keys of all rows: 31 bits each; kOwn | row where a fact is missing. By row, to see what two
// rows share, and by key, to be sorted.
class KeyTable {
 public:
  KeyTable(const Records& records, const std::vector<Plan>& plans, UnsetVector<RowKeys>& by_row)
      : records_(records), plans_(plans), by_row_(by_row), by_key_(plans.size()) {
    std::uint32_t wanted = 0;
    for (const Plan& plan : plans)
      for (const Fact fact : plan.facts) wanted |= bit(fact);
    for (std::size_t i = 0; i < kFactCount; ++i)
      if ((wanted >> i & 1) != 0) wanted_.push_back(static_cast<Fact>(i));
    for (UnsetVector<std::uint32_t>& keys : by_key_) keys.resize(records.rows.size());
  }

  void fill(std::size_t begin, std::size_t end) {
    constexpr std::size_t kRowsAhead = 12;
    for (std::size_t row = begin; row < end; ++row) {
      const Record& ahead = records_.rows[std::min(row + kRowsAhead, end - 1)];
      __builtin_prefetch(&records_.names.parts[ahead.surname]);
      __builtin_prefetch(&records_.names.parts[ahead.given]);
      fill_row(static_cast<std::uint32_t>(row));
    }
  }

  UnsetVector<std::uint32_t>& keys(std::size_t plan) { return by_key_[plan]; }

 private:
  void fill_row(std::uint32_t row) {
    std::uint64_t facts[kFactCount];
    RowKeys own{};
    for (const Fact fact : wanted_)
      facts[static_cast<std::size_t>(fact)] = fact_of(records_, records_.rows[row], fact);
    for (std::size_t k = 0; k < plans_.size(); ++k) {
      std::uint64_t hash = plans_[k].facts.size();
      bool missing = false;
      for (const Fact fact : plans_[k].facts) {
        const std::uint64_t value = facts[static_cast<std::size_t>(fact)];
        missing = missing || value == 0;
        hash = hash_pair(hash, value);
      }
      const std::uint32_t key = missing ? kOwn | row : static_cast<std::uint32_t>(hash >> 33);
      own.of[k] = key;
      by_key_[k][row] = key;
    }
    by_row_[row] = own;
  }

  const Records& records_;
  const std::vector<Plan>& plans_;
  UnsetVector<RowKeys>& by_row_;
  std::vector<UnsetVector<std::uint32_t>> by_key_;
  std::vector<Fact> wanted_;
};

bool has(const Records& records, Fact fact) {
  const auto field = [&](Field one) { return records.has[static_cast<std::size_t>(one)]; };
  if (fact == Fact::sex) return field(Field::sex);
  if (fact <= Fact::surname_end) return field(Field::surname);
  if (fact <= Fact::given_start) return field(Field::given_name);
  if (fact == Fact::both_names) return field(Field::surname) && field(Field::given_name);
  if (fact <= Fact::birth_day) return field(Field::date_of_birth);
  if (fact == Fact::place) return field(Field::place);
  if (fact == Fact::postcode) return field(Field::postcode);
  if (fact == Fact::phone) return field(Field::phone);
  if (fact == Fact::email) return field(Field::email);
  if (fact == Fact::address) return field(Field::address);
  return static_cast<std::size_t>(fact) - static_cast<std::size_t>(Fact::text) <
         records.text_columns;
}

Fact text_fact(std::size_t i) {
  return static_cast<Fact>(static_cast<std::size_t>(Fact::text) + i);
}

// Keys in the order in which they are worth having; those whose facts are there, sixteen at most.
std::vector<Plan> plans_of(const Records& records) {
  using enum Fact;
  std::vector<Plan> wanted = {
      {{phone}},
      {{email}},
      {{birth_date, surname_bones}},
      {{birth_date, given_bones}},
      {{both_names}},
      {{birth_date, Fact::place}},
      {{surname_sound, Fact::place}},
      {{surname_start, given_sound}},
      {{surname_end, given_sound}},
      {{given_sound, Fact::place}},
      {{surname_start, Fact::place}},
      {{birth_date, postcode}},
      {{birth_date, surname_start}},
      {{birth_date, sex}},
  };
  for (std::size_t i = 0; i < records.text_columns; ++i) {
    wanted.push_back({{text_fact(i), surname_bones}});
    wanted.push_back({{text_fact(i), given_bones}});
    wanted.push_back({{text_fact(i), birth_year}});
  }
  wanted.push_back({{address, surname_bones}});
  wanted.push_back({{address, birth_year}});
  wanted.push_back({{surname_sound, birth_year}});
  std::vector<Plan> plans;
  for (const Plan& plan : wanted) {
    const bool possible = std::all_of(plan.facts.begin(), plan.facts.end(),
                                      [&](Fact fact) { return has(records, fact); });
    if (possible && plans.size() < keys_max) plans.push_back(plan);
  }
  return plans;
}

struct Entry {
  std::uint32_t key;
  std::uint32_t row;
};

// Stable by key: rows stay ascending within a key. Two passes over 22 of the 31 bits, then the few
// keys that share those are put in order.
void sort_entries(std::vector<Entry>& entries) {
  constexpr std::size_t kDigit = 11;
  constexpr std::uint32_t kMask = (1 << kDigit) - 1;
  UnsetVector<Entry> other(entries.size());
  std::array<std::array<std::uint32_t, (1 << kDigit) + 1>, 2> begin{};
  for (const Entry& one : entries) {
    ++begin[0][(one.key & kMask) + 1];
    ++begin[1][(one.key >> kDigit & kMask) + 1];
  }
  for (auto& counts : begin) {
    for (std::size_t i = 1; i < counts.size(); ++i) counts[i] += counts[i - 1];
  }
  for (const Entry& one : entries) other[begin[0][one.key & kMask]++] = one;
  for (const Entry& one : other) entries[begin[1][one.key >> kDigit & kMask]++] = one;
  constexpr std::uint32_t kSorted = (1 << (2 * kDigit)) - 1;
  for (std::size_t at = 1; at < entries.size(); ++at) {
    const Entry one = entries[at];
    std::size_t to = at;
    for (; to > 0 && (entries[to - 1].key & kSorted) == (one.key & kSorted) &&
           entries[to - 1].key > one.key;
         --to)
      entries[to] = entries[to - 1];
    entries[to] = one;
  }
}

// Pairs of the rows [begin, end), ascending: within one list, or across several.
std::uint64_t pairs_of(const Records& records, const Entry* begin, const Entry* end) {
  const std::uint64_t count = static_cast<std::uint64_t>(end - begin);
  if (count == 2 && records.lists() > 1) return begin[1].row >= records.list_end(begin[0].row);
  std::uint64_t pairs = count * (count - 1) / 2;
  if (records.lists() == 1) return pairs;
  for (const Entry* at = begin; at != end;) {
    const Entry* from = at;
    const std::uint32_t list_end = records.list_end(at->row);
    while (at != end && at->row < list_end) ++at;
    const std::uint64_t own = static_cast<std::uint64_t>(at - from);
    pairs -= own * (own - 1) / 2;
  }
  return pairs;
}

class KeyBuilder {
 public:
  KeyBuilder(const Records& records, UnsetVector<RowKeys>& row_keys, std::size_t index,
             const Plan& plan, std::uint64_t share)
      : records_(records), row_keys_(row_keys), index_(index), plan_(plan), share_(share) {
    for (const Fact fact : plan.facts) {
      if (!key_.name.empty()) key_.name += '+';
      key_.name += kFactNames[static_cast<std::size_t>(fact)];
      key_.facts |= bit(fact);
    }
  }

  // `keys`: of every row.
  Key build(UnsetVector<std::uint32_t>& keys) {
    std::vector<Entry> entries;
    entries.reserve(keys.size());
    std::uint32_t row = 0;
    for (const std::uint32_t key : keys) {
      if ((key & kOwn) == 0) entries.push_back({key, row});
      ++row;
    }
    keys = {};
    sort_entries(entries);
    const std::vector<Run> runs = runs_of(entries);
    take(entries, runs, largest_block(runs), 0);
    return std::move(key_);
  }

 private:
  // Entries with the same key and a pair in them.
  struct Run {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint64_t pairs = 0;
  };
  std::vector<Run> runs_of(const std::vector<Entry>& entries) const {
    std::vector<Run> runs;
    const Entry* const first = entries.data();
    const Entry* const end = first + entries.size();
    for (const Entry* at = first; at != end;) {
      const Entry* const from = at;
      while (at != end && at->key == from->key) ++at;
      if (at - from < 2) continue;
      const std::uint64_t pairs = pairs_of(records_, from, at);
      if (pairs != 0)
        runs.push_back({static_cast<std::uint32_t>(from - first),
                        static_cast<std::uint32_t>(at - first), pairs});
    }
    return runs;
  }

  // The size of block from which on blocks are split, so that the key stays within its share.
  std::uint64_t largest_block(const std::vector<Run>& runs) const {
    std::array<std::uint64_t, 64> pairs_by_size{};
    for (const Run& run : runs)
      pairs_by_size[static_cast<std::size_t>(std::bit_width(run.pairs)) - 1] += run.pairs;
    std::uint64_t total = 0;
    for (std::size_t size = 0; size < 64; ++size) {
      total += pairs_by_size[size];
      // Small blocks stay whole: in one list with many rows a person they are what is looked for.
      const bool whole = records_.lists() == 1 && size < kSmallBlock && total <= kShares * share_;
      if (total > share_ && size > 3 && !whole) return std::uint64_t{1} << size;
    }
    return ~std::uint64_t{0};
  }

  void keep(const std::vector<Entry>& entries, const Run& run) {
    const std::size_t first = key_.rows.size();
    key_.rows.resize(first + (run.end - run.begin));
    for (std::uint32_t i = run.begin; i < run.end; ++i)
      key_.rows[first + i - run.begin] = entries[i].row;
    key_.blocks.push_back(
        {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(key_.rows.size())});
    key_.pairs += run.pairs;
  }

  void take(const std::vector<Entry>& entries, const std::vector<Run>& runs, std::uint64_t limit,
            std::size_t splits) {
    std::size_t rows = key_.rows.size();
    for (const Run& run : runs) rows += run.end - run.begin;
    key_.rows.reserve(rows);
    key_.blocks.reserve(key_.blocks.size() + runs.size());
    std::vector<Entry> large;
    for (const Run& run : runs) {
      if (run.pairs < limit) {
        keep(entries, run);
        continue;
      }
      ++key_.split_blocks;
      large.insert(large.end(), entries.begin() + run.begin, entries.begin() + run.end);
    }
    if (!large.empty()) split(std::move(large), limit, splits);
  }

  void split(std::vector<Entry> large, std::uint64_t limit, std::size_t splits) {
    static constexpr Fact kMore[] = {Fact::birth_year,  Fact::given_start, Fact::surname_start,
                                     Fact::birth_month, Fact::postcode,    Fact::place,
                                     Fact::birth_day,   Fact::given_sound, Fact::surname_sound};
    while (splits < std::size(kMore) && !useful(kMore[splits])) ++splits;
    if (splits == std::size(kMore)) return leave_out(large);
    const Fact fact = kMore[splits];
    std::vector<Entry> rest;
    rest.reserve(large.size());
    for (std::size_t i = 0; i < large.size(); ++i) {
      constexpr std::size_t kAhead = 16;
      __builtin_prefetch(&records_.rows[large[std::min(i + kAhead, large.size() - 1)].row]);
      Entry& entry = large[i];
      const std::uint64_t value = fact_of(records_, records_.rows[entry.row], fact);
      entry.key = value == 0 ? kOwn | entry.row
                             : static_cast<std::uint32_t>(hash_pair(entry.key, value) >> 33);
      row_keys_[entry.row].of[index_] = entry.key;
      if ((entry.key & kOwn) == 0) rest.push_back(entry);
    }
    sort_entries(rest);
    const std::vector<Run> runs = runs_of(rest);
    // What was one mass of equal values may still be too much in parts.
    take(rest, runs, std::min(limit, largest_block(runs)), splits + 1);
  }

  bool useful(Fact fact) const {
    return has(records_, fact) &&
           std::find(plan_.facts.begin(), plan_.facts.end(), fact) == plan_.facts.end();
  }

  void leave_out(const std::vector<Entry>& large) {
    for (const Run& run : runs_of(large)) {
      if (run.pairs <= kKeptWhole && key_.pairs + run.pairs <= kShares * share_) {
        keep(large, run);
        continue;
      }
      key_.left_out_pairs += run.pairs;
      for (std::uint32_t i = run.begin; i < run.end; ++i)
        row_keys_[large[i].row].of[index_] = kOwn | large[i].row;
    }
  }

  const Records& records_;
  UnsetVector<RowKeys>& row_keys_;
  std::size_t index_ = 0;
  const Plan& plan_;
  std::uint64_t share_ = 0;
  Key key_;
};

}  // namespace

std::uint32_t shared_facts(const Records& records, std::uint32_t a, std::uint32_t b) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < kFactCount; ++i) {
    const Fact fact = static_cast<Fact>(i);
    if (!has(records, fact)) continue;
    const std::uint64_t value = fact_of(records, records.rows[a], fact);
    if (value != 0 && value == fact_of(records, records.rows[b], fact)) bits |= bit(fact);
  }
  return bits;
}

const std::vector<FactGroup>& fact_groups() {
  using enum Fact;
  static const std::vector<FactGroup> groups = [] {
    const auto dimension = [](Dimension one) {
      return Pattern{15} << (4 * static_cast<std::size_t>(one));
    };
    std::vector<FactGroup> out = {
        {bit(surname_sound) | bit(surname_bones) | bit(surname_start) | bit(surname_end) |
             bit(given_sound) | bit(given_bones) | bit(given_start) | bit(both_names) | bit(sex),
         dimension(Dimension::surname) | dimension(Dimension::given) |
             dimension(Dimension::crossed) | dimension(Dimension::sex)},
        {bit(birth_date) | bit(birth_year) | bit(birth_month) | bit(birth_day),
         dimension(Dimension::date)},
        {bit(Fact::place) | bit(postcode), dimension(Dimension::place)},
        {bit(phone), dimension(Dimension::phone)},
        {bit(email), dimension(Dimension::email)},
        {bit(address), dimension(Dimension::address)}};
    for (std::size_t i = 0; i < text_columns_max; ++i)
      out.push_back({bit(text_fact(i)), dimension(Dimension::text) << (4 * i)});
    return out;
  }();
  return groups;
}

const std::array<std::uint32_t, 3>& split_facts() {
  static const std::array<std::uint32_t, 3> facts = {
      bit(Fact::given_start), bit(Fact::surname_start), bit(Fact::place) | bit(Fact::postcode)};
  return facts;
}

Blocking make_blocks(const Records& records, const BlockingOptions& options,
                     const ParallelFor& run) {
  Blocking out;
  const std::vector<Plan> plans = plans_of(records);
  out.keys.resize(plans.size());
  out.row_keys.resize(records.rows.size());
  const std::uint64_t budget =
      std::max(options.pairs_free, options.pairs_per_row * records.rows.size());
  const std::uint64_t share = budget / std::max<std::size_t>(1, plans.size()) + 1;
  constexpr std::size_t kRowsPiece = 1 << 13;
  KeyTable table(records, plans, out.row_keys);
  run((records.rows.size() + kRowsPiece - 1) / kRowsPiece, [&](std::size_t piece) {
    table.fill(piece * kRowsPiece, std::min(records.rows.size(), (piece + 1) * kRowsPiece));
  });
  // The last keys are the wide ones, which take longest: they are begun first.
  run(plans.size(), [&](std::size_t task) {
    const std::size_t i = plans.size() - 1 - task;
    out.keys[i] = KeyBuilder(records, out.row_keys, i, plans[i], share).build(table.keys(i));
  });
  for (std::uint32_t k = 0; k < out.keys.size(); ++k) {
    const Key& key = out.keys[k];
    Piece piece{k, 0, 0};
    std::uint64_t pairs = 0;
    for (std::uint32_t i = 0; i < key.blocks.size(); ++i) {
      const std::uint64_t rows = key.blocks[i].end - key.blocks[i].begin;
      pairs += rows * rows / 2;
      piece.end = i + 1;
      if (pairs < kPiecePairs && i + 1 < key.blocks.size()) continue;
      out.pieces.push_back(piece);
      piece.begin = piece.end;
      pairs = 0;
    }
  }
  return out;
}

}  // namespace filrouge::linkage
