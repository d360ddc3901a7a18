// What a run found, as it is kept (comparison_data.h), and what people's verdicts make of it.
//
//   FILROUGE_TRY(view, found_in(app, comparison));     // absent before the first run
//   view->standing[i] of view->found.pairs[i]; view->bands[j] of view->found.watched[j]
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/linkage/unseen.h"
#include "server/app/comparison_data.h"

namespace filrouge {

// Two bits a field: the first nine fields of ComparedField, then the columns of `text`.
using Marks = std::uint32_t;
inline constexpr std::size_t kMarksMax = 15;

struct FoundPair {
  ListRow left;  // of a watched list
  ListRow right;
  float probability = 0;
  bool certain = false;
  Marks marks = 0;
};
struct WatchedRow {
  ListRow row;
  std::uint32_t place = 0;  // in Found::places
  float others = 1;         // that none of its unlikely partners is the same person
};
struct Found {
  std::vector<FoundPair> pairs;     // by left, then right
  std::vector<WatchedRow> watched;  // by row
  std::vector<std::string> places;  // as the list writes them; the first is empty: not known
  linkage::LostPairs lost;
  std::vector<api::OddityCount> notes;
};
std::string write_found(const Found& found);
Result<Found> read_found(std::string_view bytes);

// `perhaps`: the program itself stands in the middle, and two people must agree.
api::Likely likely_of(const FoundPair& pair);

// Verdicts applied; pairs and rows of lists that were taken out meanwhile are left out.
struct FoundView {
  Found found;
  std::vector<PairStanding> standing;
  std::vector<linkage::Unseen> bands;
  std::vector<double> unseen;                          // probability
  std::vector<linkage::UnseenCount> communes() const;  // the last is the whole
  api::ComparisonPairs pairs() const;
};
FoundView apply_verdicts(Found found, const ComparisonState& state);

Result<std::optional<FoundView>> found_in(App& app, const FoundComparison& comparison);
// The same where there must have been a run: `refused` "not_compared".
Result<FoundView> view_of(App& app, const FoundComparison& comparison);
// In the words of the API.
Result<api::ComparisonResult> result_of(App& app, const FoundComparison& comparison,
                                        const FoundView& view);

}  // namespace filrouge
