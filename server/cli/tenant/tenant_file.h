// A demonstration consortium, written down in one small readable file
// (server/cli/tenants/NAME.json, or any file given to `filrouge demo --tenant`): who, where, and
// the rules by which rounds, encounters, contacts, visits and watch sessions happen. Another file
// gives another consortium. Nobody in it is real. Keys ("sanitas") are words of the file; entries
// get random ids.
//
// Numbers come from Span ("3..9") and Weights, drawn by chance.h from the seed; a rule with a
// `total` shares exactly that many over its days. Errors name the field: "rounds[2].team".
//
//   Result<Tenant> tenant = find_tenant("tours");
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/network/entries.h"
#include "core/territory/outline.h"
#include "server/cli/tenant/claims.h"
#include "server/cli/tenant/path_rules.h"
#include "server/cli/tenant/tenant_words.h"
#include "server/ports/store.h"

namespace filrouge {

// `to` absent: the day of the demonstration. `months` absent: `from` is given.
struct TenantPeriod {
  std::optional<std::int64_t> months;
  std::optional<CivilDate> from;
  std::optional<CivilDate> to;
};
BOOST_DESCRIBE_STRUCT(TenantPeriod, (), (months, from, to))

struct TenantOrganisation {
  std::string key;
  std::string name;
  std::string kind;
  PersonWord person_word = PersonWord::jeune;
  std::optional<std::string> crip;
  std::optional<std::string> stop_contact;
};
BOOST_DESCRIBE_STRUCT(TenantOrganisation, (), (key, name, kind, person_word, crip, stop_contact))

struct TenantTeam {
  std::string key;
  std::string organisation;
  std::string name;
  std::optional<std::string> site;  // a place
};
BOOST_DESCRIBE_STRUCT(TenantTeam, (), (key, organisation, name, site))

struct TenantAccount {
  std::string login;
  std::string password;
  std::string name;
  Role role = Role::volunteer;
  std::string organisation;
  std::vector<std::string> teams;
};
BOOST_DESCRIBE_STRUCT(TenantAccount, (), (login, password, name, role, organisation, teams))

struct TenantProject {
  std::string key;
  std::string name;
  std::optional<std::string> funder;
  std::optional<std::string> axis;
  CivilDate from;
  CivilDate to;
  std::vector<std::string> organisations;
};
BOOST_DESCRIBE_STRUCT(TenantProject, (), (key, name, funder, axis, from, to, organisations))

// One ring, closed by the program; always kept as fictitious ("contours fictifs").
struct TenantOutline {
  OutlineKind kind = OutlineKind::commune;
  std::string code;
  std::string name;
  std::string department;
  CivilDate valid_from;
  std::optional<CivilDate> valid_to;
  std::vector<MapPoint> ring;
};
BOOST_DESCRIBE_STRUCT(TenantOutline, (), (kind, code, name, department, valid_from, valid_to, ring))

struct TenantPlace {
  std::string key;
  std::string organisation;
  std::string name;
  PlaceType type = PlaceType::street;
  std::optional<MapPoint> point;
  std::optional<std::string> commune;  // where there is no point
};
BOOST_DESCRIBE_STRUCT(TenantPlace, (), (key, organisation, name, type, point, commune))

// What is drawn for whoever is met; "unknown" stands for: not said.
struct TenantPublic {
  Weights sex;
  Weights age_band;
  Weights acquaintance;
  Weights mode;
  Weights services;
  Weights barriers;
  Weights next_step;
  Weights ambience;
};
BOOST_DESCRIBE_STRUCT(TenantPublic, (),
                      (sex, age_band, acquaintance, mode, services, barriers, next_step, ambience))

struct TenantPeople {
  std::vector<std::string> aliases;
  std::vector<std::string> recognise;
  std::vector<std::string> first_names;
  std::vector<std::string> notes;
  std::int64_t identified_percent = 0;  // at a second contact: On va plus loin ?
};
BOOST_DESCRIBE_STRUCT(TenantPeople, (),
                      (aliases, recognise, first_names, notes, identified_percent))

struct RoundRule {
  std::string key;
  std::string team;
  std::vector<std::string> authors;  // who is out; each day one of them writes
  std::string kind;
  std::optional<std::string> project;
  Weekdays days;
  Hour start;
  Span minutes;
  std::vector<std::string> places;
  Span stops;
  Span encounters;                    // persons counted in a round, or its share of `total`
  std::optional<std::int64_t> total;  // persons counted over the whole period
  Span each;                          // persons counted by one tap
  Span contacts;
  std::int64_t new_percent = 50;  // of the contacts: somebody met for the first time
  Span volunteers;
  Span refusals;
  std::optional<bool> today;  // also on the last day, whatever the weekday
};
BOOST_DESCRIBE_STRUCT(RoundRule, (),
                      (key, team, authors, kind, project, days, start, minutes, places, stops,
                       encounters, total, each, contacts, new_percent, volunteers, refusals, today))

struct DeskRule {
  std::string key;
  std::string team;
  std::string author;
  std::string place;
  std::optional<std::string> project;
  Weekdays days;
  Hour open;
  Hour close;
  Span visits;                        // in a day, or the day's share of `total`
  std::optional<std::int64_t> total;  // over the whole period
  Weights reasons;
  std::int64_t named_percent = 0;  // of the visits: somebody the desk's team knows
  std::optional<bool> today;
};
BOOST_DESCRIBE_STRUCT(DeskRule, (),
                      (key, team, author, place, project, days, open, close, visits, total, reasons,
                       named_percent, today))

struct WatchRule {
  std::string key;
  std::string team;
  std::string author;
  std::optional<std::string> project;
  Weekdays days;
  Hour start;
  Weights networks;
  Span minutes;
  Span replies;
  Span conversations;
  std::optional<bool> today;
};
BOOST_DESCRIBE_STRUCT(WatchRule, (),
                      (key, team, author, project, days, start, networks, minutes, replies,
                       conversations, today))

// The team's words in the day's report, on that many days in a hundred with a round.
struct ReportRule {
  std::string team;
  std::string author;
  std::int64_t percent = 0;
  std::vector<std::string> texts;
};
BOOST_DESCRIBE_STRUCT(ReportRule, (), (team, author, percent, texts))

struct Tenant {
  std::string name;
  std::string title_fr;
  std::string title_en;
  std::string seed;
  std::string zone;
  TenantPeriod period;
  std::string closed;  // "01-01 05-01 12-25": days of the year without any activity
  CivilDate convention_from;
  CivilDate convention_to;
  std::vector<TenantOrganisation> organisations;  // the first one founds the consortium
  std::vector<TenantTeam> teams;
  std::vector<TenantAccount> accounts;
  std::vector<TenantProject> projects;
  std::vector<Commune> communes;
  std::vector<TenantOutline> outlines;
  std::vector<TenantPlace> places;
  TenantPublic met;
  TenantPeople people;
  std::vector<RoundRule> rounds;
  std::vector<DeskRule> desks;
  std::vector<WatchRule> watches;
  std::vector<ReportRule> reports;
  std::vector<PathRule> paths;
  std::optional<ClaimTable> published;
};
BOOST_DESCRIBE_STRUCT(Tenant, (),
                      (name, title_fr, title_en, seed, zone, period, closed, convention_from,
                       convention_to, organisations, teams, accounts, projects, communes, outlines,
                       places, met, people, rounds, desks, watches, reports, paths, published))

// Reads and checks: every key that is named exists, authors belong to the team, exactly two
// administrators at least, passwords long enough, the first account an outreach worker.
Result<Tenant> read_tenant(std::string_view json);

// A name of the built-in list, or the path of a file (with "/" or ".json" in it). The text of the
// file comes with it: it is kept in the folder.
struct FoundTenant {
  Tenant tenant;
  std::string text;
};
Result<FoundTenant> find_tenant(const std::string& name);
const std::vector<std::string>& tenant_names();

// First and last day of the activity when the demonstration is made on `today`.
struct DayRange {
  CivilDate from;
  CivilDate to;
  bool ends_today = false;  // the last day holds only what the file marks as today's
};
DayRange range_of(const Tenant& tenant, CivilDate today);

}  // namespace filrouge
