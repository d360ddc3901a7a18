// How fast the SQLite store takes appends and answers figures, in a folder of its own, with the
// work of a contact: one entry, the person's state, one fact. Bars of the whole server: 2,300
// single appends a second from 8 callers and 10,000 entries a second in batches of 50; a figure
// over 200,000 facts in 300 ms.
//
//   ninja -C build/release bench_store_bench && build/release/bench_store_bench
//   (a folder on another disk: TMPDIR=/mnt/x)
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"
#include "server/store/sqlite/sqlite_keys.h"
#include "server/store/sqlite/sqlite_store.h"

namespace filrouge {
namespace {

namespace fs = std::filesystem;

template <class AnyId>
AnyId make_id(std::mt19937_64& random) {
  AnyId made;
  for (auto& byte : made.bytes) byte = static_cast<std::uint8_t>(random());
  return made;
}

class Folder {
 public:
  Folder() {
    path_ = (fs::temp_directory_path() / "filrouge-bench-XXXXXX").string();
    verify(::mkdtemp(path_.data()) != nullptr);
  }
  ~Folder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::unique_ptr<Store> open_store(const std::string& folder) {
  auto store =
      open_sqlite_store({.folder = folder, .hash = sodium_hash_function(), .create = true});
  verify(store.ok());
  return std::move(*store);
}

// The rows of one contact with a person: 512 bytes sealed, a state of 700 bytes.
void add_contact(Append& append, std::mt19937_64& random, SubjectId person, Pseudonym pseudonym,
                 std::int64_t version) {
  SealedEntry entry;
  entry.envelope.id = make_id<EntryId>(random);
  entry.envelope.subject = person;
  entry.envelope.key = make_id<KeyId>(random);
  entry.ciphertext.assign(552, 'c');
  for (auto& byte : entry.leaf) byte = static_cast<std::uint8_t>(random());
  Fact fact;
  fact.entry = entry.envelope.id;
  fact.kind = FactKind::contact;
  fact.day = CivilDate{20'364};
  fact.team.bytes[0] = static_cast<std::uint8_t>(random() % 5);
  fact.commune = std::to_string(37'000 + random() % 20);
  fact.district = "QP0370" + std::to_string(random() % 12);
  fact.person = pseudonym;
  append.entries.push_back(std::move(entry));
  append.facts.put.push_back(std::move(fact));
  if (version == 0) return;
  StoredState state;
  state.subject = person;
  state.version = version;
  state.replaces = version - 1;
  state.sealed.assign(740, 's');
  append.states.push_back(std::move(state));
}

// What one of the callers waited, in milliseconds an append. Its persons are its own.
std::vector<double> one_caller(Store& store, std::uint64_t seed, std::int64_t appends,
                               std::int64_t batch) {
  std::mt19937_64 random(seed);
  std::vector<SubjectId> persons(25);
  std::vector<std::int64_t> versions(25);
  for (auto& person : persons) person = make_id<SubjectId>(random);
  std::vector<double> waited;
  for (std::int64_t i = 0; i < appends; ++i) {
    Append append;
    const std::size_t who = static_cast<std::size_t>(i) % persons.size();
    for (std::int64_t b = 0; b < batch; ++b) {
      add_contact(append, random, persons[who], Pseudonym{persons[who].bytes},
                  b + 1 == batch ? ++versions[who] : 0);
    }
    const auto start = std::chrono::steady_clock::now();
    verify(store.append(std::move(append)).ok());
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    waited.push_back(took.count());
  }
  return waited;
}

// 8 callers, each waiting for its answer, on 200 persons; `batch` entries an append.
void append_contacts(benchmark::State& state) {
  constexpr std::size_t kCallers = 8;
  constexpr std::int64_t kEntries = 20'000;
  const auto batch = state.range(0);
  const std::int64_t each = kEntries / static_cast<std::int64_t>(kCallers) / batch;
  const Folder folder;
  const auto store = open_store(folder.path());
  std::uint64_t seed = 1;
  std::vector<double> all;
  for (auto _ : state) {
    std::vector<std::vector<double>> waited(kCallers);
    std::vector<std::thread> callers;
    for (auto& own : waited) {
      callers.emplace_back([&store, &own, mine = seed++, each, batch] {
        own = one_caller(*store, mine, each, batch);
      });
    }
    for (std::thread& caller : callers) caller.join();
    for (const auto& own : waited) all.insert(all.end(), own.begin(), own.end());
  }
  std::sort(all.begin(), all.end());
  const auto last = static_cast<double>(all.size() - 1);
  state.counters["entries/s"] = benchmark::Counter(
      static_cast<double>(all.size()) * static_cast<double>(batch), benchmark::Counter::kIsRate);
  state.counters["p50_ms"] = all[static_cast<std::size_t>(0.50 * last)];
  state.counters["p99_ms"] = all[static_cast<std::size_t>(0.99 * last)];
}
BENCHMARK(append_contacts)
    ->Arg(1)
    ->Arg(50)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(3);

Append some_facts(std::mt19937_64& random, const std::vector<Pseudonym>& persons, int count) {
  Append append;
  for (int i = 0; i < count; ++i) {
    const auto kind = random() % 10;
    Append one;
    add_contact(one, random, {}, persons[random() % persons.size()], 0);
    Fact fact = std::move(one.facts.put.front());
    fact.day.days -= static_cast<std::int32_t>(random() % 365);
    if (kind >= 3) {
      fact.kind = kind < 9 ? FactKind::encounter : static_cast<FactKind>(2 + random() % 3);
      fact.person.reset();
      fact.age_band = static_cast<AgeBand>(random() % 6);
    }
    append.facts.put.push_back(std::move(fact));
  }
  return append;
}

// A store of 200,000 facts of one year, made once: 60 % encounters, 30 % contacts of 20,000
// persons, the rest rounds, watch sessions and visits.
Store& figures_store() {
  static const Folder folder;
  static const auto store = [] {
    auto made = open_store(folder.path());
    std::mt19937_64 random(42);
    std::vector<Pseudonym> persons(20'000);
    Append people;
    for (auto& person : persons) {
      person = make_id<Pseudonym>(random);
      PersonFact known{person, Sex::woman, static_cast<AgeBand>(random() % 6), false, false};
      if (random() % 10 == 0) known.age_band.reset();
      people.facts.persons.push_back(known);
    }
    verify(made->append(std::move(people)).ok());
    for (int i = 0; i < 200; ++i) verify(made->append(some_facts(random, persons, 1'000)).ok());
    return made;
  }();
  return *store;
}

FactFilter whole_year() { return {.from = CivilDate{20'000}, .to = CivilDate{20'364}}; }

void count_facts(benchmark::State& state) {
  Store& store = figures_store();
  for (auto _ : state) {
    const auto counts = store.count_facts(whole_year(), static_cast<Dimension>(state.range(0)));
    verify(counts.ok() && !counts->empty());
  }
}
BENCHMARK(count_facts)
    ->Arg(static_cast<int>(Dimension::none))
    ->Arg(static_cast<int>(Dimension::district))
    ->Arg(static_cast<int>(Dimension::team))
    ->Arg(static_cast<int>(Dimension::age_band))
    ->Unit(benchmark::kMillisecond);

void count_first_contacts(benchmark::State& state) {
  Store& store = figures_store();
  for (auto _ : state) {
    const auto counts = store.count_first_contacts(
        whole_year(), static_cast<Dimension>(state.range(0)), CivilDate{20'400});
    verify(counts.ok() && !counts->empty());
  }
}
BENCHMARK(count_first_contacts)
    ->Arg(static_cast<int>(Dimension::none))
    ->Arg(static_cast<int>(Dimension::district))
    ->Arg(static_cast<int>(Dimension::age_band))
    ->Unit(benchmark::kMillisecond);

double resident_mebibytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  file >> pages >> pages;
  return pages * 4096 / (1 << 20);
}

// 100,000 entries of 200 persons.
void fill(Store& store, const std::vector<SubjectId>& persons, std::mt19937_64& random) {
  for (int i = 0; i < 1'000; ++i) {
    Append append;
    const SubjectId person = persons[static_cast<std::size_t>(i) % persons.size()];
    const std::int64_t version = i / static_cast<std::int64_t>(persons.size()) + 1;
    for (int j = 0; j < 100; ++j)
      add_contact(append, random, person, Pseudonym{person.bytes}, j == 99 ? version : 0);
    verify(store.append(std::move(append)).ok());
  }
}

// Opening a folder of 100,000 entries, and what it holds in memory after some questions.
void open_and_rest(benchmark::State& state) {
  const Folder folder;
  std::mt19937_64 random(7);
  std::vector<SubjectId> persons(200);
  for (auto& person : persons) person = make_id<SubjectId>(random);
  fill(*open_store(folder.path()), persons, random);
  const double before = resident_mebibytes();
  double held = 0;
  for (auto _ : state) {
    const auto store = open_store(folder.path());
    verify(store->state(persons[3])->has_value());
    state.PauseTiming();
    verify(store->entries_of(persons[5])->size() == 500);
    verify(store->count_facts(whole_year(), Dimension::district).ok());
    held = resident_mebibytes() - before;
    state.ResumeTiming();
  }
  state.counters["resident_mib"] = held;
}
BENCHMARK(open_and_rest)->Unit(benchmark::kMillisecond)->Iterations(20);

// A new person needs a durable key first: 8 callers.
void make_keys(benchmark::State& state) {
  constexpr int kCallers = 8;
  constexpr int kEach = 250;
  const Folder folder;
  const auto crypto = make_sodium_crypto();
  const auto random = make_system_random();
  const auto keys = open_sqlite_keys({.folder = folder.path(), .create = true}, *crypto, *random);
  verify(keys.ok());
  std::int64_t made = 0;
  for (auto _ : state) {
    std::vector<std::thread> callers;
    for (int c = 0; c < kCallers; ++c) {
      callers.emplace_back([&] {
        for (int i = 0; i < kEach; ++i)
          verify((*keys)->current(SealScope::person, random->id<SubjectId>()).ok());
      });
    }
    for (std::thread& caller : callers) caller.join();
    made += kCallers * kEach;
  }
  state.counters["keys/s"] =
      benchmark::Counter(static_cast<double>(made), benchmark::Counter::kIsRate);
}
BENCHMARK(make_keys)->UseRealTime()->Unit(benchmark::kMillisecond)->Iterations(3);

}  // namespace
}  // namespace filrouge

BENCHMARK_MAIN();
