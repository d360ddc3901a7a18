// The lists of a `link` or `unseen` command: files read whole, columns found by title or given by
// --columns, ids, and what was odd in them, told in one line a list.
//
//   FILROUGE_TRY(lists, read_lists({"a.csv", "b.csv"}, options, run));
//   link(lists.inputs(), ...);
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/linkage/field.h"
#include "core/linkage/link.h"
#include "core/linkage/list_file.h"
#include "server/cli/arguments.h"

namespace filrouge {

using linkage::ListFile;
using linkage::MappedColumn;

struct PersonList {
  std::string path;
  ListFile file;
  std::vector<MappedColumn> mapped;
  std::optional<std::size_t> id;     // column of --id
  std::optional<std::size_t> truth;  // column of --truth, never among the mapped
  std::optional<std::size_t> by;     // column of --by
  std::size_t repeated_ids = 0;      // rows whose id a row before them has
  // What output calls a row: its cell of --id, else its number from 1.
  std::string id_of(std::size_t row) const;
};

struct ListOptions {
  std::string columns;  // --columns as given
  std::optional<std::string> id;
  std::optional<std::string> truth;
  std::optional<std::string> by;
  bool id_required = true;  // --id must be in every list
};

ListOptions list_options(const Arguments& arguments);

class PersonLists {
 public:
  std::vector<PersonList> all;
  std::vector<linkage::InputList> inputs() const;
  // The truth of every row, numbered from 1; 0 where the list has no such column or an empty cell.
  std::vector<std::uint32_t> persons() const;
};

Result<PersonLists> read_lists(const std::vector<std::string>& paths, const ListOptions& options,
                               const linkage::ParallelFor& run);

// Says on standard error what was read as something else than it should be, and repeated ids; of
// a run also the pairs that no comparison was spent on.
void tell_oddities(const PersonLists& lists, const linkage::Records& records);
void tell_oddities(const PersonLists& lists, const linkage::LinkResult& linked);

}  // namespace filrouge
