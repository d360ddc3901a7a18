#include "core/people/own_page.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "core/base/limits.h"
#include "core/journal/body.h"

namespace filrouge {

namespace {

constexpr std::size_t hash_digits = 64;
constexpr std::array kTrustMonthsDays{0, 61, 183};  // at entry, two and six months later

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_hash(std::string_view text) {
  return text.size() == hash_digits && std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'f');
         });
}

template <class Row>
void insert_sorted(std::vector<Row>& rows, Row row) {
  const auto at = std::lower_bound(rows.begin(), rows.end(), row);
  if (at == rows.end() || *at != row) rows.insert(at, std::move(row));
}

void fold_card(OwnPage& page, const Draft& draft) {
  CardIssued body;
  if (!reads_into(draft, body)) return;
  if (page.card && std::tie(draft.hlc, draft.id) <= std::tie(page.card->hlc, page.card->entry))
    return;
  page.card = HeldCard{draft.id, draft.hlc, std::move(body.token), std::move(body.code)};
}

void fold_trust(OwnPage& page, const Draft& draft) {
  insert_sorted(page.trust_days, TrustDay{draft.occurred.date, draft.id});
  if (page.trust_days.size() > kTrustDaysKept) page.trust_days.erase(page.trust_days.begin());
}

void fold_odd(OwnPage& page, const Draft& draft) {
  OddSaid body;
  if (!reads_into(draft, body)) return;
  OddWord word{draft.id, draft.occurred.date, std::nullopt};
  if (body.words) word.words = cleaned(*body.words);
  const auto before = [](const OddWord& a, const OddWord& b) {
    return std::tie(a.on, a.entry) < std::tie(b.on, b.entry);
  };
  const auto at = std::lower_bound(page.odd.begin(), page.odd.end(), word, before);
  if (at != page.odd.end() && at->entry == word.entry) return;
  page.odd.insert(at, std::move(word));
  if (page.odd.size() > kOddWordsKept) page.odd.erase(page.odd.begin());
}

// The day and month somebody was born, or the year: what a stranger who knows her tries first.
bool is_birthday(std::string_view code, CivilDate born) {
  const std::string text = born.text();  // 2008-03-14
  const std::string year = text.substr(0, 4);
  const std::string month = text.substr(5, 2);
  const std::string day = text.substr(8, 2);
  return code == day + month + year.substr(2) || code == month + year || code == year + month ||
         code == year.substr(2) + month + day;
}

bool is_asked(std::string_view item) {
  const Survey* survey = find_survey(kTrustInstrument);
  return survey != nullptr && std::any_of(survey->items.begin(), survey->items.end(),
                                          [&](const SurveyItem& one) { return one.key == item; });
}

bool is_run(std::string_view code, int step) {
  for (std::size_t i = 1; i < code.size(); ++i)
    if (code[i] - code[i - 1] != step) return false;
  return true;
}

}  // namespace

bool is_own_page_kind(std::string_view kind) {
  return kind == "card_issued" || kind == "card_failed" || kind == "trust_answered" ||
         kind == "odd_said";
}

bool is_hers_alone(std::string_view kind) { return is_own_page_kind(kind); }

void fold_own_page(OwnPage& page, const Draft& draft) {
  if (draft.kind == "card_issued") return fold_card(page, draft);
  if (draft.kind == "trust_answered") return fold_trust(page, draft);
  if (draft.kind == "odd_said") return fold_odd(page, draft);
  if (CardFailed body; draft.kind == "card_failed" && reads_into(draft, body))
    insert_sorted(page.tries, CardTry{draft.id, body.card});
}

Status decide_own_page(const OwnPage& before, const Draft& draft) {
  if (draft.kind != "card_failed") return Done{};
  CardFailed body;
  FILROUGE_CHECK(read_into(draft, body));
  if (!before.card || before.card->entry != body.card)
    return Error{Code::refused, "body.card", "stale", "another card took its place"};
  if (card_tries(before) >= kCardTriesMax)
    return Error{Code::refused, "body.card", "card_closed", "this card is closed"};
  return Done{};
}

OwnPage without_her_words(OwnPage page) {
  if (page.card) {
    page.card->token.clear();
    page.card->code.clear();
  }
  page.trust_days.clear();
  page.odd.clear();
  return page;
}

std::size_t card_tries(const OwnPage& page) {
  if (!page.card) return 0;
  return static_cast<std::size_t>(
      std::count_if(page.tries.begin(), page.tries.end(),
                    [&](const CardTry& one) { return one.card == page.card->entry; }));
}

const HeldCard* open_card_of(const OwnPage& page) {
  return page.card && card_tries(page) < kCardTriesMax ? &*page.card : nullptr;
}

Status check_card_code(std::string_view code, std::optional<CivilDate> born) {
  if (code.size() != kCardCodeDigits || !std::all_of(code.begin(), code.end(), &is_digit))
    return Error{Code::invalid, "code", "code", "six digits"};
  const bool halves = code.substr(0, 3) == code.substr(3);
  const bool pairs = code.substr(0, 2) == code.substr(2, 2) && code.substr(2, 2) == code.substr(4);
  if (is_run(code, 0) || is_run(code, 1) || is_run(code, -1) || halves || pairs ||
      (born && is_birthday(code, *born)))
    return Error{Code::invalid, "code", "common", "too easy to guess"};
  return Done{};
}

bool trust_due(const OwnPage& page, std::optional<CivilDate> entry,
               const std::vector<CivilDate>& exits, CivilDate today) {
  if (!entry) return false;
  std::optional<CivilDate> latest;  // moment that has passed
  const auto pass = [&](CivilDate moment) {
    if (moment <= today) latest = std::max(latest.value_or(moment), moment);
  };
  for (const int days : kTrustMonthsDays) pass(entry->plus_days(days));
  for (const CivilDate& exit : exits) pass(exit);
  return latest && (page.trust_days.empty() || page.trust_days.back().on < *latest);
}

Status check_card_issued(const Draft& draft) {
  CardIssued body;
  FILROUGE_CHECK(read_into(draft, body));
  if (!is_hash(body.token)) return invalid_field("body.token", "hash", "64 digits");
  if (!is_hash(body.code)) return invalid_field("body.code", "hash", "64 digits");
  return Done{};
}

Status check_card_failed(const Draft& draft) {
  CardFailed body;
  FILROUGE_CHECK(read_into(draft, body));
  return body.card.is_nil() ? invalid_field("body.card", "missing", "which card?") : Status(Done{});
}

Status check_trust_answered(const Draft& draft) {
  TrustAnswered body;
  FILROUGE_CHECK(read_into(draft, body));
  if (body.instrument != kTrustInstrument)
    return invalid_field("body.instrument", "choice", "confiance-1");
  if (body.refused != body.answers.empty())
    return invalid_field("body.answers", body.refused ? "mismatch" : "missing",
                         "answers, or that she would rather not");
  for (std::size_t i = 0; i < body.answers.size(); ++i) {
    const std::string field = "body.answers[" + std::to_string(i) + "]";
    if (!is_asked(body.answers[i].item))
      return invalid_field(field + ".item", "choice", "an item of confiance-1");
    FILROUGE_CHECK(number_between(body.answers[i].value, 0, 10, field + ".value"));
    for (std::size_t k = 0; k < i; ++k)
      if (body.answers[k].item == body.answers[i].item)
        return invalid_field(field + ".item", "repeated", "one answer for one question");
  }
  return Done{};
}

Status check_odd_said(const Draft& draft) {
  OddSaid body;
  FILROUGE_CHECK(read_into(draft, body));
  return text_optional(body.words, limits::observation_characters_max, "body.words");
}

}  // namespace filrouge
