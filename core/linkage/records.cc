#include "core/linkage/records.h"

#include <algorithm>
#include <utility>

#include "core/linkage/normalise.h"
#include "core/linkage/value_table.h"

namespace filrouge::linkage {

namespace {

constexpr std::size_t kRowsPiece = 1 << 14;

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

  Source* find(Field field) {
    for (Source& source : sources)
      if (source.field == field) return &source;
    return nullptr;
  }
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
      work.sources.push_back(std::move(source));
    }
  }
}

// Calls use(row, cell) for every cell of a source.
template <class Use>
void each_cell(const Work& work, const Source& source, const Use& use) {
  std::size_t row = 0;
  for (std::size_t l = 0; l < work.lists.size(); ++l) {
    const InputList& list = work.lists[l];
    if (source.columns[l] == nullptr) {
      row += list.rows;
      continue;
    }
    for (const Slice slice : source.columns[l]->cells)
      use(row++, trimmed(std::string_view(list.text.data() + slice.start, slice.length)));
  }
}

void read_source(Work& work, Source& source) {
  std::vector<Record>& rows = work.out.rows;
  ColumnReport& report = source.report;
  report.field = source.field;
  switch (source.field) {
    case Field::date_of_birth:
      return each_cell(work, source, [&](std::size_t row, std::string_view cell) {
        const std::uint32_t date = parse_date(cell);
        report.missing += date == date_missing;
        report.unreadable += date == date_unreadable;
        if (date != date_unreadable) rows[row].date = date;
      });
    case Field::sex:
      return each_cell(work, source, [&](std::size_t row, std::string_view cell) {
        const Sex sex = parse_sex(cell);
        report.missing += cell.empty();
        report.unreadable += sex == Sex::missing && !cell.empty();
        rows[row].sex = static_cast<std::uint8_t>(sex);
      });
    case Field::phone:
      return each_cell(work, source, [&](std::size_t row, std::string_view cell) {
        rows[row].phone = parse_phone(cell);
        report.missing += cell.empty();
        report.unreadable += rows[row].phone == 0 && !cell.empty();
      });
    default:
      source.raw = number_cells(source.field, work.lists, source.columns, work.rows);
  }
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
    raw.id.push_back(static_cast<std::uint32_t>(
        std::lower_bound(codes.begin(), codes.end(), code) - codes.begin()));
}

void give_ids(Work& work) {
  const auto values = [&](std::vector<Source*> sources) {
    std::vector<RawColumn*> columns;
    for (Source* source : sources)
      if (source != nullptr) columns.push_back(&source->raw);
    return merge_values(std::move(columns), work.run);
  };
  work.out.names = values({work.find(Field::surname), work.find(Field::given_name)});
  work.out.places = values({work.find(Field::place)});
  std::vector<Source*> texts = {work.find(Field::address), work.find(Field::email)};
  for (Source& source : work.sources)
    if (source.field == Field::text) texts.push_back(&source);
  work.out.texts = values(std::move(texts));
  work.out.postcodes.clear();
  if (Source* source = work.find(Field::postcode)) read_postcodes(work, *source);
}

void fill_rows(Work& work, std::size_t begin, std::size_t end) {
  std::size_t text = 0;
  for (const Source& source : work.sources) {
    const RawColumn& raw = source.raw;
    std::uint32_t Record::*into = nullptr;
    switch (source.field) {
      case Field::surname:
        into = &Record::surname;
        break;
      case Field::given_name:
        into = &Record::given;
        break;
      case Field::place:
        into = &Record::place;
        break;
      case Field::postcode:
        into = &Record::postcode;
        break;
      case Field::address:
        into = &Record::address;
        break;
      case Field::email:
        into = &Record::email;
        break;
      case Field::text:
        for (std::size_t row = begin; row < end; ++row)
          work.out.rows[row].text[text] = raw.id[raw.cell[row]];
        ++text;
        continue;
      default:
        continue;
    }
    for (std::size_t row = begin; row < end; ++row)
      work.out.rows[row].*into = raw.id[raw.cell[row]];
  }
}

std::uint8_t step_of(float frequency) {
  return static_cast<std::uint8_t>((frequency >= 1.0F / 4096) + (frequency >= 1.0F / 512) +
                                   (frequency >= 1.0F / 64));
}

// Counts ids list by list; `id_of(row)` gives 0 for missing.
template <class IdOf>
Frequencies frequencies(const Records& records, std::size_t ids, const IdOf& id_of) {
  Frequencies out;
  out.of.assign(ids, 0);
  std::vector<std::uint32_t> count(ids);
  for (std::size_t l = 0; l < records.lists(); ++l) {
    std::fill(count.begin(), count.end(), 0);
    std::size_t known = 0;
    for (std::size_t row = records.list_begin[l]; row < records.list_begin[l + 1]; ++row) {
      const std::uint32_t id = id_of(records.rows[row]);
      ++count[id];
      known += id != 0;
    }
    if (known == 0) continue;
    for (std::size_t id = 1; id < ids; ++id)
      out.of[id] =
          std::max(out.of[id], static_cast<float>(count[id]) / static_cast<float>(known));
  }
  out.step.reserve(ids);
  for (const float one : out.of) out.step.push_back(step_of(one));
  return out;
}

// Address, e-mail and texts share their values; each counts where it stands.
Frequencies text_frequencies(const Records& records) {
  Frequencies out = frequencies(records, records.texts.of.size(),
                                [](const Record& row) { return row.address; });
  const auto take = [&](const Frequencies& more) {
    for (std::size_t id = 0; id < out.of.size(); ++id) {
      out.of[id] = std::max(out.of[id], more.of[id]);
      out.step[id] = step_of(out.of[id]);
    }
  };
  const std::size_t ids = records.texts.of.size();
  if (records.has[static_cast<std::size_t>(Field::email)])
    take(frequencies(records, ids, [](const Record& row) { return row.email; }));
  for (std::size_t n = 0; n < records.text_columns; ++n)
    take(frequencies(records, ids, [n](const Record& row) { return row.text[n]; }));
  return out;
}

// Dates have no ids: they are counted by sorting.
void count_dates(Records& records) {
  records.dates.push_back(0);
  for (const Record& row : records.rows)
    if (row.date != 0) records.dates.push_back(row.date);
  std::sort(records.dates.begin(), records.dates.end());
  records.dates.erase(std::unique(records.dates.begin(), records.dates.end()),
                      records.dates.end());
  records.date_frequency = frequencies(records, records.dates.size(), [&](const Record& row) {
    return static_cast<std::uint32_t>(
        std::lower_bound(records.dates.begin(), records.dates.end(), row.date) -
        records.dates.begin());
  });
}

void count_all(Work& work) {
  Records& out = work.out;
  work.run(5, [&](std::size_t task) {
    if (task == 0)
      out.surname_frequency =
          frequencies(out, out.names.of.size(), [](const Record& row) { return row.surname; });
    if (task == 1)
      out.given_frequency =
          frequencies(out, out.names.of.size(), [](const Record& row) { return row.given; });
    if (task == 2)
      out.place_frequency =
          frequencies(out, out.places.of.size(), [](const Record& row) { return row.place; });
    if (task == 3) out.text_frequency = text_frequencies(out);
    if (task == 4) count_dates(out);
  });
  work.run((work.rows + kRowsPiece - 1) / kRowsPiece, [&](std::size_t piece) {
    const std::size_t end = std::min(work.rows, (piece + 1) * kRowsPiece);
    for (std::size_t i = piece * kRowsPiece; i < end; ++i) {
      Record& row = out.rows[i];
      const std::size_t date = static_cast<std::size_t>(
          std::lower_bound(out.dates.begin(), out.dates.end(), row.date) - out.dates.begin());
      row.rarity = static_cast<std::uint16_t>(
          out.surname_frequency.step[row.surname] | out.given_frequency.step[row.given] << 2 |
          out.date_frequency.step[date] << 4 | out.place_frequency.step[row.place] << 6);
    }
  });
}

void report_columns(Work& work) {
  for (Source& source : work.sources) {
    if (!source.raw.cell.empty()) {
      std::vector<std::uint32_t>& ids = source.raw.id;
      for (const std::uint32_t cell : source.raw.cell) source.report.missing += ids[cell] == 0;
      std::sort(ids.begin(), ids.end());
      source.report.distinct = static_cast<std::uint64_t>(
          std::unique(ids.begin(), ids.end()) - ids.begin() - (ids.front() == 0));
    }
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
  if (work.sources.empty()) return Error{Code::invalid, "columns", "no_column", "nothing to compare"};
  for (const Source& source : work.sources)
    work.out.text_columns += source.field == Field::text;
  work.out.rows.resize(work.rows);
  for (std::size_t l = 0; l < lists.size(); ++l)
    for (std::size_t row = work.out.list_begin[l]; row < work.out.list_begin[l + 1]; ++row)
      work.out.rows[row].list = static_cast<std::uint8_t>(l);
  run(work.sources.size(), [&](std::size_t i) { read_source(work, work.sources[i]); });
  give_ids(work);
  run((work.rows + kRowsPiece - 1) / kRowsPiece, [&](std::size_t piece) {
    fill_rows(work, piece * kRowsPiece, std::min(work.rows, (piece + 1) * kRowsPiece));
  });
  count_all(work);
  report_columns(work);
  return std::move(work.out);
}

float date_frequency(const Records& records, std::uint32_t date) {
  const auto at = std::lower_bound(records.dates.begin(), records.dates.end(), date);
  if (at == records.dates.end() || *at != date) return 0;
  return records.date_frequency.of[static_cast<std::size_t>(at - records.dates.begin())];
}

}  // namespace filrouge::linkage
