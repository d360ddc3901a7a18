// Invented rows put among the real ones of an encoded list (linkage design 5), so that who holds a
// whole cohort in clear cannot lay its pattern of resemblances over the encoded one. They are made
// of the list's own cells, put together anew: half of them wholly, half as a brother or sister of a
// real row (same surname, place and postcode), for families are what such an attack holds on to.
// Phones and addresses of mail are invented. The owner alone knows which rows they are.
//
//   DecoyList decoys = make_decoys(list, decoys_wanted(list.rows, 25), random);
//   encode_list(decoys.input(), ...);   hidden_order(1250, random);
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/linkage/encode.h"
#include "core/linkage/field.h"

namespace filrouge::linkage {

// Evenly drawn numbers out of bytes drawn by chance.
class Chance {
 public:
  explicit Chance(const RandomBytes& random) : random_(random) {}
  std::size_t below(std::size_t n);  // n > 0

 private:
  const RandomBytes& random_;
  std::vector<std::uint8_t> bytes_;
  std::size_t at_ = 0;
};

struct DecoyList {
  std::string text;
  std::size_t rows = 0;
  std::vector<Field> fields;
  std::vector<std::vector<Slice>> cells;  // by field
  InputList input() const;
};

// At least so many in a hundred of the rows; more, so that the length of the file tells the length
// of the list to two digits at most.
std::size_t decoys_wanted(std::size_t rows, std::size_t percent);

DecoyList make_decoys(const InputList& list, std::size_t count, const RandomBytes& random);

// A permutation of 0 ... count - 1, each as likely.
std::vector<std::uint32_t> hidden_order(std::size_t count, const RandomBytes& random);

}  // namespace filrouge::linkage
