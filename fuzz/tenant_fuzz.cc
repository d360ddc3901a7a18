// A tenant file that somebody wrote: whatever the bytes, it is refused with a field or a rule, or
// what was read holds together: every key that a rule names is there, and the calendar can be laid.
#include <cstdint>
#include <string>

#include "server/cli/tenant/tenant_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace filrouge;
  const auto tenant = read_tenant(std::string(reinterpret_cast<const char*>(data), size));
  if (!tenant.ok()) {
    verify(!tenant.error().rule.empty() || !tenant.error().field.empty());
    return 0;
  }
  verify(!tenant->name.empty());
  for (const TenantTeam& team : tenant->teams) {
    bool known = false;
    for (const TenantOrganisation& one : tenant->organisations)
      known = known || one.key == team.organisation;
    verify(known);
  }
  return 0;
}
