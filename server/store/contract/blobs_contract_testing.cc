// Sealed pieces of a subject, for every engine: they live and go with their owner.
#include "server/store/contract/store_contract_testing.h"

namespace filrouge {
namespace {

using Names = std::vector<std::string>;

TEST_P(StoreContract, pieces_come_back_and_are_replaced) {
  const SubjectId owner = id();
  const SubjectId other = id();
  append({.states = {make_state(random, owner, 1), make_state(random, other, 1)}});
  const auto key = id<KeyId>();
  const std::string bytes("\x00\xFF'piece\n", 9);
  ASSERT_TRUE(store().put_blob({owner, "list/1/piece/0001", key, bytes}).ok());
  ASSERT_TRUE(store().put_blob({owner, "list/1/piece/0000", key, std::string(300'000, 'x')}).ok());
  ASSERT_TRUE(store().put_blob({owner, "list/12/piece/0000", key, "z"}).ok());
  ASSERT_TRUE(store().put_blob({other, "list/1/piece/0000", key, "of the other"}).ok());
  harness().reopen();
  const auto found = store().blob(owner, "list/1/piece/0001");
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->owner, owner);
  EXPECT_EQ((*found)->name, "list/1/piece/0001");
  EXPECT_EQ((*found)->key, key);
  EXPECT_EQ((*found)->sealed, bytes);
  EXPECT_EQ((*store().blob(owner, "list/1/piece/0000"))->sealed.size(), 300'000U);
  EXPECT_FALSE(store().blob(owner, "list/1/piece/0002")->has_value());

  const auto newer = id<KeyId>();
  ASSERT_TRUE(store().put_blob({owner, "list/1/piece/0001", newer, "again"}).ok());
  EXPECT_EQ((*store().blob(owner, "list/1/piece/0001"))->sealed, "again");
  EXPECT_EQ((*store().blob(owner, "list/1/piece/0001"))->key, newer);
}

TEST_P(StoreContract, names_of_pieces_are_listed_and_dropped_by_their_beginning) {
  const SubjectId owner = id();
  append({.states = {make_state(random, owner, 1)}});
  for (const char* name : {"list/2/b", "list/1/b", "list/1/a", "list/10/a", "run%_é"})
    ASSERT_TRUE(store().put_blob({owner, name, id<KeyId>(), "x"}).ok());
  EXPECT_EQ(*store().blob_names(owner, ""),
            (Names{"list/1/a", "list/1/b", "list/10/a", "list/2/b", "run%_é"}));
  EXPECT_EQ(*store().blob_names(owner, "list/1/"), (Names{"list/1/a", "list/1/b"}));
  EXPECT_EQ(*store().blob_names(owner, "run%_é"), (Names{"run%_é"}));
  EXPECT_TRUE(store().blob_names(owner, "list_1")->empty());
  EXPECT_TRUE(store().blob_names(id(), "")->empty());
  ASSERT_TRUE(store().drop_blobs(owner, "list/1/").ok());
  EXPECT_EQ(*store().blob_names(owner, ""), (Names{"list/10/a", "list/2/b", "run%_é"}));
  ASSERT_TRUE(store().drop_blobs(owner, "nothing").ok());
  ASSERT_TRUE(store().drop_blobs(owner, "").ok());
  EXPECT_TRUE(store().blob_names(owner, "")->empty());
}

TEST_P(StoreContract, a_piece_needs_its_owner_and_goes_with_it) {
  const SubjectId owner = id();
  const SubjectId other = id();
  const auto refused = store().put_blob({owner, "a", id<KeyId>(), "x"});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::not_found);
  EXPECT_EQ(refused.error().rule, "no_owner");
  append({.states = {make_state(random, owner, 1), make_state(random, other, 1)}});
  ASSERT_TRUE(store().put_blob({owner, "a", id<KeyId>(), "x"}).ok());
  ASSERT_TRUE(store().put_blob({other, "a", id<KeyId>(), "stays"}).ok());
  // An erasure that is refused leaves it.
  EXPECT_EQ(refusal({.erase = Erasure{owner, id<Pseudonym>(), 7}}), "version");
  EXPECT_TRUE(store().blob(owner, "a")->has_value());
  append({.erase = Erasure{owner, id<Pseudonym>(), 1}});
  EXPECT_FALSE(store().blob(owner, "a")->has_value());
  EXPECT_EQ(store().put_blob({owner, "a", id<KeyId>(), "x"}).error().rule, "no_owner");
  EXPECT_EQ((*store().blob(other, "a"))->sealed, "stays");
}

TEST_P(StoreContract, a_backup_holds_the_pieces) {
  const SubjectId owner = id();
  append({.states = {make_state(random, owner, 1)}});
  ASSERT_TRUE(store().put_blob({owner, "a", id<KeyId>(), "kept"}).ok());
  const std::string path = harness().backup_path();
  ASSERT_TRUE(harness().back_up(path).ok());
  const auto copy = harness().open_backup(path);
  ASSERT_NE(copy, nullptr);
  const auto found = copy->blob(owner, "a");
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->sealed, "kept");
}

}  // namespace
}  // namespace filrouge
