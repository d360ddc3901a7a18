#include "server/interop/csv_writer.h"

#include <gtest/gtest.h>

#include "server/interop/csv_reader.h"

namespace filrouge {
namespace {

TEST(CsvWriter, WritesWhatSpreadsheetsOpen) {
  CsvWriter csv;
  csv.row({"id", "libellé"});
  csv.row({"a;b", "il dit \"oui\""});
  EXPECT_EQ(csv.text(), "\xEF\xBB\xBFid;libellé\r\n\"a;b\";\"il dit \"\"oui\"\"\"\r\n");
}

TEST(CsvWriter, AFormulaIsDisarmedAndANumberIsNot) {
  EXPECT_EQ(csv_field("=cmd()"), "'=cmd()");
  EXPECT_EQ(csv_field("@x"), "'@x");
  EXPECT_EQ(csv_field("-cmd"), "'-cmd");
  EXPECT_EQ(csv_field("-12"), "-12");
  EXPECT_EQ(csv_field(""), "");
}

TEST(CsvWriter, OurReaderReadsItBack) {
  CsvWriter csv;
  csv.row({"a", "b", "c"});
  csv.row({"x;y", "line\nbreak", "\"q\""});
  std::vector<CsvRow> rows;
  CsvReader reader([&](CsvRow&& row) { rows.push_back(std::move(row)); });
  reader.feed(csv.text());
  reader.finish();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].fields, (std::vector<std::string>{"x;y", "line\nbreak", "\"q\""}));
}

}  // namespace
}  // namespace filrouge
