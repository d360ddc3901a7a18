// Fills an empty folder with a demonstration: consortium, accounts, then everything that happened
// between the two days, and lets the detail of old encounters go as a running server would.
//
//   FILROUGE_TRY(filled, fill_demo(data, tenant, master, until));
//   filled.entries == 21'480
#pragma once

#include <string>

#include "server/cli/node.h"
#include "server/cli/tenant/tenant_file.h"
#include "server/ports/crypto.h"

namespace filrouge {

struct Filled {
  std::int64_t entries = 0;  // notes of the street; settings are not counted
};

// `data` exists and holds no journal yet, nor do the databases; `until` is the last day of a tenant
// that goes up to today.
Result<Filled> fill_demo(const std::string& data, const Tenant& tenant, const Bytes32& master,
                         CivilDate until, const DatabaseChoice& database = {});

}  // namespace filrouge
