// Finding a name without storing it: each word of an alias, first name or surname leaves keyed
// hashes of 16 bits (the whole word and its first three letters), by organisation and field. A
// search reads the candidates of each word, opens them and compares (architecture 3). A login has
// one whole hash, unique on the node.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/app/app.h"

namespace filrouge {

std::vector<SearchToken> tokens_of(App& app, SubjectId organisation, const PersonState& person);
SearchToken login_token(App& app, std::string_view login);
// As logins are compared: without regard to capitals.
std::string folded_login(std::string_view login);

// Persons of the organisation who may answer every word of the query, in no order; absent when the
// query has no word that can be looked up.
Result<std::optional<std::vector<SubjectId>>> find_candidates(App& app, SubjectId organisation,
                                                              std::string_view query);
// Does every word of the query begin a word of one of her names?
bool answers(const PersonState& person, std::string_view query);

}  // namespace filrouge
