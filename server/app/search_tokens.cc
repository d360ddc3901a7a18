#include "server/app/search_tokens.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/text.h"
#include "core/pathway/referent.h"
#include "core/people/circle.h"
#include "core/people/visible.h"
#include "core/relay/relay.h"
#include "server/app/stamps.h"

namespace filrouge {

namespace {

constexpr std::array<std::string_view, 3> kFields{"alias", "first_name", "surname"};
constexpr std::size_t prefix_characters = 3;
constexpr std::size_t token_bytes = 2;
constexpr std::size_t index_bytes = 8;  // of who follows: as good as whole

const TextRegister& register_of(const PersonState& person, std::string_view field) {
  if (field == "alias") return person.alias;
  return field == "surname" ? person.surname : person.first_name;
}

std::vector<std::string> words_of(std::string_view text) {
  const std::string folded = fold_for_search(text);
  std::vector<std::string> words;
  std::string_view rest = folded;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (end > 0) words.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words;
}

// The first letters of a word; empty when it is no longer than that.
std::string_view beginning_of(std::string_view word) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(word[i]) & 0xC0) != 0x80;
    if (starts && characters++ == prefix_characters) return word.substr(0, i);
  }
  return characters < prefix_characters ? std::string_view() : word;
}

SearchToken token(App& app, SubjectId organisation, std::string_view field, char form,
                  std::string_view text, std::size_t size = token_bytes) {
  std::string bytes = "fr1 search";
  bytes.append(reinterpret_cast<const char*>(organisation.bytes.data()), organisation.bytes.size());
  bytes += field;
  bytes += form;
  bytes += text;
  const Bytes32 mac = app.crypto.mac(app.keys.secrets().search_key, bytes);
  return {organisation, std::string(field),
          std::string(reinterpret_cast<const char*>(mac.data()), size)};
}

SearchToken whole_token(App& app, SubjectId organisation, std::string_view field,
                        std::string_view text) {
  return token(app, organisation, field, 'i', text, index_bytes);
}

void add_names(App& app, SubjectId organisation, const PersonState& person,
               std::vector<SearchToken>& tokens) {
  for (const std::string_view field : kFields) {
    for (const RegisterValue& value : register_of(person, field).values) {
      for (const std::string& word : words_of(value.value)) {
        tokens.push_back(token(app, organisation, field, 'w', word));
        const std::string_view beginning = beginning_of(word);
        if (!beginning.empty()) tokens.push_back(token(app, organisation, field, 'b', beginning));
      }
    }
  }
}

void add_board(App& app, const PersonState& person, std::vector<SearchToken>& tokens) {
  if (const ReferentClaim* claim = current_claim(person)) {
    tokens.push_back(referent_token(app, claim->organisation, claim->referent));
    tokens.push_back(board_token(app, claim->organisation));
  }
  for (const StepState& step : person.pathway.steps)
    if (step.set.by_meeting && is_open_step(step.set.status))
      tokens.push_back(board_token(app, step.set.organisation));
}

void add_relays(App& app, const PersonState& person, std::vector<SearchToken>& tokens) {
  for (const RelayState& relay : person.relays) {
    const RelayStanding now = standing_of(relay);
    if (now.head.is_nil()) continue;
    for (const SubjectId& side : {now.from, now.to.value_or(now.from)})
      tokens.push_back(is_open(now) ? relay_token(app, side)
                                    : ended_relay_token(app, side, now.since->date));
  }
}

SubjectId organisation_in(StateSource& source, SubjectId id, Status& failed) {
  if (id.is_nil()) return {};
  auto state = source.find(id);
  if (!state.ok()) return failed = std::move(state.error()), SubjectId{};
  if (*state == nullptr) return {};
  if (const auto* account = std::get_if<AccountState>(*state)) return account->organisation;
  const auto* team = std::get_if<TeamState>(*state);
  return team == nullptr ? SubjectId{} : team->set.organisation;
}

// The token to look up for a typed word: its beginning when it is long enough, else all of it.
SearchToken query_token(App& app, SubjectId organisation, std::string_view field,
                        std::string_view word) {
  const std::string_view beginning = beginning_of(word);
  return beginning.empty() ? token(app, organisation, field, 'w', word)
                           : token(app, organisation, field, 'b', beginning);
}

std::string raw_of(std::string_view hexadecimal) {
  Bytes32 bytes{};
  if (!from_hex(hexadecimal, bytes.data(), bytes.size())) return {};
  return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

// What is found otherwise than by a name.
void add_held(App& app, SubjectId organisation, const PersonState& person,
              std::vector<SearchToken>& tokens) {
  if (person.own_page.card) tokens.push_back(held_token("card", person.own_page.card->token));
  for (const std::string& hash : outside_tokens(person.outside))
    tokens.push_back(held_token("outside", hash));
  for (const std::string& hash : outside_answers(person.outside))
    tokens.push_back(held_token("answer", hash));
  if (awaits_meeting(person))
    tokens.push_back(signal_token(app, organisation, person.pathway.signal->said.team));
  if (!person.own_page.odd.empty()) tokens.push_back(odd_token(app, organisation));
  for (const SubjectId& other : links_of(person.links)) tokens.push_back(linked_token(app, other));
  if (person.identified_on) tokens.push_back(identified_token(app, *person.identified_on));
}

}  // namespace

SearchToken held_token(std::string_view field, std::string_view hexadecimal) {
  return {SubjectId{}, std::string(field), raw_of(hexadecimal)};
}

SearchToken signal_token(App& app, SubjectId organisation, SubjectId team) {
  return whole_token(app, organisation, "signal", team.hex());
}

SearchToken odd_token(App& app, SubjectId organisation) {
  return whole_token(app, organisation, "odd", "");
}

SearchToken identified_token(App& app, CivilDate day) {
  return whole_token(app, SubjectId{}, "identified", day.text().substr(0, 7));
}

SearchToken linked_token(App& app, SubjectId other) {
  return whole_token(app, SubjectId{}, "linked", other.hex());
}

Result<std::vector<SearchToken>> tokens_of(App& app, StateSource& source, SubjectId organisation,
                                           const PersonState& person) {
  std::vector<SearchToken> tokens;
  add_held(app, organisation, person, tokens);
  if (is_signal_alone(person)) return tokens;
  const CivilDate today = utc_day(app.clock.now());
  const Circle circle = circle_of(person, today);
  if (circle.all.empty() && person.sharing.grants.empty() && person.relays.empty()) {
    add_names(app, organisation, person, tokens);
    return tokens;
  }
  Status failed = Done{};
  const OrganisationOf organisation_of = [&](SubjectId id) {
    return organisation_in(source, id, failed);
  };
  std::vector<SubjectId> readers = circle.all;
  if (!is_in(circle.all, organisation)) readers.push_back(organisation);
  for (const SubjectId& reader : readers)
    add_names(app, reader, visible_to(person, {reader, {}}, today, organisation_of), tokens);
  for (const SubjectId& whole : circle.organisations)
    tokens.push_back(circle_token(app, whole, whole));
  for (const ReferentClaim& claim : person.pathway.claims)
    tokens.push_back(circle_token(app, claim.organisation, claim.team));
  add_board(app, person, tokens);
  add_relays(app, person, tokens);
  FILROUGE_CHECK(std::move(failed));
  return tokens;
}

SearchToken circle_token(App& app, SubjectId organisation, SubjectId team_or_organisation) {
  return whole_token(app, organisation, "circle", team_or_organisation.hex());
}

SearchToken referent_token(App& app, SubjectId organisation, SubjectId account) {
  return whole_token(app, organisation, "referent", account.hex());
}

SearchToken board_token(App& app, SubjectId organisation) {
  return whole_token(app, organisation, "board", "");
}

SearchToken relay_token(App& app, SubjectId organisation) {
  return whole_token(app, organisation, "relay", "");
}

SearchToken ended_relay_token(App& app, SubjectId organisation, CivilDate day) {
  return whole_token(app, organisation, "relay", day.text().substr(0, 7));
}

std::string folded_login(std::string_view login) {
  std::string folded(login);
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return folded;
}

SearchToken login_token(App& app, std::string_view login) {
  const Bytes32 mac =
      app.crypto.mac(app.keys.secrets().search_key, "fr1 login" + folded_login(login));
  return {SubjectId{}, "login", std::string(reinterpret_cast<const char*>(mac.data()), mac.size())};
}

Result<std::optional<std::vector<SubjectId>>> find_candidates(App& app, SubjectId organisation,
                                                              std::string_view query) {
  std::vector<std::string> words = words_of(query);
  // A short word has only its whole token: it narrows nothing where a longer one can be looked up.
  const auto is_short = [](const std::string& word) { return beginning_of(word).empty(); };
  if (!std::all_of(words.begin(), words.end(), is_short)) std::erase_if(words, is_short);
  std::optional<std::set<SubjectId>> found;
  for (const std::string& word : words) {
    std::set<SubjectId> with_word;
    for (const std::string_view field : kFields) {
      FILROUGE_TRY(subjects, app.store.find_tokens(query_token(app, organisation, field, word)));
      with_word.insert(subjects.begin(), subjects.end());
    }
    if (found)
      std::erase_if(*found, [&](const SubjectId& id) { return !with_word.contains(id); });
    else
      found = std::move(with_word);
  }
  if (!found) return std::optional<std::vector<SubjectId>>{};
  return std::optional(std::vector<SubjectId>(found->begin(), found->end()));
}

Result<std::set<SubjectId>> find_namesakes(App& app, SubjectId organisation,
                                           const std::vector<std::string>& names) {
  std::set<std::string> words;
  for (const std::string& name : names)
    for (std::string& word : words_of(name)) words.insert(std::move(word));
  std::set<SubjectId> found;
  for (const std::string& word : words)
    for (const std::string_view field : kFields) {
      FILROUGE_TRY(subjects, app.store.find_tokens(query_token(app, organisation, field, word)));
      found.insert(subjects.begin(), subjects.end());
    }
  return found;
}

bool answers(const PersonState& person, std::string_view query) {
  std::vector<std::string> names;
  for (const std::string_view field : kFields)
    for (const RegisterValue& value : register_of(person, field).values)
      for (std::string& word : words_of(value.value)) names.push_back(std::move(word));
  const auto words = words_of(query);
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return name.starts_with(word); });
  });
}

}  // namespace filrouge
