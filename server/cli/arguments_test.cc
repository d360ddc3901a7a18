#include "server/cli/arguments.h"

#include <gtest/gtest.h>

#include "server/cli/command.h"
#include "server/cli/speech.h"

namespace filrouge {
namespace {

const std::vector<OptionSpec> kOptions = {{"data"}, {"count"}, {"reset", false}};

Result<Arguments> parse(const std::vector<std::string>& words) {
  return parse_arguments(words, kOptions, 1);
}

TEST(Arguments, ReadsOptionsFlagsAndWords) {
  const auto given = parse({"figures", "--data", "/srv/x", "--reset", "--count=12"});
  ASSERT_TRUE(given.ok());
  EXPECT_EQ(given->words(), std::vector<std::string>{"figures"});
  EXPECT_EQ(given->value("data"), "/srv/x");
  EXPECT_TRUE(given->has("reset"));
  EXPECT_EQ(*given->number("count", 5, 1, 20), 12);
  EXPECT_EQ(*parse({})->number("count", 5, 1, 20), 5);
  EXPECT_EQ(parse({"--", "--data"})->words(), std::vector<std::string>{"--data"});
}

TEST(Arguments, AnOptionMayComeSeveralTimesWhereItSaysSo) {
  const auto given =
      parse_arguments({"--known", "a", "--known=b"}, {{.name = "known", .many = true}}, 0);
  ASSERT_TRUE(given.ok());
  EXPECT_EQ(given->values("known"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(given->value("known"), "a");
  EXPECT_TRUE(given->values("absent").empty());
}

TEST(Arguments, WrongUsageIsSaid) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--unknown"},
                                                {"-d"},
                                                {"--data"},
                                                {"--reset=1"},
                                                {"--data", "a", "--data", "b"},
                                                {"one", "two"}}) {
    const auto given = parse(words);
    ASSERT_FALSE(given.ok()) << words[0];
    EXPECT_TRUE(is_usage(given.error()));
    EXPECT_FALSE(given.error().detail.empty());
  }
  EXPECT_TRUE(is_usage(parse({})->needed("data").error()));
  EXPECT_TRUE(is_usage(parse({"--count", "21"})->number("count", 5, 1, 20).error()));
  EXPECT_TRUE(is_usage(parse({"--count", "x"})->number("count", 5, 1, 20).error()));
  EXPECT_TRUE(is_usage(parse({"--data", "c"})->choice("data", {"a", "b"}).error()));
}

TEST(Commands, EveryCommandHasItsHelpInBothLanguages) {
  for (const Language chosen : {Language::french, Language::english}) {
    set_language(chosen);
    EXPECT_NE(help_text("filrouge").find("filrouge init"), std::string::npos);
    for (const Command& command : all_commands()) {
      const std::string text = help_text(command.name);
      EXPECT_TRUE(text.starts_with("filrouge " + std::string(command.name))) << command.name;
      for (const OptionSpec& option : command.options) {
        // Those that every command shares are told once, with `init`.
        const bool shared = option.name.ends_with("database");
        const std::string where = shared ? help_text("init") : text;
        EXPECT_NE(where.find("--" + std::string(option.name)), std::string::npos)
            << command.name << " --" << option.name;
      }
    }
  }
  set_language(Language::french);
}

TEST(Commands, WrongUsageIsTwo) {
  EXPECT_EQ(run_words({}), 2);
  EXPECT_EQ(run_words({"nothing"}), 2);
  EXPECT_EQ(run_words({"verify"}), 2);
  EXPECT_EQ(run_words({"verify", "--data"}), 2);
  EXPECT_EQ(run_words({"report", "--data", "/nowhere"}), 2);
  EXPECT_EQ(run_words({"verify", "--data", "/nowhere/at/all"}), 1);
}

}  // namespace
}  // namespace filrouge
