// The register of entry kinds: one row each, with the collection its subject belongs to, the
// access rule that writing it needs, and the key it is sealed under. Kinds only grow; an old
// version goes through upcast() (pure, with golden files in vectors/upcasts/) before it is read.
//
//   const KindInfo* kind = find_kind("contact");
//   kind->seal == SealScope::person; kind->write_rule == "contact.write"
#pragma once

#include <span>
#include <string_view>

#include <boost/describe/enum.hpp>

#include "core/journal/draft.h"

namespace filrouge {

// What a subject is. The read model keeps one folded state a subject.
enum class Collection {
  organisation,
  team,
  project,
  place,
  account,
  device,
  round,
  person,
  retained,
  comparison
};
BOOST_DESCRIBE_ENUM(Collection, organisation, team, project, place, account, device, round, person,
                    retained, comparison)

// `person`: the key of the person, or of the comparison, destroyed at erasure. `organisation`: the
// key of the author's organisation for the outreach domain. `settings`: the node's key for
// settings.
enum class SealScope { person, organisation, settings };

struct KindInfo {
  std::string_view name;
  std::int32_t version;         // the newest; older ones are upcast
  SealScope seal;               // a visit of a named person is sealed under the person's key
  std::string_view write_rule;  // empty: only the program itself writes it
  Collection collection;        // of the subject, where the kind fixes it (see collection_of)
  bool from_phone;              // false: comes through its own route, never through sync
};

std::span<const KindInfo> all_kinds();

// The collection of the draft's subject: fixed by the kind, but for encounter (round, or team when
// body.round is absent), visit (person when body.named, else place), undone and confirmed
// (body.collection). `invalid` when the body does not say.
Result<Collection> collection_of(const Draft& draft);
// KindInfo::seal, and SealScope::person for every entry whose subject is a person: a named visit,
// an undone or confirmed contact go with the person when she is erased.
SealScope seal_of(const Draft& draft);
const KindInfo* find_kind(std::string_view name);

// Brings an older body to the newest version; unknown fields are kept. `unsupported` when the
// version is newer than this program knows (the entry then waits in the quarantine).
Result<Draft> upcast(Draft draft);

}  // namespace filrouge
