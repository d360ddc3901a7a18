#include "core/linkage/candidates.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/linkage/dictionary.h"

namespace filrouge::linkage {

namespace {

// Patterns of one task with their counts; open addressing, a pattern is never 0 times there.
class PatternTable {
 public:
  struct Slot {
    Pattern pattern = 0;
    std::uint32_t count = 0;
    bool kept = false;
  };
  PatternTable() : slots_(1024), mask_(1023) {}

  template <class Keeps>
  bool add(Pattern pattern, const Keeps& keeps) {
    Slot* slot = &slot_of(pattern);
    if (slot->count == 0) {
      if (++used_ * 2 > slots_.size()) {
        grow();
        slot = &slot_of(pattern);
      }
      *slot = {pattern, 0, keeps(pattern)};
    }
    ++slot->count;
    return slot->kept;
  }
  // Of a pattern that was added.
  bool keeps(Pattern pattern) { return slot_of(pattern).kept; }
  template <class Use>
  void each(const Use& use) const {
    for (const Slot& slot : slots_)
      if (slot.count != 0) use(slot);
  }

 private:
  // Where it is, or may be put; `at` is below the size by the mask, and not checked again.
  Slot& slot_of(Pattern pattern) {
    Slot* const slots = slots_.data();
    std::size_t at = (pattern * 0x9E3779B97F4A7C15ULL >> 32) & mask_;
    while (slots[at].count != 0 && slots[at].pattern != pattern) at = (at + 1) & mask_;
    return slots[at];
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 4);
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    for (const Slot& slot : old)
      if (slot.count != 0) slot_of(slot.pattern) = slot;
  }
  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::size_t used_ = 0;
};

struct Share {
  std::vector<PatternCount> patterns;
  std::vector<Pair> pairs;
  std::uint64_t count = 0;
};

struct Two {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};
constexpr std::size_t kTogether = 32;

// Compares pairs some at a time, so that what they need is asked of the memory before.
template <class Keeps>
class Comparing {
 public:
  Comparing(const Comparer& comparer, const Keeps& keeps) : comparer_(comparer), keeps_(keeps) {}

  void add(std::uint32_t a, std::uint32_t b, Share& share) {
    comparer_.fetch(a, b);
    waiting_[count_++] = {a, b};
    if (count_ == kTogether) compare(share);
  }
  // Compares what waits; gives how many were added since the last time.
  std::uint64_t finish(Share& share) {
    compare(share);
    return std::exchange(done_, 0);
  }
  const PatternTable& table() const { return table_; }

 private:
  void compare(Share& share) {
    for (std::size_t i = 0; i < count_; ++i) {
      const auto [a, b] = waiting_[i];
      const Pattern pattern = comparer_.compare(a, b, memos_);
      if (table_.add(pattern, keeps_)) share.pairs.push_back({a, b, pattern});
    }
    done_ += count_;
    count_ = 0;
  }

  const Comparer& comparer_;
  const Keeps& keeps_;
  Memos memos_;
  PatternTable table_;
  Two waiting_[kTogether];
  std::size_t count_ = 0;
  std::uint64_t done_ = 0;
};

constexpr std::size_t kTasks = 24;
constexpr std::size_t kPiecesPerTask = 16;
constexpr std::size_t kSamplePiece = 1 << 13;  // a multiple of kTogether
constexpr double kLooksLikeOne = 10;           // bits, without prior

void add_up(std::vector<PatternCount>& patterns) {
  std::sort(patterns.begin(), patterns.end(),
            [](const PatternCount& x, const PatternCount& y) { return x.pattern < y.pattern; });
  std::size_t out = 0;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (out > 0 && patterns[out - 1].pattern == patterns[i].pattern) {
      patterns[out - 1].count += patterns[i].count;
    } else {
      patterns[out++] = patterns[i];
    }
  }
  patterns.resize(out);
}

}  // namespace

Compared compare_candidates(const Comparer& comparer, const Blocking& blocking, const Model& model,
                            double keep, const ParallelFor& run) {
  const Weights weights(model);
  const auto keeps = [&](Pattern pattern) {
    return weights.of(pattern) >= static_cast<float>(keep);
  };
  // Few enough that what each has to learn first is little, many enough for the threads there are.
  const std::size_t tasks =
      std::min(blocking.pieces.size(), std::max(kTasks, blocking.pieces.size() / kPiecesPerTask));
  const auto begin_of = [&](std::size_t task) { return task * blocking.pieces.size() / tasks; };
  std::vector<Share> shares(tasks);
  std::vector<std::uint64_t> first_given(blocking.pieces.size());
  run(tasks, [&](std::size_t task) {
    Comparing comparing(comparer, keeps);
    Share& share = shares[task];
    for (std::size_t i = begin_of(task); i < begin_of(task + 1); ++i) {
      each_candidate(comparer.records(), blocking, blocking.pieces[i],
                     [&](std::uint32_t a, std::uint32_t b) { comparing.add(a, b, share); });
      first_given[i] = comparing.finish(share);
      share.count += first_given[i];
    }
    const PatternTable& table = comparing.table();
    table.each([&](const PatternTable::Slot& slot) {
      share.patterns.push_back({slot.pattern, slot.count});
    });
  });
  Compared out;
  out.by_key.resize(blocking.keys.size());
  for (std::size_t i = 0; i < blocking.pieces.size(); ++i)
    out.by_key[blocking.pieces[i].key] += first_given[i];
  for (const Key& key : blocking.keys) {
    if (key.name == "phone") out.equal_phones = key.pairs + key.left_out_pairs;
    if (key.name == "email") out.equal_emails = key.pairs + key.left_out_pairs;
  }
  std::vector<std::size_t> begin{0};
  for (const Share& share : shares) {
    begin.push_back(begin.back() + share.pairs.size());
    out.count += share.count;
    out.patterns.insert(out.patterns.end(), share.patterns.begin(), share.patterns.end());
  }
  out.pairs.resize(begin.back());
  run(tasks + 1, [&](std::size_t task) {
    if (task == 0) return add_up(out.patterns);
    const std::vector<Pair>& from = shares[task - 1].pairs;
    std::copy(from.begin(), from.end(),
              out.pairs.begin() + static_cast<std::ptrdiff_t>(begin[task - 1]));
  });
  return out;
}

void keep_pairs(Compared& compared, const Model& model, double keep, const ParallelFor& run) {
  constexpr std::size_t kPiece = 1 << 14;
  const Weights weights(model);
  PatternTable kept;
  for (const PatternCount& one : compared.patterns)
    kept.add(one.pattern,
             [&](Pattern pattern) { return weights.of(pattern) >= static_cast<float>(keep); });
  UnsetVector<Pair>& pairs = compared.pairs;
  std::vector<std::size_t> left((pairs.size() + kPiece - 1) / kPiece);
  const auto begin_of = [&](std::size_t piece) {
    return pairs.begin() + static_cast<std::ptrdiff_t>(std::min(piece * kPiece, pairs.size()));
  };
  run(left.size(), [&](std::size_t piece) {
    const auto end = std::remove_if(begin_of(piece), begin_of(piece + 1),
                                    [&](const Pair& pair) { return !kept.keeps(pair.pattern); });
    left[piece] = static_cast<std::size_t>(end - begin_of(piece));
  });
  auto out = pairs.begin();
  for (std::size_t piece = 0; piece < left.size(); ++piece)
    out =
        std::move(begin_of(piece), begin_of(piece) + static_cast<std::ptrdiff_t>(left[piece]), out);
  pairs.erase(out, pairs.end());
}

LevelCounts sample_levels(const Comparer& comparer, const Model& model, std::size_t count,
                          const ParallelFor& run) {
  const Records& records = comparer.records();
  const std::uint64_t rows = records.rows.size();
  const std::size_t tasks = (count + kSamplePiece - 1) / kSamplePiece;
  std::vector<LevelCounts> shares(tasks);
  const Weights weights(model);
  run(tasks, [&](std::size_t task) {
    Memos memos;
    std::uint64_t state = hash_pair(task, rows);
    LevelCounts& levels = shares[task];
    std::array<Two, kTogether> drawn;
    for (std::size_t i = 0; i < kSamplePiece; i += kTogether) {
      for (Two& two : drawn) {
        two.a = static_cast<std::uint32_t>(next_number(state) % rows);
        two.b = static_cast<std::uint32_t>(next_number(state) % rows);
        __builtin_prefetch(&records.rows[two.a]);
        __builtin_prefetch(&records.rows[two.b]);
      }
      for (const Two& two : drawn) comparer.fetch(two.a, two.b);
      for (const auto [a, b] : drawn) {
        if (a == b || (records.lists() > 1 && records.rows[a].list == records.rows[b].list))
          continue;
        const Pattern pattern = comparer.compare(a, b, memos);
        if (weights.of(pattern) >= kLooksLikeOne) continue;
        for (std::size_t d = 0; d < dimensions_max; ++d) levels[d][level_of(pattern, d)] += 1;
      }
    }
  });
  LevelCounts out{};
  for (const LevelCounts& share : shares)
    for (std::size_t d = 0; d < dimensions_max; ++d)
      for (std::size_t i = 0; i < levels_max; ++i) out[d][i] += share[d][i];
  return out;
}

}  // namespace filrouge::linkage
