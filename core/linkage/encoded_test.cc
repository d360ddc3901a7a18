#include <algorithm>
#include <bit>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/linkage/attack.h"
#include "core/linkage/decoys.h"
#include "core/linkage/dictionary.h"
#include "core/linkage/encode.h"
#include "core/linkage/encoded_match.h"
#include "core/linkage/generate.h"
#include "core/linkage/match_keys.h"
#include "core/linkage/shared_bits.h"

namespace filrouge::linkage {
namespace {

// Not a cryptographic hash: enough for what bits do, never for keeping anything secret.
KeyedHash hash_of(std::uint64_t key) {
  return [key](std::string_view text) {
    std::array<std::uint8_t, 64> out{};
    std::uint64_t state = hash_pair(hash_text(text), key);
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(next_number(state) >> 56);
    return out;
  };
}

RandomBytes numbers_from(std::uint64_t seed) {
  return [state = seed](std::uint8_t* into, std::size_t count) mutable {
    for (std::size_t i = 0; i < count; ++i)
      into[i] = static_cast<std::uint8_t>(next_number(state) >> 56);
  };
}

// A generated list as the library reads lists.
struct TextList {
  std::string text;
  std::vector<Field> fields;
  std::vector<std::vector<Slice>> cells;
  std::vector<std::uint32_t> person;
  InputList input() const {
    InputList out{text, person.size(), {}};
    for (std::size_t f = 0; f < fields.size(); ++f) out.columns.push_back({fields[f], cells[f]});
    return out;
  }
};

TextList list_of(const std::vector<GeneratedRow>& rows) {
  TextList out;
  for (const char* title : generated_titles) out.fields.push_back(*field_of_title(title));
  out.cells.resize(out.fields.size());
  for (const GeneratedRow& row : rows) {
    out.person.push_back(row.person);
    for (std::size_t f = 0; f < out.fields.size(); ++f) {
      out.cells[f].push_back({static_cast<std::uint32_t>(out.text.size()),
                              static_cast<std::uint32_t>(row.cell[f].size())});
      out.text += row.cell[f];
    }
  }
  return out;
}

TextList row_of(std::vector<std::pair<Field, std::string>> cells) {
  TextList out;
  out.person = {1};
  for (const auto& [field, text] : cells) {
    out.fields.push_back(field);
    out.cells.push_back(
        {{static_cast<std::uint32_t>(out.text.size()), static_cast<std::uint32_t>(text.size())}});
    out.text += text;
  }
  return out;
}

std::vector<Encoding> rows_of(const InputList& list, Hardening hardening, std::uint64_t key = 1,
                              const std::string& owner = "a") {
  return encode_list(list, {hardening, owner}, hash_of(key), sequential())->rows;
}

double dice(const Encoding& a, const Encoding& b) {
  return 2.0 * shared_bits(a, b) / (count_bits(a) + count_bits(b));
}

// Half of the tasks last to first, so that an order that matters shows.
ParallelFor backwards() {
  return [](std::size_t count, const std::function<void(std::size_t)>& task) {
    for (std::size_t i = count; i-- > 0;) task(i);
  };
}

TEST(Encode, TheSameRowIsTheSameBitsAndAnotherKeyIsOthers) {
  const TextList rows = list_of(generate_lists({.rows = 300}).rows[0]);
  const auto first = rows_of(rows.input(), Hardening::standard);
  EXPECT_EQ(first, encode_list(rows.input(), {.owner = "a"}, hash_of(1), backwards())->rows);
  const auto other_key = rows_of(rows.input(), Hardening::standard, 2);
  const auto other_owner = rows_of(rows.input(), Hardening::standard, 1, "b");
  double by_key = 0;
  double by_owner = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    by_key += dice(first[i], other_key[i]) / 300;
    by_owner += dice(first[i], other_owner[i]) / 300;
    EXPECT_NE(first[i], other_owner[i]);  // flips differ, and repeats average nothing out
  }
  EXPECT_LT(by_key, 0.45);
  EXPECT_GT(by_owner, 0.85);
}

TEST(Encode, BitsAreFilledAsTheDesignSaysWhateverTheNameIsLong) {
  const TextList rows = list_of(generate_lists({.rows = 500}).rows[0]);
  double fill = 0;
  for (const Encoding& row : rows_of(rows.input(), Hardening::standard))
    fill += count_bits(row) / (500.0 * encoding_bits);
  EXPECT_GT(fill, 0.30);
  EXPECT_LT(fill, 0.42);
  const auto bits = [](std::string surname) {
    return count_bits(rows_of(row_of({{Field::surname, surname}}).input(), Hardening::none)[0]);
  };
  EXPECT_NEAR(bits("Le"), bits("Vandenbrouckemontgomery"), 45);
}

TEST(Encode, HalfOfTheBitsThatAreReplacedAreFlippedAndAnyBitMayBe) {
  const TextList rows = list_of(generate_lists({.rows = 2000}).rows[0]);
  const auto folded = rows_of(rows.input(), Hardening::folded);
  for (const Hardening level : {Hardening::standard, Hardening::strong}) {
    const auto flipped = rows_of(rows.input(), level);
    Encoding ever{};
    double sum = 0;
    for (std::size_t i = 0; i < folded.size(); ++i)
      for (std::size_t w = 0; w < ever.size(); ++w) {
        const std::uint64_t apart = folded[i][w] ^ flipped[i][w];
        ever[w] |= apart;
        sum += std::popcount(apart);
      }
    const double share = sum / static_cast<double>(folded.size() * encoding_bits);
    EXPECT_NEAR(share, replaced_bits(level) / 2, 0.0008);  // five standard deviations
    EXPECT_EQ(count_bits(ever), encoding_bits);
  }
}

TEST(Encode, NearNamesShareMoreThanOthersAndOrderOfNamesDoesNotMatter) {
  const auto one = [](std::string surname, std::string given, std::string date) {
    return rows_of(
        row_of(
            {{Field::surname, surname}, {Field::given_name, given}, {Field::date_of_birth, date}})
            .input(),
        Hardening::standard)[0];
  };
  const Encoding martin = one("MARTIN", "Léa", "31/01/2005");
  EXPECT_GT(dice(martin, one("Martin", "lea", "2005-01-31")), 0.95);
  EXPECT_GT(dice(martin, one("MARTAIN", "Léa", "20050131")), 0.75);
  EXPECT_GT(dice(martin, one("Léa", "Martin", "20050131")), 0.85);
  EXPECT_GT(dice(martin, one("MARTIN", "Léa", "20053101")), 0.70);
  EXPECT_LT(dice(martin, one("PETIT", "Zoé", "20021114")), 0.55);
}

TEST(Encode, RefusesWhatHasNothingToEncode) {
  const TextList text = row_of({{Field::text, "x"}});
  EXPECT_EQ(encode_list(text.input(), {}, hash_of(1), sequential()).error().rule, "no_column");
  InputList none = text.input();
  none.rows = 0;
  EXPECT_EQ(encode_list(none, {}, hash_of(1), sequential()).error().rule, "empty");
  const TextList missing = row_of({{Field::surname, "SNC"}, {Field::date_of_birth, "31/02/x"}});
  const auto encoded = encode_list(missing.input(), {}, hash_of(1), sequential());
  EXPECT_EQ(encoded->empty_rows, 1U);
  EXPECT_EQ(encoded->columns[1].unreadable, 1U);
}

TEST(SharedBits, AllKernelsFindTheSamePairsAndThoseOfPlainCounting) {
  const Generated made = generate_lists({.rows = 203});
  const TextList a = list_of(made.rows[0]);
  const TextList b = list_of(made.rows[1]);
  const auto rows_a = rows_of(a.input(), Hardening::standard);
  const auto rows_b = rows_of(b.input(), Hardening::standard);
  const BitTable table(rows_b);
  const auto triple = [](const ClosePair& pair) {
    return std::tuple(pair.a, pair.b, pair.shared, pair.bits);
  };
  std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint16_t, std::uint16_t>> plain;
  for (std::uint32_t i = 0; i < rows_a.size(); ++i)
    for (std::uint32_t k = 0; k < rows_b.size(); ++k)
      if (dice(rows_a[i], rows_b[k]) >= 0.5)
        plain.emplace_back(i, k, shared_bits(rows_a[i], rows_b[k]),
                           count_bits(rows_a[i]) + count_bits(rows_b[k]));
  ASSERT_GT(plain.size(), 100U);
  for (const BitKernel kernel :
       {BitKernel::portable, BitKernel::popcnt, BitKernel::avx2, BitKernel::avx512}) {
    if (!has_bit_kernel(kernel)) continue;
    std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint16_t, std::uint16_t>> found;
    for (const ClosePair& pair : close_pairs(rows_a, table, 0.5, backwards(), kernel))
      found.push_back(triple(pair));
    EXPECT_EQ(found, plain) << bit_kernel_name(kernel);
  }
}

TEST(Decoys, AreMadeOfTheListAndHideItsLength) {
  EXPECT_EQ(decoys_wanted(20'000, 25), 5000U);
  EXPECT_EQ(decoys_wanted(1000, 0), 0U);
  EXPECT_EQ((decoys_wanted(1234, 25) + 1234) % 100, 0U);
  EXPECT_GE(decoys_wanted(1234, 25), 309U);
  const TextList rows = list_of(generate_lists({.rows = 400}).rows[0]);
  const DecoyList decoys = make_decoys(rows.input(), 200, numbers_from(3));
  ASSERT_EQ(decoys.rows, 200U);
  std::set<std::string> surnames;
  for (const Slice at : rows.cells[1]) surnames.insert(rows.text.substr(at.start, at.length));
  for (const Slice at : decoys.cells[1])
    EXPECT_TRUE(surnames.contains(decoys.text.substr(at.start, at.length)));
  auto order = hidden_order(1000, numbers_from(4));
  EXPECT_NE(order, hidden_order(1000, numbers_from(5)));
  std::sort(order.begin(), order.end());
  for (std::uint32_t i = 0; i < order.size(); ++i) EXPECT_EQ(order[i], i);
}

// A list as its owner gives it away: a fifth of its rows are invented.
std::vector<Encoding> with_decoys(const TextList& list, std::uint64_t owner,
                                  std::uint64_t key = 1) {
  const std::string name = std::to_string(owner);
  auto rows = rows_of(list.input(), Hardening::standard, key, name);
  const auto invented = make_decoys(list.input(), rows.size() / 4, numbers_from(owner + key - 1));
  const auto more = rows_of(invented.input(), Hardening::standard, key, name);
  rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

// Of those whom the other list does not know, the share that is said to be unseen.
double unseen_recall(const EncodedMatch& done, const TextList& first, const TextList& other) {
  const std::set<std::uint32_t> known(other.person.begin(), other.person.end());
  double said = 0;
  double truly = 0;
  for (std::size_t i = 0; i < first.person.size(); ++i) {
    if (known.contains(first.person[i])) continue;
    truly += 1;
    said += done.known[i] == Known::unseen;
  }
  return said / truly;
}

// What chance leaves over differs from key to key: it must not say who is uncertain.
TEST(EncodedMatch, WhoIsUnseenHardlyHangsOnTheKey) {
  const Generated made = generate_lists({.rows = 3000, .seed = 10});
  const TextList a = list_of(made.rows[0]);
  const TextList b = list_of(made.rows[1]);
  for (const std::uint64_t key : {1, 2, 4}) {
    const EncodedMatch done =
        match_encoded(with_decoys(a, 1, key), {with_decoys(b, 2, key)}, sequential());
    EXPECT_GT(unseen_recall(done, a, b), 0.95) << "key " << key;
  }
}

TEST(EncodedMatch, FindsPersonsAndUnseenWithItsOwnThreshold) {
  const Generated made = generate_lists({.rows = 3000, .seed = 7});
  const TextList a = list_of(made.rows[0]);
  const TextList b = list_of(made.rows[1]);
  const auto rows_a = with_decoys(a, 1);
  const auto rows_b = with_decoys(b, 2);
  const EncodedMatch done = match_encoded(rows_a, {rows_b}, sequential());
  const EncodedMatch again = match_encoded(rows_a, {rows_b}, backwards());
  EXPECT_EQ(done.known, again.known);
  const std::set<std::uint32_t> others(b.person.begin(), b.person.end());
  double pairs = 0;
  for (const std::uint32_t person : b.person)
    pairs += static_cast<double>(std::count(a.person.begin(), a.person.end(), person));
  double said = 0;
  double right = 0;
  for (const EncodedLink& link : done.links) {
    if (link.band != Band::match || link.first >= a.person.size()) continue;
    said += 1;
    right += link.other < b.person.size() && a.person[link.first] == b.person[link.other];
  }
  EXPECT_GT(2 * right / (said + pairs), 0.95);
  EXPECT_NEAR(done.estimates.precision(), right / said, 0.02);
  double unseen = 0;
  double truly = 0;
  for (std::size_t i = 0; i < a.person.size(); ++i) {
    unseen += done.known[i] == Known::unseen;
    truly += done.known[i] == Known::unseen && !others.contains(a.person[i]);
  }
  EXPECT_GT(truly / unseen, 0.95);
  // A second list that knows everybody leaves nobody unseen.
  const EncodedMatch all = match_encoded(rows_a, {rows_b, rows_a}, sequential());
  EXPECT_LT(std::count(all.known.begin(), all.known.end(), Known::unseen), 40);
}

TEST(EncodedMatch, SmallAndOddListsAreAnswered) {
  const TextList one = row_of({{Field::surname, "Martin"}, {Field::date_of_birth, "20050131"}});
  const auto row = rows_of(one.input(), Hardening::standard);
  EXPECT_EQ(match_encoded(row, {row}, sequential()).known.size(), 1U);
  const std::vector<Encoding> nothing(3);
  EXPECT_EQ(match_encoded(nothing, {row}, sequential()).known,
            std::vector<Known>(3, Known::unseen));
  const std::vector<Encoding> same(500, row[0]);
  EXPECT_EQ(match_encoded(same, {same}, sequential()).known.size(), 500U);
}

// Small, for the sanitizers; `campaign rehearse --attacks` does the same with lists as large as
// wanted.
constexpr std::size_t kAttackedRows = 1000;

struct Attacked {
  double graph = 0;
  double pattern = 0;
  double frequency = 0;
  double other_key = 0;
};

// The attacker holds the very same list in clear and knows how it is encoded, but not the key.
Attacked attacked(Hardening hardening, std::size_t decoys) {
  const TextList list =
      list_of(generate_lists({.rows = kAttackedRows, .seed = 11, .noise = 0}).rows[0]);
  auto rows = rows_of(list.input(), hardening);
  if (decoys > 0) {
    const auto more =
        rows_of(make_decoys(list.input(), decoys, numbers_from(9)).input(), hardening);
    rows.insert(rows.end(), more.begin(), more.end());
  }
  const auto order = hidden_order(rows.size(), numbers_from(12));
  std::vector<Encoding> hidden(rows.size());
  std::vector<std::uint32_t> at(rows.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    hidden[i] = rows[order[i]];
    at[order[i]] = i;
  }
  const auto own = rows_of(list.input(), std::min(hardening, Hardening::folded), 77);
  const AttackInput input{hidden, own, {}};
  const auto share = [&](const Guesses& guesses) {
    double right = 0;
    for (std::size_t i = 0; i < guesses.size(); ++i) right += guesses[i] == at[i];
    return right / static_cast<double>(guesses.size());
  };
  return {share(attack_graph(input, sequential())), share(attack_pattern(input, sequential())),
          share(attack_frequency(input, sequential())),
          share(attack_other_key(input, sequential()))};
}

TEST(Attack, TheGraphAttackReadsAListThatIsNotHardened) {
  EXPECT_GT(attacked(Hardening::none, 0).graph, 0.2);
}

TEST(Attack, OfADefaultListHardlyAnybodyIsFound) {
  const Attacked done = attacked(Hardening::standard, decoys_wanted(kAttackedRows, 25));
  // A small list hides less: the goal of one in a hundred is for a cohort (test/cli/campaign).
  for (const double named : {done.graph, done.pattern, done.frequency, done.other_key})
    EXPECT_LE(named, 0.03);
}

TEST(MatchKeys, AreEqualForOnePersonAndEmptyWhereSomethingIsMissing) {
  const auto keys = [](std::string surname, std::string given, std::string date) {
    return match_keys(row_of({{Field::surname, surname},
                              {Field::given_name, given},
                              {Field::date_of_birth, date},
                              {Field::postcode, "37000"}})
                          .input())[0];
  };
  const MatchKeys martin = keys("MARTEAU", "Philippe", "20050112");
  EXPECT_EQ(martin[0], keys("Filippe", "Marto", "2005-01-12")[0]);
  EXPECT_EQ(martin[0], keys("Marteau", "Philippe", "12012005")[0]);
  EXPECT_EQ(martin[1], keys("Marteau", "Philippe", "20051201")[0]);
  EXPECT_NE(martin[0], keys("Marteau", "Philippe", "20050113")[0]);
  EXPECT_EQ(keys("Marteau", "Philippe", "20050505")[1], "");
  EXPECT_EQ(keys("Marteau", "", "20050505")[0], "");
  EXPECT_EQ(martin[3], "");
}

}  // namespace
}  // namespace filrouge::linkage
