// Padding, the clear envelope, the log's shape, the register of kinds and their versions.
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "core/comparison/comparison.h"
#include "core/journal/envelope.h"
#include "core/journal/kinds.h"
#include "core/journal/merkle.h"
#include "core/journal/proof.h"
#include "core/testing.h"

namespace filrouge {
namespace {

using testing::id_of;

TEST(Padding, GoesToTheNextPowerOfTwoFrom256) {
  EXPECT_EQ(padded_size(0), 256u);
  EXPECT_EQ(padded_size(256), 256u);
  EXPECT_EQ(padded_size(257), 512u);
  EXPECT_EQ(padded_size(5'000), 8'192u);
  const std::string padded = pad_text("{}");
  EXPECT_EQ(padded.size(), 256u);
  EXPECT_TRUE(json::parse(padded).ok()) << "blanks after a document are no error";
}

Envelope envelope() {
  Envelope e;
  e.id = id_of<EntryId>(1);
  e.subject = id_of(2);
  e.organisation = id_of(3);
  e.author = id_of(4);
  e.device = id_of(5);
  e.device_sequence = 6;
  e.hlc = {7, 8};
  e.received = {9};
  e.key = id_of<KeyId>(10);
  return e;
}

TEST(Envelope, BindsEveryFieldAtAFixedPlace) {
  const std::string bytes = associated_data(envelope());
  EXPECT_EQ(bytes.size(), 3u + 5 * 16 + 8 + 8 + 4 + 8 + 16);
  EXPECT_TRUE(bytes.starts_with("fr1"));
  EXPECT_EQ(to_hex(reinterpret_cast<const std::uint8_t*>(bytes.data()) + 83, 28),
            "00000000000000060000000000000007000000080000000000000009");
}

TEST(Envelope, AnyOtherFieldGivesOtherBytes) {
  const std::string bytes = associated_data(envelope());
  std::set<std::string> others;
  Envelope e = envelope();
  const auto add = [&](auto change) {
    Envelope other = e;
    change(other);
    others.insert(associated_data(other));
  };
  add([](Envelope& o) { o.id = id_of<EntryId>(11); });
  add([](Envelope& o) { o.subject = id_of(11); });
  add([](Envelope& o) { o.organisation = id_of(11); });
  add([](Envelope& o) { o.author = id_of(11); });
  add([](Envelope& o) { o.device = id_of(11); });
  add([](Envelope& o) { o.device_sequence = -6; });
  add([](Envelope& o) { o.hlc.ms = 11; });
  add([](Envelope& o) { o.hlc.counter = 11; });
  add([](Envelope& o) { o.received.ms = 11; });
  add([](Envelope& o) { o.key = id_of<KeyId>(11); });
  EXPECT_EQ(others.size(), 10u);
  EXPECT_FALSE(others.contains(bytes));
}

// A published mixing function over the bytes: enough to tell shapes of trees apart in a test.
Bytes32 mix(std::string_view bytes) {
  std::uint64_t state = 1'469'598'103'934'665'603ULL;
  for (const char c : bytes) state = (state ^ static_cast<std::uint8_t>(c)) * 1'099'511'628'211ULL;
  testing::Numbers numbers(state + bytes.size());
  Bytes32 out;
  for (std::size_t i = 0; i < out.size(); i += 8) {
    const std::uint64_t n = numbers.next();
    for (std::size_t k = 0; k < 8; ++k) out[i + k] = static_cast<std::uint8_t>(n >> (8 * k));
  }
  return out;
}

std::string bytes_of(const Bytes32& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// RFC 6962 section 2.1, word for word: MTH(D[n]) = HASH(0x01 || MTH(D[0:k]) || MTH(D[k:n])), k the
// largest power of two smaller than n.
Bytes32 tree_hash(const std::vector<std::string>& data, std::size_t from, std::size_t to) {
  if (from == to) return mix("");
  if (to - from == 1) return mix(std::string(1, '\0') + data[from]);
  std::size_t k = 1;
  while (k * 2 < to - from) k *= 2;
  return mix(std::string(1, '\x01') + bytes_of(tree_hash(data, from, from + k)) +
             bytes_of(tree_hash(data, from + k, to)));
}

TEST(Merkle, HasTheShapeOfRfc6962AtEverySize) {
  std::vector<std::string> data;
  MerkleFrontier frontier;
  EXPECT_EQ(frontier.root(mix), mix(""));
  for (int n = 1; n <= 130; ++n) {
    data.push_back("entry " + std::to_string(n));
    frontier.append(mix, merkle_leaf(mix, data.back()));
    ASSERT_EQ(frontier.size, data.size());
    ASSERT_EQ(frontier.subtrees.size(), static_cast<std::size_t>(__builtin_popcount(n)));
    ASSERT_EQ(frontier.root(mix), tree_hash(data, 0, data.size())) << n;
  }
}

TEST(Merkle, AnotherLeafAnywhereGivesAnotherRoot) {
  const auto root_with = [](int changed) {
    MerkleFrontier frontier;
    for (int i = 0; i < 21; ++i)
      frontier.append(mix, merkle_leaf(mix, std::to_string(i) + (i == changed ? "!" : "")));
    return frontier.root(mix);
  };
  std::set<Bytes32> roots;
  for (int i = -1; i < 21; ++i) roots.insert(root_with(i));
  EXPECT_EQ(roots.size(), 22u);
}

// RFC 6962 over the words of `data`, by its definition.
SubtreeRoot tree_over(const std::vector<std::string>& data) {
  return [&data](std::uint64_t from, std::uint64_t to) -> Result<Bytes32> {
    return tree_hash(data, from, to);
  };
}

std::vector<std::string> words(std::size_t count) {
  std::vector<std::string> data;
  for (std::size_t i = 0; i < count; ++i) data.push_back("entry " + std::to_string(i));
  return data;
}

TEST(Proofs, EveryLeafOfEveryLogIsProvedAndNoOther) {
  for (std::size_t size = 1; size <= 40; ++size) {
    const auto data = words(size);
    const Bytes32 root = tree_hash(data, 0, size);
    for (std::size_t index = 0; index < size; ++index) {
      auto proof = inclusion_proof(tree_over(data), index, size).value();
      const Bytes32 leaf = merkle_leaf(mix, data[index]);
      ASSERT_TRUE(proves_inclusion(mix, leaf, index, size, proof, root)) << index << " " << size;
      EXPECT_FALSE(proves_inclusion(mix, merkle_leaf(mix, "other"), index, size, proof, root));
      EXPECT_FALSE(proves_inclusion(mix, leaf, index, size, proof, mix("another root")));
      EXPECT_FALSE(proves_inclusion(mix, leaf, size, size, proof, root));
      if (size > 1) {
        EXPECT_FALSE(proves_inclusion(mix, leaf, (index + 1) % size, size, proof, root));
        proof[index % proof.size()][5] ^= 1;
        EXPECT_FALSE(proves_inclusion(mix, leaf, index, size, proof, root));
        proof.pop_back();
        EXPECT_FALSE(proves_inclusion(mix, leaf, index, size, proof, root));
      }
    }
    EXPECT_EQ(inclusion_proof(tree_over(data), size, size).error().rule, "range");
  }
}

TEST(Proofs, ALongerLogBeginsWithTheShorterOrItShows) {
  for (std::size_t second = 1; second <= 40; ++second) {
    const auto data = words(second);
    const Bytes32 second_root = tree_hash(data, 0, second);
    for (std::size_t first = 1; first <= second; ++first) {
      const Bytes32 first_root = tree_hash(data, 0, first);
      auto proof = consistency_proof(tree_over(data), first, second).value();
      ASSERT_TRUE(proves_consistency(mix, first, second, proof, first_root, second_root))
          << first << " " << second;
      // Somebody wrote the past again.
      auto other = data;
      other[first - 1] += "!";
      const Bytes32 other_root = tree_hash(other, 0, second);
      const auto other_proof = consistency_proof(tree_over(other), first, second).value();
      EXPECT_FALSE(proves_consistency(mix, first, second, other_proof, first_root, other_root));
      EXPECT_FALSE(proves_consistency(mix, first, second, proof, mix("x"), second_root));
      if (!proof.empty()) {
        proof.back()[0] ^= 1;
        EXPECT_FALSE(proves_consistency(mix, first, second, proof, first_root, second_root));
      }
    }
    EXPECT_FALSE(consistency_proof(tree_over(data), 0, second).ok());
    EXPECT_FALSE(consistency_proof(tree_over(data), second + 1, second).ok());
  }
}

TEST(Kinds, SayWhatTheirSubjectIs) {
  const auto collection = [](std::string_view kind, std::string_view body) {
    Draft draft;
    draft.kind = std::string(kind);
    draft.body = testing::object(body);
    const auto found = collection_of(draft);
    return found.ok() ? std::string(json::enum_text(*found)) : found.error().field;
  };
  EXPECT_EQ(collection("contact", "{}"), "person");
  EXPECT_EQ(collection("encounter", R"({"round":"00"})"), "round");
  EXPECT_EQ(collection("encounter", "{}"), "team");
  EXPECT_EQ(collection("encounter", R"({"round":null})"), "team");
  EXPECT_EQ(collection("visit", R"({"named":true})"), "person");
  EXPECT_EQ(collection("visit", R"({"named":false})"), "place");
  EXPECT_EQ(collection("undone", R"({"collection":"team"})"), "team");
  EXPECT_EQ(collection("undone", R"({"collection":"account"})"), "body.collection");
  EXPECT_EQ(collection("confirmed", "{}"), "body.collection");
  EXPECT_EQ(collection("undone", "[]"), "body.collection");
  EXPECT_EQ(collection("round_started", "{}"), "round");
  EXPECT_EQ(collection("tomorrow", "{}"), "kind");
}

TEST(Kinds, WhatIsAboutAPersonIsSealedUnderHerKey) {
  const auto seal = [](std::string_view kind, std::string_view body) {
    Draft draft;
    draft.kind = std::string(kind);
    draft.body = testing::object(body);
    return seal_of(draft);
  };
  EXPECT_EQ(seal("contact", "{}"), SealScope::person);
  EXPECT_EQ(seal("visit", R"({"named":true})"), SealScope::person);
  EXPECT_EQ(seal("visit", R"({"named":false})"), SealScope::organisation);
  EXPECT_EQ(seal("undone", R"({"collection":"person"})"), SealScope::person);
  EXPECT_EQ(seal("undone", R"({"collection":"round"})"), SealScope::organisation);
  EXPECT_EQ(seal("confirmed", R"({"collection":"person"})"), SealScope::person);
  EXPECT_EQ(seal("person_erased", "{}"), SealScope::settings) << "it outlives her key";
  EXPECT_EQ(seal("account_proposed", "{}"), SealScope::settings);
}

// Made through a route of their own: a token, a code, two records at once, a comparison of lists.
bool is_made_at_a_desk(std::string_view kind) {
  return kind == "card_issued" || kind == "outside_link" || kind == "sought_seen" ||
         is_link_kind(kind) || is_comparison_kind(kind);
}

TEST(Kinds, OnlyTheStreetAndPlacesComeFromAPhone) {
  for (const KindInfo& kind : all_kinds()) {
    const bool is_setting = kind.seal == SealScope::settings && kind.name != "place_set";
    if (is_setting || kind.write_rule.empty() || is_made_at_a_desk(kind.name)) {
      EXPECT_FALSE(kind.from_phone) << kind.name;
    } else {
      EXPECT_TRUE(kind.from_phone) << kind.name;
    }
  }
}

std::string file_text(const std::string& path) {
  std::ifstream in(std::string(FILROUGE_ROOT) + "/" + path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Golden files {"before": draft, "after": draft}: a body of an older version, and what this program
// must make of it, unknown fields kept.
TEST(Upcasts, TheGoldenFilesComeOutAsTheyMust) {
  for (const std::string name : {"contact_1", "encounter_1"}) {
    const std::string text = file_text("vectors/upcasts/" + name + ".json");
    ASSERT_FALSE(text.empty()) << name;
    const json::Value golden = testing::object(text);
    const auto draft = json::read<Draft>(*golden.find("before"), json::Unknown::keep);
    ASSERT_TRUE(draft.ok()) << draft.error().field;
    const auto after = upcast(*draft);
    ASSERT_TRUE(after.ok());
    EXPECT_EQ(json::encode(*after), json::write(*golden.find("after"))) << name;
    EXPECT_TRUE(check(*after).ok()) << check(*after).error().field;
  }
}

TEST(Upcasts, ANewerVersionWaitsAndAnUnknownKindToo) {
  Draft draft;
  draft.kind = "contact";
  draft.version = 2;
  EXPECT_EQ(upcast(draft).error().rule, "newer_version");
  EXPECT_EQ(upcast(draft).error().code, Code::unsupported);
  draft.version = 0;
  EXPECT_EQ(upcast(draft).error().field, "version");
  draft.kind = "tomorrow";
  EXPECT_EQ(upcast(draft).error().rule, "unknown_kind");
}

}  // namespace
}  // namespace filrouge
