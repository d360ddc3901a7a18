#include "server/interop/csv_reader.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace filrouge {
namespace {

std::vector<CsvRow> rows_of(std::string_view text, std::size_t piece = 1) {
  std::vector<CsvRow> rows;
  CsvReader reader([&](CsvRow&& row) { rows.push_back(std::move(row)); });
  for (std::size_t at = 0; at < text.size(); at += piece) reader.feed(text.substr(at, piece));
  reader.finish();
  return rows;
}

using Fields = std::vector<std::string>;

TEST(CsvReader, ReadsQuotesSeparatorsAndLineBreaks) {
  const auto rows = rows_of("a,b,c\n1,\"two, \"\"2\"\"\",3\r\n\"x\ny\",,\n");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].fields, (Fields{"a", "b", "c"}));
  EXPECT_EQ(rows[1].fields, (Fields{"1", "two, \"2\"", "3"}));
  EXPECT_EQ(rows[2].fields, (Fields{"x\ny", "", ""}));
  EXPECT_EQ(rows[2].line, 3);
}

TEST(CsvReader, TellsTheSeparatorFromTheFirstLineAndDropsTheByteOrderMark) {
  const auto rows = rows_of(
      "\xEF\xBB\xBF"
      "code;nom\n1;Tours, ville\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].fields, (Fields{"code", "nom"}));
  EXPECT_EQ(rows[1].fields, (Fields{"1", "Tours, ville"}));
}

TEST(CsvReader, ABrokenRowIsRefusedAndReadingGoesOn) {
  const auto rows = rows_of("a,b\n1,x\"y\n2,\"z\"w\n3,ok\n");
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[1].error->rule, "quote");
  EXPECT_EQ(rows[1].line, 2);
  EXPECT_EQ(rows[2].error->rule, "quote");
  EXPECT_EQ(rows[3].fields, (Fields{"3", "ok"}));
}

TEST(CsvReader, AnOpenQuoteDoesNotSwallowTheFile) {
  std::string text = "a,b\n1,\"open\n";
  for (int i = 0; i < 10'000; ++i) text += "2,plain text\n";
  const auto rows = rows_of(text, 4096);
  ASSERT_GT(rows.size(), 3u);
  EXPECT_EQ(rows[1].error->rule, "too_long");
  EXPECT_EQ(rows[2].fields, (Fields{"2", "plain text"}));
  EXPECT_EQ(rows_of("a\n\"open").back().error->rule, "quote");
}

TEST(CsvReader, BadTextAndTooManyFieldsAreRefused) {
  EXPECT_EQ(rows_of("a,b\n\xff,1\n")[1].error->rule, "utf8");
  std::string many = "a,b\n";
  for (std::size_t i = 0; i <= csv_fields_max; ++i) many += "1,";
  EXPECT_EQ(rows_of(many + "\n")[1].error->rule, "too_many");
}

TEST(CsvReader, EmptyLinesAreNoRows) {
  EXPECT_EQ(rows_of("a,b\n\n\r\n1,2\n\n").size(), 2u);
  EXPECT_TRUE(rows_of("").empty());
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    out += c;
    if (c == '"') out += '"';
  }
  return out + "\"";
}

RC_GTEST_PROP(CsvReader, WhatIsQuotedComesBackWhateverThePieces, ()) {
  const auto letter = rc::gen::element('a', ',', ';', '"', '\n', '\r', ' ');
  const auto table = *rc::gen::container<std::vector<Fields>>(
      rc::gen::container<Fields>(3, rc::gen::container<std::string>(letter)));
  std::string text = "\"x\",\"y\",\"z\"\n";
  for (const Fields& row : table)
    text += quoted(row[0]) + "," + quoted(row[1]) + "," + quoted(row[2]) + "\r\n";
  const auto rows = rows_of(text, *rc::gen::inRange<std::size_t>(1, 9));
  RC_ASSERT(rows.size() == table.size() + 1);
  for (std::size_t i = 0; i < table.size(); ++i) RC_ASSERT(rows[i + 1].fields == table[i]);
}

}  // namespace
}  // namespace filrouge
