// The folded state of a comparison of lists. Everything in it is a register whose newest word by
// (hlc, entry) stands, so that any order of arrival gives the same state; a list that was removed
// stays removed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/hlc.h"
#include "core/comparison/entries.h"

namespace filrouge {

// Who wrote it, when.
struct WrittenBy {
  SubjectId author;
  CivilDate on;
  Hlc hlc;
  EntryId entry;
};
BOOST_DESCRIBE_STRUCT(WrittenBy, (), (author, on, hlc, entry))

struct ComparedList {
  ComparisonListAdded added;
  WrittenBy by;
};
BOOST_DESCRIBE_STRUCT(ComparedList, (), (added, by))

struct ComparedRun {
  ComparisonRun run;
  WrittenBy by;
};
BOOST_DESCRIBE_STRUCT(ComparedRun, (), (run, by))

struct PairWord {
  ComparisonJudged said;
  WrittenBy by;
};
BOOST_DESCRIBE_STRUCT(PairWord, (), (said, by))

struct ComparisonState {
  std::optional<ComparisonOpened> opened;
  WrittenBy by;                       // who opened it
  std::vector<ComparedList> lists;    // by number, removed ones left out
  std::vector<std::int32_t> removed;  // ascending
  std::optional<ComparedRun> run;     // the last
  std::vector<PairWord> words;        // by pair, then author; `undo` among them
};
BOOST_DESCRIBE_STRUCT(ComparisonState, (), (opened, by, lists, removed, run, words))

}  // namespace filrouge
