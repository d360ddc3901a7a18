// Finding a name without storing it: each word of an alias, first name or surname leaves keyed
// hashes of 16 bits (the whole word and its first three letters), by organisation and field. A
// search reads the candidates of each word, opens them and compares (architecture 3). A login has
// one whole hash, unique on the node; so has the card of a young person's own page, a link to
// somebody outside and its answer. A person who was only signalled is found by no name: her team
// finds her in its list of signals alone (R48).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/app/app.h"

namespace filrouge {

std::vector<SearchToken> tokens_of(App& app, SubjectId organisation, const PersonState& person);
SearchToken login_token(App& app, std::string_view login);
// Of what somebody holds in the hand: field "card", "outside" or "answer", and its hash as it
// stands in the person's state.
SearchToken held_token(std::string_view field, std::string_view hexadecimal);
// Persons with a signal that waits for this team; with words for the organisation's officer; linked
// to this record.
SearchToken signal_token(SubjectId organisation, SubjectId team);
SearchToken odd_token(SubjectId organisation);
SearchToken linked_token(App& app, SubjectId other);
// The kinds of entries after which tokens_of() may give something else.
bool changes_tokens(std::string_view kind);
// As logins are compared: without regard to capitals.
std::string folded_login(std::string_view login);

// Persons of the organisation who may answer every word of the query, in no order; absent when the
// query has no word that can be looked up.
Result<std::optional<std::vector<SubjectId>>> find_candidates(App& app, SubjectId organisation,
                                                              std::string_view query);
// Does every word of the query begin a word of one of her names?
bool answers(const PersonState& person, std::string_view query);

}  // namespace filrouge
