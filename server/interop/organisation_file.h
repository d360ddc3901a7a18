// Organisations from the lists that others keep (JSON arrays): the prescribers of les-emplois
// (prescribers__organization.json), and the two lists of missions locales of pass-emploi
// (agences_milo.json, referentiel_structures_milo.json): the same network under different names.
// The form is told from the first object. Two lines of one file that are the same organisation
// (same department, same words once "mission locale" and the like are left out) are one: the second
// is refused with its reason, and so is a line without a name or a department.
//
//   auto read = read_organisations(source);
//   read->organisations[0].words == "arras";  read->report.refusals[0].where == "item 9"
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>

#include "server/interop/commune_file.h"

namespace filrouge {

struct ListedOrganisation {
  std::string where;   // "item 12" of its file
  std::string source;  // "les-emplois", "pass-emploi", "i-milo"
  std::string code;    // its id there
  std::string name;
  std::string other_name;  // or empty
  std::string kind;        // "mission_locale", "france_travail", ...
  std::string department;  // "37", "2A", "974"
  std::string zone;        // IANA
};
BOOST_DESCRIBE_STRUCT(ListedOrganisation, (),
                      (where, source, code, name, other_name, kind, department, zone))

struct OrganisationImport {
  std::vector<ListedOrganisation> organisations;
  ImportReport report;
};

Result<OrganisationImport> read_organisations(const ChunkSource& source);

// By what an organisation is recognised under another name: department, then the words of the name
// in order, without those that every name of the network has. Empty when no word is left.
std::string organisation_key(std::string_view department, std::string_view name);

}  // namespace filrouge
