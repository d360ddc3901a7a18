// Numbers drawn by declared rules: a small generator of our own (SplitMix64), seeded by a text, so
// that the same tenant file gives the same figures on every machine and in every version of the
// standard library. Each thing that happens has its own generator, named by what it is and its day:
// adding a rule, or a day, changes nothing that was drawn for another.
//
//   Chance chance("tours-1", "round.sanitas", "2026-11-20");
//   chance.between({3, 9}); chance.percent(35); chance.pick(weights);
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "server/cli/tenant/tenant_words.h"

namespace filrouge {

class Chance {
 public:
  Chance(std::initializer_list<std::string_view> names);

  std::uint64_t next();
  // 0 to below - 1.
  std::int64_t below(std::int64_t below);
  std::int64_t between(const Span& span);
  bool percent(std::int64_t chances);
  // The word drawn by its weight; "unknown" stands for: not said.
  const std::string& pick(const Weights& weights);
  // `count` different positions of a list of `size`, in the order of the list.
  std::vector<std::size_t> positions(std::size_t size, std::size_t count);

 private:
  std::uint64_t state_;
};

// `total` shared out over the weights, in order, exactly: the parts add up to it.
std::vector<std::int64_t> share_out(std::int64_t total, const std::vector<std::int64_t>& weights);

}  // namespace filrouge
