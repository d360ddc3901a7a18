#include "server/store/sqlite/reference.h"

#include <sstream>

#include "core/base/text.h"
#include "server/store/common/outline_rings.h"

namespace filrouge::sqlite {

namespace {

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

Commune read_commune(const Row& row) {
  Commune c{row.text(0), row.text(1), {}};
  std::istringstream words(row.text(2));
  for (std::string word; words >> word;) c.postcodes.push_back(word);
  return c;
}

}  // namespace

Status put_communes(Connection& db, const std::vector<Commune>& communes) {
  for (const Commune& c : communes) {
    FILROUGE_CHECK(db.run(
        "INSERT OR REPLACE INTO communes (code, name, folded, postcodes) VALUES (?, ?, ?, ?)",
        c.code, c.name, fold_for_search(c.name), join(c.postcodes)));
  }
  return Done{};
}

Result<std::optional<Commune>> commune(Connection& db, const std::string& code) {
  return db.one("SELECT code, name, postcodes FROM communes WHERE code = ?", &read_commune, code);
}

Result<std::vector<Commune>> find_communes(Connection& db, const std::string& folded_prefix,
                                           std::size_t limit) {
  std::vector<Commune> list;
  // Folded names hold no byte over 0xF4, the highest of UTF-8.
  FILROUGE_CHECK(db.each(
      "SELECT code, name, postcodes FROM communes WHERE folded >= ?1 AND folded < ?2 "
      "ORDER BY folded, code LIMIT ?3",
      [&](const Row& row) { list.push_back(read_commune(row)); }, folded_prefix,
      folded_prefix + "\xF5", static_cast<std::int64_t>(limit)));
  return list;
}

Status put_outlines(Connection& db, const std::vector<Outline>& outlines) {
  for (const Outline& o : outlines) {
    FILROUGE_CHECK(db.run(
        "INSERT OR REPLACE INTO outlines (kind, code, valid_from, valid_to, name, department, "
        "fictitious, rings) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        o.kind, o.code, o.valid_from, o.valid_to, o.name, o.department, o.fictitious,
        Blob{pack_rings(o.rings)}));
  }
  return Done{};
}

Result<std::vector<Outline>> outlines(Connection& db) {
  std::vector<Outline> list;
  std::optional<Error> damaged;
  FILROUGE_CHECK(db.each(
      "SELECT kind, code, valid_from, valid_to, name, department, fictitious, rings FROM outlines "
      "ORDER BY kind, code, valid_from",
      [&](const Row& row) {
        Outline& o = list.emplace_back();
        o.kind = static_cast<OutlineKind>(row.integer(0));
        o.code = row.text(1);
        o.valid_from = row.day(2);
        if (!row.is_null(3)) o.valid_to = row.day(3);
        o.name = row.text(4);
        o.department = row.text(5);
        o.fictitious = row.boolean(6);
        auto rings = unpack_rings(row.bytes(7));
        if (rings.ok())
          o.rings = std::move(*rings);
        else
          damaged = rings.error();
      }));
  if (damaged) return std::move(*damaged);
  return list;
}

}  // namespace filrouge::sqlite
