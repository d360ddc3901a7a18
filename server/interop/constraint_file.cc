#include "server/interop/constraint_file.h"

#include <algorithm>

#include "server/interop/json_list.h"

namespace filrouge {

namespace {

std::vector<ConstraintWord> words_of(const json::Value& item, std::string_view field) {
  std::vector<ConstraintWord> words;
  const json::Value* list = item.find(field);
  if (list == nullptr || !list->is(json::Kind::array)) return words;
  for (const json::Value& one : list->items()) {
    ConstraintWord word{text_in(one, "code"), text_in(one, "libelle")};
    if (!word.code.empty() && !word.label.empty()) words.push_back(std::move(word));
  }
  return words;
}

}  // namespace

Result<ConstraintImport> read_constraints(const ChunkSource& source) {
  FILROUGE_TRY(items, read_json_list(source));
  ConstraintImport import;
  for (std::size_t i = 0; i < items.size(); ++i) {
    ++import.report.read;
    const std::string where = "item " + std::to_string(i + 1);
    json::Value item = items[i];
    if (item.is(json::Kind::string)) {
      auto inside = json::parse(item.text());
      if (!inside.ok()) {
        import.report.refuse(where, "", inside.error().rule, "no JSON in this text");
        continue;
      }
      item = std::move(*inside);
    }
    Constraint one;
    one.code = text_in(item, "code");
    one.label = text_in(item, "libelle");
    const auto barriers = barriers_of_constraint(one.code);
    one.barriers.assign(barriers.begin(), barriers.end());
    const bool known = std::any_of(import.constraints.begin(), import.constraints.end(),
                                   [&](const Constraint& other) { return other.code == one.code; });
    if (one.barriers.empty()) {
      import.report.refuse(where, "code", "choice", "a code from 23 to 29 expected");
    } else if (one.label.empty()) {
      import.report.refuse(where, "libelle", "missing", "no words");
    } else if (known) {
      import.report.refuse(where, "code", "duplicate", "this code was there before");
    } else {
      one.situations = words_of(item, "situations");
      one.objectives = words_of(item, "objectifs");
      import.constraints.push_back(std::move(one));
    }
  }
  std::sort(import.constraints.begin(), import.constraints.end(),
            [](const Constraint& a, const Constraint& b) { return a.code < b.code; });
  import.report.used = static_cast<std::int64_t>(import.constraints.size());
  return import;
}

}  // namespace filrouge
