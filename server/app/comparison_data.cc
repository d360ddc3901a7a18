#include "server/app/comparison_data.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/base/text.h"
#include "server/app/packed.h"
#include "server/app/sealing.h"

namespace filrouge {

namespace {

constexpr std::size_t shown_cell_characters_max = 200;
constexpr std::size_t shown_title_characters_max = 100;
constexpr std::uint32_t refused_row = std::numeric_limits<std::uint32_t>::max();

std::string bound_to_piece(const SubjectId& owner, const std::string& name) {
  std::string bound = "fr1 blob";
  bound.append(reinterpret_cast<const char*>(owner.bytes.data()), owner.bytes.size());
  return bound + name;
}

std::string four_digits(std::size_t number) {
  std::string digits = std::to_string(number);
  return std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

std::string rows_name(std::int32_t list, std::int32_t mapping, std::size_t piece) {
  return list_prefix(list) + "rows/" + std::to_string(mapping) + "/" + four_digits(piece);
}

Error damaged() { return {Code::malformed, "", "damaged", "a piece of the lists cannot be read"}; }

}  // namespace

Result<FoundComparison> find_comparison(App& app, const Caller& caller, SubjectId id,
                                        std::string_view rule) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  auto known = find_known(app, id);
  if (!known.ok() && known.error().code != Code::not_found) return std::move(known.error());
  const bool there = known.ok() && state_in<ComparisonState>(*known) != nullptr;
  Target target;
  if (there) target.organisation = (*known)->row.organisation;
  FILROUGE_CHECK(require(app, caller, rule, target));
  return FoundComparison{std::move(*known)};  // nobody may touch what is not there
}

Status disclose_lists(App& app, const Caller& caller, const FoundComparison& found,
                      std::string_view rule) {
  return disclose(app, caller, rule, json::enum_text(found.state().opened->purpose), {found.id()});
}

Status put_sealed(App& app, SubjectId owner, const std::string& name, std::string_view bytes) {
  FILROUGE_TRY(key, app.keys.current(SealScope::person, owner));
  return app.store.put_blob(
      {owner, name, key.id, app.crypto.seal(key.key, bound_to_piece(owner, name), bytes)});
}

Result<std::string> open_sealed(App& app, SubjectId owner, const std::string& name) {
  FILROUGE_TRY(stored, app.store.blob(owner, name));
  if (!stored) return Error{Code::not_found, "", "no_piece", "this piece is not there"};
  FILROUGE_TRY(key, app.keys.open(stored->key));
  return app.crypto.open(key.key, bound_to_piece(owner, name), stored->sealed);
}

std::string list_prefix(std::int32_t list) { return "list/" + std::to_string(list) + "/"; }

std::string piece_name(std::int32_t list, std::int32_t piece) {
  return list_prefix(list) + "piece/" + four_digits(static_cast<std::size_t>(piece));
}

std::string run_name(std::int32_t run) { return "run/" + std::to_string(run) + "/found"; }

std::size_t row_pieces(std::size_t rows) { return (rows + kRowsAPiece - 1) / kRowsAPiece; }

Status put_rows(App& app, SubjectId comparison, std::int32_t list, std::int32_t mapping,
                std::size_t rows, const std::function<KeptRow(std::size_t)>& row_at) {
  for (std::size_t piece = 0; piece < row_pieces(rows); ++piece) {
    PackedWriter out;
    const std::size_t end = std::min(rows, (piece + 1) * kRowsAPiece);
    for (std::size_t row = piece * kRowsAPiece; row < end; ++row) {
      const KeptRow kept = row_at(row);
      if (kept.refused) {
        out.number(refused_row);
        continue;
      }
      for (const std::string_view cell : kept.cells) out.text(cell);
    }
    FILROUGE_CHECK(put_sealed(app, comparison, rows_name(list, mapping, piece), out.take()));
  }
  return Done{};
}

void drop_other_rows(App& app, SubjectId comparison, std::int32_t list, std::int32_t mapping) {
  // What stays behind is sealed and goes with the comparison.
  const std::string prefix = list_prefix(list) + "rows/";
  const std::string kept = prefix + std::to_string(mapping) + "/";
  auto names = app.store.blob_names(comparison, prefix);
  if (!names.ok()) return;
  for (const std::string& name : *names)
    if (!name.starts_with(kept)) static_cast<void>(app.store.drop_blobs(comparison, name).ok());
}

std::vector<ComparedField> mapped_fields(const ComparisonListAdded& list) {
  std::vector<ComparedField> fields;
  for (const ComparedColumn& column : list.columns)
    if (column.field) fields.push_back(*column.field);
  return fields;
}

Result<RowPiece> RowPiece::read(std::string bytes, std::size_t columns) {
  RowPiece piece;
  piece.bytes_ = std::make_unique<std::string>(std::move(bytes));
  PackedReader in(*piece.bytes_);
  while (!in.at_end()) {
    KeptRow row;
    for (std::size_t column = 0; column < columns; ++column) {
      const std::uint32_t length = in.number();
      row.refused = column == 0 && length == refused_row;
      if (row.refused) break;
      row.cells.push_back(in.letters(length));
    }
    if (in.failed()) return damaged();
    piece.rows_.push_back(std::move(row));
  }
  return piece;
}

Result<const RowPiece*> ListReader::piece(const ComparisonListAdded& list, std::size_t number) {
  const std::string name = rows_name(list.number, list.mapping, number);
  if (const auto at = pieces_.find(name); at != pieces_.end()) return &at->second;
  FILROUGE_TRY(bytes, open_sealed(app_, found_.id(), name));
  FILROUGE_TRY(piece, RowPiece::read(std::move(bytes), mapped_fields(list).size()));
  return &pieces_.emplace(name, std::move(piece)).first->second;
}

Result<std::vector<api::ListCell>> ListReader::cells(ListRow row) {
  std::vector<api::ListCell> cells;
  const ComparedList* list = find_list(found_.state(), row.list);
  if (list == nullptr || !list->added.rows) return cells;
  const auto index = static_cast<std::size_t>(row.row - 1);
  const auto rows = static_cast<std::size_t>(*list->added.rows + list->added.refused.value_or(0));
  if (index >= rows) return cells;
  FILROUGE_TRY(piece, this->piece(list->added, index / kRowsAPiece));
  if (index % kRowsAPiece >= piece->size()) return damaged();
  if (piece->refused(index % kRowsAPiece)) return cells;
  const auto fields = mapped_fields(list->added);
  const auto& kept = piece->cells(index % kRowsAPiece);
  for (std::size_t i = 0; i < fields.size(); ++i) cells.push_back({fields[i], shown_cell(kept[i])});
  return cells;
}

std::string shown_cell(std::string_view text) {
  return std::string(first_characters(text, shown_cell_characters_max));
}
std::string shown_title(std::string_view text) {
  return std::string(first_characters(text, shown_title_characters_max));
}

std::int32_t fresh_number(App& app) {
  std::array<std::uint8_t, 4> some{};
  app.random.fill(some);
  return 1 + (some[0] & 127) * (1 << 24) + some[1] * (1 << 16) + some[2] * 256 + some[3];
}

}  // namespace filrouge
