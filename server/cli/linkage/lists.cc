#include "server/cli/linkage/lists.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "core/linkage/dictionary.h"
#include "core/linkage/value_table.h"
#include "server/cli/linkage/safe_file.h"
#include "server/cli/speech.h"

namespace filrouge {

namespace {

using linkage::Field;

Error in_list(const std::string& path, std::string_view french, std::string_view english) {
  return refusal_of("list", path + " : " + std::string(tell(french, english)));
}

// One item of --columns: [FILE:]field=column.
struct GivenColumn {
  std::string file;  // empty: all lists
  Field field = Field::text;
  std::string title;
};

Error bad_columns(const std::string& item, std::string_view french, std::string_view english) {
  return usage_of("--columns " + item + " : " + std::string(tell(french, english)));
}

Result<std::vector<GivenColumn>> parse_columns(const std::string& text) {
  std::vector<GivenColumn> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string item = text.substr(at, end - at);
    at = end + 1;
    const std::size_t equals = item.find('=');
    if (equals == std::string::npos || equals + 1 == item.size())
      return bad_columns(item, "attendu champ=colonne ou FICHIER:champ=colonne",
                         "expected field=column or FILE:field=column");
    const std::size_t colon = item.rfind(':', equals);
    GivenColumn one;
    std::size_t name = 0;
    if (colon != std::string::npos) {
      one.file = item.substr(0, colon);
      name = colon + 1;
    }
    const auto field = linkage::field_named(std::string_view(item).substr(name, equals - name));
    if (!field)
      return bad_columns(item,
                         "champ inconnu ; les champs sont surname given_name date_of_birth sex "
                         "postcode place address phone email text",
                         "unknown field; the fields are surname given_name date_of_birth sex "
                         "postcode place address phone email text");
    one.field = *field;
    one.title = item.substr(equals + 1);
    out.push_back(std::move(one));
  }
  return out;
}

bool is_for(const GivenColumn& column, const std::string& path) {
  if (column.file.empty() || column.file == path) return true;
  return path.ends_with("/" + column.file);
}

std::optional<std::size_t> find_title(const ListFile& file, std::string_view title) {
  const auto found = std::find_if(
      file.titles.begin(), file.titles.end(),
      [&](const std::string& one) { return linkage::trimmed(one) == linkage::trimmed(title); });
  if (found == file.titles.end()) return std::nullopt;
  return static_cast<std::size_t>(found - file.titles.begin());
}

// Those given for the list; where none is, those that their titles tell.
Status map_columns(PersonList& list, const std::vector<GivenColumn>& given) {
  std::size_t texts = 0;
  const auto taken = [&](Field field) {
    return field != Field::text &&
           std::any_of(list.mapped.begin(), list.mapped.end(),
                       [&](const MappedColumn& one) { return one.field == field; });
  };
  bool any = false;
  for (const GivenColumn& one : given) {
    if (!is_for(one, list.path)) continue;
    any = true;
    const auto column = find_title(list.file, one.title);
    // What is given for all lists may be absent in one.
    if (!column && one.file.empty()) continue;
    if (!column)
      return refusal_of(
          "column",
          list.path + " : " + std::string(tell("pas de colonne ", "no column ")) + one.title);
    if (taken(one.field) || (one.field == Field::text && ++texts > linkage::text_columns_max))
      return bad_columns(std::string(linkage::field_name(one.field)) + "=" + one.title,
                         "donné trop de fois", "given too many times");
    list.mapped.push_back({one.field, *column});
  }
  if (!any) list.mapped = linkage::columns_by_title(list.file.titles);
  std::erase_if(list.mapped, [&](const MappedColumn& one) { return one.column == list.truth; });
  if (list.mapped.empty() && !given.empty())
    return in_list(list.path, "aucune des colonnes de --columns n'y est",
                   "it has none of the columns of --columns");
  if (list.mapped.empty())
    return in_list(list.path, "aucune colonne utilisable ; voir --columns",
                   "no usable column; see --columns");
  return Done{};
}

Status find_column(const PersonList& list, const std::optional<std::string>& title, bool needed,
                   std::optional<std::size_t>& out) {
  if (!title) return Done{};
  out = find_title(list.file, *title);
  if (!out && needed)
    return refusal_of(
        "column", list.path + " : " + std::string(tell("pas de colonne ", "no column ")) + *title);
  return Done{};
}

// By the hashes of the ids alone: of a million ids two that differ share one in a run of ten
// million.
std::size_t repeated_ids(const PersonList& list) {
  if (!list.id) return 0;
  std::vector<std::uint64_t> slots(std::bit_ceil(list.file.rows * 2));
  const auto place_of = [&](std::uint64_t hash) { return hash >> 20 & (slots.size() - 1); };
  constexpr std::size_t kTogether = 16;  // asked of the memory before they are looked at
  std::array<std::uint64_t, kTogether> hashes{};
  std::size_t repeated = 0;
  for (std::size_t from = 0; from < list.file.rows; from += kTogether) {
    const std::size_t count = std::min(kTogether, list.file.rows - from);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string_view id = linkage::trimmed(list.file.cell(from + i, *list.id));
      hashes[i] = id.empty() ? 0 : linkage::hash_text(id) | 1;
      __builtin_prefetch(&slots[place_of(hashes[i])]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (hashes[i] == 0) continue;
      std::size_t at = place_of(hashes[i]);
      while (slots[at] != 0 && slots[at] != hashes[i]) at = (at + 1) & (slots.size() - 1);
      repeated += slots[at] == hashes[i];
      slots[at] = hashes[i];
    }
  }
  return repeated;
}

Status read_one(PersonList& list, const ListOptions& options,
                const std::vector<GivenColumn>& given) {
  FILROUGE_TRY(bytes, read_whole_file(list.path));
  auto opened = linkage::open_list(std::move(bytes));
  if (!opened.ok()) {
    if (opened.error().rule == "too_large")
      return in_list(list.path, "plus de 3 Go", "more than 3 GB");
    if (opened.error().rule == "not_csv")
      return in_list(list.path,
                     "un classeur ou de l'UTF-16 ; à enregistrer au format CSV, en UTF-8",
                     "a workbook or UTF-16; save it as CSV, in UTF-8");
    return in_list(list.path, "la liste est vide", "the list is empty");
  }
  list.file = std::move(*opened);
  FILROUGE_CHECK(find_column(list, options.id, options.id_required, list.id));
  FILROUGE_CHECK(find_column(list, options.truth, false, list.truth));
  FILROUGE_CHECK(find_column(list, options.by, false, list.by));
  FILROUGE_CHECK(map_columns(list, given));
  std::vector<bool> wanted(list.file.titles.size());
  for (const MappedColumn& one : list.mapped) wanted[one.column] = true;
  for (const auto& one : {list.id, list.truth, list.by})
    if (one) wanted[*one] = true;
  linkage::read_rows(list.file, wanted);
  if (list.file.rows == 0) return in_list(list.path, "la liste est vide", "the list is empty");
  list.repeated_ids = repeated_ids(list);
  return Done{};
}

void tell_count(const std::string& path, std::uint64_t count, std::string_view french,
                std::string_view english) {
  if (count == 0) return;
  say_line(path + " : " + std::to_string(count) + " " + std::string(tell(french, english)));
}

}  // namespace

std::string PersonList::id_of(std::size_t row) const {
  return id ? std::string(linkage::trimmed(file.cell(row, *id))) : std::to_string(row + 1);
}

ListOptions list_options(const Arguments& arguments) {
  return {arguments.value_or("columns", ""), arguments.value("id"), arguments.value("truth"),
          arguments.value("by")};
}

std::vector<linkage::InputList> PersonLists::inputs() const {
  std::vector<linkage::InputList> out;
  for (const PersonList& list : all) {
    linkage::InputList input{list.file.text, list.file.rows, {}};
    for (const MappedColumn& one : list.mapped)
      input.columns.push_back({one.field, list.file.columns[one.column]});
    out.push_back(std::move(input));
  }
  return out;
}

std::vector<std::uint32_t> PersonLists::persons() const {
  std::vector<std::uint32_t> out;
  linkage::Dictionary known;
  known.id_of("");
  for (const PersonList& list : all)
    for (std::size_t row = 0; row < list.file.rows; ++row)
      out.push_back(list.truth ? known.id_of(linkage::trimmed(list.file.cell(row, *list.truth)))
                               : 0);
  return out;
}

Result<PersonLists> read_lists(const std::vector<std::string>& paths, const ListOptions& options,
                               const linkage::ParallelFor& run) {
  FILROUGE_TRY(given, parse_columns(options.columns));
  PersonLists out;
  out.all.resize(paths.size());
  std::vector<Status> read(paths.size(), Done{});
  run(paths.size(), [&](std::size_t i) {
    out.all[i].path = paths[i];
    read[i] = read_one(out.all[i], options, given);
  });
  for (Status& one : read) FILROUGE_CHECK(std::move(one));
  for (const GivenColumn& one : given) {
    const bool somewhere = std::any_of(out.all.begin(), out.all.end(), [&](const PersonList& list) {
      return is_for(one, list.path) && find_title(list.file, one.title).has_value();
    });
    if (!somewhere)
      return refusal_of(
          "column",
          std::string(tell("aucune liste n'a la colonne ", "no list has the column ")) + one.title);
  }
  const bool truth = std::any_of(out.all.begin(), out.all.end(),
                                 [](const PersonList& list) { return list.truth.has_value(); });
  if (options.truth && !truth)
    return refusal_of("column",
                      std::string(tell("aucune liste n'a la colonne ", "no list has the column ")) +
                          *options.truth);
  return out;
}

void tell_oddities(const PersonLists& lists, const linkage::Records& records) {
  for (const PersonList& list : lists.all) {
    const ListFile& file = list.file;
    tell_count(list.path, file.latin1_lines, "lignes lues comme du Latin-1",
               "lines read as Latin-1");
    tell_count(list.path, file.short_rows, "lignes trop courtes, complétées par du vide",
               "rows too short, filled up with nothing");
    tell_count(list.path, file.long_rows, "lignes trop longues, la fin est ignorée",
               "rows too long, their end is passed over");
    tell_count(list.path, file.broken_rows, "lignes illisibles, comptées comme vides",
               "rows that cannot be read, counted as empty");
    tell_count(list.path, list.repeated_ids, "identifiants répétés", "repeated ids");
  }
  for (const linkage::ColumnReport& column : records.columns)
    tell_count(std::string(linkage::field_name(column.field)), column.unreadable,
               "valeurs illisibles, comptées comme manquantes",
               "values that cannot be read, counted as missing");
}

void tell_oddities(const PersonLists& lists, const linkage::LinkResult& linked) {
  tell_oddities(lists, linked.records);
  for (const linkage::Key& key : linked.keys)
    tell_count(key.name, key.left_out_pairs,
               "paires laissées de côté, trop de lignes y ont les mêmes valeurs",
               "pairs left out, too many rows have the same values there");
}

}  // namespace filrouge
