// Writing drafts that did not cross the network: settings, accounts, the demo, imports, what the
// program itself notes. The same intake as POST /api/v1/sync; what it would put in the quarantine
// is an Error here. Retried when somebody else wrote the same subject (limits::append_retries_max).
//
//   FILROUGE_CHECK(write_judged(app, actor, {desk_draft(app, "device_lost", device, ...)}));
#pragma once

#include <functional>

#include "server/app/intake.h"
#include "server/app/use_cases.h"

namespace filrouge {

// For use cases that asked for access themselves.
Result<std::vector<std::int64_t>> write_judged(App& app, const Actor& actor,
                                               const std::vector<Draft>& drafts);
// The program is the author: nobody is asked, and the envelope names no organisation.
// `ledger`: rows of disclosures that are durable together with it.
Result<std::vector<std::int64_t>> write_as_program(App& app, const std::vector<Draft>& drafts,
                                                   const std::vector<LedgerRow>& ledger = {});

// Runs one attempt after the other until it is not a version conflict any more.
template <class Attempt>
auto retry_conflicts(Attempt&& attempt) -> decltype(attempt()) {
  for (int tries = 1;; ++tries) {
    auto result = attempt();
    const bool again =
        !result.ok() && result.error().code == Code::conflict &&
        (result.error().rule == "version" || result.error().rule == "duplicate_entry");
    if (!again) return result;
    if (tries == limits::append_retries_max)
      return Error{Code::unavailable, "", "busy", "others write the same; try again"};
  }
}

}  // namespace filrouge
