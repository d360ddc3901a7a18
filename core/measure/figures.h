// Figures that a funder can trust (law 6): what is counted (definition and version), over which
// fixed period, and what of it may be shown (disclosure control, domain.md 5.5). Law 6 holds here
// because tables are one-dimensional with fixed periods: no free filter, no free date.
//
//   Result<Period> period = parse_period("2026-Q4");        // 2026-10-01 to 2026-12-31
//   PublishedTable table = publish(cells, Perimeter::consortium);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/enum.hpp>

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/outreach/vocabulary.h"

namespace filrouge {

enum class Indicator {
  encounters,
  I01,
  I02,
  I03a,
  I16,
  I03b,
  I03c,
  I03d,
  I08,
  I11,
  I12,
  I13,
  I18,
  I19,
  I19b,
  I20,
  I21,
  I22,
  I24,
  I25,
  I26
};
BOOST_DESCRIBE_ENUM(Indicator, encounters, I01, I02, I03a, I16, I03b, I03c, I03d, I08, I11, I12,
                    I13, I18, I19, I19b, I20, I21, I22, I24, I25, I26)

// Who may see the table: the own team exactly; the consortium without counts of 1 to 4; everybody
// without counts of 1 to 10.
enum class Perimeter { team, consortium, public_ };
BOOST_DESCRIBE_ENUM(Perimeter, team, consortium, public_)

std::int64_t masked_up_to(Perimeter perimeter);        // 0, 4, 10
std::int64_t percent_shown_from(Perimeter perimeter);  // smallest denominator: 1, 5, 11

// "2026-11", "2026-Q4" or "2026"; `to` is the last day, included.
struct Period {
  std::string text;
  CivilDate from;
  CivilDate to;
};
Result<Period> parse_period(std::string_view text);

// The sentence printed beside the number, with its version; a change of meaning is a new version.
struct Definition {
  Indicator indicator;
  std::int32_t version;
  bool is_rate;
  std::string_view label_fr;
  std::string_view label_en;
  std::string_view text_fr;
  std::string_view text_en;
};
const Definition& definition_of(Indicator indicator);

// I03a counts ages 16 to 29; persons of unknown age are printed apart.
bool counts_as_young(AgeBand band);
inline constexpr std::int32_t kReturnDays = 30;  // I16

// One line of a table before it is published. `denominator` is used by rates only.
struct Cell {
  std::string key;
  std::string label;
  std::int64_t number = 0;
  std::int64_t denominator = 0;
};
struct PublishedCell {
  std::string key;
  std::string label;
  std::optional<std::int64_t> number;       // absent: masked
  std::optional<std::int64_t> denominator;  // absent: masked, or no rate
  std::optional<std::int64_t> percent;      // whole percent
  bool masked = false;
};
struct PublishedTable {
  std::vector<PublishedCell> rows;  // in the order given
  std::optional<std::int64_t> total;
  std::optional<std::int64_t> denominator;
  std::optional<std::int64_t> percent;
  std::int64_t masked = 0;  // cells, the total among them when it is too small
};

// Masks what is small, and one more line where a lone hole could be read off the total (and more
// while every hidden count must be one). Where the total itself is small, nothing is shown.
PublishedTable publish(const std::vector<Cell>& cells, Perimeter perimeter, bool is_rate = false);

// Half up, in whole numbers; absent when the denominator is 0.
std::optional<std::int64_t> whole_percent(std::int64_t number, std::int64_t denominator);

}  // namespace filrouge
