#include "sim/node.h"

#include "server/app/checkpoint.h"
#include "server/store/sqlite/connection.h"
#include "server/store/sqlite/folder.h"
#include "server/store/sqlite/sqlite_keys.h"

namespace filrouge::sim {

namespace {

constexpr const char* kFolder = "node";

}  // namespace

Node::Node(Disk& disk, Crypto& crypto, Random& random, Clock& clock, NodeOptions options)
    : disk_(disk), crypto_(crypto), random_(random), clock_(clock), options_(std::move(options)) {
  random_.fill(master_);
}

Status Node::create() { return open_files(true); }

Status Node::open() {
  FILROUGE_CHECK(open_files(false));
  FILROUGE_CHECK(finish_erasures(server(0)));
  return Done{};
}

Status Node::open_files(bool create) {
  FILROUGE_TRY(store, open_node_store({.folder = kFolder,
                                       .hash = crypto_.hash_function(),
                                       .create = create,
                                       .checkpoint_every = options_.checkpoint_every}));
  // In memory no file is ever seen beside: `create` opens what is there as well.
  FILROUGE_TRY(keys, open_sqlite_keys({.folder = kFolder,
                                       .master = master_,
                                       .create = true,
                                       .vfs = Disk::vfs(),
                                       .on_disk_failure = [](std::string_view) {}},
                                      crypto_, random_));
  store_ = std::move(store);
  keys_ = std::move(keys);
  for (std::size_t number = 0; number < options_.servers; ++number)
    servers_.push_back(make_server(number));
  return Done{};
}

Node::Server Node::make_server(std::size_t number) {
  Server server;
  server.store = std::make_unique<FaultyStore>(*store_, [this, number] {
    if (options_.before_append) options_.before_append(number);
  });
  server.app = std::make_unique<App>(make_app(*server.store, *keys_, crypto_, clock_, random_));
  return server;
}

void Node::restart_server(std::size_t server) { servers_[server] = make_server(server); }

void Node::die() {
  servers_.clear();
  keys_.reset();
  store_.reset();
}

void Node::stop() { die(); }

Status Node::backup(const std::string& name) {
  const std::string folder = "backup-" + name;
  FILROUGE_CHECK(store_->backup(journal_path(folder)));
  return keys_->backup(keys_path(folder));
}

bool Node::has_backup(const std::string& name) const {
  return disk_.has(journal_path("backup-" + name)) && disk_.has(keys_path("backup-" + name));
}

// server/cli/backup.cc
Status Node::restore(const std::string& name, const std::vector<SubjectId>& erased) {
  for (const auto& [file, bytes] : disk_.files_in(kFolder)) disk_.remove(file);
  disk_.copy(journal_path("backup-" + name), journal_path(kFolder));
  disk_.copy(keys_path("backup-" + name), keys_path(kFolder));
  FILROUGE_CHECK(open_files(false));
  App& app = server(0);
  FILROUGE_TRY(kept, kept_checkpoint(app));
  FILROUGE_TRY(head, store_->log_head());
  if (kept && kept->size > static_cast<std::int64_t>(head.size)) FILROUGE_CHECK(begin_epoch(app));
  for (const SubjectId& person : erased) FILROUGE_CHECK(keys_->destroy(person));
  FILROUGE_CHECK(finish_erasures(app));
  FILROUGE_CHECK(refresh_facts(app));
  FILROUGE_TRY(report, verify_folder(app));
  if (!report.findings.empty())
    return Error{Code::internal, "", report.findings.front(), "the restored folder is not clean"};
  return begin_epoch(app);
}

std::string Node::wrapped_key(KeyId id) {
  auto db =
      sqlite::Connection::open({.path = keys_path(kFolder), .read_only = true, .vfs = Disk::vfs()});
  if (!db.ok()) return {};
  const auto found = (*db)->one(
      "SELECT sealed FROM keys WHERE id = ?", [](const sqlite::Row& row) { return row.text(0); },
      id);
  return found.ok() && *found ? **found : std::string();
}

std::string Node::image() const {
  std::string all;
  for (const auto& [file, bytes] : disk_.files_in(kFolder)) all += *bytes;
  return all;
}

}  // namespace filrouge::sim
