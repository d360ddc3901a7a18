#include "server/interop/campaign_file.h"

#include <gtest/gtest.h>

#include "server/crypto/sodium_crypto.h"

namespace filrouge {
namespace {

TEST(CampaignFile, ComesBackAsItWasWrittenAndEveryChangedByteShows) {
  const HashFunction hash = sodium_hash_function();
  std::vector<linkage::Encoding> rows(3);
  rows[1][2] = 0x0123456789ABCDEFULL;
  CampaignHeader header;
  header.campaign = "essai";
  header.owner = "ml";
  header.rows = 3;
  const std::string bytes =
      write_campaign_file(CampaignFileKind::encoded, header, bytes_of_rows(rows), hash);
  const auto read = read_campaign_file(bytes, CampaignFileKind::encoded, hash);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->header.owner, "ml");
  EXPECT_EQ(*rows_of_file(*read), rows);
  EXPECT_EQ(campaign_header_of(bytes)->campaign, "essai");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(read_campaign_file(changed, CampaignFileKind::encoded, hash).ok()) << i;
  }
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(
        read_campaign_file(std::string_view(bytes).substr(0, size), CampaignFileKind::encoded, hash)
            .ok());
  EXPECT_EQ(read_campaign_file(bytes, CampaignFileKind::answer, hash).error().rule, "other_kind");
  EXPECT_EQ(read_campaign_file("nom,prenom\n", CampaignFileKind::answer, hash).error().rule,
            "not_ours");
}

TEST(CampaignFile, AnotherVersionIsNamed) {
  const HashFunction hash = sodium_hash_function();
  const std::string bytes = write_campaign_file(CampaignFileKind::member, {}, "", hash);
  const std::string said = "\"version\":2";
  const std::size_t at = bytes.find(said);
  ASSERT_NE(at, std::string::npos);
  const auto as_version = [&](char version) {
    std::string other = bytes;
    other[at + said.size() - 1] = version;
    return read_campaign_file(other, CampaignFileKind::member, hash).error().rule;
  };
  EXPECT_EQ(as_version('1'), "older");
  EXPECT_EQ(as_version('3'), "newer");
}

TEST(CampaignFile, RowsThatDoNotFitTheHeaderAreRefused) {
  const HashFunction hash = sodium_hash_function();
  CampaignHeader header;
  header.rows = 4;
  for (const std::size_t size : {std::size_t{0}, std::size_t{127}, std::size_t{3 * 128}}) {
    const std::string bytes =
        write_campaign_file(CampaignFileKind::encoded, header, std::string(size, 'x'), hash);
    const auto file = read_campaign_file(bytes, CampaignFileKind::encoded, hash);
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(rows_of_file(*file).error().rule, "rows");
  }
}

}  // namespace
}  // namespace filrouge
