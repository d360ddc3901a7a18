// Runs the tasks of a library that starts no thread: as many threads as the machine has, or as
// --threads says. Tasks are taken in turn; what they give does not depend on who took them.
//
//   const linkage::ParallelFor run = run_on_threads(2);
#pragma once

#include <cstddef>

#include "core/linkage/field.h"
#include "server/cli/arguments.h"

namespace filrouge {

linkage::ParallelFor run_on_threads(std::size_t threads);
// --threads, otherwise the cores of the machine.
Result<std::size_t> threads_of(const Arguments& arguments);

}  // namespace filrouge
