// The words of a command line: `filrouge COMMAND [WORD...] [--option VALUE | --flag]`. Every
// command declares its options; an unknown one, a missing value or a word too many is wrong usage.
// `--option=VALUE` is read as well; "--" ends the options.
//
//   auto given = parse_arguments(words, {{"data", true}, {"reset", false}}, 0);
//   given->value("data"); given->has("reset");
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace filrouge {

struct OptionSpec {
  std::string_view name;
  bool takes_value = true;
  bool many = false;  // may come several times: values()
};

class Arguments {
 public:
  bool has(std::string_view name) const { return options_.contains(name); }
  // The first, of an option that came several times.
  std::optional<std::string> value(std::string_view name) const;
  std::vector<std::string> values(std::string_view name) const;  // as they came
  std::string value_or(std::string_view name, std::string_view otherwise) const;
  // Wrong usage when it is absent.
  Result<std::string> needed(std::string_view name) const;
  // A whole number between the two; `otherwise` when absent.
  Result<std::int64_t> number(std::string_view name, std::int64_t otherwise, std::int64_t lowest,
                              std::int64_t highest) const;
  // One of the words; the first when absent.
  Result<std::string> choice(std::string_view name,
                             const std::vector<std::string_view>& words) const;
  const std::vector<std::string>& words() const { return words_; }

 private:
  friend Result<Arguments> parse_arguments(const std::vector<std::string>&,
                                           const std::vector<OptionSpec>&, std::size_t);
  std::map<std::string, std::vector<std::string>, std::less<>> options_;
  std::vector<std::string> words_;
};

Result<Arguments> parse_arguments(const std::vector<std::string>& given,
                                  const std::vector<OptionSpec>& options, std::size_t words_max);

}  // namespace filrouge
