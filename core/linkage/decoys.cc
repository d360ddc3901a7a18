#include "core/linkage/decoys.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

namespace filrouge::linkage {

namespace {

constexpr std::size_t kCellBytesMax = 256;

bool is_of_family(Field field) {
  return field == Field::surname || field == Field::place || field == Field::postcode ||
         field == Field::address;
}

// Digits and letters of a phone or a mail address become others, of their kind.
std::string invented(std::string_view cell, Field field, Chance& chance) {
  std::string out(cell);
  const std::size_t end = field == Field::email ? std::min(out.find('@'), out.size()) : out.size();
  // The first digits of a phone say which network it is of, and stay.
  std::size_t digits = 0;
  for (std::size_t i = 0; i < end; ++i) {
    char& c = out[i];
    if (c >= '0' && c <= '9' && (field == Field::email || ++digits > 2))
      c = static_cast<char>('0' + chance.below(10));
    if (c >= 'a' && c <= 'z') c = static_cast<char>('a' + chance.below(26));
  }
  return out;
}

}  // namespace

std::size_t Chance::below(std::size_t n) {
  // Of 2^64 numbers the last few, which would favour the first ones, are drawn again.
  const std::uint64_t limit = ~std::uint64_t{0} - ~std::uint64_t{0} % n;
  for (;;) {
    if (at_ == bytes_.size()) {
      bytes_.resize(4096);
      random_(bytes_.data(), bytes_.size());
      at_ = 0;
    }
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8 | bytes_[at_++];
    if (number < limit) return static_cast<std::size_t>(number % n);
  }
}

InputList DecoyList::input() const {
  InputList out{text, rows, {}};
  for (std::size_t f = 0; f < fields.size(); ++f) out.columns.push_back({fields[f], cells[f]});
  return out;
}

std::size_t decoys_wanted(std::size_t rows, std::size_t percent) {
  const std::size_t least = (rows * percent + 99) / 100;
  if (percent == 0) return 0;
  std::size_t step = 1;
  while (step * 100 <= rows + least) step *= 10;
  return (rows + least + step - 1) / step * step - rows;
}

DecoyList make_decoys(const InputList& list, std::size_t count, const RandomBytes& random) {
  Chance chance(random);
  DecoyList out;
  out.rows = count;
  for (const InputColumn& column : list.columns) out.fields.push_back(column.field);
  out.cells.resize(out.fields.size());
  for (std::size_t i = 0; i < count; ++i) {
    const bool has_family = chance.below(2) == 0;
    const std::size_t family = chance.below(list.rows);
    const std::size_t home = chance.below(list.rows);  // postcode and place go together
    for (std::size_t f = 0; f < out.fields.size(); ++f) {
      const Field field = out.fields[f];
      std::size_t row = chance.below(list.rows);
      if (field == Field::place || field == Field::postcode) row = home;
      if (has_family && is_of_family(field)) row = family;
      const Slice from = list.columns[f].cells[row];
      std::string cell(
          list.text.substr(from.start, std::min<std::size_t>(from.length, kCellBytesMax)));
      if (field == Field::phone || field == Field::email) cell = invented(cell, field, chance);
      out.cells[f].push_back(
          {static_cast<std::uint32_t>(out.text.size()), static_cast<std::uint32_t>(cell.size())});
      out.text += cell;
    }
  }
  return out;
}

std::vector<std::uint32_t> hidden_order(std::size_t count, const RandomBytes& random) {
  Chance chance(random);
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[chance.below(i)]);
  return order;
}

}  // namespace filrouge::linkage
