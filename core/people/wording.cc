#include "core/people/wording.h"

#include "core/base/embedded.h"
#include "core/base/json.h"

namespace filrouge {

const MinorWording& minor_wording() {
  static const MinorWording wording =
      json::decode<MinorWording>(embedded_file("core/people/minors.json")).value();
  return wording;
}

const MinorAdvice* minor_advice_for(AgeBand band) {
  for (const MinorAdvice& advice : minor_wording().advices)
    if (advice.age_band == band) return &advice;
  return nullptr;
}

const ConsentWording& consent_wording() {
  static const ConsentWording wording =
      json::decode<ConsentWording>(embedded_file("core/people/consent_wording.json")).value();
  return wording;
}

}  // namespace filrouge
