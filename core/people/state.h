// The folded state of one person: what her card shows and what decisions look at. It is the fold
// of her entries that were not undone, in any order of arrival. Only the last contacts are kept in
// it (the whole history is read from the journal), so that its size has a bound.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "core/base/hlc.h"
#include "core/outreach/entries.h"
#include "core/pathway/state.h"
#include "core/people/entries.h"
#include "core/people/links.h"
#include "core/people/own_page.h"
#include "core/people/register.h"
#include "core/people/sharing.h"
#include "core/people/sought.h"
#include "core/relay/outside.h"
#include "core/relay/state.h"

namespace filrouge {

enum class IdentityLevel { alias, identified };
BOOST_DESCRIBE_ENUM(IdentityLevel, alias, identified)

inline constexpr std::size_t kRecentContactsMax = 20;

// One of the last contacts, enough for the card.
struct RecentContact {
  EntryId entry;
  SubjectId team;
  LocalStamp occurred;
  SubjectId author;
  ContactMode mode = ContactMode::street;
  std::vector<ImmediateService> services;
  std::vector<Barrier> barriers;
  std::optional<NextStep> next_step;
  std::optional<CivilDate> next_on;
  std::optional<std::string> note;
  bool locked = false;  // noted on a locked phone and not yet confirmed
};
BOOST_DESCRIBE_STRUCT(RecentContact, (),
                      (entry, team, occurred, author, mode, services, barriers, next_step, next_on,
                       note, locked))

// The answer that holds for one use: a refusal wins over a concurrent agreement.
struct ConsentState {
  Purpose purpose = Purpose::follow_up;
  Basis basis = Basis::public_interest;
  bool agreed = false;
  EntryId entry;
  Hlc hlc;
  CivilDate on;
};
BOOST_DESCRIBE_STRUCT(ConsentState, (), (purpose, basis, agreed, entry, hlc, on))

struct ReceiptState {
  EntryId entry;
  std::string number;
  CivilDate on;
  ReceiptForm form = ReceiptForm::screen;
};
BOOST_DESCRIBE_STRUCT(ReceiptState, (), (entry, number, on, form))

struct MinorAct {
  EntryId entry;
  CivilDate on;
  std::optional<MinorChoice> choice;     // of "minor_informed"
  std::optional<std::string> recipient;  // of "concern_reported"
  SubjectId author;
};
BOOST_DESCRIBE_STRUCT(MinorAct, (), (entry, on, choice, recipient, author))

// The newest write by (hlc, entry) wins: a correction corrects the figure.
struct LatestSex {
  Hlc hlc;
  std::optional<Sex> value;
  EntryId entry;
  SubjectId author;
};
BOOST_DESCRIBE_STRUCT(LatestSex, (), (hlc, value, entry, author))
struct LatestAgeBand {
  Hlc hlc;
  std::optional<AgeBand> value;
  EntryId entry;
  SubjectId author;
};
BOOST_DESCRIBE_STRUCT(LatestAgeBand, (), (hlc, value, entry, author))

// What was heard last for one use, agreements and refusals apart: `consents` follows from these
// whatever order they came in (core/people/consent.h).
struct HeardAnswer {
  Purpose purpose = Purpose::follow_up;
  bool agreed = false;
  Hlc hlc;
  EntryId entry;
  SubjectId author;
  CivilDate on;
  std::vector<EntryId> replaces;
};
BOOST_DESCRIBE_STRUCT(HeardAnswer, (), (purpose, agreed, hlc, entry, author, on, replaces))

struct PersonState {
  IdentityLevel level = IdentityLevel::alias;
  std::optional<SubjectId> team;
  std::optional<SubjectId> project;
  std::optional<LocalStamp> created;
  TextRegister alias;
  TextRegister recognise;
  TextRegister first_name;
  TextRegister surname;
  TextRegister reach;  // "phone 06...", kind first
  std::optional<CivilDate> born;
  LatestSex sex;
  LatestAgeBand age_band;
  std::int64_t contact_count = 0;
  std::optional<CivilDate> first_contact;
  std::optional<CivilDate> last_contact;
  std::vector<RecentContact> recent;   // newest first, at most kRecentContactsMax
  std::vector<ConsentState> consents;  // one a purpose, in order of purpose
  std::vector<ReceiptState> receipts;
  std::vector<MinorAct> minor_acts;
  bool erased = false;  // nothing else is left then, and nothing comes back
  std::optional<EntryId> created_entry;
  Hlc born_hlc;
  EntryId born_entry;
  SubjectId born_author;
  std::vector<HeardAnswer> heard;  // sorted by purpose, refusals first
  std::vector<EntryId> undone;     // sorted; also of entries that have not arrived yet
  std::vector<EntryId> confirmed;  // likewise
  Sharing sharing;                 // with other organisations
  PathwayState pathway;
  std::vector<RelayState> relays;  // sorted by id
  OwnPage own_page;
  std::vector<PersonLink> links;           // sorted by the other record
  std::vector<OutsideState> outside;       // links to organisations outside, sorted
  std::optional<CivilDate> identified_on;  // the last day she said who she is
  std::vector<NoticeSeen> sought_seen;     // sorted by organisation
};
BOOST_DESCRIBE_STRUCT(PersonState, (),
                      (level, team, project, created, alias, recognise, first_name, surname, reach,
                       born, sex, age_band, contact_count, first_contact, last_contact, recent,
                       consents, receipts, minor_acts, erased, created_entry, born_hlc, born_entry,
                       born_author, heard, undone, confirmed, sharing, pathway, relays, own_page,
                       links, outside, identified_on, sought_seen))

}  // namespace filrouge
