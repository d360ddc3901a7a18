// Ids, text and the logical clock.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/base/hlc.h"
#include "core/base/ids.h"
#include "core/base/limits.h"
#include "core/base/text.h"

namespace filrouge {
namespace {

TEST(Ids, AreThirtyTwoLowerCaseHexadecimalDigits) {
  const auto id = SubjectId::parse("00112233445566778899aabbccddeeff");
  ASSERT_TRUE(id.ok());
  EXPECT_EQ(id->hex(), "00112233445566778899aabbccddeeff");
  EXPECT_FALSE(id->is_nil());
  EXPECT_TRUE(SubjectId{}.is_nil());
  for (const std::string_view bad :
       {"", "0011", "00112233445566778899AABBCCDDEEFF", "00112233445566778899aabbccddeefg",
        "00112233445566778899aabbccddeeff0", " 0112233445566778899aabbccddeeff"})
    EXPECT_FALSE(SubjectId::parse(bad).ok()) << bad;
}

TEST(Text, IsTrimmedFoldedAndBounded) {
  EXPECT_EQ(*clean_text("  Momo \t\n casquette\u00A0rouge  ", 60, "alias"), "Momo casquette rouge");
  EXPECT_EQ(*clean_text(" \n ", 60, "alias"), "");
  EXPECT_EQ(*clean_text("ééé", 3, "alias"), "ééé");
  EXPECT_EQ(clean_text("éééé", 3, "alias").error().rule, "too_long");
  EXPECT_EQ(clean_text("éééé", 3, "alias").error().field, "alias");
}

TEST(Text, FirstCharactersAreWholeOnes) {
  EXPECT_EQ(first_characters("Éloïse", 1), "É");
  EXPECT_EQ(first_characters("Éloïse", 4), "Éloï");
  EXPECT_EQ(first_characters("Éloïse", 9), "Éloïse");
  EXPECT_EQ(first_characters("", 1), "");
  EXPECT_EQ(first_characters("é", 0), "");
}

TEST(Text, RefusesWhatHidesOrBreaks) {
  for (const std::string_view hidden :
       {"a\x01", "a\x7F", "a\u200Bb", "a\u202Eb", "\uFEFFa", "a\u2066b", "a\u0085"})
    EXPECT_EQ(clean_text(hidden, 60, "note").error().rule, "control") << hidden;
  for (const std::string_view broken : {"\xC3", "a\xFF", "\xED\xA0\x80"})
    EXPECT_EQ(clean_text(broken, 60, "note").error().rule, "utf8");
}

TEST(Text, SearchFoldsCaseAccentsLigaturesAndPunctuation) {
  EXPECT_EQ(fold_for_search("Éléonore-Zoë"), "eleonore zoe");
  EXPECT_EQ(fold_for_search("  L'ÉCLAIR, œuf  Straße "), "l eclair oeuf strasse");
  EXPECT_EQ(fold_for_search("e\u0301te\u0301"), "ete");
  EXPECT_EQ(fold_for_search("Łukasz Đoković"), "lukasz dokovic");
  EXPECT_EQ(fold_for_search("محمد"), "محمد");
}

TEST(Text, Base64IsTheStandardOneAndStrict) {
  EXPECT_EQ(base64("M"), "TQ==");
  EXPECT_EQ(base64("Mo"), "TW8=");
  EXPECT_EQ(base64("Mom"), "TW9t");
  EXPECT_EQ(*from_base64("TW9tbw=="), "Momo");
  for (const std::string_view bad :
       {"T", "TQ=", "TR==", "T===", "====", "TQ==TQ==", "T-9t", "TW9t\n"})
    EXPECT_FALSE(from_base64(bad).ok()) << bad;
}

RC_GTEST_PROP(TextProperty, Base64GivesBackAnyBytes, (const std::string& bytes)) {
  RC_ASSERT(*from_base64(base64(bytes)) == bytes);
}

RC_GTEST_PROP(TextProperty, CleanTextIsCleanAlready, (const std::string& bytes)) {
  const auto once = clean_text(bytes, 1'000, "");
  if (!once.ok()) return;
  const auto twice = clean_text(*once, 1'000, "");
  RC_ASSERT(twice.ok());
  RC_ASSERT(*twice == *once);
}

TEST(Clock, IsWrittenAsMillisecondsAndCounter) {
  EXPECT_EQ(Hlc::parse("1795312800000.3")->text(), "1795312800000.3");
  for (const std::string_view bad : {"", "1", ".", "1.", ".1", "-1.0", "1.-1", "1.4294967296",
                                     "a.b", "1.2.3", " 1.2", "99999999999999999999.0"})
    EXPECT_FALSE(Hlc::parse(bad).ok()) << bad;
}

TEST(Clock, TicksForwardWhateverTheWallSays) {
  const Hlc now{1'000, 3};
  EXPECT_EQ(now.tick({2'000}), (Hlc{2'000, 0}));
  EXPECT_EQ(now.tick({1'000}), (Hlc{1'000, 4}));
  EXPECT_EQ(now.tick({10}), (Hlc{1'000, 4}));
  EXPECT_EQ((Hlc{1'000, UINT32_MAX}).tick({10}), (Hlc{1'001, 0}));
}

TEST(Clock, IsNotDraggedByAPhoneTenYearsAhead) {
  const Instant now{1'795'262'400'000};
  const Hlc own{now.ms - 50, 0};
  const Hlc wild{now.ms + 10LL * 365 * 86'400'000, 7};
  const Hlc merged = own.merged(wild, now);
  EXPECT_LE(merged.ms, now.ms);
  EXPECT_GT(merged, own);
  const Hlc near{now.ms + limits::clock_ahead_ms_max, 7};
  EXPECT_EQ(own.merged(near, now), (Hlc{near.ms, 8}));
}

RC_GTEST_PROP(ClockProperty, AMergedClockIsLaterThanBoth,
              (std::uint32_t own_ms, std::uint16_t own_n, std::uint32_t other_ms,
               std::uint16_t other_n, std::uint32_t now_ms)) {
  const Hlc own{own_ms, own_n};
  const Hlc other{other_ms, other_n};
  const Hlc merged = own.merged(other, {now_ms});
  RC_ASSERT(merged > own);
  if (other.ms <= static_cast<std::int64_t>(now_ms) + limits::clock_ahead_ms_max)
    RC_ASSERT(merged > other);
  RC_ASSERT(Hlc::parse(merged.text())->text() == merged.text());
}

}  // namespace
}  // namespace filrouge
