// Any bytes as JSON: what is read is written and read again as the same document, and the codecs
// of the API and of drafts refuse or accept without a trap.
#include <cstdint>
#include <string_view>

#include "core/base/json.h"
#include "core/journal/draft.h"
#include "server/app/api/figures.h"
#include "server/app/api/settings.h"

namespace {

using namespace filrouge;

void hold_round_trip(std::string_view text, bool decimals) {
  json::ParseLimits limits;
  limits.decimals = decimals;
  const auto value = json::parse(text, limits);
  if (!value.ok()) {
    verify(!value.error().rule.empty());
    return;
  }
  const std::string written = json::write(*value);
  const auto again = json::parse(written, limits);
  // Escapes may grow the text over the limit of bytes; nothing else may refuse our own writing.
  if (!again.ok()) return verify(again.error().rule == "too_large");
  verify(json::write(*again) == written);
}

template <class T>
void hold_codec(const json::Value& value) {
  for (const auto unknown : {json::Unknown::refuse, json::Unknown::keep}) {
    const auto thing = json::read<T>(value, unknown);
    if (!thing.ok()) continue;
    const std::string written = json::encode(*thing);
    const auto again = json::decode<T>(written);
    verify(again.ok() && json::encode(*again) == written);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  hold_round_trip(text, false);
  hold_round_trip(text, true);
  const auto value = json::parse(text);
  if (!value.ok()) return 0;
  hold_codec<Draft>(*value);
  hold_codec<api::SyncRequest>(*value);
  hold_codec<api::SetPlace>(*value);
  hold_codec<api::FigureQuery>(*value);
  hold_codec<PersonState>(*value);
  return 0;
}
