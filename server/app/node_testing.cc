#include "server/app/node_testing.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/text.h"
#include "server/app/sealing.h"
#include "server/app/sessions.h"
#include "server/app/write.h"
#include "server/store/sqlite/sqlite_keys.h"
#include "server/store/sqlite/sqlite_store.h"

namespace filrouge {

TestNode::TestNode(TestDisk disk)
    : random(make_system_random()), crypto(make_sodium_crypto()), disk_(std::move(disk)) {
  // In memory where the machine offers it: what survives a power cut is tried elsewhere.
  std::filesystem::path above = "/dev/shm";
  if (access(above.c_str(), W_OK) != 0) above = std::filesystem::temp_directory_path();
  std::string pattern = (above / "filrouge-app-XXXXXX").string();
  EXPECT_NE(mkdtemp(pattern.data()), nullptr);
  folder_ = pattern;
  random->fill(master_);
  open(Opening::create);
}

void TestNode::stop() {
  app_holder.reset();
  keys.reset();
  store.reset();
}

TestNode::~TestNode() {
  stop();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void TestNode::open(Opening opening) {
  SqliteOptions options;
  options.folder = folder_;
  options.hash = crypto->hash_function();
  options.create = opening == Opening::create;
  options.read_only = opening == Opening::read_only;
  options.vfs = disk_.vfs;
  options.on_disk_failure = disk_.on_failure;
  store = value(open_sqlite_store(std::move(options)));
  if (store == nullptr) return;
  SqliteKeysOptions key_options;
  key_options.folder = folder_;
  key_options.master = master_;
  // A disk of the tests has no file of this name in the folder: only SQLite can say what is there.
  key_options.create = opening == Opening::create || !disk_.vfs.empty();
  key_options.read_only = opening == Opening::read_only;
  key_options.vfs = disk_.vfs;
  key_options.on_disk_failure = disk_.on_failure;
  keys = value(open_sqlite_keys(std::move(key_options), *crypto, *random));
  if (keys == nullptr) return;
  app_holder = std::make_unique<App>(make_app(*store, *keys, *crypto, clock, *random));
}

void TestNode::restart() {
  stop();
  open(Opening::write);
}

void TestNode::restart_read_only() {
  stop();
  open(Opening::read_only);
}

template <class Body>
void TestNode::write(std::string_view kind, SubjectId subject, const Body& body) {
  value(write_as_program(app(), {desk_draft(app(), kind, subject, SubjectId{}, body)}));
}

SubjectId TestNode::organisation(const std::string& name, int convention_days_left) {
  const auto id = random->id<SubjectId>();
  OrganisationSet set;
  set.name = name;
  set.convention_from = utc_day(clock.now()).plus_days(-3 * 365);
  set.convention_to = utc_day(clock.now()).plus_days(convention_days_left);
  set.zone = "Europe/Paris";
  write("organisation_set", id, set);
  return id;
}

SubjectId TestNode::team(SubjectId organisation, const std::string& name,
                         std::optional<SubjectId> site) {
  const auto id = random->id<SubjectId>();
  write("team_set", id, TeamSet{organisation, name, site});
  return id;
}

SubjectId TestNode::account(Role role, SubjectId organisation, std::vector<SubjectId> teams,
                            const std::string& login) {
  const auto id = random->id<SubjectId>();
  const std::string name = login.empty() ? "a." + id.hex().substr(0, 12) : login;
  write("account_proposed", id, AccountProposed{name, name, role, organisation, std::move(teams)});
  write("account_confirmed", id, AccountConfirmed{id});
  write("account_changed", id, AccountChanged{AccountChange::activated, {}});
  return id;
}

SubjectId TestNode::worker(SubjectId team) {
  const auto state = value(find_state<TeamState>(app(), team));
  return account(Role::outreach_worker, state->set.organisation, {team});
}

SubjectId TestNode::project(const std::string& name) {
  const auto id = random->id<SubjectId>();
  ProjectSet set;
  set.name = name;
  set.from = *CivilDate::parse("2020-01-01");
  set.to = *CivilDate::parse("2030-12-31");
  write("project_set", id, set);
  return id;
}

SubjectId TestNode::place(SubjectId organisation, const std::string& name,
                          const std::string& commune, PlaceType type) {
  const auto id = random->id<SubjectId>();
  PlaceSet set;
  set.name = name;
  set.type = type;
  if (!commune.empty()) set.commune = commune;
  if (!commune.empty()) set.located_by = LocatedBy::asked;
  const auto author = account(Role::coordinator, organisation, {});
  value(write_draft(app(), actor(author), desk_draft(app(), "place_set", id, author, set)));
  return id;
}

void TestNode::revoke(SubjectId account) {
  write("account_changed", account, AccountChanged{AccountChange::revoked, {}});
}

Actor TestNode::actor(SubjectId account) { return value(load_actor(app(), account)); }

Caller TestNode::caller(SubjectId account) {
  Caller caller;
  caller.actor = actor(account);
  caller.session = app().sessions->open(app(), account).session.id;
  return caller;
}

Caller TestNode::phone(SubjectId account) {
  const auto enrolled = value(enrol_device(app(), caller(account), {"téléphone"}));
  return value(caller_of_device(app(), enrolled.token, ""));
}

Draft TestNode::draft_json(std::string_view kind, SubjectId subject, SubjectId author,
                           json::Value body) {
  Draft draft;
  draft.id = random->id<EntryId>();
  draft.subject = subject;
  draft.kind = std::string(kind);
  draft.occurred = stamp();
  draft.hlc = app().stamps->next(clock.now());
  draft.author = author;
  draft.body = std::move(body);
  return draft;
}

api::SealedDraft TestNode::seal(const Draft& draft) {
  const std::string box =
      crypto->seal_box(keys->secrets().box.public_key, pad_text(json::encode(draft)));
  return {draft.id, ++sequence_, base64(box)};
}

std::vector<SyncResult> TestNode::send_all(const Caller& phone, const std::vector<Draft>& drafts) {
  api::SyncRequest request;
  for (const Draft& draft : drafts) request.entries.push_back(seal(draft));
  return value(receive(app(), phone, request)).results;
}

SyncResult TestNode::send(const Caller& phone, const Draft& draft) {
  const auto results = send_all(phone, {draft});
  EXPECT_EQ(results.size(), 1U);
  return results.empty() ? SyncResult{} : results.front();
}

std::vector<Fact> TestNode::facts() {
  FactFilter filter;
  filter.from = {INT32_MIN};
  filter.to = {INT32_MAX};
  return value(store->facts(filter, 1'000'000));
}

std::vector<Fact> TestNode::facts(FactKind kind) {
  std::vector<Fact> list = facts();
  std::erase_if(list, [&](const Fact& fact) { return fact.kind != kind; });
  return list;
}

std::string TestNode::state_text(SubjectId subject) {
  const KnownPtr known = value(find_known(app(), subject));
  return known == nullptr ? "" : encode_state(known->state);
}

VerifyReport TestNode::verify() { return value(verify_folder(app())); }

bool TestNode::folder_contains(const std::string& bytes) const {
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder_)) {
    if (!file.is_regular_file()) continue;
    std::ifstream in(file.path(), std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    if (all.str().find(bytes) != std::string::npos) return true;
  }
  return false;
}

}  // namespace filrouge
