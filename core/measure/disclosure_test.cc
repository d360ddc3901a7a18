// An attacker who knows the rule itself (the source is public): among all tables that would be
// published in exactly this way, every hidden count must have at least two possible values.
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/measure/figures.h"

namespace filrouge {
namespace {

std::string shown(const PublishedTable& table) {
  std::string text = table.total ? std::to_string(*table.total) : "-";
  for (const PublishedCell& row : table.rows)
    text += row.number ? " " + std::to_string(*row.number) : std::string(" n.c.");
  return text;
}

// All tables of `lines` counts from 0 to `highest`; a table may only be judged when every rival
// with the same total is in the universe too, so its hidden counts must sum to at most `highest`.
void attack(std::size_t lines, std::int64_t highest, Perimeter perimeter) {
  struct Rivals {
    std::int64_t hidden_sum = 0;
    std::vector<std::set<std::int64_t>> values;
    std::vector<bool> masked;
  };
  std::map<std::string, Rivals> published;
  std::vector<std::int64_t> counts(lines, 0);
  for (;;) {
    std::vector<Cell> cells;
    for (const std::int64_t n : counts) cells.push_back({"", "", n, 0});
    const PublishedTable table = publish(cells, perimeter);
    Rivals& rivals = published[shown(table)];
    rivals.values.resize(lines);
    rivals.masked.resize(lines);
    rivals.hidden_sum = 0;
    for (std::size_t i = 0; i < lines; ++i) {
      rivals.values[i].insert(counts[i]);
      rivals.masked[i] = table.rows[i].masked;
      if (table.rows[i].masked) rivals.hidden_sum += counts[i];
    }
    std::size_t at = 0;
    while (at < lines && counts[at] == highest) counts[at++] = 0;
    if (at == lines) break;
    ++counts[at];
  }
  std::int64_t judged = 0;
  for (const auto& [text, rivals] : published) {
    if (rivals.hidden_sum > highest || text[0] == '-') continue;
    for (std::size_t i = 0; i < lines; ++i) {
      if (!rivals.masked[i]) continue;
      ++judged;
      EXPECT_GE(rivals.values[i].size(), 2u)
          << text << ": line " << i << " is " << *rivals.values[i].begin();
    }
  }
  EXPECT_GT(judged, 500);
}

TEST(Disclosure, NobodyWhoKnowsTheRuleReadsAHiddenCountOfThreeLines) {
  attack(3, 20, Perimeter::consortium);
}

TEST(Disclosure, NobodyWhoKnowsTheRuleReadsAHiddenCountOfFourLines) {
  attack(4, 12, Perimeter::consortium);
}

TEST(Disclosure, NobodyWhoKnowsTheRuleReadsAHiddenCountInPublic) {
  attack(3, 28, Perimeter::public_);
}

}  // namespace
}  // namespace filrouge
