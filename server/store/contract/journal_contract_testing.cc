// The journal of every engine: exactly once, in one dense order, all or nothing, deleted for good
// while the log still verifies.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "server/store/contract/store_contract_testing.h"

namespace filrouge {
namespace {

TEST_P(StoreContract, an_entry_comes_back_as_it_was_given) {
  const SubjectId subject = id();
  SealedEntry desk = make_entry(random, subject);
  desk.envelope.device = SubjectId{};
  desk.envelope.device_sequence = 0;
  desk.ciphertext = std::string("zero \0 byte", 11);
  const SealedEntry phone = make_entry(random, subject);
  const SealedEntry other = make_entry(random, id());
  EXPECT_EQ(append({.entries = {desk, other}}).recv_seqs, (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(append({.entries = {phone}}).recv_seqs, (std::vector<std::int64_t>{3}));

  const auto of_subject = store().entries_of(subject);
  ASSERT_EQ(of_subject->size(), 2U);
  EXPECT_EQ((*of_subject)[0].recv_seq, 1);
  EXPECT_TRUE(same((*of_subject)[0].entry, desk));
  EXPECT_EQ((*of_subject)[1].recv_seq, 3);
  EXPECT_TRUE(same((*of_subject)[1].entry, phone));
  EXPECT_TRUE(store().entries_of(id())->empty());

  const auto by_id =
      store().entries({phone.envelope.id, id<EntryId>(), desk.envelope.id, phone.envelope.id});
  ASSERT_EQ(by_id->size(), 2U);  // in order of receipt, once each, unknown ones left out
  EXPECT_TRUE(same((*by_id)[0].entry, desk));
  EXPECT_TRUE(same((*by_id)[1].entry, phone));

  EXPECT_EQ(**store().find_entry(other.envelope.id), 2);
  EXPECT_FALSE(store().find_entry(id<EntryId>())->has_value());
}

TEST_P(StoreContract, an_entry_is_accepted_once) {
  const SealedEntry entry = make_entry(random, id());
  const SealedEntry fresh = make_entry(random, id());
  append({.entries = {entry}});
  EXPECT_EQ(refusal({.entries = {entry}}), "duplicate_entry");
  // The whole append goes, also what was in front of the duplicate.
  const SubjectId subject = id();
  EXPECT_EQ(refusal({.entries = {fresh, entry}, .states = {make_state(random, subject, 1)}}),
            "duplicate_entry");
  EXPECT_FALSE(store().find_entry(fresh.envelope.id)->has_value());
  EXPECT_FALSE(store().state(subject)->has_value());
  EXPECT_EQ(refusal({.entries = {fresh, fresh}}), "duplicate_entry");
  EXPECT_EQ(append({.entries = {fresh}}).recv_seqs, (std::vector<std::int64_t>{2}));
  expect_log_verifies(store());
}

TEST_P(StoreContract, a_state_replaces_the_version_it_read) {
  const SubjectId subject = id();
  EXPECT_EQ(refusal({.states = {make_state(random, subject, 2)}}), "version");
  append({.states = {make_state(random, subject, 1)}});
  EXPECT_EQ(refusal({.states = {make_state(random, subject, 1)}}), "version");
  EXPECT_EQ(refusal({.states = {make_state(random, subject, 3)}}), "version");
  const StoredState second = make_state(random, subject, 2, "second");
  append({.states = {second}});
  EXPECT_TRUE(same(**store().state(subject), second));
  const SubjectId twice = id();
  EXPECT_EQ(refusal({.states = {make_state(random, twice, 1), make_state(random, twice, 1)}}),
            "version");
  EXPECT_EQ(refusal({.states = {make_state(random, subject, 3), make_state(random, subject, 3)}}),
            "version");
  EXPECT_TRUE(same(**store().state(subject), second));
}

// Another program wrote the subject while two states were on their way, the second made from the
// first: with the first the second goes, whatever its number.
TEST_P(StoreContract, a_state_made_from_a_refused_one_is_refused) {
  const SubjectId subject = id();
  append({.states = {make_state(random, subject, 1)}});
  StoredState theirs = make_state(random, subject, 20);
  theirs.replaces = 1;
  append({.states = {theirs}});
  StoredState mine = make_state(random, subject, 19);
  mine.replaces = 1;
  StoredState next = make_state(random, subject, 21);
  next.replaces = 19;
  EXPECT_EQ(refusal({.states = {mine}}), "version");
  EXPECT_EQ(refusal({.states = {next}}), "version");
  EXPECT_TRUE(same(**store().state(subject), theirs));
  next.replaces = 20;
  append({.states = {next}});
  EXPECT_EQ((*store().state(subject))->version, 21);
}

TEST_P(StoreContract, nothing_of_a_refused_append_stays) {
  const SubjectId subject = id();
  append(
      {.states = {make_state(random, subject, 1)}, .tokens = {{subject, {{id(), "name", "ab"}}}}});
  Fact fact = make_fact(random, FactKind::encounter, day_of("2026-11-20"));
  QuarantineRow waiting;
  waiting.id = id<EntryId>();
  LedgerRow read;
  read.account = id();
  read.subjects = {subject};
  const EntryId undone = id<EntryId>();
  const SealedEntry entry = make_entry(random, subject);
  EXPECT_EQ(refusal({.entries = {entry},
                     .states = {make_state(random, subject, 5)},
                     .facts = {.put = {fact}},
                     .undone = {undone},
                     .tokens = {{subject, {}}},
                     .quarantine = {waiting},
                     .ledger = {read}}),
            "version");
  EXPECT_FALSE(store().find_entry(entry.envelope.id)->has_value());
  EXPECT_FALSE(*store().is_undone(undone));
  EXPECT_TRUE(store().facts({.from = fact.day, .to = fact.day}, 10)->empty());
  EXPECT_FALSE(store().quarantined(waiting.id)->has_value());
  EXPECT_TRUE(store().ledger({}, {}, 10)->empty());
  EXPECT_EQ(store().log_head()->size, 0U);
}

TEST_P(StoreContract, undone_entries_are_known_before_they_arrive) {
  const EntryId early = id<EntryId>();
  append({.undone = {early, early}});
  append({.undone = {early}});
  EXPECT_TRUE(*store().is_undone(early));
  EXPECT_FALSE(*store().is_undone(id<EntryId>()));
}

TEST_P(StoreContract, an_append_says_when_it_has_its_place) {
  const SubjectId subject = id();
  const auto caller = std::this_thread::get_id();
  int said = 0;
  Append first{.entries = {make_entry(random, subject)},
               .states = {make_state(random, subject, 1)}};
  std::thread second;
  first.queued = [&] {
    ++said;
    EXPECT_EQ(std::this_thread::get_id(), caller);
    // What is appended from now on comes after it, durable or not.
    second = std::thread(
        [&, entry = make_entry(random, subject), state = make_state(random, subject, 2)] {
          auto appended = store().append({.entries = {entry}, .states = {state}});
          EXPECT_TRUE(appended.ok());
          EXPECT_EQ(appended->recv_seqs.front(), 2);
        });
  };
  EXPECT_EQ(append(std::move(first)).recv_seqs.front(), 1);
  second.join();
  EXPECT_EQ(said, 1);
}

TEST_P(StoreContract, an_append_of_nothing_is_accepted) {
  EXPECT_TRUE(append({}).recv_seqs.empty());
  EXPECT_EQ(store().log_head()->size, 0U);
}

TEST_P(StoreContract, the_log_is_read_in_pages) {
  std::vector<SealedEntry> entries;
  for (int i = 0; i < 25; ++i) entries.push_back(make_entry(random, id()));
  append({.entries = entries});
  const auto page = store().log_after(10, 7);
  ASSERT_EQ(page->size(), 7U);
  EXPECT_EQ(page->front().recv_seq, 11);
  EXPECT_EQ(page->back().recv_seq, 17);
  EXPECT_TRUE(same(*page->front().entry, entries[10]));
  EXPECT_EQ(store().log_after(23, 100)->size(), 2U);
  EXPECT_TRUE(store().log_after(25, 100)->empty());
  expect_log_verifies(store());
}

TEST_P(StoreContract, eight_threads_get_one_dense_order_and_read_what_they_wrote) {
  constexpr int kThreads = 8;
  constexpr int kEach = 60;
  std::vector<std::vector<std::int64_t>> seqs(kThreads);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      SeededRandom own(1'000 + static_cast<std::uint64_t>(t));
      const auto subject = own.id<SubjectId>();
      SealedEntry last;
      for (int i = 0; i < kEach; ++i) {
        const SealedEntry entry = make_entry(own, subject);
        const SealedEntry second = make_entry(own, subject);
        auto appended = store().append(
            {.entries = {entry, second}, .states = {make_state(own, subject, i + 1)}});
        ASSERT_TRUE(appended.ok());
        ASSERT_EQ(appended->recv_seqs[1], appended->recv_seqs[0] + 1);
        for (const std::int64_t seq : appended->recv_seqs)
          seqs[static_cast<std::size_t>(t)].push_back(seq);
        ASSERT_EQ(**store().find_entry(entry.envelope.id), appended->recv_seqs[0]);
        ASSERT_EQ((*store().state(subject))->version, i + 1);
        // One in three repeats something: it is refused alone, the neighbours are not.
        if (i % 3 == 2) {
          auto again = store().append({.entries = {make_entry(own, subject), last}});
          ASSERT_EQ(again.error().rule, "duplicate_entry");
        }
        last = entry;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::int64_t> all;
  for (const auto& own : seqs) {
    EXPECT_TRUE(std::is_sorted(own.begin(), own.end()));
    all.insert(own.begin(), own.end());
  }
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kThreads * kEach * 2));
  EXPECT_EQ(*all.begin(), 1);
  EXPECT_EQ(*all.rbegin(), kThreads * kEach * 2);
  expect_log_verifies(store());
}

// T08: what became visible is all there is up to it; a reader that goes on behind the last position
// it saw never skips an entry.
TEST_P(StoreContract, a_reader_by_position_never_skips) {
  constexpr int kWriters = 8;
  constexpr int kEach = 150;
  std::atomic<int> writing{kWriters};
  std::atomic<std::int64_t> written{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kWriters; ++t) {
    threads.emplace_back([&, t] {
      SeededRandom own(2'000 + static_cast<std::uint64_t>(t));
      for (int i = 0; i < kEach; ++i) {
        std::vector<SealedEntry> entries;
        for (std::int64_t n = own.below(3); n >= 0; --n)
          entries.push_back(make_entry(own, own.id<SubjectId>()));
        written += static_cast<std::int64_t>(entries.size());
        ASSERT_TRUE(store().append({.entries = std::move(entries)}).ok());
        std::this_thread::sleep_for(std::chrono::microseconds(own.below(500)));
      }
      --writing;
    });
  }
  std::int64_t last = 0;
  for (bool more = true; more;) {
    more = writing > 0;  // asked before the page: what was written until then is in it
    const auto page = store().log_after(last, 10'000);
    ASSERT_TRUE(page.ok());
    for (const LogRow& row : *page) {
      ASSERT_EQ(row.recv_seq, last + 1);
      last = row.recv_seq;
    }
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(last, written);
}

TEST_P(StoreContract, a_race_for_one_version_has_one_winner) {
  const SubjectId subject = id();
  for (int round = 1; round <= 20; ++round) {
    std::atomic<int> won{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        SeededRandom own(static_cast<std::uint64_t>(round * 10 + t));
        auto appended = store().append(
            {.entries = {make_entry(own, subject)}, .states = {make_state(own, subject, round)}});
        if (appended.ok())
          ++won;
        else
          EXPECT_EQ(appended.error().rule, "version");
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(won, 1);
  }
  EXPECT_EQ(store().log_head()->size, 20U);
  expect_log_verifies(store());
}

// Law 9: gone for good, and the log still verifies.
TEST_P(StoreContract, what_is_erased_leaves_only_its_leaves) {
  const SubjectId person = id();
  const SubjectId other = id();
  const auto pseudonym = id<Pseudonym>();
  Fact contact = make_fact(random, FactKind::contact, day_of("2026-11-20"));
  contact.person = pseudonym;
  Fact neighbour = make_fact(random, FactKind::contact, day_of("2026-11-20"));
  neighbour.person = id<Pseudonym>();
  QuarantineRow waiting;
  waiting.id = id<EntryId>();
  waiting.subject = person;
  waiting.sealed = "text";
  QuarantineRow elsewhere = waiting;
  elsewhere.id = id<EntryId>();
  elsewhere.subject = other;
  const SearchToken name{id(), "name", "xy"};
  const SealedEntry first = make_entry(random, person);
  const SealedEntry kept = make_entry(random, other);
  const SealedEntry third = make_entry(random, person);
  append({.entries = {first, kept, third},
          .states = {make_state(random, person, 1), make_state(random, other, 1)},
          .facts = {.put = {contact, neighbour},
                    .persons = {{pseudonym, Sex::woman, AgeBand::from_18_to_20, true, false}}},
          .tokens = {{person, {name}}, {other, {name}}},
          .quarantine = {waiting, elsewhere}});
  append({.erase = Erasure{person, pseudonym}});

  EXPECT_TRUE(store().entries_of(person)->empty());
  EXPECT_FALSE(store().state(person)->has_value());
  EXPECT_EQ(*store().find_tokens(name), (std::vector<SubjectId>{other}));
  EXPECT_FALSE(store().quarantined(waiting.id)->has_value());
  EXPECT_TRUE(store().quarantined(elsewhere.id)->has_value());
  const auto facts = store().facts({.from = contact.day, .to = contact.day}, 10);
  ASSERT_EQ(facts->size(), 1U);
  EXPECT_TRUE(same(facts->front(), neighbour));
  EXPECT_TRUE(store().person_facts({pseudonym})->empty());
  EXPECT_EQ(store().entries_of(other)->size(), 1U);

  const auto log = store().log_after(0, 10);
  ASSERT_EQ(log->size(), 3U);
  EXPECT_FALSE((*log)[0].entry);
  EXPECT_TRUE((*log)[1].entry);
  EXPECT_FALSE((*log)[2].entry);
  EXPECT_EQ((*log)[0].leaf, first.leaf);
  expect_log_verifies(store());

  // A phone that sends it again is told that it is known.
  EXPECT_EQ(**store().find_entry(third.envelope.id), 3);
  EXPECT_EQ(refusal({.entries = {third}}), "duplicate_entry");
  append({.entries = {make_entry(random, other)}});
  expect_log_verifies(store());
}

TEST_P(StoreContract, what_an_erasure_writes_itself_stays) {
  const SubjectId person = id();
  const auto pseudonym = id<Pseudonym>();
  append({.entries = {make_entry(random, person)},
          .states = {make_state(random, person, 1)},
          .facts = {.persons = {{pseudonym, {}, {}, true, false}}}});
  const SealedEntry last_word = make_entry(random, person);
  Fact retained = make_fact(random, FactKind::contact, day_of("2026-11-20"));
  retained.person = pseudonym;
  const StoredState tombstone = make_state(random, person, 2, "erased");
  // The version that it read is judged against what was there before.
  EXPECT_EQ(
      refusal({.states = {make_state(random, person, 1)}, .erase = Erasure{person, pseudonym}}),
      "version");
  append({.entries = {last_word},
          .states = {tombstone},
          .facts = {.put = {retained}, .persons = {{pseudonym, {}, {}, false, true}}},
          .erase = Erasure{person, pseudonym}});
  ASSERT_EQ(store().entries_of(person)->size(), 1U);
  EXPECT_TRUE(same(store().entries_of(person)->front().entry, last_word));
  EXPECT_TRUE(same(**store().state(person), tombstone));
  EXPECT_EQ(store().facts({.from = retained.day, .to = retained.day}, 10)->size(), 1U);
  EXPECT_TRUE(store().person_facts({pseudonym})->front().erased);
}

TEST_P(StoreContract, an_erasure_is_refused_when_the_person_was_written_in_between) {
  const SubjectId person = id();
  const auto pseudonym = id<Pseudonym>();
  append({.erase = Erasure{person, pseudonym, 0}});  // nothing is stored of her
  append({.entries = {make_entry(random, person)}, .states = {make_state(random, person, 1)}});
  EXPECT_EQ(refusal({.erase = Erasure{person, pseudonym, 0}}), "version");
  EXPECT_EQ(refusal({.erase = Erasure{person, pseudonym, 2}}), "version");
  EXPECT_EQ(store().entries_of(person)->size(), 1U);
  append({.erase = Erasure{person, pseudonym, 1}});
  EXPECT_TRUE(store().entries_of(person)->empty());
}

TEST_P(StoreContract, an_entry_stands_once_in_the_journal_and_once_in_the_facts) {
  const SealedEntry counted = make_entry(random, id());
  const SealedEntry bare = make_entry(random, id());
  Fact fact = make_fact(random, FactKind::encounter, day_of("2026-11-20"));
  fact.entry = counted.envelope.id;
  append({.entries = {counted, bare}, .facts = {.put = {fact}}});
  const auto counts = store().count_entries({bare.envelope.id, id<EntryId>(), counted.envelope.id});
  ASSERT_EQ(counts->size(), 2U);
  EXPECT_EQ((*counts)[0].entry, bare.envelope.id);
  EXPECT_EQ((*counts)[0].journal, 1);
  EXPECT_EQ((*counts)[0].facts, 0);
  EXPECT_EQ((*counts)[1].entry, counted.envelope.id);
  EXPECT_EQ((*counts)[1].author, counted.envelope.author);
  EXPECT_EQ((*counts)[1].journal, 1);
  EXPECT_EQ((*counts)[1].facts, 1);
}

TEST_P(StoreContract, a_forgotten_entry_leaves_its_leaf_and_its_fact) {
  const SubjectId round = id();
  const SealedEntry old = make_entry(random, round);
  const SealedEntry young = make_entry(random, round);
  Fact fact = make_fact(random, FactKind::encounter, day_of("2026-10-01"));
  fact.entry = old.envelope.id;
  append({.entries = {old, young}, .facts = {.put = {fact}}});
  append({.forget = {old.envelope.id, id<EntryId>()}});
  ASSERT_EQ(store().entries_of(round)->size(), 1U);
  EXPECT_TRUE(same(store().entries_of(round)->front().entry, young));
  EXPECT_EQ(store().facts({.from = fact.day, .to = fact.day}, 10)->size(), 1U);
  EXPECT_EQ(refusal({.entries = {old}}), "duplicate_entry");
  // Two programs let the same entry go: only one of them writes what is to stay of it.
  EXPECT_EQ(refusal({.forget = {young.envelope.id, old.envelope.id}}), "version");
  EXPECT_EQ(store().entries_of(round)->size(), 1U);
  expect_log_verifies(store());
}

TEST_P(StoreContract, all_is_there_after_closing_and_opening) {
  const SubjectId subject = id();
  const SealedEntry first = make_entry(random, subject);
  const StoredState state = make_state(random, subject, 1);
  append({.entries = {first, make_entry(random, id())}, .states = {state}});
  harness().reopen();
  EXPECT_TRUE(same(store().entries_of(subject)->front().entry, first));
  EXPECT_TRUE(same(**store().state(subject), state));
  EXPECT_EQ(refusal({.entries = {first}}), "duplicate_entry");
  EXPECT_EQ(append({.entries = {make_entry(random, subject)}}).recv_seqs.front(), 3);
  expect_log_verifies(store());
}

}  // namespace
}  // namespace filrouge
