// Finding a name without storing it: each word of an alias, first name or surname leaves keyed
// hashes of 16 bits (the whole word and its first three letters), by organisation and field. A
// search reads the candidates of each word, opens them and compares (architecture 3). A login has
// one whole hash, unique on the node; so has the card of a young person's own page, a link to
// somebody outside and its answer. A person who was only signalled is found by no name: her team
// finds her in its list of signals alone (R48).
//
// Who follows a person is indexed the same way, by organisation, with hashes of 64 bits, and so are
// "signal" (the team that looks for her), "odd" (she has words for the officer), "linked" (the
// other record), "identified" (the month she said who she is): "circle" (the team or organisation
// that follows her beside her own team), "referent" (the account), "relay" (open ones of either
// side, and those that ended this month or the last), "board" (an open pathway, or a decision of a
// case meeting). Another organisation finds her by a name only where she shares it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/app/app.h"
#include "server/app/surroundings.h"

namespace filrouge {

// `organisation`: of her own team. `source` knows the accounts and teams around her.
Result<std::vector<SearchToken>> tokens_of(App& app, StateSource& source, SubjectId organisation,
                                           const PersonState& person);
SearchToken circle_token(App& app, SubjectId organisation, SubjectId team_or_organisation);
SearchToken referent_token(App& app, SubjectId organisation, SubjectId account);
SearchToken board_token(App& app, SubjectId organisation);
// Of the open relays, and of those that ended in the month of this day.
SearchToken relay_token(App& app, SubjectId organisation);
SearchToken ended_relay_token(App& app, SubjectId organisation, CivilDate day);
SearchToken login_token(App& app, std::string_view login);
// Of what somebody holds in the hand: field "card", "outside" or "answer", and its hash as it
// stands in the person's state.
SearchToken held_token(std::string_view field, std::string_view hexadecimal);
// Persons with a signal that waits for this team; with words for the organisation's officer; linked
// to this record.
SearchToken signal_token(App& app, SubjectId organisation, SubjectId team);
SearchToken odd_token(App& app, SubjectId organisation);
SearchToken linked_token(App& app, SubjectId other);
// Persons of any organisation who said who they are in the month of this day.
SearchToken identified_token(App& app, CivilDate day);
// As logins are compared: without regard to capitals.
std::string folded_login(std::string_view login);

// Persons of the organisation who may answer every word of the query, in no order; absent when the
// query has no word that can be looked up.
Result<std::optional<std::vector<SubjectId>>> find_candidates(App& app, SubjectId organisation,
                                                              std::string_view query);
// Persons of the organisation with a word, or the beginning of one, in common with these names.
Result<std::set<SubjectId>> find_namesakes(App& app, SubjectId organisation,
                                           const std::vector<std::string>& names);
// Does every word of the query begin a word of one of her names?
bool answers(const PersonState& person, std::string_view query);

}  // namespace filrouge
