// Files that people import: CSV rows in pieces, the commune list, GeoJSON features, lists to be
// compared. Whatever the bytes: no crash, every row is used or refused with a reason, and the
// pieces make no difference; every row of a list has its line and all its cells.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/linkage/list_file.h"
#include "server/interop/csv_reader.h"
#include "server/interop/outline_file.h"

namespace filrouge {
namespace {

std::string rows_as_text(std::string_view text, std::size_t piece) {
  std::string out;
  CsvReader reader([&](CsvRow&& row) {
    verify(!row.error || row.fields.empty());
    out += std::to_string(row.line) + (row.error ? row.error->rule : "");
    for (const std::string& field : row.fields) out += "|" + field;
    out += "\n";
  });
  for (std::size_t at = 0; at < text.size(); at += piece) reader.feed(text.substr(at, piece));
  reader.finish();
  return out;
}

ChunkSource pieces_of(std::string text, std::size_t size) {
  return [text = std::move(text), size, at = std::size_t{0}](std::string& chunk) mutable {
    if (at >= text.size()) return false;
    chunk = text.substr(at, size);
    at += size;
    return true;
  };
}

void read_list(const std::string& text) {
  auto list = linkage::open_list(text);
  if (!list.ok()) return;
  verify(is_utf8(list->text));
  std::vector<linkage::ListLine> lines;
  linkage::read_rows(*list, std::vector<bool>(list->titles.size(), true), &lines);
  verify(lines.size() == list->rows);
  for (std::size_t row = 0; row < list->rows; ++row) {
    verify(row == 0 || lines[row].line > lines[row - 1].line);
    for (std::size_t column = 0; column < list->titles.size(); ++column)
      verify(list->cell(row, column).size() <= linkage::list_row_bytes_max ||
             lines[row].fault == linkage::LineFault::broken);
  }
  for (const linkage::MappedColumn& one : linkage::columns_by_title(list->titles))
    verify(one.column < list->titles.size());
}

void read_all(const std::string& text, std::size_t piece) {
  read_list(text);
  verify(rows_as_text(text, piece) == rows_as_text(text, text.size() + 1));
  const auto communes = read_communes(pieces_of(text, piece));
  if (communes.ok()) {
    const ImportReport& report = communes->report;
    verify(report.used == static_cast<std::int64_t>(communes->communes.size()));
    verify(report.refused == static_cast<std::int64_t>(report.refusals.size()));
    verify(report.used + report.refused <= report.read);
    for (const Refusal& refusal : report.refusals) verify(!refusal.rule.empty());
  }
  const auto outlines = read_outlines(pieces_of(text, piece), {});
  if (outlines.ok())
    verify(outlines->report.used + outlines->report.refused == outlines->report.read);
}

}  // namespace
}  // namespace filrouge

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = 1 + data[0] % 61;
  filrouge::read_all(std::string(reinterpret_cast<const char*>(data + 1), size - 1), piece);
  return 0;
}
