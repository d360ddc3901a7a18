#include "server/cli/arguments.h"

#include <algorithm>
#include <charconv>

#include "server/cli/speech.h"

namespace filrouge {

namespace {

Error bad_option(std::string_view name, std::string_view french, std::string_view english) {
  return usage_of("--" + std::string(name) + " : " + std::string(tell(french, english)));
}

const OptionSpec* find_option(const std::vector<OptionSpec>& options, std::string_view name) {
  const auto found = std::find_if(options.begin(), options.end(),
                                  [&](const OptionSpec& one) { return one.name == name; });
  return found == options.end() ? nullptr : &*found;
}

}  // namespace

std::optional<std::string> Arguments::value(std::string_view name) const {
  const auto found = options_.find(name);
  if (found == options_.end()) return std::nullopt;
  return found->second.front();
}

std::vector<std::string> Arguments::values(std::string_view name) const {
  const auto found = options_.find(name);
  return found == options_.end() ? std::vector<std::string>{} : found->second;
}

std::string Arguments::value_or(std::string_view name, std::string_view otherwise) const {
  return value(name).value_or(std::string(otherwise));
}

Result<std::string> Arguments::needed(std::string_view name) const {
  auto found = value(name);
  if (!found || found->empty())
    return bad_option(name, "cette option est nécessaire", "this option is needed");
  return std::move(*found);
}

Result<std::int64_t> Arguments::number(std::string_view name, std::int64_t otherwise,
                                       std::int64_t lowest, std::int64_t highest) const {
  const auto found = value(name);
  if (!found) return otherwise;
  std::int64_t n = 0;
  const char* end = found->data() + found->size();
  const auto read = std::from_chars(found->data(), end, n);
  if (read.ec != std::errc{} || read.ptr != end || n < lowest || n > highest)
    return usage_of("--" + std::string(name) + " : " +
                    std::string(tell("un nombre entre ", "a number between ")) +
                    std::to_string(lowest) + std::string(tell(" et ", " and ")) +
                    std::to_string(highest));
  return n;
}

Result<std::string> Arguments::choice(std::string_view name,
                                      const std::vector<std::string_view>& words) const {
  const auto found = value(name);
  if (!found) return std::string(words.front());
  if (std::find(words.begin(), words.end(), *found) != words.end()) return *found;
  std::string list;
  for (const std::string_view word : words) list += (list.empty() ? "" : ", ") + std::string(word);
  return usage_of("--" + std::string(name) + " : " + std::string(tell("au choix ", "one of ")) +
                  list);
}

Result<Arguments> parse_arguments(const std::vector<std::string>& given,
                                  const std::vector<OptionSpec>& options, std::size_t words_max) {
  Arguments arguments;
  bool only_words = false;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string& word = given[i];
    if (only_words || !word.starts_with("-") || word == "-") {
      arguments.words_.push_back(word);
      continue;
    }
    if (word == "--") {
      only_words = true;
      continue;
    }
    const std::size_t equals = word.find('=');
    const std::string name = word.starts_with("--") ? word.substr(2, equals - 2) : word;
    const OptionSpec* option = find_option(options, name);
    if (option == nullptr)
      return usage_of(std::string(tell("option inconnue : ", "unknown option: ")) + word);
    if (!option->many && arguments.options_.contains(name))
      return bad_option(name, "donnée deux fois", "given twice");
    std::string value;
    if (option->takes_value) {
      if (equals == std::string::npos && i + 1 >= given.size())
        return bad_option(name, "une valeur est attendue", "a value is expected");
      value = equals == std::string::npos ? given[++i] : word.substr(equals + 1);
    } else if (equals != std::string::npos) {
      return bad_option(name, "aucune valeur n'est attendue", "no value is expected");
    }
    arguments.options_[name].push_back(std::move(value));
  }
  if (arguments.words_.size() > words_max)
    return usage_of(std::string(tell("mot en trop : ", "one word too many: ")) +
                    arguments.words_[words_max]);
  return arguments;
}

}  // namespace filrouge
