// "Un partenaire cherche à joindre" (core/people/sought.h): worked out when her own team looks,
// from those whom other organisations identified in the last days. Nothing is written or sent when
// somebody is identified: the searcher's answer, its time and the log are the same whether or not
// somebody bears that name elsewhere.
#pragma once

#include "server/app/person_view.h"

namespace filrouge {

// Of the reader's own team alone, by name; each person and organisation once.
Result<std::vector<api::SoughtRow>> sought_persons(App& app, const Actor& reader);

}  // namespace filrouge
