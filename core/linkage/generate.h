// Invented lists with declared noise and their truth, so that linkage can be measured where no list
// may leave: French names as frequent as names are, communes, mistakes of typing, hearing and
// copying. Some rows are written hastily and have more of them. The same numbers give the same
// lists on every machine.
//
//   Generated made = generate_lists({.rows = 1000, .noise = 1});
//   made.rows[0][7].person == 8;
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace filrouge::linkage {

struct GenerateOptions {
  std::size_t rows = 1000;  // of each list
  std::size_t lists = 2;    // 1: one messy list, several rows a person
  std::uint64_t seed = 1;
  double noise = 1;         // 0 none, 1 usual, 3 heavy: mistakes are so many times as likely
  double overlap = 0.6;     // share of the first list's persons that the second has too
  double duplicates = 0.1;  // share of the second list's rows that repeat a person
};

enum class GeneratedColumn : std::uint8_t {
  given_name,
  surname,
  date_of_birth,
  sex,
  postcode,
  place,
  phone,
  email,
};
inline constexpr std::size_t generated_columns = 8;
extern const std::array<const char*, generated_columns> generated_titles;  // "prenom", "nom" ...

struct GeneratedRow {
  std::uint32_t person = 0;  // from 1
  std::array<std::string, generated_columns> cell;
};

struct Generated {
  std::vector<std::vector<GeneratedRow>> rows;  // by list, shuffled
};

Generated generate_lists(const GenerateOptions& options);

}  // namespace filrouge::linkage
