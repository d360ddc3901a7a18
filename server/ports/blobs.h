// Sealed pieces that belong to a subject and are no entries: the rows of a list that was handed in,
// what a comparison found in it. They live as long as their owner: a piece is kept only where the
// owner's state is stored (`not_found` "no_owner" otherwise), and an erasure of the owner (Erasure
// in store.h) drops them in the same transaction. The journal's backups hold them.
//
//   FILROUGE_CHECK(store.put_blob({comparison, "list/1/piece/0000", key.id, sealed}));
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"

namespace filrouge {

struct StoredBlob {
  SubjectId owner;
  std::string name;  // in clear: says nothing about anybody
  KeyId key;
  std::string sealed;
};

class Blobs {
 public:
  virtual ~Blobs() = default;

  // Durable when it returns; replaces the one of the same name.
  virtual Status put_blob(const StoredBlob& blob) = 0;
  virtual Result<std::optional<StoredBlob>> blob(SubjectId owner, const std::string& name) = 0;
  // Names that begin so, in the order of their bytes.
  virtual Result<std::vector<std::string>> blob_names(SubjectId owner,
                                                      const std::string& prefix) = 0;
  virtual Status drop_blobs(SubjectId owner, const std::string& prefix) = 0;
};

}  // namespace filrouge
