// The young person's own page (J12): a card with a token, a code chosen face to face, what she
// answers and what she says there. Of the token and of the code only keyed hashes are kept; the
// code's hash needs the token as well, so that nothing here can be tried out. Five wrong tries
// close the card, whatever restarts in between; a new card, made face to face, ends the one before.
// What she answers about trust is hers: only the day is folded, the answers lead to facts and to
// nobody's screen (domain.md 5.6).
//
//   fold_own_page(person.own_page, draft);
//   const HeldCard* card = open_card_of(person.own_page);      // null: none, or closed
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>

#include "core/measure/survey.h"

namespace filrouge {

inline constexpr std::size_t kCardTriesMax = 5;
inline constexpr std::size_t kCardCodeDigits = 6;
inline constexpr std::size_t kOddWordsKept = 20;
inline constexpr std::size_t kTrustDaysKept = 20;

// "card_issued": hashes in hexadecimal, 64 digits.
struct CardIssued {
  std::string token;
  std::string code;
};
BOOST_DESCRIBE_STRUCT(CardIssued, (), (token, code))

// "card_failed": one wrong code for this card. Written by the program.
struct CardFailed {
  EntryId card;
};
BOOST_DESCRIBE_STRUCT(CardFailed, (), (card))

// "trust_answered": what she answered of the instrument, or that she would rather not. Written by
// the program, on her behalf: no account is its author.
inline constexpr std::string_view kTrustInstrument = "confiance-1";
struct TrustAnswered {
  std::string instrument;
  std::vector<ScoredItem> answers;  // an item that is skipped, or unknown to her, is not there
  bool refused = false;             // counted, never chased
};
BOOST_DESCRIBE_STRUCT(TrustAnswered, (), (instrument, answers, refused))

// "odd_said": "ça me paraît bizarre", to the data-protection officer. Written on her behalf.
struct OddSaid {
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(OddSaid, (), (words))

struct HeldCard {
  EntryId entry;
  Hlc hlc;
  std::string token;
  std::string code;
};
BOOST_DESCRIBE_STRUCT(HeldCard, (), (entry, hlc, token, code))
struct CardTry {
  EntryId entry;
  EntryId card;
  friend auto operator<=>(const CardTry&, const CardTry&) = default;
};
BOOST_DESCRIBE_STRUCT(CardTry, (), (entry, card))
struct TrustDay {
  CivilDate on;
  EntryId entry;
  friend auto operator<=>(const TrustDay&, const TrustDay&) = default;
};
BOOST_DESCRIBE_STRUCT(TrustDay, (), (on, entry))
struct OddWord {
  EntryId entry;
  CivilDate on;
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(OddWord, (), (entry, on, words))

// A part of the person's state; lists are sorted, the same in any order of arrival.
struct OwnPage {
  std::optional<HeldCard> card;      // the newest by (hlc, entry)
  std::vector<CardTry> tries;        // wrong ones, of every card
  std::vector<TrustDay> trust_days;  // when the questions were answered or refused, the newest
  std::vector<OddWord> odd;          // sorted by (on, entry), the newest
};
BOOST_DESCRIBE_STRUCT(OwnPage, (), (card, tries, trust_days, odd))

bool is_own_page_kind(std::string_view kind);
// Answers, hashes and words to the officer: in no history, whoever reads.
bool is_hers_alone(std::string_view kind);

void fold_own_page(OwnPage& page, const Draft& draft);
Status decide_own_page(const OwnPage& before, const Draft& draft);

// What a worker may know of it: that there is a card, and how often a wrong code was tried.
OwnPage without_her_words(OwnPage page);

std::size_t card_tries(const OwnPage& page);
const HeldCard* open_card_of(const OwnPage& page);

// Six digits that are not the first ones anybody would try. `invalid` on "code": "code", "common".
Status check_card_code(std::string_view code, std::optional<CivilDate> born);

// May the questions be asked again? At entry, two and six months later, and after an exit.
bool trust_due(const OwnPage& page, std::optional<CivilDate> entry,
               const std::vector<CivilDate>& exits, CivilDate today);

Status check_card_issued(const Draft& draft);
Status check_card_failed(const Draft& draft);
Status check_trust_answered(const Draft& draft);
Status check_odd_said(const Draft& draft);

}  // namespace filrouge
