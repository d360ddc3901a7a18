// Sealed pieces of a subject (server/ports/blobs.h), on the connection that writes or one that
// reads.
#pragma once

#include "server/ports/blobs.h"
#include "server/store/sqlite/connection.h"

namespace filrouge::sqlite {

Status put_blob(Connection& db, const StoredBlob& blob);
Result<std::optional<StoredBlob>> blob(Connection& db, SubjectId owner, const std::string& name);
Result<std::vector<std::string>> blob_names(Connection& db, SubjectId owner,
                                            const std::string& prefix);
Status drop_blobs(Connection& db, SubjectId owner, const std::string& prefix);

}  // namespace filrouge::sqlite
