// Sharing with another organisation: by purpose, by organisation, by field, with how it was
// explained, a receipt and an end (law 5, R94). Without a live grant another organisation sees that
// somebody follows, and nothing else. A withdrawal stops it at once everywhere; a grant lives again
// only if it is later and certainly knew of the withdrawal (same author, `replaces`, or more than
// limits::consent_concurrent_ms_max later): the restriction wins (core/people/consent.h).
//
//   const auto fields = shared_with(person.sharing, organisation, today);   // sorted, maybe empty
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "core/journal/draft.h"
#include "core/people/entries.h"

namespace filrouge {

// What a person can tick, one box each.
enum class SharedField {
  alias,
  first_name,
  surname,
  reach,
  age_band,
  barriers,  // not the restricted ones
  health,
  mental_health,
  disability,
  legal,
  goals,
  steps,
  appointments,
  exits,
  contacts  // days and modes, never the notes
};
BOOST_DESCRIBE_ENUM(SharedField, alias, first_name, surname, reach, age_band, barriers, health,
                    mental_health, disability, legal, goals, steps, appointments, exits, contacts)

enum class SharingPurpose { relay, follow_together, case_meeting };
BOOST_DESCRIBE_ENUM(SharingPurpose, relay, follow_together, case_meeting)

// "sharing_agreed", subject: the person. No field at all is an agreement to be met, and to nothing
// more: the anonymous warm hand-over.
struct SharingAgreed {
  SharingPurpose purpose = SharingPurpose::relay;
  SubjectId organisation;  // that will see
  std::vector<SharedField> fields;
  std::optional<CivilDate> until;  // last day
  HowExplained how = HowExplained::shown;
  std::string wording;
  std::string receipt_number;
  ReceiptForm receipt = ReceiptForm::screen;
  std::vector<EntryId> replaces;  // withdrawals that the worker saw
};
BOOST_DESCRIBE_STRUCT(SharingAgreed, (),
                      (purpose, organisation, fields, until, how, wording, receipt_number, receipt,
                       replaces))

// "sharing_withdrawn": with one organisation, or (absent) with all.
struct SharingWithdrawn {
  std::optional<SubjectId> organisation;
};
BOOST_DESCRIBE_STRUCT(SharingWithdrawn, (), (organisation))

struct Grant {
  EntryId entry;
  Hlc hlc;
  SubjectId author;
  CivilDate on;
  SharingAgreed agreed;
};
BOOST_DESCRIBE_STRUCT(Grant, (), (entry, hlc, author, on, agreed))
struct Withdrawal {
  EntryId entry;
  Hlc hlc;
  SubjectId author;
  CivilDate on;
  std::optional<SubjectId> organisation;
};
BOOST_DESCRIBE_STRUCT(Withdrawal, (), (entry, hlc, author, on, organisation))

// Both sorted by entry id, each once: the same in any order of arrival.
struct Sharing {
  std::vector<Grant> grants;
  std::vector<Withdrawal> withdrawals;
};
BOOST_DESCRIBE_STRUCT(Sharing, (), (grants, withdrawals))

void fold_sharing(Sharing& sharing, const Draft& draft);
// Does this grant hold on that day?
bool holds(const Sharing& sharing, const Grant& grant, CivilDate today);
const Grant* live_grant(const Sharing& sharing, SubjectId organisation, CivilDate today);
// The fields of every live grant to the organisation, sorted, each once.
std::vector<SharedField> shared_with(const Sharing& sharing, SubjectId organisation,
                                     CivilDate today);
// Organisations with a live grant, sorted.
std::vector<SubjectId> shares_with(const Sharing& sharing, CivilDate today);

Status check_sharing_agreed(const Draft& draft);
Status check_sharing_withdrawn(const Draft& draft);

}  // namespace filrouge
