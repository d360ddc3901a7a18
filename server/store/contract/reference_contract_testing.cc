// Reference data and backups of every engine.
#include <thread>

#include "core/base/json.h"
#include "server/store/contract/store_contract_testing.h"

namespace filrouge {
namespace {

std::vector<std::string> names(const std::vector<Commune>& communes) {
  std::vector<std::string> list;
  for (const Commune& commune : communes) list.push_back(commune.name);
  return list;
}

TEST_P(StoreContract, communes_are_found_by_code_and_by_folded_name) {
  ASSERT_TRUE(store()
                  .put_communes({{"37261", "Tours", {"37000", "37100", "37200"}},
                                 {"37003", "Amboise", {"37400"}},
                                 {"37217", "Saint-Épain", {"37800"}},
                                 {"37214", "Saint-Cyr-sur-Loire", {"37540"}},
                                 {"2A004", "Ajaccio", {}}})
                  .ok());
  const auto tours = store().commune("37261");
  ASSERT_TRUE(tours->has_value());
  EXPECT_EQ((*tours)->name, "Tours");
  EXPECT_EQ((*tours)->postcodes, (std::vector<std::string>{"37000", "37100", "37200"}));
  EXPECT_TRUE((*store().commune("2A004"))->postcodes.empty());
  EXPECT_FALSE(store().commune("37999")->has_value());
  EXPECT_EQ(names(*store().find_communes("saint", 10)),
            (std::vector<std::string>{"Saint-Cyr-sur-Loire", "Saint-Épain"}));
  EXPECT_EQ(names(*store().find_communes("saint e", 10)),
            (std::vector<std::string>{"Saint-Épain"}));
  EXPECT_EQ(names(*store().find_communes("", 2)), (std::vector<std::string>{"Ajaccio", "Amboise"}));
  EXPECT_TRUE(store().find_communes("zz", 10)->empty());
  // Imported again: replaced, the others stay.
  ASSERT_TRUE(store().put_communes({{"37003", "Amboise-la-Neuve", {"37400"}}}).ok());
  EXPECT_EQ((*store().commune("37003"))->name, "Amboise-la-Neuve");
  EXPECT_EQ(store().find_communes("", 10)->size(), 5U);
}

TEST_P(StoreContract, outlines_come_back_exactly) {
  Outline district;
  district.kind = OutlineKind::district;
  district.code = "QP037001";
  district.name = "Sanitas";
  district.department = "37";
  district.valid_from = day_of("2015-01-01");
  district.valid_to = day_of("2023-12-31");
  district.rings = {{473'936'000, 6'848'000, 473'937'123, 6'848'456, 473'930'000, 6'840'000},
                    {},
                    {-208'789'000, 554'481'000, 0, 0, INT64_MAX, INT64_MIN, 7}};
  Outline newer = district;
  newer.valid_from = day_of("2024-01-01");
  newer.valid_to.reset();
  newer.fictitious = true;
  Outline commune = district;
  commune.kind = OutlineKind::commune;
  commune.code = "37261";
  ASSERT_TRUE(store().put_outlines({district, newer}).ok());
  ASSERT_TRUE(store().put_outlines({commune}).ok());
  ASSERT_TRUE(store().put_outlines({district}).ok());
  const auto read = store().outlines();
  ASSERT_EQ(read->size(), 3U);
  EXPECT_EQ(json::encode((*read)[0]), json::encode(commune));
  EXPECT_EQ(json::encode((*read)[1]), json::encode(district));
  EXPECT_EQ(json::encode((*read)[2]), json::encode(newer));
}

TEST_P(StoreContract, a_backup_taken_while_writing_opens_and_equals) {
  const SubjectId subject = id();
  std::vector<SealedEntry> before;
  for (int i = 0; i < 20; ++i) before.push_back(make_entry(random, subject));
  const StoredState state = make_state(random, subject, 1);
  Fact fact = make_fact(random, FactKind::visit, day_of("2026-11-20"));
  append({.entries = before, .states = {state}, .facts = {.put = {fact}}});
  const std::string path = harness().backup_path();
  std::thread busy([this] {
    SeededRandom own(7);
    for (int i = 0; i < 100; ++i)
      ASSERT_TRUE(store().append({.entries = {make_entry(own, own.id<SubjectId>())}}).ok());
  });
  const Status copied = harness().back_up(path);
  busy.join();
  ASSERT_TRUE(copied.ok()) << copied.error().detail;
  EXPECT_EQ(harness().back_up(path).error().code, Code::conflict);

  const auto copy = harness().open_backup(path);
  expect_log_verifies(*copy);
  EXPECT_GE(copy->log_head()->size, 20U);
  const auto entries = copy->entries_of(subject);
  ASSERT_EQ(entries->size(), 20U);
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_TRUE(same((*entries)[i].entry, before[i]));
  EXPECT_TRUE(same(**copy->state(subject), state));
  EXPECT_TRUE(same(copy->facts({.from = fact.day, .to = fact.day}, 10)->front(), fact));
  // The source goes on, and the copy is a store of its own.
  EXPECT_EQ(store().log_head()->size, 120U);
  EXPECT_TRUE(copy->append({.entries = {make_entry(random, subject)}}).ok());
  expect_log_verifies(*copy);
  expect_log_verifies(store());
}

}  // namespace
}  // namespace filrouge
