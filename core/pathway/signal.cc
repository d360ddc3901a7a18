#include "core/pathway/signal.h"

namespace filrouge {

bool is_unmet(const PersonState& person) {
  return person.pathway.signal.has_value() && !person.created && !person.erased;
}

bool awaits_meeting(const PersonState& person) {
  return is_unmet(person) && !person.pathway.signal->by.entry.is_nil() &&
         !person.pathway.signal->ended;
}

}  // namespace filrouge
