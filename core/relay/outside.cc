#include "core/relay/outside.h"

#include <algorithm>
#include <tuple>

#include "core/base/limits.h"
#include "core/journal/body.h"
#include "core/journal/entry_set.h"

namespace filrouge {

namespace {

constexpr std::size_t hash_digits = 64;

bool is_hash(std::string_view text) {
  return text.size() == hash_digits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

OutsideState& link_of(std::vector<OutsideState>& links, EntryId link) {
  const auto at = std::lower_bound(
      links.begin(), links.end(), link,
      [](const OutsideState& one, const EntryId& wanted) { return one.link < wanted; });
  if (at != links.end() && at->link == link) return *at;
  OutsideState state;
  state.link = link;
  return *links.insert(at, std::move(state));
}

const OutsideState* find_link(const std::vector<OutsideState>& links, EntryId link) {
  for (const OutsideState& one : links)
    if (one.link == link && one.made) return &one;
  return nullptr;
}

// Has a newer link taken its place?
bool is_replaced(const std::vector<OutsideState>& links, const OutsideState& link) {
  return std::any_of(links.begin(), links.end(), [&](const OutsideState& other) {
    return other.made && other.made->relay == link.made->relay &&
           std::tie(link.hlc, link.link) < std::tie(other.hlc, other.link);
  });
}

bool is_live(const std::vector<OutsideState>& links, const OutsideState& link) {
  return link.made && !link.opened && link.tries.size() < kOutsideTriesMax &&
         !is_replaced(links, link);
}

bool awaits_answer(const std::vector<OutsideState>& links, const OutsideState& link) {
  return link.made && link.opened && !link.answered && !is_replaced(links, link);
}

Error over(std::string_view detail) {
  return {Code::refused, "body.link", "link_over", std::string(detail)};
}

EntryId link_in(const Draft& draft) {
  const json::Value* value = draft.body.is(json::Kind::object) ? draft.body.find("link") : nullptr;
  if (value == nullptr || !value->is(json::Kind::string)) return {};
  const auto id = EntryId::parse(value->text());
  return id.ok() ? *id : EntryId{};
}

Status check_made(const Draft& draft) {
  OutsideMade body;
  FILROUGE_CHECK(read_into(draft, body));
  if (body.relay.is_nil()) return invalid_field("body.relay", "missing", "of which relay?");
  if (!is_hash(body.token)) return invalid_field("body.token", "hash", "64 digits");
  if (!is_hash(body.code)) return invalid_field("body.code", "hash", "64 digits");
  if (body.until < draft.occurred.date)
    return invalid_field("body.until", "past_day", "a day to come");
  return Done{};
}

}  // namespace

bool is_outside_kind(std::string_view kind) { return kind.starts_with("outside_"); }

void fold_outside(std::vector<OutsideState>& links, const Draft& draft) {
  if (OutsideMade body; draft.kind == "outside_link" && reads_into(draft, body)) {
    OutsideState& state = link_of(links, draft.id);
    state.hlc = draft.hlc;
    state.made = std::move(body);
  } else if (OutsideFailed failed; draft.kind == "outside_failed" && reads_into(draft, failed)) {
    add_entry(link_of(links, failed.link).tries, draft.id);
  } else if (OutsideOpened opened; draft.kind == "outside_opened" && reads_into(draft, opened)) {
    OutsideState& state = link_of(links, opened.link);
    if (!state.opened || draft.id < state.opened->entry)
      state.opened = OutsideOpening{draft.id, draft.occurred.date, std::move(opened.answer)};
  } else if (OutsideAnswered said; draft.kind == "outside_answered" && reads_into(draft, said)) {
    OutsideState& state = link_of(links, said.link);
    if (!state.answered || draft.id < state.answered->entry)
      state.answered =
          OutsideAnswer{draft.id, draft.occurred.date, said.accepts, std::move(said.words)};
  }
}

Status decide_outside(const std::vector<OutsideState>& links, const Draft& draft) {
  if (draft.kind == "outside_link") return Done{};
  const OutsideState* link = find_link(links, link_in(draft));
  if (link == nullptr) return over("no such link");
  const CivilDate today = draft.occurred.date;
  if (link->made->until < today) return over("five open days have passed");
  const bool may =
      draft.kind == "outside_answered" ? awaits_answer(links, *link) : is_live(links, *link);
  return may ? Status(Done{}) : over("it was opened, answered, tried too often or replaced");
}

Status check_outside(const Draft& draft) {
  if (draft.kind == "outside_link") return check_made(draft);
  if (draft.kind == "outside_failed") {
    OutsideFailed body;
    return read_into(draft, body);
  }
  if (draft.kind == "outside_opened") {
    OutsideOpened body;
    FILROUGE_CHECK(read_into(draft, body));
    return is_hash(body.answer) ? Status(Done{})
                                : invalid_field("body.answer", "hash", "64 digits");
  }
  OutsideAnswered body;
  FILROUGE_CHECK(read_into(draft, body));
  return text_optional(body.words, limits::note_characters_max, "body.words");
}

std::vector<OutsideState> without_hashes(std::vector<OutsideState> links) {
  for (OutsideState& link : links) {
    if (link.made) {
      link.made->token.clear();
      link.made->code.clear();
    }
    if (link.opened) link.opened->answer.clear();
  }
  return links;
}

const OutsideState* live_outside(const std::vector<OutsideState>& links, std::string_view token,
                                 CivilDate today) {
  for (const OutsideState& link : links)
    if (is_live(links, link) && link.made->token == token && today <= link.made->until)
      return &link;
  return nullptr;
}

const OutsideState* open_answer(const std::vector<OutsideState>& links, std::string_view answer,
                                CivilDate today) {
  for (const OutsideState& link : links)
    if (awaits_answer(links, link) && link.opened->answer == answer && today <= link.made->until)
      return &link;
  return nullptr;
}

std::vector<std::string> outside_tokens(const std::vector<OutsideState>& links) {
  std::vector<std::string> tokens;
  for (const OutsideState& link : links)
    if (is_live(links, link)) tokens.push_back(link.made->token);
  return tokens;
}

std::vector<std::string> outside_answers(const std::vector<OutsideState>& links) {
  std::vector<std::string> answers;
  for (const OutsideState& link : links)
    if (awaits_answer(links, link)) answers.push_back(link.opened->answer);
  return answers;
}

}  // namespace filrouge
