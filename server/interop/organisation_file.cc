#include "server/interop/organisation_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/base/text.h"
#include "server/interop/json_list.h"

namespace filrouge {

namespace {

// What names of one network share, and what joins words.
constexpr std::array<std::string_view, 27> kCommonWords = {
    "mission", "missions", "locale", "locales", "ml", "mli", "mlj", "milo",  "insertion",
    "jeunes",  "jeune",    "pour",   "de",      "du", "des", "la",  "le",    "les",
    "l",       "d",        "et",     "sur",     "en", "a",   "au",  "siege", "france"};

struct Kind {
  std::string_view code;
  std::string_view kind;
};
constexpr std::array kKinds{Kind{"ML", "mission_locale"}, Kind{"FT", "france_travail"},
                            Kind{"PE", "france_travail"}, Kind{"CAP_EMPLOI", "cap_emploi"},
                            Kind{"PJJ", "justice"},       Kind{"SPIP", "justice"},
                            Kind{"DEPT", "departement"},  Kind{"CCAS", "ccas"}};

std::string kind_of(std::string_view code) {
  for (const Kind& one : kKinds)
    if (one.code == code) return std::string(one.kind);
  return "other";
}

bool is_common(std::string_view word) {
  return std::find(kCommonWords.begin(), kCommonWords.end(), word) != kCommonWords.end();
}

bool is_number(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string department_of(std::string text) {
  if (text.size() == 1) text.insert(0, "0");
  return text;
}

bool is_department(std::string_view text) {
  const bool corsica = text == "2A" || text == "2B";
  return corsica || ((text.size() == 2 || text.size() == 3) && is_number(text));
}

// "51 - Mission Locale ..." -> "Mission Locale ...": the department stands in its own field.
std::string without_department(std::string name, std::string_view department) {
  std::string_view rest = name;
  const std::string_view bare = department.starts_with('0') ? department.substr(1) : department;
  for (const std::string_view number : {department, bare})
    if (rest.starts_with(number)) {
      std::string_view after = rest.substr(number.size());
      const std::size_t start = after.find_first_not_of(" -");
      if (start != after.npos && start > 0) return std::string(after.substr(start));
    }
  return name;
}

ListedOrganisation of_les_emplois(const json::Value& item) {
  ListedOrganisation one;
  const json::Value* fields = item.find("fields");
  if (fields == nullptr) return one;
  one.source = "les-emplois";
  one.code = text_in(*fields, "uid");
  one.name = text_in(*fields, "name");
  one.kind = kind_of(text_in(*fields, "kind"));
  one.department = department_of(text_in(*fields, "department"));
  one.zone = "Europe/Paris";
  return one;
}

ListedOrganisation of_agences(const json::Value& item) {
  ListedOrganisation one;
  one.source = "pass-emploi";
  one.code = text_in(item, "id");
  one.department = department_of(text_in(item, "code_departement"));
  one.name = without_department(text_in(item, "nom_agence"), one.department);
  one.kind = text_in(item, "structure") == "POLE_EMPLOI" ? "france_travail" : "mission_locale";
  one.zone = text_in(item, "timezone");
  return one;
}

ListedOrganisation of_structures(const json::Value& item) {
  ListedOrganisation one;
  one.source = "i-milo";
  one.code = text_in(item, "id");
  one.department = department_of(text_in(item, "code_departement"));
  one.name = without_department(text_in(item, "nom_usuel"), one.department);
  const std::string official = without_department(text_in(item, "nom_officiel"), one.department);
  if (one.name.empty()) one.name = official;
  if (official != one.name) one.other_name = official;
  one.kind = "mission_locale";
  one.zone = text_in(item, "timezone");
  return one;
}

using Reader = ListedOrganisation (*)(const json::Value&);

Reader reader_of(const json::Value& first) {
  if (!first.is(json::Kind::object)) return nullptr;
  if (text_in(first, "model") == "prescribers.prescriberorganization") return &of_les_emplois;
  if (first.find("nom_agence") != nullptr) return &of_agences;
  if (first.find("nom_officiel") != nullptr) return &of_structures;
  return nullptr;
}

// Field, rule and words of what is wrong with it; an empty rule where nothing is.
Refusal fault_of(const ListedOrganisation& one) {
  if (one.code.empty()) return {one.where, "id", "missing", "no id to find it again by"};
  if (one.name.empty()) return {one.where, "name", "missing", "no name"};
  if (count_characters(one.name) > limits::label_characters_max)
    return {one.where, "name", "too_long", "120 characters at most"};
  if (one.department.empty()) return {one.where, "department", "missing", "no department"};
  if (!is_department(one.department))
    return {one.where, "department", "code", "a code as 37, 2A or 974 expected"};
  if (one.zone.empty()) return {one.where, "timezone", "missing", "no time zone"};
  return {};
}

}  // namespace

std::string organisation_key(std::string_view department, std::string_view name) {
  const std::string folded = fold_for_search(name);
  std::set<std::string> words;
  std::string_view rest = folded;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    if (!word.empty() && !is_common(word) && !is_number(word))
      words.insert(word == "st" ? "saint" : word == "ste" ? "sainte" : std::string(word));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (words.empty()) return {};
  std::string key(department);
  for (const std::string& word : words) key += " " + word;
  return key;
}

Result<OrganisationImport> read_organisations(const ChunkSource& source) {
  FILROUGE_TRY(items, read_json_list(source));
  OrganisationImport import;
  if (items.empty()) return import;
  const Reader reader = reader_of(items.front());
  if (reader == nullptr)
    return Error{Code::invalid, "", "unknown_list", "none of the lists of organisations known"};
  std::map<std::string, std::string> seen;  // kind and key -> where
  for (std::size_t i = 0; i < items.size(); ++i) {
    ++import.report.read;
    ListedOrganisation one = reader(items[i]);
    one.where = "item " + std::to_string(i + 1);
    if (Refusal fault = fault_of(one); !fault.rule.empty()) {
      import.report.refuse(fault.where, fault.field, fault.rule, fault.detail);
      continue;
    }
    const std::string key = organisation_key(one.department, one.name);
    const auto before = key.empty() ? seen.end() : seen.find(one.kind + " " + key);
    if (before != seen.end()) {
      import.report.refuse(one.where, "name", "duplicate", "the same as " + before->second);
      continue;
    }
    if (!key.empty()) seen.emplace(one.kind + " " + key, one.where);
    import.organisations.push_back(std::move(one));
  }
  import.report.used = static_cast<std::int64_t>(import.organisations.size());
  return import;
}

}  // namespace filrouge
