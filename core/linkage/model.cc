#include "core/linkage/model.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace filrouge::linkage {

namespace {

constexpr std::string_view kHead = "filrouge-linkage-model 1";
constexpr double kRate = 1e-12;  // nothing is impossible

using Levels = std::array<double, levels_max>;

struct Start {
  Levels m;
  Levels u;
};

Start start_of(std::size_t dimension) {
  switch (static_cast<Dimension>(dimension)) {
    case Dimension::surname:
      return {{0, .22, .25, .25, .08, .05, .06, .03, .02, .01, .03},
              {0, 2e-4, 8e-4, 2e-3, 1e-3, 5e-3, 2e-3, 5e-3, .01, .04, .934}};
    case Dimension::given:
      return {{0, .08, .22, .35, .15, .07, .05, .03, .02, .01, .02},
              {0, 5e-5, 4e-4, 4e-3, 4e-3, .01, 3e-3, .01, .02, .06, .889}};
    case Dimension::crossed:
      return {{0, .98, .02}, {0, .98, .02}};
    case Dimension::date:
      return {{0, .70, .14, .02, .01, .04, .03, .01, .02, .03},
              {0, 2e-4, 2e-4, 1e-4, 2e-4, .01, .03, 2e-3, .07, .887}};
    case Dimension::sex:
      return {{0, .98, .02, .93, .07}, {0, .95, .05, .5, .5}};
    case Dimension::place:
      return {{0, .70, .07, .05, .04, .03, .02, .02, .03, .04},
              {0, 1.5e-3, 1e-3, 1e-3, 1e-3, 5e-4, 1e-3, 2e-3, .04, .952}};
    case Dimension::phone:
      return {{0, .75, .03, .22}, {0, 1e-6, 1e-5, .999989}};
    case Dimension::email:
      return {{0, .75, .03, .22}, {0, 1e-6, 5e-4, .999499}};
    case Dimension::address:
      return {{0, .50, .15, .10, .07, .06, .12}, {0, 3e-4, 2e-3, 3e-4, 4e-3, .06, .933}};
    default:
      return {{0, .40, .30, .06, .05, .04, .15}, {0, 1e-3, .10, 3e-3, .01, .08, .806}};
  }
}

// The next word of a line.
std::string_view take_word(std::string_view& line) {
  while (line.starts_with(' ')) line.remove_prefix(1);
  const std::string_view word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size());
  return word;
}

// The C library's reader gives back exactly the number that was written; std::from_chars does not
// read fractions in the phone's library.
bool read_number(std::string_view word, double& out) {
  const std::string text(word);
  char* end = nullptr;
  out = std::strtod(text.c_str(), &end);
  return !text.empty() && end == text.c_str() + text.size() && std::isfinite(out);
}

void put_number(std::string& text, double number) {
  char buffer[40];
  const auto done = std::to_chars(buffer, buffer + sizeof buffer, number);
  text.append(buffer, done.ptr);
}

bool read_level(std::string_view line, Model& model) {
  const std::string_view name = take_word(line);
  const std::string_view level = take_word(line);
  double m = 0;
  double u = 0;
  if (!read_number(take_word(line), m) || !read_number(take_word(line), u)) return false;
  if (m < 0 || m > 1 || u < 0 || u > 1) return false;
  for (std::size_t d = 0; d < dimensions_max; ++d) {
    if (dimension_name(d) != name) continue;
    for (std::size_t i = 1; i < level_count(d); ++i) {
      if (level_name(d, i) != level) continue;
      model.used[d] = true;
      model.m[d][i] = m;
      model.u[d][i] = u;
      return true;
    }
  }
  return false;
}

bool read_line(std::string_view line, Model& model) {
  std::string_view rest = line;
  const std::string_view word = take_word(rest);
  if (word == "match_rate")
    return read_number(take_word(rest), model.match_rate) && model.match_rate > 0 &&
           model.match_rate < 1;
  if (word == "messy_share")
    return read_number(take_word(rest), model.messy_share) && model.messy_share >= 0 &&
           model.messy_share <= 1;
  if (word == "messy_factor")
    return read_number(take_word(rest), model.messy_factor) && model.messy_factor >= 1;
  if (word == "expected_matches") return read_number(take_word(rest), model.expected_matches);
  return read_level(line, model);
}

}  // namespace

std::size_t good_end(std::size_t dimension) {
  switch (static_cast<Dimension>(dimension)) {
    case Dimension::surname:
    case Dimension::given:
      return name_contained + 1;
    case Dimension::crossed:
      return crossed_no + 1;
    case Dimension::date:
      return date_turned;
    case Dimension::sex:
      return sex_differs_given_same;
    case Dimension::place:
      return place_equal_same_region;
    case Dimension::phone:
    case Dimension::email:
      return contact_near;
    default:
      return text_near;
  }
}

std::array<double, levels_max> Model::messy_m(std::size_t dimension) const {
  std::array<double, levels_max> out = m[dimension];
  // Sex hangs on the given name, crossing on both: they stay as they are.
  if (dimension == static_cast<std::size_t>(Dimension::sex) ||
      dimension == static_cast<std::size_t>(Dimension::crossed))
    return out;
  double good = 0;
  double bad = 0;
  const std::size_t end = good_end(dimension);
  for (std::size_t i = 1; i < level_count(dimension); ++i) (i < end ? good : bad) += out[i];
  if (good <= 0 || bad <= 0) return out;
  const double odds = messy_factor * bad / good;
  const double messy = odds / (1 + odds);
  for (std::size_t i = 1; i < level_count(dimension); ++i)
    out[i] *= i < end ? (1 - messy) / good : messy / bad;
  return out;
}

double Model::prior() const { return std::log2(match_rate / (1 - match_rate)); }

Weights::Weights(const Model& model) {
  const auto bits = [](double share) {
    return static_cast<float>(std::log2(std::max(share, kRate)));
  };
  shares_ = {bits(1 - model.messy_share), bits(model.messy_share)};
  for (std::size_t d = 0; d < dimensions_max; ++d) {
    if (!model.used[d]) continue;
    const Levels messy = model.messy_m(d);
    for (std::size_t i = 1; i < level_count(d); ++i)
      bits_[d][i] = {bits(model.m[d][i]) - bits(model.u[d][i]),
                     bits(messy[i]) - bits(model.u[d][i])};
  }
}

float Weights::of(Pattern pattern) const {
  const Both sum = both(pattern);
  const float high = std::max(sum.careful, sum.messy);
  const float low = std::min(sum.careful, sum.messy);
  return high + std::log2(1 + std::exp2(low - high));
}

std::vector<LevelGroup> level_groups(std::size_t dimension) {
  if (dimension == static_cast<std::size_t>(Dimension::sex))
    return {{sex_same_given_same, sex_same_given_differs},
            {sex_same_given_differs, sex_differs_given_differs + 1}};
  return {{1, level_count(dimension)}};
}

Model first_model(const std::vector<bool>& used) {
  Model model;
  model.messy_share = 0.1;
  model.messy_factor = 6;
  for (std::size_t d = 0; d < dimensions_max; ++d) {
    const Start start = start_of(d);
    model.used[d] = used[d];
    model.m[d] = start.m;
    model.u[d] = start.u;
  }
  return model;
}

std::string write_model(const Model& model) {
  std::string text(kHead);
  text += "\n# dimension level, share among pairs of one person, among pairs of two\n";
  for (const auto& [name, number] :
       {std::pair("match_rate", model.match_rate), std::pair("messy_share", model.messy_share),
        std::pair("messy_factor", model.messy_factor),
        std::pair("expected_matches", model.expected_matches)}) {
    text += name;
    text += ' ';
    put_number(text, number);
    text += '\n';
  }
  for (std::size_t d = 0; d < dimensions_max; ++d) {
    if (!model.used[d]) continue;
    for (std::size_t i = 1; i < level_count(d); ++i) {
      text += dimension_name(d);
      text += ' ';
      text += level_name(d, i);
      text += ' ';
      put_number(text, model.m[d][i]);
      text += ' ';
      put_number(text, model.u[d][i]);
      text += '\n';
    }
  }
  return text;
}

Result<Model> read_model(std::string_view text) {
  Model model;
  std::size_t number = 0;
  bool headed = false;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (number == 1) headed = line == kHead;
    if (!headed) break;
    if (number == 1 || line.empty() || line.starts_with('#')) continue;
    if (!read_line(line, model))
      return Error{Code::malformed, "line " + std::to_string(number), "model",
                   "a line that a model does not have"};
  }
  if (!headed) return Error{Code::unsupported, "line 1", "model", "no model of version 1"};
  if (model.match_rate <= 0)
    return Error{Code::malformed, "match_rate", "model", "the model does not say it"};
  return model;
}

}  // namespace filrouge::linkage
