// France Travail's constraints as its interface gives them: a JSON array whose items are objects,
// or texts that hold one: code, libelle, situations, objectifs. What a person answered there
// (valeur, date) is not read: this is a list of words, not somebody's file. A code that is none of
// 23 to 29 is refused with its reason.
#pragma once

#include "core/pathway/constraints.h"
#include "server/interop/commune_file.h"

namespace filrouge {

struct ConstraintImport {
  std::vector<Constraint> constraints;  // by code
  ImportReport report;
};

Result<ConstraintImport> read_constraints(const ChunkSource& source);

}  // namespace filrouge
