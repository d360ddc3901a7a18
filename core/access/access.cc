#include "core/access/access.h"

#include <algorithm>

#include "core/base/embedded.h"
#include "core/base/json.h"

namespace filrouge {

namespace {

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  line = line.substr(0, line.find('#'));
  while (true) {
    const auto from = line.find_first_not_of(" \t\r");
    if (from == std::string_view::npos) return words;
    line.remove_prefix(from);
    const auto end = std::min(line.find_first_of(" \t\r"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

Result<PolicyLine> read_line(const std::vector<std::string_view>& words, std::string field) {
  if (words.size() < 3)
    return Error{Code::malformed, std::move(field), "policy", "rule, relation and roles expected"};
  PolicyLine line;
  line.rule = std::string(words[0]);
  const auto relation = json::enum_value<Relation>(words[1]);
  if (!relation) return Error{Code::malformed, std::move(field), "policy", "unknown relation"};
  line.relation = *relation;
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words[i] == "anyone") {
      line.anyone = true;
    } else if (words[i] == "signed_in") {
      line.signed_in = true;
    } else if (const auto role = json::enum_value<Role>(words[i])) {
      line.roles.push_back(*role);
    } else {
      return Error{Code::malformed, std::move(field), "policy", "unknown role"};
    }
  }
  if (line.anyone && line.relation != Relation::none)
    return Error{Code::malformed, std::move(field), "policy", "anyone has no relation"};
  return line;
}

bool is_of_team(const Actor& actor, const SubjectId& team) {
  const auto& teams = actor.state.teams;
  return !team.is_nil() && std::find(teams.begin(), teams.end(), team) != teams.end();
}

bool shares_team(const Actor& actor, const Target& target) {
  return std::any_of(target.teams.begin(), target.teams.end(),
                     [&](const SubjectId& team) { return is_of_team(actor, team); });
}

bool is_in_circle(const Actor& actor, const Target& target) {
  return std::any_of(target.circle.begin(), target.circle.end(), [&](const SubjectId& id) {
    return is_of_team(actor, id) || (!id.is_nil() && id == actor.state.organisation);
  });
}

bool is_related(const Actor& actor, Relation relation, const Target& target) {
  const bool is_own = !target.account.is_nil() && target.account == actor.account;
  switch (relation) {
    case Relation::none:
    case Relation::consortium:
      return true;
    case Relation::self:
      return is_own;
    case Relation::own_organisation:
      return !target.organisation.is_nil() && target.organisation == actor.state.organisation;
    case Relation::own_team:
    case Relation::own_site:
      return shares_team(actor, target);  // a site is a team's own place
    case Relation::circle:
      return is_in_circle(actor, target);
    case Relation::own_entries:
      // What a volunteer noted is hers until the round ends (architecture 5).
      return is_own && (actor.state.role != Role::volunteer || target.round_open);
  }
  return false;
}

bool is_open_to(const PolicyLine& line, Role role) {
  return line.signed_in ||
         std::find(line.roles.begin(), line.roles.end(), role) != line.roles.end();
}

}  // namespace

Result<std::vector<PolicyLine>> parse_policy(std::string_view text) {
  std::vector<PolicyLine> lines;
  std::size_t number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto words = words_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (words.empty()) continue;
    FILROUGE_TRY(line, read_line(words, "line " + std::to_string(number)));
    lines.push_back(std::move(line));
  }
  if (lines.empty()) return Error{Code::malformed, "", "policy", "a policy without a rule"};
  return lines;
}

const std::vector<PolicyLine>& policy() {
  static const std::vector<PolicyLine> lines =
      parse_policy(embedded_file("core/access/rules.policy")).value();
  return lines;
}

bool policy_has(std::string_view rule) {
  return std::any_of(policy().begin(), policy().end(),
                     [&](const PolicyLine& line) { return line.rule == rule; });
}

Verdict permit(const Actor& actor, std::string_view rule, const Target& target) {
  const bool is_active = !actor.account.is_nil() && actor.state.status == AccountStatus::active;
  Verdict verdict = Verdict::unknown_rule;
  for (const PolicyLine& line : policy()) {
    if (line.rule != rule) continue;
    if (line.anyone) return Verdict::permitted;
    if (!is_active) {
      verdict = Verdict::account_not_active;
    } else if (!actor.convention_valid) {
      verdict = Verdict::convention_over;
    } else if (!is_open_to(line, actor.state.role)) {
      if (verdict != Verdict::no_relation) verdict = Verdict::role_refused;
    } else if (!is_related(actor, line.relation, target)) {
      verdict = Verdict::no_relation;
    } else {
      return Verdict::permitted;
    }
  }
  return verdict;
}

}  // namespace filrouge
