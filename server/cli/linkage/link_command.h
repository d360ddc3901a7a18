// Shared by `link` and `unseen`: the model file, threads, the report.
//
//   FILROUGE_TRY(model, read_model_file(arguments));
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/linkage/link.h"
#include "core/linkage/unseen.h"
#include "server/cli/arguments.h"
#include "server/cli/linkage/link_report.h"

namespace filrouge {

// The model of --model where that file is there; nothing where it is not.
Result<std::optional<linkage::Model>> read_model_file(const Arguments& arguments);
// Writes --model where the file was not there.
Status keep_model(const Arguments& arguments, const std::optional<linkage::Model>& given,
                  const linkage::Model& model);
// Words for a refusal of the library.
Error linkage_refusal(const Error& error);
// place,unseen,likely_low,likely_high; the last count is the whole.
Status write_counts(const std::string& path, const std::vector<linkage::UnseenCount>& counts);
void print_link_report(const LinkReport& report, const std::string& format);

// `link --generate`: two lists of invented persons with their truth.
Result<int> generate_lists(const Arguments& arguments);

}  // namespace filrouge
