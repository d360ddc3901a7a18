#include "server/app/figure_labels.h"

#include <array>
#include <map>

#include "core/base/json.h"
#include "core/outreach/round_kinds.h"
#include "server/app/states.h"
#include "server/app/territory.h"
#include "server/ports/embedded.h"

namespace filrouge {

namespace {

struct KeyWords {
  std::string_view key, french, english;
};

constexpr std::array<KeyWords, 11> kWords{{
    {"unknown", "Inconnu", "Unknown"},
    {"none", "Hors quartier", "Outside districts"},
    {"woman", "Femmes", "Women"},
    {"man", "Hommes", "Men"},
    {"other", "Autre ou ne se prononce pas", "Other or not stated"},
    {"under_16", "Moins de 16 ans", "Under 16"},
    {"from_16_to_17", "16-17 ans", "16-17"},
    {"from_18_to_20", "18-20 ans", "18-20"},
    {"from_21_to_25", "21-25 ans", "21-25"},
    {"from_26_to_29", "26-29 ans", "26-29"},
    {"from_30", "30 ans et plus", "30 and over"},
}};

std::string words_of(std::string_view key, bool english) {
  for (const KeyWords& words : kWords)
    if (words.key == key) return std::string(english ? words.english : words.french);
  return std::string(key);
}

struct DetailWords {
  std::string key;
  std::string fr;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(DetailWords, (), (key, fr, en))

const std::vector<DetailWords>& detail_words() {
  static const std::vector<DetailWords> all = [] {
    auto read = json::decode<std::vector<DetailWords>>(server_file("server/app/detail_words.json"));
    return std::move(read).value();  // an unreadable data file stops the program at start
  }();
  return all;
}

// Barriers, exit types, prescribers, states of a relay; a number of appointments stands for itself.
std::string detail_label(const std::string& key, bool english) {
  for (const DetailWords& words : detail_words())
    if (words.key == key) return english ? words.en : words.fr;
  if (const RoundKind* kind = find_round_kind(key)) return english ? kind->en : kind->fr;
  return key;
}

bool is_name(Dimension by) { return by == Dimension::project || by == Dimension::team; }

Result<bool> label_districts(App& app, std::vector<Cell>& cells) {
  FILROUGE_TRY(index, app.territory->index(app));
  std::map<std::string_view, const Outline*> districts;
  for (const Outline& outline : index->outlines())
    if (outline.kind == OutlineKind::district) districts[outline.code] = &outline;
  bool fictitious = false;
  for (Cell& cell : cells) {
    const auto found = districts.find(cell.key);
    if (found == districts.end()) continue;
    cell.label = found->second->name;
    fictitious = fictitious || found->second->fictitious;
  }
  return fictitious;
}

Result<std::string> commune_name(App& app, const std::string& code) {
  FILROUGE_TRY(commune, app.store.commune(code));
  if (commune) return commune->name;
  FILROUGE_TRY(index, app.territory->index(app));
  for (const Outline& outline : index->outlines())
    if (outline.kind == OutlineKind::commune && outline.code == code) return outline.name;
  return code;
}

}  // namespace

Result<bool> label_cells(App& app, std::vector<Cell>& cells, Dimension by, bool english) {
  for (Cell& cell : cells) {
    cell.label =
        by == Dimension::detail ? detail_label(cell.key, english) : words_of(cell.key, english);
    if (cell.key == "unknown" || cell.key == kOutsideDistricts) continue;
    if (is_name(by)) {
      const auto id = SubjectId::parse(cell.key);
      if (!id.ok()) continue;
      FILROUGE_TRY(name, name_of(app, *id));
      if (!name.empty()) cell.label = std::move(name);
    }
    if (by == Dimension::commune) {
      FILROUGE_TRY(name, commune_name(app, cell.key));
      cell.label = std::move(name);
    }
  }
  return by == Dimension::district ? label_districts(app, cells) : Result<bool>(false);
}

Result<std::string> perimeter_label(App& app, const std::optional<SubjectId>& team,
                                    const std::optional<SubjectId>& project, bool english) {
  std::string label;
  if (team) {
    FILROUGE_TRY(name, name_of(app, *team));
    label = std::move(name);
  }
  if (!project) {
    if (label.empty()) label = english ? "All projects" : "Tous les projets";
    return label;
  }
  FILROUGE_TRY(name, name_of(app, *project));
  return label.empty() ? std::move(name) : label + ", " + name;
}

}  // namespace filrouge
