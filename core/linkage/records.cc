#include "core/linkage/records.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "core/linkage/normalise.h"
#include "core/linkage/value_table.h"

namespace filrouge::linkage {

namespace {

constexpr std::size_t kRowsPiece = 1 << 13;
// Of the rows with a value, one is the person's own: how many others have it by chance is less. A
// value that stands once was perhaps not going to come again.
constexpr float kOneself = 0.5F;

// The cells of a field, list by list, as prepare() works through them.
struct Source {
  Field field = Field::text;
  std::vector<const InputColumn*> columns;  // by list; null where the list has none
  RawColumn raw;
  ColumnReport report;
};

struct Work {
  const std::vector<InputList>& lists;
  const ParallelFor& run;
  Records out;
  std::vector<Source> sources;  // in the order of Field; text columns last, in their order
  std::size_t rows = 0;
};

Status check_lists(const std::vector<InputList>& lists) {
  if (lists.empty()) return Error{Code::invalid, "lists", "missing", "no list"};
  if (lists.size() > lists_max)
    return Error{Code::too_large, "lists", "too_many", "at most 16 lists"};
  std::size_t rows = 0;
  for (const InputList& list : lists) {
    rows += list.rows;
    if (list.rows == 0) return Error{Code::invalid, "lists", "empty", "a list has no row"};
    std::size_t texts = 0;
    for (const InputColumn& column : list.columns) {
      verify(column.cells.size() == list.rows);
      texts += column.field == Field::text;
    }
    if (texts > text_columns_max)
      return Error{Code::too_large, "text", "too_many", "at most 6 columns of text"};
  }
  if (rows > rows_max) return Error{Code::too_large, "lists", "too_many", "too many rows"};
  return Done{};
}

// The n-th column of that field in a list, or null.
const InputColumn* column_of(const InputList& list, Field field, std::size_t n) {
  for (const InputColumn& column : list.columns)
    if (column.field == field && n-- == 0) return &column;
  return nullptr;
}

void collect_sources(Work& work) {
  for (std::size_t kind = 0; kind < field_kinds; ++kind) {
    const Field field = static_cast<Field>(kind);
    const std::size_t most = field == Field::text ? text_columns_max : 1;
    for (std::size_t n = 0; n < most; ++n) {
      Source source;
      source.field = field;
      std::size_t lists_with = 0;
      for (const InputList& list : work.lists) {
        source.columns.push_back(column_of(list, field, n));
        lists_with += source.columns.back() != nullptr;
      }
      // A field of one list among several has nothing to be compared with.
      if (lists_with == 0 || (work.lists.size() > 1 && lists_with < 2)) continue;
      work.out.has[kind] = true;
      source.report.field = field;
      work.sources.push_back(std::move(source));
    }
  }
}

// What the cells of some rows gave.
struct CellCounts {
  std::uint64_t missing = 0;
  std::uint64_t unreadable = 0;
};

// Calls use(row, cell) for the cells of a source in the rows [begin, end).
template <class Use>
void each_cell(Work& work, const Source& source, std::size_t begin, std::size_t end,
               const Use& use) {
  for (std::size_t l = 0; l < work.lists.size(); ++l) {
    if (source.columns[l] == nullptr) continue;
    const char* const text = work.lists[l].text.data();
    const std::size_t first = work.out.list_begin[l];
    const std::size_t from = std::max<std::size_t>(begin, first);
    const std::size_t to = std::min<std::size_t>(end, work.out.list_begin[l + 1]);
    for (std::size_t row = from; row < to; ++row) {
      const Slice slice = source.columns[l]->cells[row - first];
      use(work.out.rows[row], trimmed(std::string_view(text + slice.start, slice.length)));
    }
  }
}

// Dates, sexes and phones go straight into the rows; of the others each distinct cell is numbered.
bool is_numbered(Field field) {
  return field != Field::date_of_birth && field != Field::sex && field != Field::phone;
}

CellCounts read_into_rows(Work& work, const Source& source, std::size_t begin, std::size_t end) {
  CellCounts counts;
  if (source.field == Field::date_of_birth)
    each_cell(work, source, begin, end, [&](Record& row, std::string_view cell) {
      const ReadDate date = read_date(cell);
      counts.missing += date.exists && date.digits == date_missing;
      counts.unreadable += !date.exists;
      row.date = date.digits;
    });
  if (source.field == Field::sex)
    each_cell(work, source, begin, end, [&](Record& row, std::string_view cell) {
      const Sex sex = cell == "M" ? Sex::male : cell == "F" ? Sex::female : parse_sex(cell);
      counts.missing += cell.empty();
      counts.unreadable += sex == Sex::missing && !cell.empty();
      row.sex = static_cast<std::uint8_t>(sex);
    });
  if (source.field == Field::phone)
    each_cell(work, source, begin, end, [&](Record& row, std::string_view cell) {
      row.phone = parse_phone(cell);
      counts.missing += cell.empty();
      counts.unreadable += row.phone == 0 && !cell.empty();
    });
  return counts;
}

// Postcodes: few distinct ones, each a number.
void read_postcodes(Work& work, Source& source) {
  RawColumn& raw = source.raw;
  std::vector<std::uint64_t>& codes = work.out.postcodes;
  codes.push_back(0);
  std::vector<std::uint64_t> found;
  for (std::size_t i = 0; i < raw.distinct.size(); ++i)
    found.push_back(parse_postcode(raw.distinct[i]));
  codes.insert(codes.end(), found.begin(), found.end());
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  for (const std::uint64_t code : found)
    raw.id.push_back(static_cast<std::uint32_t>(std::lower_bound(codes.begin(), codes.end(), code) -
                                                codes.begin()));
}

void number_sources(Work& work) {
  work.run(work.sources.size(), [&](std::size_t i) {
    Source& source = work.sources[i];
    if (!is_numbered(source.field)) return;
    source.raw = number_cells(source.field, work.lists, source.columns, work.rows);
    if (source.field == Field::postcode) read_postcodes(work, source);
  });
}

void give_ids(Work& work) {
  const auto columns = [&](std::initializer_list<Field> fields) {
    std::vector<RawColumn*> found;
    for (const Field field : fields)
      for (Source& source : work.sources)
        if (source.field == field) found.push_back(&source.raw);
    return found;
  };
  using enum Field;
  std::vector<Values> values = merge_values(
      {columns({surname, given_name}), columns({place}), columns({address, email, text})},
      work.run);
  work.out.names = std::move(values[0]);
  work.out.places = std::move(values[1]);
  work.out.texts = std::move(values[2]);
}

std::uint32_t Record::* id_in_row(Field field) {
  switch (field) {
    case Field::surname:
      return &Record::surname;
    case Field::given_name:
      return &Record::given;
    case Field::place:
      return &Record::place;
    case Field::postcode:
      return &Record::postcode;
    case Field::address:
      return &Record::address;
    default:
      return &Record::email;
  }
}

// Makes the rows [begin, end); `counts` by source.
void fill_rows(Work& work, std::size_t begin, std::size_t end, std::vector<CellCounts>& counts) {
  UnsetVector<Record>& rows = work.out.rows;
  for (std::size_t row = begin, list = 0; row < end; ++row) {
    while (row >= work.out.list_begin[list + 1]) ++list;
    rows[row] = Record{};
    rows[row].list = static_cast<std::uint8_t>(list);
  }
  std::size_t text = 0;
  for (const Source& source : work.sources) {
    const RawColumn& raw = source.raw;
    if (!is_numbered(source.field)) {
      counts.push_back(read_into_rows(work, source, begin, end));
      continue;
    }
    CellCounts one;
    const auto id_of = [&](std::size_t row) {
      const std::uint32_t id = raw.id[raw.cell[row]];
      one.missing += id == 0;
      return id;
    };
    if (source.field == Field::text) {
      for (std::size_t row = begin; row < end; ++row) rows[row].text[text] = id_of(row);
      ++text;
    } else {
      const auto into = id_in_row(source.field);
      for (std::size_t row = begin; row < end; ++row) rows[row].*into = id_of(row);
    }
    counts.push_back(one);
  }
}

void make_rows(Work& work) {
  const std::size_t pieces = (work.rows + kRowsPiece - 1) / kRowsPiece;
  std::vector<std::vector<CellCounts>> counts(pieces);
  work.out.rows.resize(work.rows);
  work.run(pieces, [&](std::size_t piece) {
    const std::size_t begin = piece * kRowsPiece;
    fill_rows(work, begin, std::min(work.rows, begin + kRowsPiece), counts[piece]);
  });
  for (const std::vector<CellCounts>& piece : counts)
    for (std::size_t i = 0; i < piece.size(); ++i) {
      work.sources[i].report.missing += piece[i].missing;
      work.sources[i].report.unreadable += piece[i].unreadable;
    }
}

std::uint8_t step_of(float frequency) {
  return static_cast<std::uint8_t>((frequency >= 1.0F / 4096) + (frequency >= 1.0F / 512) +
                                   (frequency >= 1.0F / 64));
}

// Counts ids over all lists; `id_of(row)` gives 0 for missing. Of the rows of a list that hold a
// value one is the person's own.
template <class IdOf>
Frequencies frequencies(const Records& records, std::size_t ids, const IdOf& id_of) {
  Frequencies out;
  out.of.assign(ids, 0);
  std::vector<std::uint32_t> count(ids);
  float known = 0;
  for (std::size_t l = 0; l < records.lists(); ++l) {
    std::fill(count.begin(), count.end(), 0);
    for (std::size_t row = records.list_begin[l]; row < records.list_begin[l + 1]; ++row)
      ++count[id_of(records.rows[row])];
    known += static_cast<float>(records.list_begin[l + 1] - records.list_begin[l] - count[0]);
    for (std::size_t id = 1; id < ids; ++id)
      if (count[id] != 0) out.of[id] += static_cast<float>(count[id]) - kOneself;
  }
  for (float& one : out.of) one /= std::max(1.0F, known);
  return out;
}

// What follows from the frequencies.
void finish(const Records& records, Frequencies& out) {
  const float least = kOneself / static_cast<float>(records.rows.size());
  out.step.reserve(out.of.size());
  out.bits.reserve(out.of.size());
  float last = 0;
  float last_bits = 0;
  for (const float one : out.of) {
    out.step.push_back(step_of(one));
    out.distinct += one > 0;
    if (one != last || last == 0) last_bits = std::log2(std::max(one, least));
    last = one;
    out.bits.push_back(last_bits);
  }
}

// Address, e-mail and texts share their values; each counts where it stands.
Frequencies text_frequencies(const Records& records) {
  const std::size_t ids = records.texts.of.size();
  Frequencies out = frequencies(records, ids, [](const Record& row) { return row.address; });
  const auto take = [&](const Frequencies& more) {
    for (std::size_t id = 0; id < ids; ++id) out.of[id] = std::max(out.of[id], more.of[id]);
  };
  if (records.has[static_cast<std::size_t>(Field::email)])
    take(frequencies(records, ids, [](const Record& row) { return row.email; }));
  for (std::size_t n = 0; n < records.text_columns; ++n)
    take(frequencies(records, ids, [n](const Record& row) { return row.text[n]; }));
  return out;
}

std::uint32_t two_digits(std::uint32_t packed) { return (packed >> 4 & 15) * 10 + (packed & 15); }
std::uint32_t year_of(std::uint32_t packed) {
  return two_digits(packed >> 24) * 100 + two_digits(packed >> 16);
}

// Dates as places in a table of the years that the lists have, so that they need no sorting. The
// few whose month or day is none have no place there.
class DateTable {
 public:
  explicit DateTable(const UnsetVector<Record>& rows) {
    std::uint32_t last = 0;
    for (const Record& row : rows) {
      if (!has_place(row.date)) continue;
      first_year_ = std::min(first_year_, year_of(row.date));
      last = std::max(last, year_of(row.date));
    }
    if (last >= first_year_) of_.resize(std::size_t{last - first_year_ + 1} * kPlaces);
  }
  static bool has_place(std::uint32_t packed) {
    return packed != 0 && two_digits(packed >> 8) <= 12 && two_digits(packed) <= 31;
  }
  std::uint32_t& at(std::uint32_t packed) {
    return of_[std::size_t{year_of(packed) - first_year_} * kPlaces + two_digits(packed >> 8) * 32 +
               two_digits(packed)];
  }
  std::span<std::uint32_t> in_order() { return of_; }

 private:
  static constexpr std::size_t kPlaces = 13 * 32;  // of a year
  std::uint32_t first_year_ = UINT32_MAX;
  std::vector<std::uint32_t> of_;
};

// Record::date becomes an id.
void number_dates(Records& records) {
  records.dates.assign(1, 0);
  if (!records.has[static_cast<std::size_t>(Field::date_of_birth)]) return;
  DateTable table(records.rows);
  std::vector<std::uint32_t> odd;
  for (const Record& row : records.rows) {
    if (DateTable::has_place(row.date))
      table.at(row.date) = row.date;
    else if (row.date != 0)
      odd.push_back(row.date);
  }
  for (std::uint32_t& packed : table.in_order()) {
    if (packed == 0) continue;
    records.dates.push_back(packed);
    packed = static_cast<std::uint32_t>(records.dates.size() - 1);
  }
  std::sort(odd.begin(), odd.end());
  odd.erase(std::unique(odd.begin(), odd.end()), odd.end());
  const std::size_t first_odd = records.dates.size();
  records.dates.insert(records.dates.end(), odd.begin(), odd.end());
  for (Record& row : records.rows) {
    if (DateTable::has_place(row.date)) {
      row.date = table.at(row.date);
    } else if (row.date != 0) {
      const auto found = std::lower_bound(odd.begin(), odd.end(), row.date);
      row.date =
          static_cast<std::uint32_t>(first_odd) + static_cast<std::uint32_t>(found - odd.begin());
    }
  }
}

void count_all(Work& work) {
  Records& out = work.out;
  work.run(5, [&](std::size_t task) {
    const auto count = [&](Frequencies& into, std::size_t ids, auto id_of) {
      into = frequencies(out, ids, id_of);
      finish(out, into);
    };
    const std::size_t names = out.names.of.size();
    if (task == 0) {  // the longest one
      out.text_frequency = text_frequencies(out);
      finish(out, out.text_frequency);
    }
    if (task == 1) count(out.surname_frequency, names, [](const Record& r) { return r.surname; });
    if (task == 2) count(out.given_frequency, names, [](const Record& r) { return r.given; });
    if (task == 3)
      count(out.place_frequency, out.places.of.size(), [](const Record& r) { return r.place; });
    if (task == 4) {
      number_dates(out);
      count(out.date_frequency, out.dates.size(), [](const Record& r) { return r.date; });
    }
  });
  work.run((work.rows + kRowsPiece - 1) / kRowsPiece, [&](std::size_t piece) {
    const std::size_t end = std::min(work.rows, (piece + 1) * kRowsPiece);
    for (std::size_t i = piece * kRowsPiece; i < end; ++i) {
      Record& row = out.rows[i];
      row.rarity = static_cast<std::uint16_t>(
          out.surname_frequency.step[row.surname] | out.given_frequency.step[row.given] << 2 |
          out.date_frequency.step[row.date] << 4 | out.place_frequency.step[row.place] << 6);
    }
  });
}

std::uint64_t distinct_of(const Work& work, Field field) {
  switch (field) {
    case Field::surname:
      return work.out.surname_frequency.distinct;
    case Field::given_name:
      return work.out.given_frequency.distinct;
    case Field::place:
      return work.out.place_frequency.distinct;
    case Field::date_of_birth:
      return work.out.date_frequency.distinct;
    default:
      return 0;
  }
}

void report_columns(Work& work) {
  for (Source& source : work.sources) {
    source.report.distinct = distinct_of(work, source.field);
    work.out.columns.push_back(source.report);
  }
}

}  // namespace

Result<Records> prepare(const std::vector<InputList>& lists, const ParallelFor& run) {
  FILROUGE_CHECK(check_lists(lists));
  Work work{lists, run, {}, {}, 0};
  work.out.list_begin.push_back(0);
  for (const InputList& list : lists) {
    work.rows += list.rows;
    work.out.list_begin.push_back(static_cast<std::uint32_t>(work.rows));
  }
  collect_sources(work);
  if (work.sources.empty())
    return Error{Code::invalid, "columns", "no_column", "nothing to compare"};
  for (const Source& source : work.sources) work.out.text_columns += source.field == Field::text;
  number_sources(work);
  give_ids(work);
  make_rows(work);
  count_all(work);
  report_columns(work);
  return std::move(work.out);
}

}  // namespace filrouge::linkage
