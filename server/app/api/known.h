// POST /api/v1/entries/known: which of one's own entries the node holds, and how often: once in the
// journal, and once in the figures when the kind is counted. Ids only, no content; an entry of
// somebody else is not told from an absent one.
#pragma once

#include <vector>

#include "server/app/api/session.h"

namespace filrouge::api {

struct EntryList {
  std::vector<EntryId> ids;  // at most limits::known_entries_max
};
BOOST_DESCRIBE_STRUCT(EntryList, (), (ids))

struct KnownEntry {
  EntryId id;
  std::int64_t journal = 0;
  std::int64_t facts = 0;
};
BOOST_DESCRIBE_STRUCT(KnownEntry, (), (id, journal, facts))
struct KnownEntries {
  std::vector<KnownEntry> rows;  // absent ones have no row
};
BOOST_DESCRIBE_STRUCT(KnownEntries, (), (rows))

}  // namespace filrouge::api
