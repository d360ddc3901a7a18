// The read model of every engine: states by organisation and team, search tokens, quarantine,
// access ledger.
#include <algorithm>

#include "server/store/contract/store_contract_testing.h"

namespace filrouge {
namespace {

std::vector<SubjectId> subjects(const std::vector<StoredState>& states) {
  std::vector<SubjectId> list;
  for (const StoredState& state : states) list.push_back(state.subject);
  return list;
}

std::vector<EntryId> ids(const std::vector<QuarantineRow>& rows) {
  std::vector<EntryId> list;
  for (const QuarantineRow& row : rows) list.push_back(row.id);
  return list;
}

TEST_P(StoreContract, states_are_listed_by_collection_organisation_and_teams) {
  const SubjectId organisation = id();
  const std::vector<SubjectId> teams = {id(), id(), id()};
  std::vector<StoredState> all;
  for (int i = 0; i < 30; ++i) {
    StoredState state = make_state(random, id(), 1);
    state.collection = i % 5 == 0 ? Collection::round : Collection::person;
    if (i % 2 == 0) state.organisation = organisation;
    state.team = i % 7 == 0 ? SubjectId{} : teams[static_cast<std::size_t>(i % 3)];
    all.push_back(state);
  }
  append({.states = all});
  std::sort(all.begin(), all.end(),
            [](const StoredState& a, const StoredState& b) { return a.subject < b.subject; });
  const auto expected = [&](auto&& wanted) {
    std::vector<SubjectId> list;
    for (const StoredState& state : all)
      if (wanted(state)) list.push_back(state.subject);
    return list;
  };
  EXPECT_EQ(subjects(*store().states({})),
            expected([](const StoredState& s) { return s.collection == Collection::person; }));
  EXPECT_EQ(subjects(*store().states({.collection = Collection::round})),
            expected([](const StoredState& s) { return s.collection == Collection::round; }));
  EXPECT_EQ(subjects(*store().states({.organisation = organisation})),
            expected([&](const StoredState& s) {
              return s.collection == Collection::person && s.organisation == organisation;
            }));
  EXPECT_EQ(subjects(*store().states({.teams = {teams[0], teams[2]}})),
            expected([&](const StoredState& s) {
              return s.collection == Collection::person &&
                     (s.team == teams[0] || s.team == teams[2]);
            }));
  EXPECT_EQ(subjects(*store().states({.organisation = organisation, .teams = {teams[1]}})),
            expected([&](const StoredState& s) {
              return s.collection == Collection::person && s.organisation == organisation &&
                     s.team == teams[1];
            }));
  EXPECT_TRUE(store().states({.organisation = id()})->empty());
  const std::vector<StoredState> persons = *store().states({});
  for (const StoredState& state : persons) EXPECT_TRUE(same(state, **store().state(state.subject)));
}

TEST_P(StoreContract, states_are_read_page_by_page) {
  std::vector<StoredState> all;
  for (int i = 0; i < 23; ++i) all.push_back(make_state(random, id(), 1));
  append({.states = all});
  std::vector<SubjectId> read;
  StateFilter filter{.limit = 5};
  while (true) {
    const auto page = store().states(filter);
    ASSERT_LE(page->size(), 5U);
    if (page->empty()) break;
    for (const StoredState& state : *page) read.push_back(state.subject);
    filter.after = read.back();
  }
  EXPECT_EQ(read.size(), 23U);
  EXPECT_TRUE(std::is_sorted(read.begin(), read.end()));
  EXPECT_EQ(std::adjacent_find(read.begin(), read.end()), read.end());
}

TEST_P(StoreContract, a_person_who_changes_team_is_found_in_the_new_one) {
  StoredState state = make_state(random, id(), 1);
  append({.states = {state}});
  const SubjectId old_team = state.team;
  state.version = 2;
  state.replaces = 1;
  state.team = id();
  state.organisation = id();
  append({.states = {state}});
  EXPECT_TRUE(store().states({.teams = {old_team}})->empty());
  ASSERT_EQ(store().states({.teams = {state.team}})->size(), 1U);
  EXPECT_TRUE(same(store().states({.organisation = state.organisation})->front(), state));
}

TEST_P(StoreContract, tokens_find_candidates_and_are_replaced_whole) {
  const SubjectId organisation = id();
  const SubjectId anna = id();
  const SubjectId bruno = id();
  const SearchToken first{organisation, "name", "a1"};
  const SearchToken second{organisation, "name", std::string("\0b", 2)};
  append({.tokens = {{anna, {first, second, first}}, {bruno, {first}}}});
  std::vector<SubjectId> both = {anna, bruno};
  std::sort(both.begin(), both.end());
  EXPECT_EQ(*store().find_tokens(first), both);
  EXPECT_EQ(*store().find_tokens(second), (std::vector<SubjectId>{anna}));
  EXPECT_TRUE(store().find_tokens({id(), "name", "a1"})->empty());
  EXPECT_TRUE(store().find_tokens({organisation, "alias", "a1"})->empty());
  append({.tokens = {{anna, {second}}}});
  EXPECT_EQ(*store().find_tokens(first), (std::vector<SubjectId>{bruno}));
  append({.tokens = {{bruno, {}}}});
  EXPECT_TRUE(store().find_tokens(first)->empty());
}

TEST_P(StoreContract, a_sign_in_name_belongs_to_one_account_of_the_node) {
  const SubjectId first = id();
  const SubjectId second = id();
  const SearchToken login{{}, "login", "whole token"};
  append({.tokens = {{first, {login}}}});
  append({.tokens = {{first, {login}}}});  // its owner may write it again
  EXPECT_EQ(refusal({.tokens = {{second, {login}}}}), "duplicate_login");
  // Also under another organisation: unique per node.
  EXPECT_EQ(refusal({.tokens = {{second, {{id(), "login", "whole token"}}}}}), "duplicate_login");
  append({.tokens = {{second, {{{}, "login", "another"}, {{}, "name", "whole token"}}}}});
  EXPECT_EQ(*store().find_tokens(login), (std::vector<SubjectId>{first}));
  append({.tokens = {{first, {}}}});
  append({.tokens = {{second, {login}}}});
  EXPECT_EQ(*store().find_tokens(login), (std::vector<SubjectId>{second}));
}

// Law 7.
TEST_P(StoreContract, the_quarantine_keeps_the_first_receipt_until_somebody_looks) {
  const SubjectId organisation = id();
  QuarantineRow row;
  row.id = id<EntryId>();
  row.received = Instant{1'795'312'800'000};
  row.organisation = organisation;
  row.author = id();
  row.device = id();
  row.kind = "contact";
  row.reason = "device_lost";
  row.sealed = std::string("sealed \0 draft", 14);
  row.key = id<KeyId>();
  row.subject = id();
  QuarantineRow unknown;  // the box did not open: neither author nor kind
  unknown.id = id<EntryId>();
  unknown.received = Instant{1'795'312'700'000};
  unknown.reason = "does_not_open";
  append({.quarantine = {row}});
  append({.quarantine = {unknown}});
  QuarantineRow again = row;
  again.reason = "later";
  append({.quarantine = {again}});

  const QuarantineRow read = **store().quarantined(row.id);
  EXPECT_EQ(read.received, row.received);
  EXPECT_EQ(read.organisation, row.organisation);
  EXPECT_EQ(read.author, row.author);
  EXPECT_EQ(read.device, row.device);
  EXPECT_EQ(read.kind, row.kind);
  EXPECT_EQ(read.reason, "device_lost");
  EXPECT_EQ(read.sealed, row.sealed);
  EXPECT_EQ(read.key, row.key);
  EXPECT_EQ(read.subject, row.subject);
  EXPECT_FALSE(read.resolved);
  EXPECT_FALSE(store().quarantined(id<EntryId>())->has_value());
  EXPECT_EQ(ids(*store().quarantine({}, true)), (std::vector<EntryId>{unknown.id, row.id}));
  EXPECT_EQ(ids(*store().quarantine(organisation, true)), (std::vector<EntryId>{row.id}));
  EXPECT_EQ(ids(*store().quarantine(SubjectId{}, true)), (std::vector<EntryId>{unknown.id}));

  ASSERT_TRUE(store().resolve_quarantine(row.id, true).ok());
  EXPECT_TRUE((*store().quarantined(row.id))->resolved);
  EXPECT_EQ((*store().quarantined(row.id))->sealed, row.sealed);
  EXPECT_EQ(ids(*store().quarantine({}, true)), (std::vector<EntryId>{unknown.id}));
  EXPECT_EQ(store().quarantine({}, false)->size(), 2U);
  ASSERT_TRUE(store().resolve_quarantine(row.id, false).ok());
  EXPECT_TRUE((*store().quarantined(row.id))->sealed.empty());
  EXPECT_EQ(store().resolve_quarantine(id<EntryId>(), true).error().code, Code::not_found);
}

LedgerRow opened(SubjectId account, SubjectId organisation, std::int64_t at,
                 std::vector<SubjectId> of, std::string purpose = "card") {
  LedgerRow row;
  row.at = Instant{at};
  row.account = account;
  row.organisation = organisation;
  row.action = "person.read";
  row.purpose = std::move(purpose);
  row.subjects = std::move(of);
  return row;
}

// Law 8.
TEST_P(StoreContract, the_ledger_says_who_read_whom_newest_first) {
  const SubjectId worker = id();
  const SubjectId mine = id();
  const SubjectId theirs = id();
  const SubjectId anna = id();
  const SubjectId bruno = id();
  append({.ledger = {opened(worker, mine, 100, {anna})}});
  append({.ledger = {opened(worker, mine, 200, {bruno, anna}, "list"),
                     opened(id(), theirs, 300, {anna})}});
  append({.ledger = {opened(worker, mine, 400, {}, "report")}});

  const auto all = store().ledger({}, {}, 10);
  ASSERT_EQ(all->size(), 4U);
  EXPECT_EQ((*all)[0].purpose, "report");
  EXPECT_TRUE((*all)[0].subjects.empty());
  EXPECT_GT((*all)[0].sequence, (*all)[1].sequence);
  const LedgerRow& list = (*all)[2];
  EXPECT_EQ(list.at, Instant{200});
  EXPECT_EQ(list.account, worker);
  EXPECT_EQ(list.organisation, mine);
  EXPECT_EQ(list.action, "person.read");
  EXPECT_EQ(list.subjects, (std::vector<SubjectId>{bruno, anna}));  // in the order shown
  EXPECT_EQ(store().ledger({}, {}, 2)->size(), 2U);
  EXPECT_EQ(store().ledger(anna, {}, 10)->size(), 3U);
  EXPECT_EQ(store().ledger(anna, {}, 1)->front().at, Instant{300});
  EXPECT_EQ(store().ledger(anna, mine, 10)->size(), 2U);
  EXPECT_EQ(store().ledger(bruno, {}, 10)->size(), 1U);
  EXPECT_EQ(store().ledger({}, mine, 10)->size(), 3U);
  EXPECT_EQ(store().ledger({}, mine, 2)->size(), 2U);
  EXPECT_TRUE(store().ledger(id(), {}, 10)->empty());
}

TEST_P(StoreContract, the_quota_counts_distinct_cards_of_an_account) {
  const SubjectId worker = id();
  const SubjectId organisation = id();
  const SubjectId anna = id();
  const SubjectId bruno = id();
  append({.ledger = {opened(worker, organisation, 100, {anna}),
                     opened(worker, organisation, 200, {anna}),
                     opened(worker, organisation, 300, {bruno, anna}),
                     opened(worker, organisation, 300, {id(), id()}, "list"),
                     opened(id(), organisation, 300, {id()})}});
  EXPECT_EQ(*store().opened_since(worker, Instant{0}), 2);
  EXPECT_EQ(*store().opened_since(worker, Instant{200}), 2);
  EXPECT_EQ(*store().opened_since(worker, Instant{201}), 2);
  EXPECT_EQ(*store().opened_since(worker, Instant{301}), 0);
  EXPECT_EQ(*store().opened_since(id(), Instant{0}), 0);
}

}  // namespace
}  // namespace filrouge
