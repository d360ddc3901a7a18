// Two records of one person, linked by a human and unlinked again (domain.md 5.7, issue point 0).
// Both records stay whole, each with its own key, team and referent; figures count her once. The
// same entry is written on both subjects in one append, so that a link holds when both say so: a
// half that is missing, or was erased, links nothing. That two are not one person, said by a human,
// is kept the same way: nobody is asked about them again.
//
//   fold_link(person.links, draft);
//   links_of(person.links)              // who else she is, by this record
//   FILROUGE_TRY(group, linked_group(subject, find));   // all of them, herself included, sorted
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>

#include "core/journal/draft.h"

namespace filrouge {

inline constexpr std::size_t kLinksMax = 10;   // of one record
inline constexpr std::size_t kLinkedMax = 40;  // records of one person

// "persons_linked", "persons_unlinked", "persons_distinct", on each of the two.
struct PersonsLinked {
  SubjectId other;
};
BOOST_DESCRIBE_STRUCT(PersonsLinked, (), (other))

// The newest word about one other record, by (hlc, entry).
struct PersonLink {
  SubjectId other;
  bool linked = false;
  Hlc hlc;
  EntryId entry;
  SubjectId author;
  CivilDate on;
};
BOOST_DESCRIBE_STRUCT(PersonLink, (), (other, linked, hlc, entry, author, on))

bool is_link_kind(std::string_view kind);
void fold_link(std::vector<PersonLink>& links, const Draft& draft);
// "linked_to_herself", "already_linked", "not_linked", "too_many". Told apart only while not
// linked.
Status decide_link(const std::vector<PersonLink>& links, const Draft& draft);
Status check_link(const Draft& draft);

// Linked, unlinked or told apart: a human has answered about these two.
bool is_settled(const std::vector<PersonLink>& links, SubjectId other);
bool is_linked(const std::vector<PersonLink>& links, SubjectId other);
std::vector<SubjectId> links_of(const std::vector<PersonLink>& links);

// The links of a record; null where there is none (never was, or erased).
using FindLinks = std::function<Result<const std::vector<PersonLink>*>(SubjectId)>;
// Every record that is the same person, sorted; just herself where nothing is linked.
Result<std::vector<SubjectId>> linked_group(SubjectId person, const FindLinks& find);

}  // namespace filrouge
