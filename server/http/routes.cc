#include "server/http/routes.h"

#include <array>

#include "core/access/access.h"
#include "server/http/openapi.h"

namespace filrouge::http {
namespace {

struct Health {
  bool ok = true;
};
BOOST_DESCRIBE_STRUCT(Health, (), (ok))

Result<Health> health(App&, const Caller&, const api::Empty&) { return Health{}; }

Result<api::Download> openapi(App&, const Caller&, const api::Empty&) {
  static const std::string kDocument = openapi_document();
  return api::Download{"application/json", "", kDocument};
}

using enum Method;
using enum Credential;

// The rule of a row is the weakest that lets somebody in; a use case may ask more of a target
// (declare_lost: the own phone, or device.lost for another's).
constexpr std::array kRoutes = {
    route<&health>(get, "/api/v1/health", "node.read", none),
    route<&openapi>(get, "/api/v1/openapi.json", "node.read", none),
    route<&node_info>(get, "/api/v1/node", "node.read", none),

    route<&sign_in>(post, "/api/v1/session", "session.open", none),
    route<&session_info>(get, "/api/v1/session", "session.own", session),
    route<&sign_out>(delete_, "/api/v1/session", "session.own", session),
    route<&activate>(post, "/api/v1/activation", "account.activate", none),
    route<&change_password>(post, "/api/v1/password", "account.password", session),
    route<&enrol_device>(post, "/api/v1/devices", "device.enrol", session),
    route<&all_devices>(get, "/api/v1/devices", "device.list", session),
    route<&own_devices>(get, "/api/v1/devices/mine", "device.own", session),
    route<&declare_lost>(post, "/api/v1/devices/{device}/lost", "device.own", session),

    route<&receive>(post, "/api/v1/sync", "entry.send", device),

    route<&reference>(get, "/api/v1/reference", "reference.read", session),
    route<&today>(get, "/api/v1/today", "today.read", session),
    route<&list_rounds>(get, "/api/v1/rounds", "today.read", session),
    route<&day_report>(get, "/api/v1/reports/day", "day_report.read", session),
    route<&list_quarantine>(get, "/api/v1/quarantine", "quarantine.read", session),
    route<&resolve_quarantine>(post, "/api/v1/quarantine/{entry}/resolve", "quarantine.resolve",
                               session),
    route<&own_entry>(get, "/api/v1/entries/{entry}/own", "entry.own_text", session),
    route<&entries_known>(post, "/api/v1/entries/known", "entry.own_text", session),
    route<&entry_receipt>(get, "/api/v1/entries/{entry}/receipt", "entry.receipt", session),
    route<&log_checkpoint>(get, "/api/v1/log", "reference.read", session),
    route<&log_since>(get, "/api/v1/log/since", "reference.read", session),

    route<&constraints>(get, "/api/v1/constraints", "reference.read", session),

    route<&list_people>(get, "/api/v1/people", "person.list", session),
    route<&person_card>(get, "/api/v1/people/{person}", "person.read", session),
    route<&person_history>(get, "/api/v1/people/{person}/history", "person.read", session),
    route<&person_ledger>(get, "/api/v1/people/{person}/ledger", "person.read", session),
    route<&erase_person>(post, "/api/v1/people/{person}/erasure", "person.erase", session),
    route<&write_entry>(post, "/api/v1/people/{person}/entries", "person.entry", session),
    route<&person_pathway>(get, "/api/v1/people/{person}/pathway", "pathway.read", session),
    route<&person_thread>(get, "/api/v1/people/{person}/thread", "pathway.read", session),
    route<&person_followers>(get, "/api/v1/people/{person}/followers", "pathway.read", session),
    route<&person_sharing>(get, "/api/v1/people/{person}/sharing", "pathway.read", session),
    route<&relay_box>(get, "/api/v1/relays", "relay.read", session),
    route<&board>(get, "/api/v1/board", "board.read", session),
    route<&organisation_ledger>(get, "/api/v1/ledger", "ledger.read", session),

    route<&issue_card>(post, "/api/v1/people/{person}/card", "card.issue", session),
    route<&open_mine>(post, "/api/v1/mine/open", "mine.open", none),
    route<&my_page>(get, "/api/v1/mine", "mine.use", mine),
    route<&close_mine>(delete_, "/api/v1/mine", "mine.use", mine),
    route<&stop_sharing>(post, "/api/v1/mine/stop", "mine.use", mine),
    route<&answer_trust>(post, "/api/v1/mine/trust", "mine.use", mine),
    route<&say_odd>(post, "/api/v1/mine/odd", "mine.use", mine),
    route<&odd_words>(get, "/api/v1/ledger/odd", "odd.read", session),

    route<&make_outside_link>(post, "/api/v1/relays/{person}/{relay}/link", "relay.outside",
                              session),
    route<&open_outside>(post, "/api/v1/outside/open", "outside.answer", none),
    route<&answer_outside>(post, "/api/v1/outside/answer", "outside.answer", none),

    route<&list_signals>(get, "/api/v1/signals", "signal.read", session),
    route<&link_people>(post, "/api/v1/people/{person}/links", "person.link", session),
    route<&unlink_people>(post, "/api/v1/people/{person}/links/{other}/undo", "person.link",
                          session),
    route<&tell_apart>(post, "/api/v1/people/{person}/links/{other}/distinct", "person.link",
                       session),
    route<&list_duplicates>(get, "/api/v1/people/{person}/duplicates", "duplicate.read", session),
    route<&see_sought>(post, "/api/v1/people/{person}/sought", "sought.read", session),
    route<&appointment_file>(get, "/api/v1/people/{person}/appointments/{appointment}/ics",
                             "pathway.read", session, "text/calendar"),

    route<&open_comparison>(post, "/api/v1/comparisons", "comparison.manage", session),
    route<&list_comparisons>(get, "/api/v1/comparisons", "comparison.review", session),
    route<&comparison>(get, "/api/v1/comparisons/{comparison}", "comparison.review", session),
    route<&add_list>(post, "/api/v1/comparisons/{comparison}/lists", "comparison.manage", session),
    route<&put_list_piece>(post, "/api/v1/comparisons/{comparison}/lists/{list}/pieces/{piece}",
                           "comparison.manage", session),
    route<&preview_list>(get, "/api/v1/comparisons/{comparison}/lists/{list}/preview",
                         "comparison.manage", session),
    route<&map_list>(post, "/api/v1/comparisons/{comparison}/lists/{list}/mapping",
                     "comparison.manage", session),
    route<&remove_list>(delete_, "/api/v1/comparisons/{comparison}/lists/{list}",
                        "comparison.manage", session),
    route<&run_comparison>(post, "/api/v1/comparisons/{comparison}/run", "comparison.manage",
                           session),
    route<&cancel_comparison>(post, "/api/v1/comparisons/{comparison}/cancel", "comparison.manage",
                              session),
    route<&comparison_pairs>(get, "/api/v1/comparisons/{comparison}/pairs", "comparison.review",
                             session),
    route<&judge_pair>(post, "/api/v1/comparisons/{comparison}/pairs", "comparison.review",
                       session),
    route<&comparison_unseen>(get, "/api/v1/comparisons/{comparison}/unseen", "comparison.review",
                              session),
    route<&comparison_csv>(get, "/api/v1/comparisons/{comparison}/unseen.csv", "comparison.review",
                           session, "text/csv"),
    route<&comparison_communes>(get, "/api/v1/comparisons/{comparison}/communes",
                                "comparison.review", session),
    route<&make_signals>(post, "/api/v1/comparisons/{comparison}/signals", "comparison.manage",
                         session),
    route<&end_comparison>(post, "/api/v1/comparisons/{comparison}/end", "comparison.manage",
                           session),

    route<&figure>(get, "/api/v1/figures", "figures.read|figures.read_team", session),
    route<&figure_entries>(get, "/api/v1/figures/entries", "figures.entries", session),
    route<&figure_csv>(get, "/api/v1/figures/csv", "figures.read|figures.read_team", session,
                       "text/csv"),

    route<&organisations>(get, "/api/v1/organisations", "organisation.read", session),
    route<&set_organisation>(post, "/api/v1/organisations", "organisation.write", session),
    route<&teams>(get, "/api/v1/teams", "reference.read", session),
    route<&set_team>(post, "/api/v1/teams", "team.write", session),
    route<&projects>(get, "/api/v1/projects", "reference.read", session),
    route<&set_project>(post, "/api/v1/projects", "project.write", session),
    route<&places>(get, "/api/v1/places", "reference.read", session),
    route<&set_place>(post, "/api/v1/places", "place.write", session),
    route<&find_communes>(get, "/api/v1/communes", "reference.read", session),
    route<&accounts>(get, "/api/v1/accounts", "account.list", session),
    route<&propose_account>(post, "/api/v1/accounts", "account.propose", session),
    route<&confirm_account>(post, "/api/v1/accounts/{account}/confirm", "account.confirm", session),
    route<&new_activation_code>(post, "/api/v1/accounts/{account}/code", "account.confirm",
                                session),
    route<&revoke_account>(post, "/api/v1/accounts/{account}/revoke", "account.revoke", session),
    route<&set_account_teams>(post, "/api/v1/accounts/{account}/teams", "account.propose", session),
};

// No address stands twice, and only the four methods that the session lets through are used.
consteval bool rows_are_distinct() {
  for (std::size_t i = 0; i < kRoutes.size(); ++i) {
    if (kRoutes[i].method == head || kRoutes[i].method == other) return false;
    for (std::size_t j = i + 1; j < kRoutes.size(); ++j)
      if (kRoutes[i].method == kRoutes[j].method && kRoutes[i].path == kRoutes[j].path)
        return false;
  }
  return true;
}
static_assert(rows_are_distinct());

// The values of the {names} when the pattern fits; segments were decoded one by one, so a value
// may hold a slash that was escaped and still is one segment.
bool fits(std::string_view pattern, const std::vector<std::string>& segments, Parameters& values) {
  values.clear();
  pattern.remove_prefix(1);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const std::size_t end = std::min(pattern.find('/'), pattern.size());
    const std::string_view part = pattern.substr(0, end);
    if (part.starts_with('{')) {
      if (segments[i].empty()) return false;
      values.emplace_back(std::string(part.substr(1, part.size() - 2)), segments[i]);
    } else if (part != segments[i]) {
      return false;
    }
    if (end == pattern.size()) return i + 1 == segments.size();
    pattern.remove_prefix(end + 1);
  }
  return false;
}

std::string_view method_text(Method method) {
  switch (method) {
    case get:
      return "GET, HEAD";
    case post:
      return "POST";
    case delete_:
      return "DELETE";
    case head:
    case other:
      break;
  }
  return "";
}

}  // namespace

std::span<const Route> all_routes() { return kRoutes; }

Match match(Method method, const std::vector<std::string>& segments) {
  if (method == head) method = get;
  Match found;
  Parameters values;
  for (const Route& route : kRoutes) {
    if (!fits(route.path, segments, values)) continue;
    // A literal row stands before a {name} row that would fit as well; the first one wins.
    if (route.method == method) return {&route, std::move(values), {}};
    if (!found.allowed.empty()) found.allowed += ", ";
    found.allowed += method_text(route.method);
  }
  return found;
}

std::vector<std::string_view> rules_of(const Route& route) {
  std::vector<std::string_view> rules;
  std::string_view rest = route.rule;
  while (true) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    rules.push_back(rest.substr(0, end));
    if (end == rest.size()) return rules;
    rest.remove_prefix(end + 1);
  }
}

Status check_routes() {
  for (const Route& route : kRoutes)
    for (const std::string_view rule : rules_of(route))
      if (!policy_has(rule))
        return Error{Code::internal, std::string(route.path), "unknown_rule",
                     "no rule " + std::string(rule) + " in core/access/rules.policy"};
  return Done{};
}

}  // namespace filrouge::http
