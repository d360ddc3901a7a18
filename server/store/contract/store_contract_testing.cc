#include "server/store/contract/store_contract_testing.h"

#include "core/base/json.h"

namespace filrouge {

std::string engine_name(const testing::TestParamInfo<StoreEngine>& info) { return info.param.name; }

Bytes32 test_hash(std::string_view bytes) {
  Bytes32 hash{};
  for (std::size_t lane = 0; lane < 4; ++lane) {
    std::uint64_t h = 0xcbf29ce484222325 + lane * 0x9e3779b97f4a7c15;
    for (const char c : bytes) h = (h ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
    h ^= h >> 29U;
    for (std::size_t i = 0; i < 8; ++i)
      hash[lane * 8 + i] = static_cast<std::uint8_t>(h >> (8 * i));
  }
  return hash;
}

SealedEntry make_entry(Random& random, SubjectId subject) {
  SealedEntry entry;
  Envelope& e = entry.envelope;
  e.id = random.id<EntryId>();
  e.subject = subject;
  e.organisation = random.id<SubjectId>();
  e.author = random.id<SubjectId>();
  e.device = random.id<SubjectId>();
  std::array<std::uint8_t, 4> some{};
  random.fill(some);
  e.device_sequence = some[0] + 1;
  e.hlc = Hlc{1'795'312'800'000 + some[1], some[2]};
  e.received = Instant{1'795'312'900'000 + some[3]};
  e.key = random.id<KeyId>();
  random.fill(entry.salt);
  entry.ciphertext.resize(300U + some[0]);
  random.fill({reinterpret_cast<std::uint8_t*>(entry.ciphertext.data()), entry.ciphertext.size()});
  const Bytes32 text_hash = test_hash(entry.ciphertext);
  std::string data(entry.salt.begin(), entry.salt.end());
  data += associated_data(e);
  data.append(text_hash.begin(), text_hash.end());
  entry.leaf = merkle_leaf(&test_hash, data);
  return entry;
}

StoredState make_state(Random& random, SubjectId subject, std::int64_t version,
                       std::string sealed) {
  StoredState state;
  state.subject = subject;
  state.collection = Collection::person;
  state.organisation = random.id<SubjectId>();
  state.team = random.id<SubjectId>();
  state.version = version;
  state.replaces = version - 1;
  state.key = random.id<KeyId>();
  state.sealed = std::move(sealed);
  return state;
}

Fact make_fact(Random& random, FactKind kind, CivilDate day) {
  Fact fact;
  fact.entry = random.id<EntryId>();
  fact.kind = kind;
  fact.day = day;
  fact.organisation = random.id<SubjectId>();
  fact.team = random.id<SubjectId>();
  return fact;
}

CivilDate day_of(const char* text) { return *CivilDate::parse(text); }

bool same(const SealedEntry& a, const SealedEntry& b) {
  return associated_data(a.envelope) == associated_data(b.envelope) && a.salt == b.salt &&
         a.ciphertext == b.ciphertext && a.leaf == b.leaf;
}

bool same(const StoredState& a, const StoredState& b) {
  return a.subject == b.subject && a.collection == b.collection &&
         a.organisation == b.organisation && a.team == b.team && a.version == b.version &&
         a.key == b.key && a.sealed == b.sealed;
}

bool same(const Fact& a, const Fact& b) { return json::encode(a) == json::encode(b); }

void expect_log_verifies(Store& store) {
  MerkleFrontier again;
  std::int64_t last = 0;
  while (true) {
    const auto rows = store.log_after(last, 100);
    ASSERT_TRUE(rows.ok());
    if (rows->empty()) break;
    for (const LogRow& row : *rows) {
      ASSERT_EQ(row.recv_seq, ++last);
      if (row.entry) {
        const SealedEntry& entry = *row.entry;
        const Bytes32 text_hash = test_hash(entry.ciphertext);
        std::string data(entry.salt.begin(), entry.salt.end());
        data += associated_data(entry.envelope);
        data.append(text_hash.begin(), text_hash.end());
        ASSERT_EQ(merkle_leaf(&test_hash, data), row.leaf) << "at " << last;
      }
      again.append(&test_hash, row.leaf);
    }
  }
  const auto head = store.log_head();
  ASSERT_TRUE(head.ok());
  EXPECT_EQ(head->size, again.size);
  EXPECT_EQ(head->root(&test_hash), again.root(&test_hash));
}

}  // namespace filrouge
