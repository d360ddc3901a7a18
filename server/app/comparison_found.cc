#include "server/app/comparison_found.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace filrouge {

namespace {

constexpr float hard_from = 0.35F;
constexpr float hard_to = 0.65F;

class Writer {
 public:
  void number(std::int64_t value) {
    for (int shift = 0; shift < 64; shift += 8)
      out_ += static_cast<char>(static_cast<std::uint64_t>(value) >> shift & 255);
  }
  void small(std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) out_ += static_cast<char>(value >> shift & 255);
  }
  void real(double value) { number(std::bit_cast<std::int64_t>(value)); }
  void real(float value) { small(std::bit_cast<std::uint32_t>(value)); }
  void row(ListRow row) {
    small(static_cast<std::uint32_t>(row.list));
    small(static_cast<std::uint32_t>(row.row));
  }
  void text(std::string_view text) {
    small(static_cast<std::uint32_t>(text.size()));
    out_ += text;
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

// After the end it gives zeroes, and says so.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t bytes(std::size_t count) {
    if (rest_.size() < count) {
      failed_ = true;
      rest_ = {};
      return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(rest_[i])) << (8 * i);
    rest_.remove_prefix(count);
    return value;
  }
  std::uint32_t small() { return static_cast<std::uint32_t>(bytes(4)); }
  std::int64_t number() { return static_cast<std::int64_t>(bytes(8)); }
  double real() { return std::bit_cast<double>(bytes(8)); }
  float short_real() { return std::bit_cast<float>(small()); }
  ListRow row() {
    const auto list = static_cast<std::int32_t>(small());
    return {list, static_cast<std::int32_t>(small())};
  }
  std::string text() {
    const std::size_t length = small();
    if (rest_.size() < length) {
      failed_ = true;
      return {};
    }
    std::string text(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return text;
  }
  bool failed() const { return failed_; }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

bool is_there(const ComparisonState& state, ListRow row) {
  return find_list(state, row.list) != nullptr;
}

void take_out_lists(Found& found, const ComparisonState& state) {
  std::erase_if(found.pairs, [&](const FoundPair& pair) {
    return !is_there(state, pair.left) || !is_there(state, pair.right);
  });
  std::erase_if(found.watched, [&](const WatchedRow& row) { return !is_there(state, row.row); });
}

// What a pair says of its watched row, after what people said of the pair.
void apply(const FoundPair& pair, PairStanding standing, linkage::Unseen& row, double& unseen) {
  using linkage::Known;
  if (standing == PairStanding::different) return;
  const double probability = standing == PairStanding::same ? 1 : double(pair.probability);
  row.best = std::max(row.best, static_cast<float>(probability));
  unseen *= 1 - probability;
  const bool known =
      standing == PairStanding::same || (pair.certain && standing == PairStanding::open);
  if (known) row.band = Known::known;
  if (!known && row.band == Known::unseen) row.band = Known::uncertain;
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
  Writer out;
  out.real(found.lost.pairs);
  out.real(found.lost.low);
  out.real(found.lost.high);
  out.small(static_cast<std::uint32_t>(found.notes.size()));
  for (const api::OddityCount& note : found.notes) {
    out.small(static_cast<std::uint32_t>(note.what));
    out.small(note.field ? 1 + static_cast<std::uint32_t>(*note.field) : 0);
    out.number(note.count);
  }
  out.small(static_cast<std::uint32_t>(found.places.size()));
  for (const std::string& place : found.places) out.text(place);
  out.small(static_cast<std::uint32_t>(found.watched.size()));
  for (const WatchedRow& row : found.watched) {
    out.row(row.row);
    out.small(row.place);
    out.real(row.others);
  }
  out.small(static_cast<std::uint32_t>(found.pairs.size()));
  for (const FoundPair& pair : found.pairs) {
    out.row(pair.left);
    out.row(pair.right);
    out.real(pair.probability);
    out.small(pair.marks << 1 | (pair.certain ? 1U : 0U));
  }
  return out.take();
}

Result<Found> read_found(std::string_view bytes) {
  Reader in(bytes);
  Found found;
  found.lost.pairs = in.real();
  found.lost.low = in.real();
  found.lost.high = in.real();
  for (std::uint32_t left = in.small(); left > 0 && !in.failed(); --left) {
    api::OddityCount note;
    note.what = static_cast<api::Oddity>(in.small());
    if (const std::uint32_t field = in.small(); field > 0)
      note.field = static_cast<ComparedField>(field - 1);
    note.count = in.number();
    found.notes.push_back(note);
  }
  for (std::uint32_t left = in.small(); left > 0 && !in.failed(); --left)
    found.places.push_back(in.text());
  for (std::uint32_t left = in.small(); left > 0 && !in.failed(); --left) {
    const ListRow row = in.row();
    const std::uint32_t place = in.small();
    found.watched.push_back({row, place, in.short_real()});
    if (place >= found.places.size()) return Error{Code::malformed, "", "damaged", "a place"};
  }
  for (std::uint32_t left = in.small(); left > 0 && !in.failed(); --left) {
    FoundPair pair;
    pair.left = in.row();
    pair.right = in.row();
    pair.probability = in.short_real();
    const std::uint32_t rest = in.small();
    pair.certain = (rest & 1) != 0;
    pair.marks = rest >> 1;
    found.pairs.push_back(pair);
  }
  if (in.failed()) return Error{Code::malformed, "", "damaged", "what a run found cannot be read"};
  return found;
}

bool is_hard(const FoundPair& pair) {
  return !pair.certain && pair.probability >= hard_from && pair.probability <= hard_to;
}

api::Likely likely_of(const FoundPair& pair) {
  if (pair.certain || pair.probability > hard_to) return api::Likely::yes;
  return pair.probability < hard_from ? api::Likely::little : api::Likely::perhaps;
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
    apply(pair, standing, view.bands[at], view.unseen[at]);
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
  result.counts = {all.rows,
                   all.known,
                   all.uncertain,
                   all.unseen,
                   static_cast<std::int64_t>(std::floor(all.low)),
                   static_cast<std::int64_t>(std::ceil(all.high))};
  result.pairs = view.pairs();
  result.missed_share = run.run.missed_permille;
  result.notes = view.found.notes;
  if (lists_changed(comparison.state())) result.notes.push_back({api::Oddity::list_changed, {}, 1});
  return result;
}

}  // namespace filrouge
