#include "server/store/sqlite/blobs.h"

namespace filrouge::sqlite {

Status put_blob(Connection& db, const StoredBlob& blob) {
  FILROUGE_CHECK(
      db.run("INSERT INTO blobs (owner, name, key, sealed) SELECT ?1, ?2, ?3, ?4 "
             "WHERE EXISTS (SELECT 1 FROM states WHERE subject = ?1) "
             "ON CONFLICT (owner, name) DO UPDATE SET key = excluded.key, sealed = excluded.sealed",
             blob.owner, blob.name, blob.key, Blob{blob.sealed}));
  if (db.changes() == 1) return Done{};
  return Error{Code::not_found, "", "no_owner", "what it belongs to is not there"};
}

Result<std::optional<StoredBlob>> blob(Connection& db, SubjectId owner, const std::string& name) {
  return db.one(
      "SELECT key, sealed FROM blobs WHERE owner = ? AND name = ?",
      [&](const Row& row) {
        return StoredBlob{owner, name, row.id<KeyId>(0), std::string(row.bytes(1))};
      },
      owner, name);
}

Result<std::vector<std::string>> blob_names(Connection& db, SubjectId owner,
                                            const std::string& prefix) {
  std::vector<std::string> names;
  FILROUGE_CHECK(db.each(
      "SELECT name FROM blobs WHERE owner = ?1 AND substr(name, 1, length(?2)) = ?2 ORDER BY name",
      [&](const Row& row) { names.push_back(row.text(0)); }, owner, prefix));
  return names;
}

Status drop_blobs(Connection& db, SubjectId owner, const std::string& prefix) {
  return db.run("DELETE FROM blobs WHERE owner = ?1 AND substr(name, 1, length(?2)) = ?2", owner,
                prefix);
}

}  // namespace filrouge::sqlite
