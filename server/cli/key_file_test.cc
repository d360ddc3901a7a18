#include "server/cli/key_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

#include <gtest/gtest.h>

#include "server/cli/folder_testing.h"
#include "server/crypto/sodium_crypto.h"

namespace filrouge {
namespace {

namespace fs = std::filesystem;

Bytes32 some_key() {
  Bytes32 key{};
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i * 7);
  return key;
}

TEST(KeyFile, IsWrittenOnceForItsOwnerAlone) {
  const TempFolder folder;
  const std::string path = folder.path() + "/node.key";
  ASSERT_TRUE(write_key_file(path, some_key()).ok());
  struct stat facts{};
  ASSERT_EQ(stat(path.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
  EXPECT_EQ(*read_key_file(path), some_key());
  EXPECT_FALSE(write_key_file(path, some_key()).ok());
}

TEST(KeyFile, OneThatOthersMayReadOrThatIsNoKeyIsRefused) {
  const TempFolder folder;
  const std::string path = folder.path() + "/node.key";
  ASSERT_TRUE(write_key_file(path, some_key()).ok());
  chmod(path.c_str(), 0640);
  EXPECT_NE(read_key_file(path).error().detail.find("0600"), std::string::npos);
  const std::string other = folder.path() + "/short.key";
  std::ofstream(other) << "abcd\n";
  chmod(other.c_str(), 0600);
  EXPECT_FALSE(read_key_file(other).ok());
  EXPECT_FALSE(read_key_file(folder.path() + "/absent").ok());
}

TEST(KeyFile, IsLookedForInItsPlacesInOrder) {
  const TempFolder folder;
  const std::string data = folder.path() + "/data";
  fs::create_directories(data);
  const auto crypto = make_sodium_crypto();
  const KeyPlace place{.data = data, .may_ask = false};
  EXPECT_FALSE(find_master_key(place, *crypto).ok());
  ASSERT_TRUE(write_key_file(data + ".key", some_key()).ok());
  EXPECT_EQ(*find_master_key(place, *crypto), some_key());
  Bytes32 demo = some_key();
  demo[0] = 9;
  ASSERT_TRUE(write_key_file(demo_key_path(data), demo).ok());
  EXPECT_EQ(*find_master_key(place, *crypto), demo);
  Bytes32 credential = some_key();
  credential[0] = 8;
  fs::create_directories(folder.path() + "/credentials");
  ASSERT_TRUE(write_key_file(folder.path() + "/credentials/filrouge.key", credential).ok());
  setenv("CREDENTIALS_DIRECTORY", (folder.path() + "/credentials").c_str(), 1);
  EXPECT_EQ(*find_master_key(place, *crypto), credential);
  unsetenv("CREDENTIALS_DIRECTORY");
}

TEST(KeyFile, StandsBesideTheFolderNeverInside) {
  EXPECT_EQ(key_beside("/srv/filrouge"), "/srv/filrouge.key");
  EXPECT_EQ(key_beside("/srv/filrouge/"), "/srv/filrouge.key");
  const TempFolder folder;
  EXPECT_TRUE(lies_inside(folder.path() + "/a/b", folder.path()));
  EXPECT_TRUE(lies_inside(folder.path() + "/x/../b.key", folder.path() + "/"));
  EXPECT_FALSE(lies_inside(folder.path() + ".key", folder.path()));
  EXPECT_FALSE(lies_inside("/etc/x.key", folder.path()));
  EXPECT_FALSE(key_lies_outside(folder.path() + "/x.key", folder.path()).ok());
}

}  // namespace
}  // namespace filrouge
