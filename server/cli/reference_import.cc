#include "server/cli/reference_import.h"

#include <algorithm>
#include <map>

#include "server/app/stamps.h"
#include "server/app/states.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

constexpr std::size_t entries_an_append = 250;

SubjectId id_of(App& app, const ListedOrganisation& one) {
  const Bytes32 hash = app.crypto.hash("fr1 organisation " + one.source + " " + one.code);
  SubjectId id;
  std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// What is there, by id, and by the words it is recognised by.
struct There {
  std::map<SubjectId, OrganisationSet> by_id;
  std::map<std::string, SubjectId> by_words;

  void add(SubjectId id, const OrganisationSet& set) {
    by_id[id] = set;
    if (!set.department) return;
    for (const std::string& name : {set.name, set.other_name.value_or("")})
      if (const std::string key = organisation_key(*set.department, name); !key.empty())
        by_words.emplace(set.kind + " " + key, id);
  }
  // Under another id.
  bool has_other(const ListedOrganisation& one, SubjectId id) const {
    for (const std::string& name : {one.name, one.other_name}) {
      const std::string key = organisation_key(one.department, name);
      const auto found = key.empty() ? by_words.end() : by_words.find(one.kind + " " + key);
      if (found != by_words.end() && found->second != id) return true;
    }
    return false;
  }
};

Result<There> all_there(App& app) {
  FILROUGE_TRY(known, all_known(app, {.collection = Collection::organisation}));
  There there;
  for (const KnownPtr& one : known)
    if (const auto state = state_in<OrganisationState>(one))
      there.add(one->row.subject, state->set);
  return there;
}

Status append_all(App& app, const std::vector<Draft>& drafts) {
  for (std::size_t first = 0; first < drafts.size(); first += entries_an_append) {
    const auto from = drafts.begin() + static_cast<std::ptrdiff_t>(first);
    const auto count = std::min(entries_an_append, drafts.size() - first);
    FILROUGE_CHECK(
        write_as_program(app, std::vector<Draft>(from, from + static_cast<std::ptrdiff_t>(count))));
  }
  return Done{};
}

}  // namespace

Result<OrganisationsWritten> write_organisations(App& app,
                                                 const std::vector<ListedOrganisation>& listed) {
  FILROUGE_TRY(there, all_there(app));
  const CivilDate today = utc_day(app.clock.now());
  OrganisationsWritten done;
  std::vector<Draft> drafts;
  for (const ListedOrganisation& one : listed) {
    const SubjectId id = id_of(app, one);
    const auto known = there.by_id.find(id);
    OrganisationSet set;
    if (known != there.by_id.end()) {
      set = known->second;  // what an administrator set since stays
    } else if (there.has_other(one, id)) {
      done.refusals.push_back(
          {one.where, "name", "known", "this organisation is there from another list"});
      continue;
    } else {
      set.convention_from = set.convention_to = today;
      set.kind = one.kind;
      set.zone = one.zone;
    }
    set.name = one.name;
    set.other_name = unless_empty(one.other_name);
    set.department = one.department;
    if (known != there.by_id.end() && json::encode(set) == json::encode(known->second)) {
      ++done.unchanged;
      continue;
    }
    drafts.push_back(desk_draft(app, "organisation_set", id, SubjectId{}, set));
    there.add(id, set);
    ++done.written;
  }
  FILROUGE_CHECK(append_all(app, drafts));
  return done;
}

Result<std::int64_t> write_constraints(App& app, const std::vector<Constraint>& constraints) {
  const Draft draft = desk_draft(app, "constraints_set", constraints_subject(), SubjectId{},
                                 ConstraintsSet{constraints});
  FILROUGE_CHECK(write_as_program(app, {draft}));
  return static_cast<std::int64_t>(constraints.size());
}

}  // namespace filrouge
