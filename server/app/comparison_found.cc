#include "server/app/comparison_found.h"

#include <algorithm>

#include "server/app/packed.h"

namespace filrouge {

namespace {

void add(PackedWriter& out, ListRow row) {
  out.number(static_cast<std::uint32_t>(row.list));
  out.number(static_cast<std::uint32_t>(row.row));
}

ListRow row_in(PackedReader& in) {
  const auto list = static_cast<std::int32_t>(in.number());
  return {list, static_cast<std::int32_t>(in.number())};
}

bool is_there(const ComparisonState& state, ListRow row) {
  return find_list(state, row.list) != nullptr;
}

void take_out_lists(Found& found, const ComparisonState& state) {
  std::erase_if(found.pairs, [&](const FoundPair& pair) {
    return !is_there(state, pair.left) || !is_there(state, pair.right);
  });
  std::erase_if(found.watched, [&](const WatchedRow& row) { return !is_there(state, row.row); });
}

// What a pair says of its watched row, once people have spoken of it.
void take(const FoundPair& pair, PairStanding standing, linkage::Unseen& row, double& unseen) {
  if (standing == PairStanding::different) return;
  if (standing == PairStanding::same) return linkage::take_partner(row, unseen, 1, true);
  linkage::take_partner(row, unseen, pair.probability,
                        pair.certain && standing == PairStanding::open);
}

bool lists_changed(const ComparisonState& state) {
  std::vector<std::int32_t> ready;
  for (const ComparedList& list : state.lists) {
    if (list.added.rows && state.run->by.hlc < list.by.hlc) return true;
    if (list.added.rows) ready.push_back(list.added.number);
  }
  return ready != state.run->run.lists;
}

}  // namespace

std::string write_found(const Found& found) {
  PackedWriter out;
  out.long_real(found.lost.pairs);
  out.long_real(found.lost.low);
  out.long_real(found.lost.high);
  out.number(static_cast<std::uint32_t>(found.notes.size()));
  for (const api::OddityCount& note : found.notes) {
    out.number(static_cast<std::uint32_t>(note.what));
    out.number(note.field ? 1 + static_cast<std::uint32_t>(*note.field) : 0);
    out.long_number(note.count);
  }
  out.number(static_cast<std::uint32_t>(found.places.size()));
  for (const std::string& place : found.places) out.text(place);
  out.number(static_cast<std::uint32_t>(found.watched.size()));
  for (const WatchedRow& row : found.watched) {
    add(out, row.row);
    out.number(row.place);
    out.real(row.others);
  }
  out.number(static_cast<std::uint32_t>(found.pairs.size()));
  for (const FoundPair& pair : found.pairs) {
    add(out, pair.left);
    add(out, pair.right);
    out.real(pair.probability);
    out.number(pair.marks << 1 | (pair.certain ? 1U : 0U));
  }
  return out.take();
}

Result<Found> read_found(std::string_view bytes) {
  PackedReader in(bytes);
  Found found;
  found.lost.pairs = in.long_real();
  found.lost.low = in.long_real();
  found.lost.high = in.long_real();
  for (std::uint32_t left = in.number(); left > 0 && !in.failed(); --left) {
    api::OddityCount note;
    note.what = static_cast<api::Oddity>(in.number());
    if (const std::uint32_t field = in.number(); field > 0)
      note.field = static_cast<ComparedField>(field - 1);
    note.count = in.long_number();
    found.notes.push_back(note);
  }
  for (std::uint32_t left = in.number(); left > 0 && !in.failed(); --left)
    found.places.emplace_back(in.text());
  for (std::uint32_t left = in.number(); left > 0 && !in.failed(); --left) {
    const ListRow row = row_in(in);
    const std::uint32_t place = in.number();
    found.watched.push_back({row, place, in.real()});
    if (place >= found.places.size()) return Error{Code::malformed, "", "damaged", "a place"};
  }
  for (std::uint32_t left = in.number(); left > 0 && !in.failed(); --left) {
    FoundPair pair;
    pair.left = row_in(in);
    pair.right = row_in(in);
    pair.probability = in.real();
    const std::uint32_t rest = in.number();
    pair.certain = (rest & 1) != 0;
    pair.marks = rest >> 1;
    found.pairs.push_back(pair);
  }
  if (in.failed()) return Error{Code::malformed, "", "damaged", "what a run found cannot be read"};
  return found;
}

api::Likely likely_of(const FoundPair& pair) {
  constexpr float kHardFrom = 0.35F;
  constexpr float kHardTo = 0.65F;
  if (pair.certain || pair.probability > kHardTo) return api::Likely::yes;
  return pair.probability < kHardFrom ? api::Likely::little : api::Likely::perhaps;
}

FoundView apply_verdicts(Found found, const ComparisonState& state) {
  FoundView view;
  view.found = std::move(found);
  take_out_lists(view.found, state);
  const auto& watched = view.found.watched;
  view.bands.resize(watched.size());
  for (const WatchedRow& row : watched) view.unseen.push_back(double(row.others));
  auto row = watched.begin();
  for (const FoundPair& pair : view.found.pairs) {
    const PairStanding standing =
        state.words.empty()
            ? PairStanding::open
            : standing_of(words_about(state, RowPair{pair.left, pair.right}.text()));
    view.standing.push_back(standing);
    row = std::lower_bound(row, watched.end(), pair.left,
                           [](const WatchedRow& one, ListRow wanted) { return one.row < wanted; });
    if (row == watched.end() || row->row != pair.left) continue;
    const auto at = static_cast<std::size_t>(row - watched.begin());
    take(pair, standing, view.bands[at], view.unseen[at]);
  }
  return view;
}

std::vector<linkage::UnseenCount> FoundView::communes() const {
  std::vector<std::uint32_t> place_of;
  for (const WatchedRow& row : found.watched) place_of.push_back(row.place);
  return linkage::count_unseen(bands, unseen, found.lost, place_of, found.places);
}

api::ComparisonPairs FoundView::pairs() const {
  api::ComparisonPairs count;
  for (std::size_t i = 0; i < standing.size(); ++i) {
    count.certain += found.pairs[i].certain ? 1 : 0;
    count.second_opinion += standing[i] == PairStanding::second_opinion ? 1 : 0;
    const bool settled =
        standing[i] == PairStanding::same || standing[i] == PairStanding::different;
    count.judged += settled ? 1 : 0;
    count.to_review += !found.pairs[i].certain && standing[i] == PairStanding::open ? 1 : 0;
  }
  return count;
}

Result<std::optional<FoundView>> found_in(App& app, const FoundComparison& comparison) {
  if (!comparison.state().run) return std::optional<FoundView>{};
  FILROUGE_TRY(bytes, open_sealed(app, comparison.id(), run_name(comparison.state().run->run.run)));
  FILROUGE_TRY(found, read_found(bytes));
  return std::optional(apply_verdicts(std::move(found), comparison.state()));
}

Result<FoundView> view_of(App& app, const FoundComparison& comparison) {
  FILROUGE_TRY(view, found_in(app, comparison));
  if (!view) return Error{Code::refused, "", "not_compared", "the lists were not compared yet"};
  return std::move(*view);
}

Result<api::ComparisonResult> result_of(App& app, const FoundComparison& comparison,
                                        const FoundView& view) {
  const ComparedRun& run = *comparison.state().run;
  api::ComparisonResult result;
  result.on = run.by.on;
  FILROUGE_TRY(by, name_of(app, run.by.author));
  result.by = std::move(by);
  const linkage::UnseenCount all = view.communes().back();
  result.counts = {all.rows, all.known, all.uncertain, all.unseen, all.at_least(), all.at_most()};
  result.pairs = view.pairs();
  result.missed_share = run.run.missed_permille;
  result.notes = view.found.notes;
  if (lists_changed(comparison.state())) result.notes.push_back({api::Oddity::list_changed, {}, 1});
  return result;
}

}  // namespace filrouge
