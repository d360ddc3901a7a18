// Pairs that the program could not settle, for people: side by side, differences marked, the
// hardest last, the same order for everybody. Of how likely a pair is, a word; never a number.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "server/app/comparison_found.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

constexpr std::string_view review = "comparison.review";
constexpr std::size_t page_pairs = 20;

api::PairState state_of(const FoundPair& pair, PairStanding standing) {
  if (standing == PairStanding::second_opinion) return api::PairState::second_opinion;
  if (standing != PairStanding::open) return api::PairState::judged;
  return pair.certain ? api::PairState::certain : api::PairState::to_review;
}

// Places in `pairs`: far from the middle first.
std::vector<std::size_t> easiest_first(const std::vector<FoundPair>& pairs) {
  std::vector<std::size_t> order(pairs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const float hard_a = std::abs(pairs[a].probability - 0.5F);
    const float hard_b = std::abs(pairs[b].probability - 0.5F);
    return hard_a != hard_b ? hard_a > hard_b : a < b;
  });
  return order;
}

// Of the fields that both sides have a column for.
std::vector<api::FieldMark> marks_of(const FoundPair& pair, const api::PairRow& row) {
  std::vector<api::FieldMark> marks;
  const auto columns = [](const api::PairSide& side, ComparedField field) {
    return std::count_if(side.cells.begin(), side.cells.end(),
                         [&](const api::ListCell& cell) { return cell.field == field; });
  };
  for (std::size_t i = 0; i < kMarksMax; ++i) {
    const auto field =
        static_cast<ComparedField>(std::min(i, static_cast<std::size_t>(ComparedField::text)));
    const auto nth = static_cast<std::ptrdiff_t>(i - static_cast<std::size_t>(field));
    if (columns(row.left, field) > nth && columns(row.right, field) > nth)
      marks.push_back({field, static_cast<api::Agreement>(pair.marks >> (2 * i) & 3)});
  }
  return marks;
}

class PairWriter {
 public:
  PairWriter(App& app, const FoundComparison& found, SubjectId reader)
      : app_(app), found_(found), reader_(reader), cells_(app, found) {}

  Result<api::PairRow> row(const FoundPair& pair, PairStanding standing) {
    api::PairRow row;
    row.pair = RowPair{pair.left, pair.right}.text();
    FILROUGE_TRY(left, cells_.cells(pair.left));
    FILROUGE_TRY(right, cells_.cells(pair.right));
    row.left = {pair.left.list, pair.left.row, std::move(left)};
    row.right = {pair.right.list, pair.right.row, std::move(right)};
    row.marks = marks_of(pair, row);
    row.likely = likely_of(pair);
    row.standing = standing;
    const auto words = words_about(found_.state(), row.pair);
    row.disagree = disagree(words);
    for (const PairWord& word : words) {
      if (word.said.verdict == PairVerdict::undo) continue;
      FILROUGE_TRY(by, name_of(app_, word.by.author));
      row.judged.push_back(
          {std::move(by), word.by.author == reader_, word.said.verdict, word.by.on});
    }
    return row;
  }

 private:
  App& app_;
  const FoundComparison& found_;
  SubjectId reader_;
  ListReader cells_;
};

const FoundPair* find_pair(const FoundView& view, const RowPair& wanted) {
  const auto at = std::find_if(
      view.found.pairs.begin(), view.found.pairs.end(),
      [&](const FoundPair& one) { return one.left == wanted.left && one.right == wanted.right; });
  return at == view.found.pairs.end() ? nullptr : &*at;
}

// A coordinator decides where two others spoke, or where two disagree.
bool may_decide(const Caller& caller, const FoundComparison& found,
                std::span<const PairWord> words) {
  const auto others = std::count_if(words.begin(), words.end(), [&](const PairWord& word) {
    return word.said.verdict != PairVerdict::undo && word.by.author != caller.actor->account;
  });
  const Target target{.organisation = found.known->row.organisation};
  return (others >= 2 || disagree(words)) &&
         permit(*caller.actor, "comparison.manage", target) == Verdict::permitted;
}

const PairWord* own_word(std::span<const PairWord> words, SubjectId account) {
  for (const PairWord& word : words)
    if (word.by.author == account) return &word;
  return nullptr;
}

}  // namespace

Result<api::PairPage> comparison_pairs(App& app, const Caller& caller,
                                       const api::PairsQuery& query) {
  FILROUGE_TRY(found, find_comparison(app, caller, query.comparison, review));
  FILROUGE_TRY(view, view_of(app, found));
  const auto& pairs = view.found.pairs;
  const std::vector<std::size_t> order = easiest_first(pairs);
  api::PairPage page;
  PairWriter writer(app, found, caller.actor->account);
  bool after = !query.after;
  for (const std::size_t i : order) {
    const bool wanted = state_of(pairs[i], view.standing[i]) == query.state;
    page.total += wanted ? 1 : 0;
    // A pair that somebody judged meanwhile still marks the place.
    const bool here = after;
    after = after || RowPair{pairs[i].left, pairs[i].right}.text() == query.after;
    if (!wanted || !here) continue;
    if (page.rows.size() == page_pairs) {
      page.next = page.rows.back().pair;
      continue;
    }
    FILROUGE_TRY(row, writer.row(pairs[i], view.standing[i]));
    page.rows.push_back(std::move(row));
  }
  FILROUGE_CHECK(disclose_lists(app, caller, found, review));
  return page;
}

Result<api::JudgedPair> judge_pair(App& app, const Caller& caller, const api::JudgePair& request) {
  FILROUGE_TRY(found, find_comparison(app, caller, request.comparison, review));
  const auto wanted = row_pair(request.pair);
  if (!wanted) return Error{Code::invalid, "pair", "choice", "two rows: 1.12-2.5"};
  FILROUGE_TRY(view, view_of(app, found));
  const FoundPair* pair = find_pair(view, *wanted);
  if (pair == nullptr) return Error{Code::not_found, "pair", "not_found", "no such pair"};
  const auto words = words_about(found.state(), request.pair);
  const PairWord* own = own_word(words, caller.actor->account);
  const bool said = own != nullptr && own->said.verdict != PairVerdict::undo;
  if (request.verdict == PairVerdict::undo && !said)
    return Error{Code::refused, "verdict", "nothing_to_undo", "no word of yours about this pair"};
  ComparisonJudged body{request.pair, request.verdict, likely_of(*pair) == api::Likely::perhaps,
                        false};
  body.decides = may_decide(caller, found, words);
  FILROUGE_CHECK(write_about(app, caller, found.id(), "comparison_judged", body,
                             own != nullptr ? own->by.hlc : Hlc{}));
  FILROUGE_TRY(now, find_comparison(app, caller, request.comparison, review));
  const auto after = words_about(now.state(), request.pair);
  return api::JudgedPair{standing_of(after), disagree(after)};
}

}  // namespace filrouge
