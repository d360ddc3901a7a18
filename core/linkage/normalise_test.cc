#include "core/linkage/normalise.h"

#include <gtest/gtest.h>

#include "core/linkage/phonetic.h"
#include "core/linkage/similarity.h"

namespace filrouge::linkage {
namespace {

std::string name(std::string_view raw) {
  std::string out;
  normalise_name(raw, out);
  return out;
}

std::string place(std::string_view raw) {
  std::string out;
  normalise_place(raw, out);
  return out;
}

TEST(Normalise, NamesLoseWhatIsNoName) {
  EXPECT_EQ(name("Éléonore-Zoë"), "eleonore zoe");
  EXPECT_EQ(name("  LE  GOFF "), "le goff");
  EXPECT_EQ(name("Mme DUPONT née MARTIN"), "dupont martin");
  EXPECT_EQ(name("SAINT-AUBIN dit LE PETIT"), "st aubin le petit");
  EXPECT_EQ(name("D'Almeida"), "d almeida");
  for (const char* missing : {"SNC", "INCONNU", "xxx", "XXXXXX", "SANS PRENOM", "-", "n/a", "000"})
    EXPECT_EQ(name(missing), "") << missing;
  // Names that only look like something else.
  EXPECT_EQ(name("Dr"), "dr");
  EXPECT_EQ(name("Ann"), "ann");
}

TEST(Normalise, Places) {
  EXPECT_EQ(place("Saint-Étienne CEDEX 02"), "st etienne");
  EXPECT_EQ(place("ST ETIENNE"), "st etienne");
  EXPECT_EQ(place("Sainte-Foy"), "ste foy");
}

TEST(Normalise, DatesInTheFormsThatListsHave) {
  for (const char* same : {"20050131", "2005-01-31", "31/01/2005", "31.1.2005", "31-01-2005",
                           "2005-01-31T00:00:00", "2005-01-31 00:00", "31012005", " 31/01/2005"})
    EXPECT_EQ(parse_date(same), 0x20050131U) << same;
  EXPECT_EQ(parse_date("2005"), 0x20050000U);
  EXPECT_EQ(parse_date("01/2005"), 0x20050100U);
  EXPECT_EQ(parse_date("18500101"), 0x18500101U);
  for (const char* missing : {"", "  ", "INCONNU", "00000000"})
    EXPECT_EQ(parse_date(missing), date_missing) << missing;
  for (const char* odd : {"31/02/2005", "20052401", "20081717", "le 3 mai", "12345678901", "1/2"})
    EXPECT_EQ(parse_date(odd), date_unreadable) << odd;
}

TEST(Normalise, ADayThatDoesNotExistKeepsItsDigits) {
  EXPECT_EQ(read_date("31/02/2005").digits, 0x20050231U);
  EXPECT_FALSE(read_date("31/02/2005").exists);
  EXPECT_EQ(read_date("20052401").digits, 0x20052401U);
  EXPECT_EQ(read_date("hier").digits, date_missing);
  EXPECT_FALSE(read_date("hier").exists);
}

TEST(Normalise, PhonesPostcodesSexMail) {
  EXPECT_EQ(parse_phone("06 12 34 56 78"), 0x612345678U);
  EXPECT_EQ(parse_phone("+33 6 12 34 56 78"), 0x612345678U);
  EXPECT_EQ(parse_phone("0033612345678"), 0x612345678U);
  EXPECT_EQ(parse_phone("03 33 12 34 56"), 0x333123456U);
  for (const char* none : {"", "12", "0000000000", "06 66 66 66 66 66 66 66 66 66 66 66"})
    EXPECT_EQ(parse_phone(none), 0U) << none;
  EXPECT_EQ(parse_postcode("37 000"), parse_postcode("37000"));
  EXPECT_EQ(parse_postcode("1000"), parse_postcode("01000"));
  EXPECT_EQ(parse_postcode("00000"), 0U);
  EXPECT_EQ(parse_sex("Féminin"), Sex::female);
  EXPECT_EQ(parse_sex("H"), Sex::male);
  EXPECT_EQ(parse_sex("?"), Sex::missing);
  std::string mail;
  normalise_email(" Lea.Martin@Exemple.FR ", mail);
  EXPECT_EQ(mail, "lea.martin@exemple.fr");
  normalise_email("pas de courriel", mail);
  EXPECT_EQ(mail, "");
}

TEST(Similarity, EditsAndTranspositions) {
  EXPECT_EQ(edit_distance("martin", "martin"), 0U);
  EXPECT_EQ(edit_distance("martin", "matrin"), 1U);
  EXPECT_EQ(edit_distance("martin", "martn"), 1U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_NEAR(jaro_winkler("martha", "marhta"), 0.9611, 1e-4);
  EXPECT_NEAR(jaro_winkler("dixon", "dicksonx"), 0.8133, 1e-4);
  EXPECT_EQ(jaro_winkler("abc", "xyz"), 0.0);
}

// Against the textbook, over words of a small alphabet so that they resemble one another.
std::size_t slow_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t k = 0; k <= b.size(); ++k) d[0][k] = k;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t k = 1; k <= b.size(); ++k) {
      d[i][k] =
          std::min({d[i - 1][k] + 1, d[i][k - 1] + 1, d[i - 1][k - 1] + (a[i - 1] != b[k - 1])});
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
        d[i][k] = std::min(d[i][k], d[i - 2][k - 2] + 1);
    }
  return d[a.size()][b.size()];
}

TEST(Similarity, TheFastDistanceIsTheTextbooks) {
  std::uint64_t state = 7;
  const auto word = [&] {
    std::string out;
    for (std::size_t n = 1 + (state >> 40) % 12; n > 0; --n) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      out += static_cast<char>('a' + (state >> 33) % 3);
    }
    return out;
  };
  for (int i = 0; i < 20'000; ++i) {
    const std::string a = word();
    const std::string b = word();
    ASSERT_EQ(edit_distance(a, b), slow_distance(a, b)) << a << ' ' << b;
    ASSERT_EQ(edit_distance(a, b), edit_distance(b, a)) << a << ' ' << b;
    ASSERT_EQ(within_one_edit(a, b), slow_distance(a, b) <= 1) << a << ' ' << b;
    // Letters that find no partner are no more than the edits.
    const int alone = std::popcount(letters_of(a) & ~letters_of(b));
    ASSERT_LE(static_cast<std::size_t>(alone), slow_distance(a, b)) << a << ' ' << b;
    // The register holds what follows a text as well: it must not matter.
    const std::string padded_a = a + std::string(short_bytes_max, 'b');
    const std::string padded_b = b + std::string(short_bytes_max, 'b');
    const ShortText short_a{padded_a.data(), a.size()};
    const ShortText short_b{padded_b.data(), b.size()};
    ASSERT_EQ(edit_distance(short_a, short_b), edit_distance(a, b)) << a << ' ' << b;
    const double nearness = jaro_winkler(a, b);
    ASSERT_EQ(jaro_winkler(short_a, short_b), nearness) << a << ' ' << b;
    // What reaches a nearness is measured whole; what is given up did not reach it.
    for (const double wanted : {0.65, 0.84, 0.92}) {
      const double measured = jaro_winkler(short_a, short_b, Nearness(wanted));
      ASSERT_EQ(measured, nearness >= wanted || measured != 0 ? nearness : 0) << a << ' ' << b;
      ASSERT_EQ(jaro_winkler(a, b, Nearness(wanted)), measured) << a << ' ' << b;
    }
  }
}

TEST(Phonetic, WhatSoundsTheSameIsTheSame) {
  for (const auto& [a, b] : {std::pair("philippe", "filip"),
                             {"eau", "haut"},
                             {"katia", "catia"},
                             {"quentin", "kentin"},
                             {"lefebvre", "lefebvre"},
                             {"thibault", "tibo"},
                             {"mathieu", "matieu"},
                             {"renault", "reno"},
                             {"duponts", "dupon"},
                             {"gerard", "jerar"},
                             {"guillaume", "guilaume"},
                             {"yann", "ian"}})
    EXPECT_EQ(sound_of(a), sound_of(b)) << a << ' ' << b;
  for (const auto& [a, b] : {std::pair("martin", "moulin"),
                             {"marie", "mario"},
                             {"leroy", "leroux"},
                             {"bernard", "bertrand"},
                             {"dubois", "durand"}})
    EXPECT_NE(sound_of(a), sound_of(b)) << a << ' ' << b;
  EXPECT_EQ(bones_of(sound_of("marteau")), bones_of(sound_of("mortot")));
  EXPECT_EQ(sound_of(""), "");
}

}  // namespace
}  // namespace filrouge::linkage
