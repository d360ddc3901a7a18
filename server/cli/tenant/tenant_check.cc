#include "server/cli/tenant/tenant_check.h"

#include <algorithm>
#include <set>
#include <string>

#include "core/base/limits.h"
#include "core/measure/path_count.h"
#include "core/measure/survey.h"
#include "core/outreach/round_kinds.h"
#include "core/pathway/entries.h"
#include "core/relay/entries.h"
#include "server/cli/tenant/calendar.h"
#include "server/cli/tenant/cast.h"

namespace filrouge {

namespace {

Error wrong(const std::string& field, std::string_view rule, std::string_view detail) {
  return {Code::invalid, field, std::string(rule), std::string(detail)};
}

std::string at(std::string_view list, std::size_t index, std::string_view field) {
  return std::string(list) + "[" + std::to_string(index) + "]." + std::string(field);
}

template <class List>
auto find_key(const List& list, std::string_view key) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.key == key; });
  return found == list.end() ? nullptr : &*found;
}

template <class List>
Status keys_are_known_once(const List& list, std::string_view name) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < list.size(); ++i)
    if (list[i].key.empty() || !seen.insert(list[i].key).second)
      return wrong(at(name, i, "key"), "duplicate", "a key of its own expected");
  return Done{};
}

template <class List>
Status key_exists(const List& list, const std::string& key, const std::string& field) {
  if (find_key(list, key) == nullptr) return wrong(field, "key", "\"" + key + "\" is nowhere");
  return Done{};
}

template <class Choice>
Status words_known(const Weights& weights, const std::string& field) {
  for (const Weight& one : weights.list)
    if (one.word != "unknown" && !json::enum_value<Choice>(one.word))
      return wrong(field, "choice", "\"" + one.word + "\" is no word of this list");
  return Done{};
}

Status span_within(const Span& span, std::int64_t highest, const std::string& field) {
  if (span.highest > highest) return wrong(field, "range", "at most " + std::to_string(highest));
  return Done{};
}

const TenantAccount* find_account(const Tenant& tenant, const std::string& login) {
  for (const TenantAccount& account : tenant.accounts)
    if (account.login == login) return &account;
  return nullptr;
}

Status may_write(const Tenant& tenant, const std::string& login, const std::string& team,
                 const std::string& field) {
  const TenantAccount* account = find_account(tenant, login);
  if (account == nullptr) return wrong(field, "key", "\"" + login + "\" is no account");
  if (std::find(account->teams.begin(), account->teams.end(), team) == account->teams.end())
    return wrong(field, "team", login + " is not in the team " + team);
  return Done{};
}

Status check_accounts(const Tenant& tenant) {
  std::set<std::string> logins;
  std::size_t administrators = 0;
  for (std::size_t i = 0; i < tenant.accounts.size(); ++i) {
    const TenantAccount& account = tenant.accounts[i];
    const bool plain = !account.login.empty() &&
                       account.login.find_first_of(" =\t\"") == std::string::npos &&
                       account.password.find_first_of(" =\t\"") == std::string::npos;
    if (!plain || !logins.insert(account.login).second)
      return wrong(at("accounts", i, "login"), "form", "one word of its own, no space");
    if (account.password.size() < limits::password_characters_min)
      return wrong(at("accounts", i, "password"), "too_short", "at least 12 characters");
    FILROUGE_CHECK(
        key_exists(tenant.organisations, account.organisation, at("accounts", i, "organisation")));
    for (const std::string& team : account.teams)
      FILROUGE_CHECK(key_exists(tenant.teams, team, at("accounts", i, "teams")));
    const bool founding = account.organisation == tenant.organisations.front().key;
    if (account.role == Role::administrator && founding) ++administrators;
  }
  if (administrators != 2)
    return wrong("accounts", "administrators", "two administrators of the first organisation");
  if (tenant.accounts.front().role != Role::outreach_worker)
    return wrong("accounts[0].role", "choice", "the first account is an outreach worker");
  return Done{};
}

Status check_places(const Tenant& tenant) {
  for (std::size_t i = 0; i < tenant.teams.size(); ++i) {
    FILROUGE_CHECK(key_exists(tenant.organisations, tenant.teams[i].organisation,
                              at("teams", i, "organisation")));
    if (tenant.teams[i].site)
      FILROUGE_CHECK(key_exists(tenant.places, *tenant.teams[i].site, at("teams", i, "site")));
  }
  for (std::size_t i = 0; i < tenant.places.size(); ++i)
    FILROUGE_CHECK(key_exists(tenant.organisations, tenant.places[i].organisation,
                              at("places", i, "organisation")));
  for (std::size_t i = 0; i < tenant.places.size(); ++i)
    if (place_author(tenant, tenant.places[i]) == nullptr)
      return wrong(at("places", i, "organisation"), "author", "nobody there may set a place");
  for (std::size_t i = 0; i < tenant.projects.size(); ++i)
    for (const std::string& one : tenant.projects[i].organisations)
      FILROUGE_CHECK(key_exists(tenant.organisations, one, at("projects", i, "organisations")));
  for (std::size_t i = 0; i < tenant.outlines.size(); ++i)
    if (tenant.outlines[i].ring.size() < 3)
      return wrong(at("outlines", i, "ring"), "ring_short", "at least three points");
  return Done{};
}

Status check_round(const Tenant& tenant, const RoundRule& rule, std::size_t i) {
  FILROUGE_CHECK(key_exists(tenant.teams, rule.team, at("rounds", i, "team")));
  if (rule.authors.empty()) return wrong(at("rounds", i, "authors"), "missing", "somebody is out");
  for (const std::string& author : rule.authors)
    FILROUGE_CHECK(may_write(tenant, author, rule.team, at("rounds", i, "authors")));
  if (find_round_kind(rule.kind) == nullptr)
    return wrong(at("rounds", i, "kind"), "choice", "\"" + rule.kind + "\" is no kind of round");
  if (rule.places.empty()) return wrong(at("rounds", i, "places"), "missing", "at least one place");
  for (const std::string& place : rule.places)
    FILROUGE_CHECK(key_exists(tenant.places, place, at("rounds", i, "places")));
  if (rule.project)
    FILROUGE_CHECK(key_exists(tenant.projects, *rule.project, at("rounds", i, "project")));
  if (rule.total.value_or(0) > tenant_total_max)
    return wrong(at("rounds", i, "total"), "range", "at most 200000");
  if (rule.each.lowest < 1 || rule.stops.lowest < 1 || rule.minutes.lowest < 1)
    return wrong(at("rounds", i, "each"), "range", "each, stops and minutes begin at 1");
  FILROUGE_CHECK(span_within(rule.minutes, 12 * 60, at("rounds", i, "minutes")));
  FILROUGE_CHECK(span_within(rule.contacts, 30, at("rounds", i, "contacts")));
  return span_within(rule.encounters, tenant_span_max, at("rounds", i, "encounters"));
}

Status check_desk(const Tenant& tenant, const DeskRule& rule, std::size_t i) {
  FILROUGE_CHECK(key_exists(tenant.teams, rule.team, at("desks", i, "team")));
  FILROUGE_CHECK(may_write(tenant, rule.author, rule.team, at("desks", i, "author")));
  FILROUGE_CHECK(key_exists(tenant.places, rule.place, at("desks", i, "place")));
  if (rule.project)
    FILROUGE_CHECK(key_exists(tenant.projects, *rule.project, at("desks", i, "project")));
  FILROUGE_CHECK(words_known<VisitReason>(rule.reasons, at("desks", i, "reasons")));
  if (rule.close.minute <= rule.open.minute)
    return wrong(at("desks", i, "close"), "range", "after the opening");
  if (rule.total.value_or(0) > tenant_total_max)
    return wrong(at("desks", i, "total"), "range", "at most 200000");
  return span_within(rule.visits, tenant_span_max, at("desks", i, "visits"));
}

Status check_watch(const Tenant& tenant, const WatchRule& rule, std::size_t i) {
  FILROUGE_CHECK(key_exists(tenant.teams, rule.team, at("watches", i, "team")));
  FILROUGE_CHECK(may_write(tenant, rule.author, rule.team, at("watches", i, "author")));
  if (rule.project)
    FILROUGE_CHECK(key_exists(tenant.projects, *rule.project, at("watches", i, "project")));
  FILROUGE_CHECK(span_within(rule.minutes, limits::watch_minutes_max, at("watches", i, "minutes")));
  return words_known<SocialNetwork>(rule.networks, at("watches", i, "networks"));
}

Status check_met(const TenantPublic& met) {
  FILROUGE_CHECK(words_known<Sex>(met.sex, "met.sex"));
  FILROUGE_CHECK(words_known<AgeBand>(met.age_band, "met.age_band"));
  FILROUGE_CHECK(words_known<Acquaintance>(met.acquaintance, "met.acquaintance"));
  FILROUGE_CHECK(words_known<ContactMode>(met.mode, "met.mode"));
  FILROUGE_CHECK(words_known<ImmediateService>(met.services, "met.services"));
  FILROUGE_CHECK(words_known<Barrier>(met.barriers, "met.barriers"));
  FILROUGE_CHECK(words_known<NextStep>(met.next_step, "met.next_step"));
  return words_known<Ambience>(met.ambience, "met.ambience");
}

Status check_period(const Tenant& tenant) {
  if (!is_known_zone(tenant.zone)) return wrong("zone", "choice", "Europe/Paris or Indian/Reunion");
  const TenantPeriod& period = tenant.period;
  if (period.from.has_value() == period.months.has_value())
    return wrong("period", "form", "either months or from");
  if (period.months && (*period.months < 1 || *period.months > 120))
    return wrong("period.months", "range", "1 to 120");
  if (period.from && period.to &&
      (*period.to < *period.from || period.to->days - period.from->days > tenant_days_max))
    return wrong("period.to", "range", "after the first day, at most 4000 days");
  // The consortium is set up the day before the first.
  if (period.from && tenant.convention_from >= *period.from)
    return wrong("convention_from", "range", "before the first day of the period");
  if (tenant.convention_to <= period.to.value_or(tenant.convention_from))
    return wrong("convention_to", "range", "after the last day of the period");
  for (const std::string& day : closed_days(tenant.closed))
    if (!CivilDate::parse("2024-" + day).ok())
      return wrong("closed", "form", "days as 05-01 expected");
  return Done{};
}

template <class Choice>
Status words_or_none(const std::optional<Weights>& weights, const std::string& field) {
  if (!weights) return Done{};
  Weights named;
  for (const Weight& one : weights->list)
    if (one.word != "none") named.list.push_back(one);
  return words_known<Choice>(named, field);
}

Status check_surveys(const PathRule& rule, std::size_t i) {
  for (const SurveyRule& survey : rule.surveys) {
    const Survey* known = find_survey(survey.instrument);
    if (known == nullptr || !json::enum_value<SurveyMoment>(survey.moment))
      return wrong(at("paths", i, "surveys"), "choice", survey.instrument + " is no survey");
    for (const SurveyAnswers& one : survey.items) {
      const auto item = std::find_if(known->items.begin(), known->items.end(),
                                     [&](const SurveyItem& each) { return each.key == one.item; });
      if (item == known->items.end())
        return wrong(at("paths", i, "surveys"), "choice", one.item + " is no item");
      for (const Weight& answer : one.answers.list)
        if (answer.word != "unknown" && std::find(item->choices.begin(), item->choices.end(),
                                                  answer.word) == item->choices.end())
          return wrong(at("paths", i, "surveys"), "choice", answer.word + " is no answer");
    }
  }
  return Done{};
}

Status check_relays(const Tenant& tenant, const PathRule& rule, std::size_t i) {
  if (!rule.relays) return Done{};
  const RelayRule& relays = *rule.relays;
  FILROUGE_CHECK(words_or_none<RelayAct>(relays.outcomes, at("paths", i, "relays")));
  for (const RelayTo& to : relays.to)
    FILROUGE_CHECK(may_write(tenant, to.author, to.team, at("paths", i, "relays")));
  if (relays.to.empty() && relays.outside.empty())
    return wrong(at("paths", i, "relays"), "missing", "somebody who receives");
  for (const Weight& one : relays.outcomes.list)
    if (relays.to.empty() &&
        (one.word == "taken_over" || one.word == "kept" || one.word == "broken"))
      return wrong(at("paths", i, "relays"), "missing", "somebody on the platform takes over");
  if (relays.needs.empty()) return wrong(at("paths", i, "relays"), "missing", "needs");
  return Done{};
}

Status check_path(const Tenant& tenant, const PathRule& rule, std::size_t i) {
  FILROUGE_CHECK(key_exists(tenant.teams, rule.team, at("paths", i, "team")));
  if (rule.authors.empty()) return wrong(at("paths", i, "authors"), "missing", "somebody writes");
  for (const std::string& author : rule.authors)
    FILROUGE_CHECK(may_write(tenant, author, rule.team, at("paths", i, "authors")));
  if (rule.project)
    FILROUGE_CHECK(key_exists(tenant.projects, *rule.project, at("paths", i, "project")));
  if (rule.place) FILROUGE_CHECK(key_exists(tenant.places, *rule.place, at("paths", i, "place")));
  if (rule.total < 1 || rule.total > tenant_persons_max)
    return wrong(at("paths", i, "total"), "range", "1 to 20000");
  if (!json::enum_value<ContactMode>(rule.mode))
    return wrong(at("paths", i, "mode"), "choice", "\"" + rule.mode + "\" is no way to meet");
  FILROUGE_CHECK(words_or_none<Prescriber>(rule.signals, at("paths", i, "signals")));
  FILROUGE_CHECK(words_or_none<Barrier>(rule.barriers, at("paths", i, "barriers")));
  FILROUGE_CHECK(words_or_none<ExitType>(rule.exits, at("paths", i, "exits")));
  if (rule.sex) FILROUGE_CHECK(words_known<Sex>(*rule.sex, at("paths", i, "sex")));
  if (rule.age_band)
    FILROUGE_CHECK(words_known<AgeBand>(*rule.age_band, at("paths", i, "age_band")));
  if (rule.steps && rule.step_texts.empty())
    return wrong(at("paths", i, "step_texts"), "missing", "words of the steps");
  if (rule.deliveries && rule.services.empty())
    return wrong(at("paths", i, "services"), "missing", "names of the services");
  FILROUGE_CHECK(check_surveys(rule, i));
  if (rule.trust && (rule.trust->entry.highest > 10 || rule.trust->later.highest > 10))
    return wrong(at("paths", i, "trust"), "range", "0 to 10");
  return check_relays(tenant, rule, i);
}

Status check_published(const ClaimTable& table) {
  const auto known = [&](const std::string& id) {
    return std::any_of(table.rows.begin(), table.rows.end(),
                       [&](const ClaimRow& row) { return row.id == id; });
  };
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const ClaimRow& row = table.rows[i];
    if (row.compute == Compute::figure && (!row.indicator || !is_of_path(*row.indicator)))
      return wrong(at("published.rows", i, "indicator"), "missing", "an indicator of the pathway");
    if (row.exit_set && find_exit_set(*row.exit_set) == nullptr)
      return wrong(at("published.rows", i, "exit_set"), "choice", "no such set of exits");
    if (row.compute == Compute::survey && (!row.instrument || !row.item || row.answers.empty()))
      return wrong(at("published.rows", i, "item"), "missing", "instrument, item and answers");
  }
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    for (const std::string& id : table.rows[i].of)
      if (!known(id)) return wrong(at("published.rows", i, "of"), "key", id + " is nowhere");
  return Done{};
}

}  // namespace

Status check_tenant(const Tenant& tenant) {
  if (tenant.organisations.empty()) return wrong("organisations", "missing", "at least one");
  if (tenant.accounts.empty()) return wrong("accounts", "missing", "at least three");
  FILROUGE_CHECK(keys_are_known_once(tenant.organisations, "organisations"));
  FILROUGE_CHECK(keys_are_known_once(tenant.teams, "teams"));
  FILROUGE_CHECK(keys_are_known_once(tenant.projects, "projects"));
  FILROUGE_CHECK(keys_are_known_once(tenant.places, "places"));
  FILROUGE_CHECK(keys_are_known_once(tenant.rounds, "rounds"));
  FILROUGE_CHECK(keys_are_known_once(tenant.desks, "desks"));
  FILROUGE_CHECK(keys_are_known_once(tenant.watches, "watches"));
  FILROUGE_CHECK(keys_are_known_once(tenant.paths, "paths"));
  FILROUGE_CHECK(check_period(tenant));
  FILROUGE_CHECK(check_accounts(tenant));
  FILROUGE_CHECK(check_places(tenant));
  FILROUGE_CHECK(check_met(tenant.met));
  for (std::size_t i = 0; i < tenant.rounds.size(); ++i)
    FILROUGE_CHECK(check_round(tenant, tenant.rounds[i], i));
  for (std::size_t i = 0; i < tenant.desks.size(); ++i)
    FILROUGE_CHECK(check_desk(tenant, tenant.desks[i], i));
  for (std::size_t i = 0; i < tenant.watches.size(); ++i)
    FILROUGE_CHECK(check_watch(tenant, tenant.watches[i], i));
  for (std::size_t i = 0; i < tenant.reports.size(); ++i) {
    if (tenant.reports[i].texts.empty())
      return wrong(at("reports", i, "texts"), "missing", "words");
    FILROUGE_CHECK(may_write(tenant, tenant.reports[i].author, tenant.reports[i].team,
                             at("reports", i, "author")));
  }
  for (std::size_t i = 0; i < tenant.paths.size(); ++i)
    FILROUGE_CHECK(check_path(tenant, tenant.paths[i], i));
  if (tenant.people.aliases.empty() || tenant.people.recognise.empty() ||
      tenant.people.first_names.empty() || tenant.people.notes.empty())
    return wrong("people", "missing", "aliases, recognise, first_names and notes");
  return tenant.published ? check_published(*tenant.published) : Status(Done{});
}

}  // namespace filrouge
