#include "core/linkage/list_file.h"

#include <gtest/gtest.h>

namespace filrouge::linkage {
namespace {

ListFile read(std::string text) {
  auto opened = open_list(std::move(text));
  EXPECT_TRUE(opened.ok());
  ListFile list = std::move(opened).value();
  read_rows(list, std::vector<bool>(list.titles.size(), true));
  return list;
}

std::vector<std::string> row_of(const ListFile& list, std::size_t row) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < list.titles.size(); ++i) out.emplace_back(list.cell(row, i));
  return out;
}

using Row = std::vector<std::string>;

TEST(ListFile, WhatSpreadsheetsWrite) {
  for (const char* text :
       {"nom,prenom\nMARTIN,Léa\nPETIT,Hugo\n", "nom;prenom\r\nMARTIN;Léa\r\nPETIT;Hugo",
        "\xEF\xBB\xBFnom, prenom\nMARTIN, Léa\n\nPETIT, Hugo\n",
        "nom\tprenom\nMARTIN\t\"Léa\"\n\"PETIT\"\tHugo\n"}) {
    const ListFile list = read(text);
    EXPECT_EQ(list.titles, (Row{"nom", "prenom"})) << text;
    ASSERT_EQ(list.rows, 2U) << text;
    EXPECT_EQ(row_of(list, 0), (Row{"MARTIN", "Léa"})) << text;
    EXPECT_EQ(row_of(list, 1), (Row{"PETIT", "Hugo"})) << text;
  }
}

TEST(ListFile, QuotesHoldSeparatorsLinesAndQuotes) {
  const ListFile list = read("a,b\n\"x, y\",\"1 \"\"2\"\" 3\"\n\"two\nlines\",z\n");
  ASSERT_EQ(list.rows, 2U);
  EXPECT_EQ(row_of(list, 0), (Row{"x, y", "1 \"2\" 3"}));
  EXPECT_EQ(row_of(list, 1), (Row{"two\nlines", "z"}));
}

TEST(ListFile, Latin1IsNoticedLineByLine) {
  const ListFile list = read(
      "nom\nL\xE9"
      "a\nZo\xC3\xAB\n\x8Cuvre\n");
  EXPECT_EQ(list.latin1_lines, 2U);
  EXPECT_EQ(list.cell(0, 0), "Léa");
  EXPECT_EQ(list.cell(1, 0), "Zoë");
  EXPECT_EQ(list.cell(2, 0), "Œuvre");
}

TEST(ListFile, EveryLineIsARowAndKeepsItsNumber) {
  const ListFile list = read("a,b,c\n1\n1,2,3,4\n,,\n1,2,3\n");
  ASSERT_EQ(list.rows, 4U);
  EXPECT_EQ(list.short_rows, 1U);
  EXPECT_EQ(list.long_rows, 1U);
  EXPECT_EQ(row_of(list, 0), (Row{"1", "", ""}));
  EXPECT_EQ(row_of(list, 1), (Row{"1", "2", "3"}));
  EXPECT_EQ(row_of(list, 2), (Row{"", "", ""}));
}

TEST(ListFile, AnOpenQuoteOrAHugeRowCostsOneRowOnly) {
  const ListFile open = read("a,b\n\"x,1\ny,2\n" + std::string(100'000, '\n') + "z,3\n");
  ASSERT_EQ(open.rows, 3U);
  EXPECT_EQ(open.broken_rows, 1U);
  EXPECT_EQ(row_of(open, 1), (Row{"y", "2"}));
  const ListFile huge = read("a,b\nx," + std::string(1 << 20, 'q') + "\ny,2\n");
  ASSERT_EQ(huge.rows, 2U);
  EXPECT_EQ(huge.broken_rows, 1U);
  EXPECT_EQ(row_of(huge, 0), (Row{"", ""}));
  EXPECT_EQ(row_of(huge, 1), (Row{"y", "2"}));
}

TEST(ListFile, EmptyIsRefused) {
  for (const char* text : {"", "\n\n", "\xEF\xBB\xBF", "  \r\n"})
    EXPECT_EQ(open_list(text).error().rule, "empty");
}

TEST(ListFile, WorkbooksAndUtf16AreToldFromCsv) {
  for (const std::string_view begin : {"\xFF\xFE", "\xFE\xFF", "PK\x03\x04"})
    EXPECT_EQ(open_list(std::string(begin) + "n,o,m").error().rule, "not_csv");
}

TEST(ListFile, ColumnsThatNobodyWantsHaveNoCells) {
  auto list = open_list("a,b\n1,2\n").value();
  read_rows(list, {false, true});
  EXPECT_TRUE(list.columns[0].empty());
  EXPECT_EQ(list.cell(0, 1), "2");
}

TEST(ListFile, EveryRowHasItsLineAndItsFault) {
  auto list = open_list("a,b\n1,2\n\n3\n4,5,6\n\"x\"\"\ny\",7\n8,9\n").value();
  std::vector<ListLine> lines;
  read_rows(list, {true, true}, &lines);
  const auto texts = [&] {
    std::vector<std::pair<std::int64_t, LineFault>> out;
    for (const ListLine& one : lines) out.emplace_back(one.line, one.fault);
    return out;
  }();
  EXPECT_EQ(texts, (std::vector<std::pair<std::int64_t, LineFault>>{{2, LineFault::none},
                                                                    {4, LineFault::too_few_cells},
                                                                    {5, LineFault::too_many_cells},
                                                                    {6, LineFault::none},
                                                                    {8, LineFault::none}}));
}

TEST(ListFile, ColumnsAreKnownByTheirTitlesEachFieldOnce) {
  const auto mapped = columns_by_title({"Nom", "truc", "Prénom", "nom de famille", "Commune"});
  ASSERT_EQ(mapped.size(), 3U);
  EXPECT_EQ(mapped[0].column, 0U);
  EXPECT_EQ(mapped[1].field, Field::given_name);
  EXPECT_EQ(mapped[2].column, 4U);
}

}  // namespace
}  // namespace filrouge::linkage
