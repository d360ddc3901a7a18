#include "core/measure/figures.h"

#include <algorithm>
#include <charconv>

namespace filrouge {

namespace {

bool is_small(std::int64_t number, std::int64_t up_to) { return number >= 1 && number <= up_to; }

bool is_small_cell(const Cell& cell, std::int64_t up_to, bool is_rate) {
  if (is_small(cell.number, up_to)) return true;
  if (!is_rate) return false;
  return is_small(cell.denominator, up_to) || is_small(cell.denominator - cell.number, up_to);
}

// What decides which line is hidden next: the count a reader would miss least.
std::int64_t weight(const Cell& cell, bool is_rate) {
  return is_rate ? cell.denominator : cell.number;
}

// The smallest line that is still shown: one with a count if there is any, else an empty one.
std::optional<std::size_t> next_to_hide(const std::vector<Cell>& cells,
                                        const std::vector<bool>& hidden, bool is_rate) {
  std::optional<std::size_t> best;
  const auto rank = [&](std::size_t i) {
    const std::int64_t w = weight(cells[i], is_rate);
    return w == 0 ? INT64_MAX : w;
  };
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (!hidden[i] && (!best || rank(i) < rank(*best))) best = i;
  return best;
}

struct HiddenSum {
  std::int64_t cells = 0;
  std::int64_t number = 0;
};

HiddenSum hidden_sum(const std::vector<Cell>& cells, const std::vector<bool>& hidden,
                     bool is_rate) {
  HiddenSum sum;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!hidden[i]) continue;
    ++sum.cells;
    sum.number += weight(cells[i], is_rate);
  }
  return sum;
}

// Can a reader who knows this very rule do the sum? One hole is the rest of the total; as many ones
// as holes, or nothing but counts at the limit, leave a single way to fill the holes.
bool is_readable(const HiddenSum& sum, bool all_small, std::int64_t up_to) {
  if (sum.cells == 0) return false;
  if (sum.cells == 1 || sum.number <= sum.cells) return true;
  return all_small && sum.number >= up_to * sum.cells;
}

// Which lines are hidden; empty where the whole table must be (a lone hole nobody can cover).
// Lines of the same size are hidden together: which of them came first would say something.
std::vector<bool> lines_to_hide(const std::vector<Cell>& cells, std::int64_t up_to, bool is_rate) {
  std::vector<bool> hidden(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i)
    hidden[i] = is_small_cell(cells[i], up_to, is_rate);
  for (bool all_small = true;; all_small = false) {
    const HiddenSum sum = hidden_sum(cells, hidden, is_rate);
    if (!is_readable(sum, all_small, up_to)) return hidden;
    const auto next = next_to_hide(cells, hidden, is_rate);
    if (!next) return sum.cells == 1 ? std::vector<bool>{} : hidden;
    const std::int64_t size = weight(cells[*next], is_rate);
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (weight(cells[i], is_rate) == size) hidden[i] = true;
  }
}

bool read_digits(std::string_view text, int& number) {
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  return code == std::errc{} && end == text.data() + text.size();
}

Result<Period> months(std::string_view text, int year, int first, int last) {
  FILROUGE_TRY(from, CivilDate::of(year, first, 1));
  FILROUGE_TRY(after,
               last == 12 ? CivilDate::of(year + 1, 1, 1) : CivilDate::of(year, last + 1, 1));
  return Period{std::string(text), from, after.plus_days(-1)};
}

}  // namespace

std::int64_t masked_up_to(Perimeter perimeter) {
  if (perimeter == Perimeter::team) return 0;
  return perimeter == Perimeter::consortium ? 4 : 10;
}

std::int64_t percent_shown_from(Perimeter perimeter) { return masked_up_to(perimeter) + 1; }

Result<Period> parse_period(std::string_view text) {
  const Error bad{Code::invalid, "period", "period", "2026, 2026-Q4 or 2026-11 expected"};
  int year = 0;
  int part = 0;
  if (text.size() < 4 || !read_digits(text.substr(0, 4), year) || year < 1'900 || year > 2'198)
    return bad;
  if (text.size() == 4) return months(text, year, 1, 12);
  if (text.size() != 7 || text[4] != '-') return bad;
  if (text[5] == 'Q') {
    if (text[6] < '1' || text[6] > '4') return bad;
    const int quarter = text[6] - '0';
    return months(text, year, 3 * quarter - 2, 3 * quarter);
  }
  if (!read_digits(text.substr(5, 2), part) || part < 1 || part > 12) return bad;
  return months(text, year, part, part);
}

bool counts_as_young(AgeBand band) { return band != AgeBand::under_16 && band != AgeBand::from_30; }

std::optional<std::int64_t> whole_percent(std::int64_t number, std::int64_t denominator) {
  if (denominator <= 0) return std::nullopt;
  return (200 * number + denominator) / (2 * denominator);
}

PublishedTable publish(const std::vector<Cell>& cells, Perimeter perimeter, bool is_rate) {
  const std::int64_t up_to = masked_up_to(perimeter);
  Cell sum;
  for (const Cell& cell : cells) {
    sum.number += cell.number;
    sum.denominator += cell.denominator;
  }
  std::vector<bool> hidden = lines_to_hide(cells, up_to, is_rate);
  const bool hide_all = is_small_cell(sum, up_to, is_rate) || hidden.size() != cells.size();
  PublishedTable table;
  const auto percent = [&](const Cell& cell) -> std::optional<std::int64_t> {
    const std::int64_t below = is_rate ? cell.denominator : sum.number;
    if (below < percent_shown_from(perimeter)) return std::nullopt;
    return whole_percent(cell.number, below);
  };
  for (std::size_t i = 0; i < cells.size(); ++i) {
    PublishedCell row{cells[i].key, cells[i].label, {}, {}, {}, hide_all || hidden[i]};
    table.masked += row.masked ? 1 : 0;
    if (!row.masked) {
      row.number = cells[i].number;
      if (is_rate) row.denominator = cells[i].denominator;
      row.percent = percent(cells[i]);
    }
    table.rows.push_back(std::move(row));
  }
  if (hide_all) return ++table.masked, table;
  table.total = sum.number;
  if (!is_rate) return table;
  table.denominator = sum.denominator;
  table.percent = percent(sum);
  return table;
}

}  // namespace filrouge
