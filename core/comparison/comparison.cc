#include "core/comparison/comparison.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "core/base/limits.h"
#include "core/journal/body.h"

namespace filrouge {

namespace {

WrittenBy written_by(const Draft& draft) {
  return {draft.author, draft.occurred.date, draft.hlc, draft.id};
}

bool is_newer(const WrittenBy& one, const WrittenBy& other) {
  return std::tie(one.hlc, one.entry) > std::tie(other.hlc, other.entry);
}

bool takes_number(std::string_view& text, std::int32_t& number) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || number < 1 || text.front() == '0') return false;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  return true;
}

Status check_opened(const Draft& draft) {
  ComparisonOpened body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(text_optional(body.words, limits::comparison_words_characters_max, "body.words"));
  if (body.purpose == ComparisonPurpose::other && (!body.words || cleaned(*body.words).empty()))
    return invalid_field("body.words", "missing", "what are the lists compared for?");
  const CivilDate today = draft.occurred.date;
  if (body.until < today || today.plus_days(limits::comparison_days_max) < body.until)
    return invalid_field("body.until", "range", "from today to ninety days on");
  return Done{};
}

Status check_list_added(const Draft& draft) {
  ComparisonListAdded body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(number_between(body.number, 1, limits::list_items_max, "body.number"));
  FILROUGE_CHECK(text_present(body.name, limits::label_characters_max, "body.name"));
  FILROUGE_CHECK(number_between(body.bytes, 1, limits::comparison_bytes_max, "body.bytes"));
  if (body.rows)
    FILROUGE_CHECK(number_between(*body.rows, 0, limits::comparison_rows_max, "body.rows"));
  if (body.columns.size() > limits::comparison_columns_max)
    return invalid_field("body.columns", "too_long", "too many columns");
  return Done{};
}

Status check_judged(const Draft& draft) {
  ComparisonJudged body;
  FILROUGE_CHECK(read_into(draft, body));
  if (!row_pair(body.pair)) return invalid_field("body.pair", "choice", "two rows: 1.12-2.5");
  return Done{};
}

template <class Body>
Status check_shape(const Draft& draft) {
  Body body;
  return read_into(draft, body);
}

void fold_opened(ComparisonState& state, const Draft& draft) {
  ComparisonOpened body;
  if (!reads_into(draft, body)) return;
  const WrittenBy by = written_by(draft);
  if (state.opened && !is_newer(state.by, by)) return;  // the first stands
  state.opened = std::move(body);
  state.by = by;
}

void fold_list_added(ComparisonState& state, const Draft& draft) {
  ComparisonListAdded body;
  if (!reads_into(draft, body)) return;
  if (std::binary_search(state.removed.begin(), state.removed.end(), body.number)) return;
  ComparedList list{std::move(body), written_by(draft)};
  const auto at = std::lower_bound(
      state.lists.begin(), state.lists.end(), list.added.number,
      [](const ComparedList& one, std::int32_t number) { return one.added.number < number; });
  if (at == state.lists.end() || at->added.number != list.added.number) {
    state.lists.insert(at, std::move(list));
  } else if (is_newer(list.by, at->by)) {
    *at = std::move(list);
  }
}

void fold_list_removed(ComparisonState& state, const Draft& draft) {
  ComparisonListRemoved body;
  if (!reads_into(draft, body)) return;
  const auto at = std::lower_bound(state.removed.begin(), state.removed.end(), body.number);
  if (at == state.removed.end() || *at != body.number) state.removed.insert(at, body.number);
  std::erase_if(state.lists,
                [&](const ComparedList& one) { return one.added.number == body.number; });
}

void fold_run(ComparisonState& state, const Draft& draft) {
  ComparedRun run{{}, written_by(draft)};
  if (!reads_into(draft, run.run)) return;
  if (!state.run || is_newer(run.by, state.run->by)) state.run = std::move(run);
}

void fold_judged(ComparisonState& state, const Draft& draft) {
  PairWord word{{}, written_by(draft)};
  if (!reads_into(draft, word.said)) return;
  const auto key = [](const PairWord& one) { return std::tie(one.said.pair, one.by.author); };
  const auto at =
      std::lower_bound(state.words.begin(), state.words.end(), word,
                       [&](const PairWord& a, const PairWord& b) { return key(a) < key(b); });
  if (at == state.words.end() || key(*at) != key(word)) {
    state.words.insert(at, std::move(word));
  } else if (is_newer(word.by, at->by)) {
    *at = std::move(word);
  }
}

bool says_something(const PairWord& word) { return word.said.verdict != PairVerdict::undo; }
bool is_definite(const PairWord& word) {
  return word.said.verdict == PairVerdict::same || word.said.verdict == PairVerdict::different;
}

const PairWord* decision_in(std::span<const PairWord> words) {
  const PairWord* newest = nullptr;
  for (const PairWord& word : words)
    if (word.said.decides && is_definite(word) &&
        (newest == nullptr || is_newer(word.by, newest->by)))
      newest = &word;
  return newest;
}

std::ptrdiff_t count_of(std::span<const PairWord> words, PairVerdict verdict) {
  return std::count_if(words.begin(), words.end(),
                       [&](const PairWord& word) { return word.said.verdict == verdict; });
}

}  // namespace

std::string ListRow::text() const { return std::to_string(list) + "." + std::to_string(row); }

std::string RowPair::text() const { return left.text() + "-" + right.text(); }

std::optional<ListRow> list_row(std::string_view text) {
  ListRow row;
  if (text.empty() || !takes_number(text, row.list) || text.empty() || text.front() != '.')
    return std::nullopt;
  text.remove_prefix(1);
  if (text.empty() || !takes_number(text, row.row) || !text.empty()) return std::nullopt;
  return row;
}

std::optional<RowPair> row_pair(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto left = list_row(text.substr(0, dash));
  const auto right = list_row(text.substr(dash + 1));
  if (!left || !right || *left == *right) return std::nullopt;
  return RowPair{*left, *right};
}

bool is_comparison_kind(std::string_view kind) {
  return kind.starts_with("comparison_") && kind != "comparison_ended";
}

Status check_comparison(const Draft& draft) {
  if (draft.kind == "comparison_opened") return check_opened(draft);
  if (draft.kind == "comparison_list_added") return check_list_added(draft);
  if (draft.kind == "comparison_list_removed") return check_shape<ComparisonListRemoved>(draft);
  if (draft.kind == "comparison_run") return check_shape<ComparisonRun>(draft);
  return check_judged(draft);
}

Status check_comparison_ended(const Draft& draft) { return check_shape<ComparisonEnded>(draft); }

Status decide_comparison(const Draft& draft, const ComparisonState& before) {
  const bool opens = draft.kind == "comparison_opened";
  if (opens && before.opened)
    return Error{Code::refused, "", "already_opened", "this comparison is open"};
  if (!opens && !before.opened)
    return Error{Code::refused, "", "unknown_comparison", "no such comparison"};
  if (draft.kind == "comparison_list_added") {
    ComparisonListAdded body;
    FILROUGE_CHECK(read_into(draft, body));
    if (std::binary_search(before.removed.begin(), before.removed.end(), body.number))
      return Error{Code::refused, "body.number", "removed", "this list was taken out"};
    const ComparedList* known = find_list(before, body.number);
    if (known != nullptr && !body.rows)
      return Error{Code::refused, "body.number", "known_list", "this number is taken"};
    if (known == nullptr && before.lists.size() >= limits::comparison_lists_max)
      return Error{Code::refused, "body.number", "too_many", "six lists at most"};
  }
  if (draft.kind == "comparison_list_removed") {
    ComparisonListRemoved body;
    FILROUGE_CHECK(read_into(draft, body));
    if (find_list(before, body.number) == nullptr)
      return Error{Code::refused, "body.number", "unknown_list", "no such list"};
  }
  if (draft.kind == "comparison_judged" && before.words.size() >= limits::comparison_verdicts_max)
    return Error{Code::refused, "body.pair", "too_many", "too many pairs were judged already"};
  return Done{};
}

void fold_comparison(ComparisonState& state, const Draft& draft) {
  if (draft.kind == "comparison_opened") return fold_opened(state, draft);
  if (draft.kind == "comparison_list_added") return fold_list_added(state, draft);
  if (draft.kind == "comparison_list_removed") return fold_list_removed(state, draft);
  if (draft.kind == "comparison_run") return fold_run(state, draft);
  if (draft.kind == "comparison_judged") return fold_judged(state, draft);
}

const ComparedList* find_list(const ComparisonState& state, std::int32_t number) {
  for (const ComparedList& list : state.lists)
    if (list.added.number == number) return &list;
  return nullptr;
}

std::span<const PairWord> words_about(const ComparisonState& state, std::string_view pair) {
  const auto from = std::partition_point(state.words.begin(), state.words.end(),
                                         [&](const PairWord& one) { return one.said.pair < pair; });
  auto to = from;
  while (to != state.words.end() && to->said.pair == pair) ++to;
  return {from, to};
}

PairStanding standing_of(std::span<const PairWord> words) {
  if (const PairWord* decision = decision_in(words))
    return decision->said.verdict == PairVerdict::same ? PairStanding::same
                                                       : PairStanding::different;
  const auto same = count_of(words, PairVerdict::same);
  const auto different = count_of(words, PairVerdict::different);
  const bool hard = std::any_of(words.begin(), words.end(), [](const PairWord& word) {
    return says_something(word) && word.said.hard;
  });
  if (same + different + count_of(words, PairVerdict::unsure) == 0) return PairStanding::open;
  if (same > 0 && different > 0) return PairStanding::second_opinion;
  if (same + different < (hard ? 2 : 1)) return PairStanding::second_opinion;
  return same > 0 ? PairStanding::same : PairStanding::different;
}

bool disagree(std::span<const PairWord> words) {
  return decision_in(words) == nullptr && count_of(words, PairVerdict::same) > 0 &&
         count_of(words, PairVerdict::different) > 0;
}

}  // namespace filrouge
