// The pathway as a part of the person's state: what may happen now, and the state after it.
// Refused, each with its own rule: "not_met", "already_open", "already_met", "no_pathway", "stale",
// "not_your_turn", "not_owner" (a step of another organisation), "lost_rule", "before_entry" (an
// exit before she was met), "unknown_exit", "before_start", "ended" (nothing is followed any more).
#pragma once

#include "core/people/state.h"

namespace filrouge {

bool is_pathway_kind(std::string_view kind);
Status decide_pathway(const Draft& draft, const PersonState& person);
void fold_pathway(PersonState& person, const Draft& draft);
// Days of contact, for the stage and for contact lost.
void fold_contact_day(PathwayState& pathway, const LocalStamp& occurred);
// Is this entry one that holds the thread together (a claim, an act, an agreement)? It is answered
// by another entry, never undone.
bool is_binding(const PersonState& person, const EntryId& entry);

}  // namespace filrouge
