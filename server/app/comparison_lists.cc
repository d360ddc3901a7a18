// The lists of a comparison: a file comes in pieces, its columns get their meaning, and every line
// either takes part or is refused by its number. Nothing is dropped in silence (law 7).
#include <algorithm>
#include <functional>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/linkage/list_file.h"
#include "core/linkage/records.h"
#include "server/app/comparison_data.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

using linkage::LineFault;
using linkage::ListFile;
using linkage::ListLine;
using linkage::MappedColumn;

constexpr std::string_view manage = "comparison.manage";
constexpr std::size_t head_bytes_max = 64 << 10;
constexpr std::size_t examples_max = 3;
constexpr std::size_t preview_rows = 5;
constexpr std::size_t refused_shown_max = 200;
constexpr std::int32_t pieces_max = 10'000;

Error wrong(std::string_view field, std::string_view rule, std::string_view detail) {
  return {Code::invalid, field, rule, detail};
}

Result<const ComparedList*> list_in(const FoundComparison& found, std::int32_t number) {
  const ComparedList* list = find_list(found.state(), number);
  if (list == nullptr) return Error{Code::not_found, "list", "not_found", "no such list"};
  return list;
}

Result<std::string> file_of(App& app, const FoundComparison& found,
                            const ComparisonListAdded& list) {
  FILROUGE_TRY(names, app.store.blob_names(found.id(), list_prefix(list.number) + "piece/"));
  std::string bytes;
  for (std::size_t piece = 0; piece < names.size(); ++piece) {
    if (names[piece] != piece_name(list.number, static_cast<std::int32_t>(piece))) break;
    FILROUGE_TRY(part, open_sealed(app, found.id(), names[piece]));
    bytes += part;
  }
  if (static_cast<std::int64_t>(bytes.size()) != list.bytes)
    return Error{Code::refused, "list", "incomplete", "pieces of the file are missing"};
  return bytes;
}

// A list read with its meaning: which lines take part.
struct ReadList {
  ListFile file;
  std::string head;  // its first lines as they came
  std::vector<ListLine> lines;
  std::vector<MappedColumn> mapped;
  std::vector<std::optional<api::LineRule>> refused;  // by row
  std::int64_t refused_count = 0;
  std::int64_t count() const { return static_cast<std::int64_t>(file.rows) - refused_count; }
};

std::optional<api::LineRule> rule_of(const ReadList& list, std::size_t row) {
  switch (list.lines[row].fault) {
    case LineFault::broken:
      return api::LineRule::too_long;
    case LineFault::too_few_cells:
      return api::LineRule::too_few_cells;
    case LineFault::too_many_cells:
      return api::LineRule::too_many_cells;
    case LineFault::none:
      break;
  }
  const bool something = std::any_of(
      list.mapped.begin(), list.mapped.end(),
      [&](const MappedColumn& one) { return !list.file.cell(row, one.column).empty(); });
  if (something || list.mapped.empty()) return std::nullopt;
  return api::LineRule::nothing_to_compare;
}

Error not_a_list(const Error& error) {
  if (error.rule == "not_csv")
    return {Code::unsupported, "list", "not_csv", "UTF-16 or a workbook: save it as CSV"};
  return {Code::refused, "list", "empty_list", "there is no line in the file"};
}

std::vector<MappedColumn> mapped_as(const ListFile& file, const ComparisonListAdded& list) {
  if (!list.rows) return linkage::columns_by_title(file.titles);
  std::vector<MappedColumn> mapped;
  for (std::size_t i = 0; i < std::min(list.columns.size(), file.titles.size()); ++i)
    if (list.columns[i].field)
      mapped.push_back({static_cast<linkage::Field>(*list.columns[i].field), i});
  return mapped;
}

using MapColumns = std::function<Result<std::vector<MappedColumn>>(const ListFile&)>;

Result<ReadList> read_list(std::string bytes, const MapColumns& map_columns) {
  auto opened = linkage::open_list(std::move(bytes));
  if (!opened.ok()) return not_a_list(opened.error());
  ReadList list;
  list.file = std::move(*opened);
  list.head = list.file.text.substr(0, head_bytes_max);
  if (list.head.size() < list.file.text.size()) list.head.resize(list.head.rfind('\n') + 1);
  FILROUGE_TRY(mapped, map_columns(list.file));
  list.mapped = std::move(mapped);
  std::vector<bool> wanted(list.file.titles.size());
  for (const MappedColumn& one : list.mapped) wanted[one.column] = true;
  linkage::read_rows(list.file, wanted, &list.lines);
  if (list.file.rows == 0) return not_a_list({});
  if (list.file.rows > static_cast<std::size_t>(limits::comparison_rows_max))
    return Error{Code::too_large, "list", "too_many_rows", "more than 100,000 lines"};
  for (std::size_t row = 0; row < list.file.rows; ++row) {
    list.refused.push_back(rule_of(list, row));
    list.refused_count += list.refused.back() ? 1 : 0;
  }
  return list;
}

void add_oddity(std::vector<api::OddityCount>& oddities, api::Oddity what,
                std::optional<ComparedField> field, std::uint64_t count) {
  if (count > 0) oddities.push_back({what, field, static_cast<std::int64_t>(count)});
}

// As the linkage itself will read the cells.
std::vector<api::OddityCount> oddities_of(const ReadList& list) {
  std::vector<api::OddityCount> oddities;
  add_oddity(oddities, api::Oddity::latin1_lines, {}, list.file.latin1_lines);
  std::vector<std::string> titles = list.file.titles;
  std::sort(titles.begin(), titles.end());
  std::uint64_t repeated = 0;
  for (std::size_t i = 1; i < titles.size(); ++i) repeated += titles[i] == titles[i - 1] ? 1 : 0;
  add_oddity(oddities, api::Oddity::repeated_titles, {}, repeated);
  std::vector<std::vector<linkage::Slice>> cells(list.mapped.size());
  for (std::size_t i = 0; i < list.mapped.size(); ++i)
    for (std::size_t row = 0; row < list.file.rows; ++row)
      if (!list.refused[row]) cells[i].push_back(list.file.columns[list.mapped[i].column][row]);
  linkage::InputList input{list.file.text, static_cast<std::size_t>(list.count()), {}};
  for (std::size_t i = 0; i < list.mapped.size(); ++i)
    input.columns.push_back({list.mapped[i].field, cells[i]});
  const auto records = linkage::prepare({input}, linkage::sequential());
  if (!records.ok()) return oddities;  // nothing to be compared: the lines say so
  for (const linkage::ColumnReport& column : records->columns) {
    const auto field = static_cast<ComparedField>(column.field);
    add_oddity(oddities, api::Oddity::unreadable_values, field, column.unreadable);
    add_oddity(oddities, api::Oddity::missing_values, field, column.missing);
  }
  return oddities;
}

// The first lines with all their cells.
Status add_head(const ReadList& list, api::ListPreview& preview) {
  auto head = linkage::open_list(list.head);
  if (!head.ok()) return Done{};  // a first line longer than that: its columns stand alone
  head->separator = list.file.separator;
  std::vector<ListLine> lines;
  linkage::read_rows(*head, std::vector<bool>(head->titles.size(), true), &lines);
  const std::size_t columns = std::min(head->titles.size(), preview.columns.size());
  for (std::size_t row = 0; row < head->rows; ++row) {
    if (preview.rows.size() < preview_rows) {
      api::PreviewRow& shown = preview.rows.emplace_back();
      shown.line = lines[row].line;
      for (std::size_t i = 0; i < columns; ++i)
        shown.cells.push_back(shown_cell(head->cell(row, i)));
    }
    for (std::size_t i = 0; i < columns; ++i) {
      auto& examples = preview.columns[i].examples;
      std::string cell = shown_cell(head->cell(row, i));
      const bool fresh = std::find(examples.begin(), examples.end(), cell) == examples.end();
      if (!cell.empty() && fresh && examples.size() < examples_max)
        examples.push_back(std::move(cell));
    }
  }
  return Done{};
}

Result<api::ListPreview> preview_of(const ReadList& list, bool ready) {
  api::ListPreview preview;
  preview.encoding =
      list.file.latin1_lines > 0 ? api::ListEncoding::latin1 : api::ListEncoding::utf8;
  preview.separator = std::string(1, list.file.separator);
  preview.ready = ready;
  for (const std::string& title : list.file.titles)
    preview.columns.push_back({shown_title(title), {}, {}});
  for (const MappedColumn& one : list.mapped)
    preview.columns[one.column].field = static_cast<ComparedField>(one.field);
  FILROUGE_CHECK(add_head(list, preview));
  preview.count = list.count();
  preview.refused_count = list.refused_count;
  for (std::size_t row = 0; row < list.refused.size() && preview.refused.size() < refused_shown_max;
       ++row)
    if (list.refused[row])
      preview.refused.push_back({list.lines[row].line, {}, *list.refused[row]});
  preview.oddities = oddities_of(list);
  return preview;
}

// Titles may be repeated: each column of the request takes the next one that is called so.
Result<std::vector<MappedColumn>> mapped_by(const std::vector<ComparedColumn>& wanted,
                                            const ListFile& file) {
  std::vector<bool> taken(file.titles.size());
  std::vector<bool> given(linkage::field_kinds);
  std::vector<MappedColumn> mapped;
  std::size_t texts = 0;
  for (const ComparedColumn& one : wanted) {
    std::size_t at = 0;
    while (at < taken.size() && (taken[at] || shown_title(file.titles[at]) != one.column)) ++at;
    if (at == taken.size()) return wrong("columns", "unknown_column", "no column of this title");
    taken[at] = true;
    if (!one.field) continue;
    const auto field = static_cast<std::size_t>(*one.field);
    const bool is_text = *one.field == ComparedField::text;
    if ((!is_text && given[field]) || (is_text && ++texts > linkage::text_columns_max))
      return wrong("columns", "repeated_field", "a field is given too many times");
    given[field] = true;
    mapped.push_back({static_cast<linkage::Field>(field), at});
  }
  if (mapped.empty()) return wrong("columns", "missing", "no column has a meaning");
  std::sort(mapped.begin(), mapped.end(),
            [](const MappedColumn& a, const MappedColumn& b) { return a.column < b.column; });
  return mapped;
}

std::vector<ComparedColumn> columns_of(const ReadList& list) {
  std::vector<ComparedColumn> columns;
  for (const std::string& title : list.file.titles) columns.push_back({shown_title(title), {}});
  for (const MappedColumn& one : list.mapped)
    columns[one.column].field = static_cast<ComparedField>(one.field);
  return columns;
}

std::int64_t rows_of_others(const ComparisonState& state, std::int32_t number) {
  std::int64_t rows = 0;
  for (const ComparedList& list : state.lists)
    if (list.added.number != number)
      rows += list.added.rows.value_or(0) + list.added.refused.value_or(0);
  return rows;
}

Status keep_rows(App& app, SubjectId comparison, const ComparisonListAdded& list,
                 const ReadList& read) {
  return put_rows(app, comparison, list.number, list.mapping, read.file.rows, [&](std::size_t row) {
    KeptRow kept{read.refused[row].has_value(), {}};
    for (const MappedColumn& one : read.mapped)
      kept.cells.push_back(kept.refused ? "" : read.file.cell(row, one.column));
    return kept;
  });
}

}  // namespace

Result<api::AddedList> add_list(App& app, const Caller& caller, const api::AddList& request) {
  FILROUGE_TRY(found, find_comparison(app, caller, request.comparison, manage));
  const ComparisonState& state = found.state();
  ComparisonListAdded body;
  std::int64_t bytes = request.bytes;
  for (const ComparedList& list : state.lists) {
    body.number = std::max(body.number, list.added.number);
    bytes += list.added.bytes;
  }
  if (!state.removed.empty()) body.number = std::max(body.number, state.removed.back());
  ++body.number;
  if (request.bytes < 1 || bytes > limits::comparison_bytes_max)
    return Error{Code::too_large, "bytes", "too_large", "48 MB for all lists at most"};
  body.name = request.name;
  body.role = request.role;
  body.bytes = request.bytes;
  FILROUGE_CHECK(write_about(app, caller, found.id(), "comparison_list_added", body));
  return api::AddedList{body.number};
}

Result<api::Empty> put_list_piece(App& app, const Caller& caller, const api::ListPiece& request) {
  FILROUGE_TRY(found, find_comparison(app, caller, request.comparison, manage));
  FILROUGE_TRY(list, list_in(found, request.list));
  if (list->added.rows) return Error{Code::refused, "list", "list_ready", "the list is complete"};
  const std::int64_t pieces = (list->added.bytes - 1) / 1'000 + 1;  // none need be so small
  if (request.piece < 0 || request.piece >= std::min<std::int64_t>(pieces, pieces_max))
    return wrong("piece", "range", "no such piece");
  FILROUGE_TRY(bytes, from_base64(request.base64));
  if (bytes.empty() || bytes.size() > limits::comparison_piece_bytes_max)
    return wrong("base64", "range", "180,000 bytes at most");
  FILROUGE_CHECK(put_sealed(app, found.id(), piece_name(request.list, request.piece), bytes));
  return api::Empty{};
}

Result<api::ListPreview> preview_list(App& app, const Caller& caller, const api::ListQuery& query) {
  FILROUGE_TRY(found, find_comparison(app, caller, query.comparison, manage));
  FILROUGE_TRY(list, list_in(found, query.list));
  FILROUGE_TRY(bytes, file_of(app, found, list->added));
  FILROUGE_TRY(read, read_list(std::move(bytes), [&](const ListFile& file) {
                 return Result<std::vector<MappedColumn>>(mapped_as(file, list->added));
               }));
  FILROUGE_TRY(preview, preview_of(read, list->added.rows.has_value()));
  FILROUGE_CHECK(disclose_lists(app, caller, found, manage));
  return preview;
}

Result<api::ListPreview> map_list(App& app, const Caller& caller, const api::MapList& request) {
  FILROUGE_TRY(found, find_comparison(app, caller, request.comparison, manage));
  FILROUGE_TRY(list, list_in(found, request.list));
  FILROUGE_TRY(bytes, file_of(app, found, list->added));
  FILROUGE_TRY(read, read_list(std::move(bytes), [&](const ListFile& file) {
                 return mapped_by(request.columns, file);
               }));
  if (rows_of_others(found.state(), request.list) + static_cast<std::int64_t>(read.file.rows) >
      limits::comparison_rows_max)
    return Error{Code::too_large, "list", "too_many_rows", "more than 100,000 lines in all"};
  FILROUGE_TRY(preview, preview_of(read, true));
  ComparisonListAdded body = list->added;
  body.rows = read.count();
  body.refused = read.refused_count;
  body.columns = columns_of(read);
  body.mapping = fresh_number(app);
  FILROUGE_CHECK(disclose_lists(app, caller, found, manage));
  FILROUGE_CHECK(keep_rows(app, found.id(), body, read));
  FILROUGE_CHECK(write_about(app, caller, found.id(), "comparison_list_added", body, list->by.hlc));
  drop_other_rows(app, found.id(), body.number, body.mapping);
  return preview;
}

Result<api::Empty> remove_list(App& app, const Caller& caller, const api::ListQuery& query) {
  FILROUGE_TRY(found, find_comparison(app, caller, query.comparison, manage));
  FILROUGE_TRY(list, list_in(found, query.list));
  FILROUGE_CHECK(write_about(app, caller, found.id(), "comparison_list_removed",
                             ComparisonListRemoved{list->added.number}));
  FILROUGE_CHECK(app.store.drop_blobs(found.id(), list_prefix(query.list)));
  return api::Empty{};
}

}  // namespace filrouge
