// Who there is before anything goes wrong: three organisations, four teams, their people, places
// and phones, made through the use cases that make them in life.
#include <utility>

#include "server/app/stamps.h"
#include "server/app/write.h"
#include "sim/world.h"

namespace filrouge::sim {

namespace {

Result<Caller> signed_in(App& app, const Account& account) {
  FILROUGE_TRY(opened, sign_in(app, {}, {account.login, account.password()}));
  return caller_of_session(app, opened.token, "");
}

Account person(std::string name, Role role, std::size_t organisation, std::set<std::size_t> teams) {
  Account account;
  account.name = std::move(name);
  account.login = account.name;
  for (char& c : account.login)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  account.role = role;
  account.organisation = organisation;
  account.teams = std::move(teams);
  return account;
}

// The wall of a phone that is wrong: minutes, hours, a year behind, up to ten years ahead.
std::int64_t wrong_by(Chance& chance) {
  constexpr std::int64_t minute = 60'000;
  constexpr std::int64_t day = 24 * 60 * minute;
  switch (chance.below(5)) {
    case 0:
      return chance.between(-20, 20) * minute;
    case 1:
      return chance.between(-26, 26) * 60 * minute;
    case 2:
      return -chance.between(1, 365) * day;
    case 3:
      return chance.between(1, 3) * day;
    default:
      return chance.between(1, 3'650) * day;
  }
}

}  // namespace

bool World::found_town() {
  if (!node_.create().ok()) return false;
  App& app = node_.server(0);
  auto founded = found_consortium(app, "Chef de file", {"fatou", "gaspard"});
  if (!founded.ok()) return false;
  truth_.organisations.push_back({"Chef de file", {}});
  for (const FirstAccount& first : *founded) {
    Account admin = person(first.login, Role::administrator, 0, {});
    admin.id = first.account;
    if (!activate(app, {}, {admin.login, first.code, admin.password()}).ok()) return false;
    truth_.accounts.push_back(std::move(admin));
  }
  const auto fatou = signed_in(app, truth_.accounts[0]);
  const auto gaspard = signed_in(app, truth_.accounts[1]);
  if (!fatou.ok() || !gaspard.ok() || !settle(app, *fatou)) return false;
  const std::vector<Account> people{
      person("Ana", Role::outreach_worker, 1, {0}),
      person("Bilal", Role::outreach_worker, 1, {0}),
      person("Chloe", Role::outreach_worker, 1, {1}),
      person("Driss", Role::outreach_worker, 2, {2}),
      person("Emma", Role::volunteer, 1, {0}),
      person("Hugo", Role::reception_agent, 1, {1}),
      person("Ines", Role::coordinator, 1, {0, 1}),
      person("Joel", Role::coordinator, 2, {2}),
      person("Karim", Role::evaluator, 0, {}),
      person("Lina", Role::adviser, 2, {2}),
      person("Malik", Role::adviser, 3, {3}),
      person("Nadia", Role::coordinator, 3, {3}),
      person("Oscar", Role::adviser, 3, {3}),
  };
  for (const Account& one : people)
    if (!open_account(app, *fatou, *gaspard, one)) return false;
  const NodeSecrets& secrets = node_.keys().secrets();
  sealing_key_ = secrets.box.public_key;
  return give_phones();
}

bool World::settle(App& app, const Caller& admin) {
  const CivilDate today = utc_day(clock_.now());
  for (const char* name : {"Rivages", "Passerelle", "Escale"}) {
    OrganisationSet set;
    set.name = name;
    set.convention_from = today.plus_days(-3 * 365);
    set.convention_to = today.plus_days(12 * 365);
    set.zone = "Europe/Paris";
    const auto made = set_organisation(app, admin, {{}, set});
    if (!made.ok()) return false;
    truth_.organisations.push_back({name, made->id});
  }
  const std::vector<std::pair<const char*, std::size_t>> teams{
      {"team Nord", 1}, {"team Sud", 1}, {"team Gare", 2}, {"team Port", 3}};
  for (const auto& [name, organisation] : teams) {
    const auto made = set_team(app, admin, {{}, {truth_.organisations[organisation].id, name}});
    if (!made.ok()) return false;
    truth_.teams.push_back({name, made->id, organisation});
  }
  return true;
}

bool World::open_account(App& app, const Caller& proposer, const Caller& confirmer,
                         Account account) {
  AccountProposed proposed;
  proposed.login = account.login;
  proposed.display_name = account.name;
  proposed.role = account.role;
  SubjectId organisation = truth_.organisations[account.organisation].id;
  if (account.organisation == 0) organisation = proposer.actor->state.organisation;
  proposed.organisation = organisation;
  for (const std::size_t team : account.teams) proposed.teams.push_back(truth_.teams[team].id);
  const auto made = propose_account(app, proposer, {proposed});
  if (!made.ok()) return false;
  const auto code = confirm_account(app, confirmer, {made->id});
  if (!code.ok()) return false;
  if (!activate(app, {}, {account.login, code->code, account.password()}).ok()) return false;
  account.id = made->id;
  truth_.accounts.push_back(std::move(account));
  return true;
}

bool World::enrol(Phone& phone, App& app) {
  const auto caller = signed_in(app, truth_.accounts[phone.account]);
  if (!caller.ok()) return false;
  const auto enrolled = enrol_device(app, *caller, {phone.name});
  if (!enrolled.ok()) return false;
  phone.storage.token = enrolled->token;
  return true;
}

// One each for those who are in the street, a second one for Ana and Chloe.
bool World::give_phones() {
  Chance chance = chance_.fork("phones");
  std::vector<std::size_t> owners;
  for (std::size_t i = 0; i < truth_.accounts.size(); ++i) {
    const Role role = truth_.accounts[i].role;
    if (is_worker(role) || role == Role::volunteer || role == Role::reception_agent)
      owners.push_back(i);
  }
  for (const char* twice : {"Ana", "Chloe"})
    for (const std::size_t owner : std::vector(owners))
      if (truth_.accounts[owner].name == twice) owners.push_back(owner);
  for (const std::size_t owner : owners) {
    Phone phone;
    phone.account = owner;
    std::size_t same = 0;
    for (const Phone& other : phones_) same += other.account == owner ? 1U : 0U;
    phone.name = "phone " + truth_.accounts[owner].name + (same == 0 ? "" : "-2");
    if (chance.percent(weather_.wrong_clock_percent)) phone.clock_off_ms = wrong_by(chance);
    if (!enrol(phone, node_.server(0))) return false;
    if (phone.clock_off_ms != 0)
      story_.tell(
          clock_.now(), phone.name,
          "has a wall wrong by " + std::to_string(phone.clock_off_ms / 60'000) + " minutes");
    phones_.push_back(std::move(phone));
  }
  return true;
}

}  // namespace filrouge::sim
