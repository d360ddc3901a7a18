// May this account do this to that, and why (architecture 5). Deny by default; one function for
// every route and every received entry; the rules are data: core/access/rules.policy, read by the
// code, by the tests and by people. A line of it:
//
//   person.read        own_team          outreach_worker adviser coordinator
//
// = the rule, the relation that the account must have to the target, the roles it is open to.
// Relations: none, self, own_organisation, own_team, own_site, circle (a team or organisation that
// follows her beside her own team, core/people/circle.h), own_entries (a volunteer's own entries
// until the round ends), consortium (figures: no target).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/network/state.h"

namespace filrouge {

// Who asks, as folded at this moment; nothing is cached across a revocation.
struct Actor {
  SubjectId account;
  AccountState state;
  bool convention_valid = false;  // the organisation's, on the day of the request
};

// What is touched. Absent parts are nil or empty: a rule that needs them then says no.
struct Target {
  SubjectId organisation;
  std::vector<SubjectId> teams;
  SubjectId account;  // of "self": whose; of "own_entries": the author
  bool round_open = false;
  std::vector<SubjectId> circle;  // teams and organisations
};

enum class Verdict {
  permitted,
  unknown_rule,
  account_not_active,
  convention_over,
  role_refused,
  no_relation,
};
BOOST_DESCRIBE_ENUM(Verdict, permitted, unknown_rule, account_not_active, convention_over,
                    role_refused, no_relation)

Verdict permit(const Actor& actor, std::string_view rule, const Target& target);

enum class Relation {
  none,
  self,
  own_organisation,
  own_team,
  own_site,
  circle,
  own_entries,
  consortium
};
BOOST_DESCRIBE_ENUM(Relation, none, self, own_organisation, own_team, own_site, circle, own_entries,
                    consortium)

// One line of the policy, for the route table's own check and the generated matrix of tests.
struct PolicyLine {
  std::string rule;
  Relation relation = Relation::none;
  std::vector<Role> roles;
  bool anyone = false;     // permits without an account
  bool signed_in = false;  // every role, of an active account with a valid convention
};
// A line that cannot be read is an Error naming "line 12".
Result<std::vector<PolicyLine>> parse_policy(std::string_view text);
// Parsed once from rules.policy; an unreadable policy stops the program at start.
const std::vector<PolicyLine>& policy();
bool policy_has(std::string_view rule);

}  // namespace filrouge
