#include "server/interop/commune_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "core/base/text.h"
#include "core/network/check.h"
#include "server/interop/csv_reader.h"

namespace filrouge {

namespace {

constexpr std::array<std::string_view, 6> kCodeNames = {
    "code_insee", "insee_com", "code_commune_insee", "com_code", "code_commune", "insee"};
constexpr std::array<std::string_view, 6> kNameNames = {"nom",     "nom_commune", "nom_standard",
                                                        "libelle", "com_name",    "name"};
constexpr std::array<std::string_view, 5> kPostcodeNames = {"code_postal", "codes_postaux", "cp",
                                                            "postcode", "postcodes"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_postcode(std::string_view text) {
  return text.size() == 5 && std::all_of(text.begin(), text.end(), is_digit);
}

std::string header_name(std::string_view text) {
  std::string name = fold_for_search(text);
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

std::optional<std::size_t> column(const std::vector<std::string>& header,
                                  std::span<const std::string_view> names) {
  for (const std::string_view name : names)
    for (std::size_t i = 0; i < header.size(); ++i)
      if (header_name(header[i]) == name) return i;
  return std::nullopt;
}

struct Columns {
  std::size_t code = 0;
  std::size_t name = 0;
  std::optional<std::size_t> postcode;
  std::size_t width = 0;
};

Result<Columns> read_header(const CsvRow& row) {
  if (row.error) return *row.error;
  const auto code = column(row.fields, kCodeNames);
  if (!code) return Error{Code::invalid, "code_insee", "header", "no column of commune codes"};
  const auto name = column(row.fields, kNameNames);
  if (!name) return Error{Code::invalid, "nom", "header", "no column of names"};
  return Columns{*code, *name, column(row.fields, kPostcodeNames), row.fields.size()};
}

class Collector {
 public:
  void take(CsvRow&& row) {
    if (failed) return;
    if (!columns_) {
      auto columns = read_header(row);
      if (columns.ok()) {
        columns_ = *columns;
      } else {
        failed = std::move(columns.error());
      }
      return;
    }
    ++report.read;
    const std::string where = "line " + std::to_string(row.line);
    if (row.error) return report.refuse(where, "", row.error->rule, row.error->detail);
    if (row.fields.size() != columns_->width)
      return report.refuse(where, "", "columns",
                           std::to_string(columns_->width) + " columns expected");
    add(where, row.fields);
  }

  std::vector<Commune> communes() {
    std::vector<Commune> list;
    list.reserve(found_.size());
    for (auto& [code, commune] : found_) list.push_back(std::move(commune));
    report.used = static_cast<std::int64_t>(list.size());
    return list;
  }

  bool saw_header() const { return columns_.has_value(); }

  ImportReport report;
  std::optional<Error> failed;

 private:
  void add(const std::string& where, const std::vector<std::string>& fields) {
    const std::string& code = fields[columns_->code];
    if (code.empty()) return report.refuse(where, "code_insee", "missing", "no code");
    if (!is_commune_code(code))
      return report.refuse(where, "code_insee", "code", "a code as 37261 or 2A004 expected");
    auto name = clean_text(fields[columns_->name], limits::label_characters_max, "nom");
    if (!name.ok()) return report.refuse(where, "nom", name.error().rule, name.error().detail);
    if (name->empty()) return report.refuse(where, "nom", "missing", "no name");
    std::vector<std::string> postcodes;
    if (columns_->postcode) {
      auto read = read_postcodes(fields[*columns_->postcode]);
      if (!read) return report.refuse(where, "code_postal", "code", "five digits expected");
      postcodes = std::move(*read);
    }
    Commune& commune = found_[code];
    if (commune.code.empty()) {
      commune.code = code;
      commune.name = std::move(*name);
    } else if (commune.name != *name) {
      return report.refuse(where, "code_insee", "duplicate", "this code has another name before");
    }
    for (std::string& postcode : postcodes)
      if (std::find(commune.postcodes.begin(), commune.postcodes.end(), postcode) ==
          commune.postcodes.end())
        commune.postcodes.push_back(std::move(postcode));
  }

  static std::optional<std::vector<std::string>> read_postcodes(const std::string& text) {
    std::vector<std::string> list;
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t end = std::min(text.find_first_of(", /|", at), text.size());
      if (end > at) {
        if (!is_postcode(std::string_view(text).substr(at, end - at))) return std::nullopt;
        list.push_back(text.substr(at, end - at));
      }
      at = end + 1;
    }
    return list;
  }

  std::optional<Columns> columns_;
  std::map<std::string, Commune> found_;
};

}  // namespace

std::string department_of_commune(std::string_view code) {
  const bool overseas = code.starts_with("97") || code.starts_with("98");
  return std::string(code.substr(0, overseas ? 3 : 2));
}

Result<CommuneImport> read_communes(const ChunkSource& source) {
  Collector collector;
  CsvReader reader([&](CsvRow&& row) { collector.take(std::move(row)); });
  std::string chunk;
  while (!collector.failed && source(chunk)) reader.feed(chunk);
  reader.finish();
  if (collector.failed) return std::move(*collector.failed);
  if (!collector.saw_header())
    return Error{Code::invalid, "code_insee", "header", "the file is empty"};
  CommuneImport import;
  import.communes = collector.communes();
  import.report = std::move(collector.report);
  return import;
}

}  // namespace filrouge
