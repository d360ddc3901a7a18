// Organisations and constraints that came from a file, written as entries of the journal by the
// program. An organisation has an id that follows from the list it stands in and its id there, so
// that the same file changes nothing the second time; one that is there under the same words from
// another list is refused, with its reason. A new one has a convention of one day: nobody signs in
// for it until an administrator says until when.
//
//   FILROUGE_TRY(done, write_organisations(app, read.organisations));   // done.written, .refusals
#pragma once

#include <vector>

#include "core/pathway/constraints.h"
#include "server/app/app.h"
#include "server/interop/organisation_file.h"

namespace filrouge {

struct OrganisationsWritten {
  std::int64_t written = 0;    // new, or named otherwise now
  std::int64_t unchanged = 0;  // there already, from this list
  std::vector<Refusal> refusals;
};
BOOST_DESCRIBE_STRUCT(OrganisationsWritten, (), (written, unchanged, refusals))

Result<OrganisationsWritten> write_organisations(App& app,
                                                 const std::vector<ListedOrganisation>& listed);
Result<std::int64_t> write_constraints(App& app, const std::vector<Constraint>& constraints);

}  // namespace filrouge
