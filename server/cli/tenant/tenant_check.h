// Whether a tenant file holds together: keys that are named exist once, words of the closed lists
// are known, authors belong to their team and may write, somebody can confirm accounts. The error
// names the field, so that whoever writes a file of their own finds the line.
#pragma once

#include "server/cli/tenant/tenant_file.h"

namespace filrouge {

// Spans and lists of a tenant file have limits, so that no file asks for a million entries.
inline constexpr std::int64_t tenant_days_max = 4'000;
inline constexpr std::int64_t tenant_total_max = 200'000;
inline constexpr std::int64_t tenant_span_max = 500;
inline constexpr std::int64_t tenant_persons_max = 20'000;

Status check_tenant(const Tenant& tenant);

}  // namespace filrouge
