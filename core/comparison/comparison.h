// The rules of a comparison of lists: what may be written, how it folds, and what the words of
// several people about one pair come to.
//
//   fold_comparison(state, draft);
//   standing_of(words_about(state, "1.12-2.5")) == PairStanding::second_opinion
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/comparison/state.h"
#include "core/journal/draft.h"

namespace filrouge {

// A row of a list: "1.12" is the twelfth row of list 1, both counted from 1.
struct ListRow {
  std::int32_t list = 0;
  std::int32_t row = 0;
  auto operator<=>(const ListRow&) const = default;
  std::string text() const;
};
std::optional<ListRow> list_row(std::string_view text);
// "1.12-2.5"; the first row comes before the second.
struct RowPair {
  ListRow left;
  ListRow right;
  std::string text() const;
};
std::optional<RowPair> row_pair(std::string_view text);

bool is_comparison_kind(std::string_view kind);
Status check_comparison(const Draft& draft);  // any kind of is_comparison_kind
Status check_comparison_ended(const Draft& draft);
// "already_opened", "unknown_comparison", "unknown_list", "removed", "too_many".
Status decide_comparison(const Draft& draft, const ComparisonState& before);
void fold_comparison(ComparisonState& state, const Draft& draft);

// Null where there is none, or it was removed.
const ComparedList* find_list(const ComparisonState& state, std::int32_t number);

// The words about one pair, one a person.
std::span<const PairWord> words_about(const ComparisonState& state, std::string_view pair);

// open: nobody said a word. second_opinion: somebody is unsure, the pair is hard and one alone
// spoke, or two disagree. A coordinator's decision settles, the newest where there are several.
enum class PairStanding { open, second_opinion, same, different };
BOOST_DESCRIBE_ENUM(PairStanding, open, second_opinion, same, different)
PairStanding standing_of(std::span<const PairWord> words);
// Two said the opposite and no coordinator decided.
bool disagree(std::span<const PairWord> words);

}  // namespace filrouge
