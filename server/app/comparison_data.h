// What the files of a comparison hold, as sealed pieces under the comparison's own key, each bound
// to its owner and name (server/ports/blobs.h):
//   list/2/piece/0003    the file as it came
//   list/2/rows/1/0007   kRowsAPiece of its rows, mapped cells only; 1: which mapping
//   run/5/found          what a run found; no name begins another one, for they are dropped so
// Errors: `not_found` where a piece is not there, `malformed` where it does not open.
//
//   ListReader reader(app, comparison, state);
//   FILROUGE_TRY(cells, reader.cells({2, 17}));
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/linkage/field.h"
#include "server/app/api/comparison.h"
#include "server/app/stamps.h"
#include "server/app/states.h"
#include "server/app/write.h"

namespace filrouge {

// A comparison that somebody may touch; the same refusal whether it exists or not.
struct FoundComparison {
  KnownPtr known;
  SubjectId id() const { return known->row.subject; }
  const ComparisonState& state() const { return std::get<ComparisonState>(known->state); }
};
Result<FoundComparison> find_comparison(App& app, const Caller& caller, SubjectId id,
                                        std::string_view rule);
// One row of the ledger for what was read of the lists, under the declared purpose.
Status disclose_lists(App& app, const Caller& caller, const FoundComparison& found,
                      std::string_view rule);
// Writes one entry about the comparison, after the one that it replaces.
template <class Body>
Status write_about(App& app, const Caller& caller, SubjectId comparison, std::string_view kind,
                   const Body& body, Hlc replaced = {}) {
  Draft draft = desk_draft(app, kind, comparison, caller.actor->account, body);
  put_after(draft, replaced);
  FILROUGE_CHECK(write_judged(app, *caller.actor, {draft}));
  return Done{};
}

Status put_sealed(App& app, SubjectId owner, const std::string& name, std::string_view bytes);
Result<std::string> open_sealed(App& app, SubjectId owner, const std::string& name);

std::string piece_name(std::int32_t list, std::int32_t piece);
std::string list_prefix(std::int32_t list);
std::string run_name(std::int32_t run);

inline constexpr std::size_t kRowsAPiece = 256;

// A row that was refused has no cells.
struct KeptRow {
  bool refused = false;
  std::vector<std::string_view> cells;  // by mapped column
};
// Writes all the rows of a list under a new mapping.
Status put_rows(App& app, SubjectId comparison, std::int32_t list, std::int32_t mapping,
                std::size_t rows, const std::function<KeptRow(std::size_t)>& row_at);
void drop_other_rows(App& app, SubjectId comparison, std::int32_t list, std::int32_t mapping);

// The fields of the mapped columns of a list, in their order.
std::vector<ComparedField> mapped_fields(const ComparisonListAdded& list);

// A piece of rows, opened.
class RowPiece {
 public:
  static Result<RowPiece> read(std::string bytes, std::size_t columns);
  std::size_t size() const { return rows_.size(); }
  bool refused(std::size_t row) const { return rows_[row].refused; }
  const std::vector<std::string_view>& cells(std::size_t row) const { return rows_[row].cells; }

 private:
  std::unique_ptr<std::string> bytes_;  // the cells lie in it
  std::vector<KeptRow> rows_;
};

// Reads rows of the lists, each piece once.
class ListReader {
 public:
  ListReader(App& app, const FoundComparison& found) : app_(app), found_(found) {}
  // As they stand in the file, mapped ones only, cut to what a screen shows. Empty for a row that
  // is not there any more.
  Result<std::vector<api::ListCell>> cells(ListRow row);
  Result<const RowPiece*> piece(const ComparisonListAdded& list, std::size_t number);

 private:
  App& app_;
  const FoundComparison& found_;
  std::map<std::string, RowPiece> pieces_;
};
std::size_t row_pieces(std::size_t rows);

// Cut to what a screen shows, whole characters.
std::string shown_cell(std::string_view text);
std::string shown_title(std::string_view text);

// Of a mapping or a run: never given twice, also by two servers.
std::int32_t fresh_number(App& app);

}  // namespace filrouge
