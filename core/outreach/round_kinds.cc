#include "core/outreach/round_kinds.h"

#include "core/base/embedded.h"
#include "core/base/json.h"

namespace filrouge {

const std::vector<RoundKind>& round_kinds() {
  static const std::vector<RoundKind> kinds = [] {
    auto read =
        json::decode<std::vector<RoundKind>>(embedded_file("core/outreach/round_kinds.json"));
    return std::move(read).value();  // an unreadable data file stops the program at start
  }();
  return kinds;
}

const RoundKind* find_round_kind(std::string_view code) {
  for (const RoundKind& kind : round_kinds())
    if (kind.code == code) return &kind;
  return nullptr;
}

}  // namespace filrouge
