// Bodies of the entries about one person. Three levels: a tally is no person at all; an alias with
// a way to recognise; identified, after *On va plus loin ?* (law 3, R11, J03).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/outreach/vocabulary.h"

namespace filrouge {

// "person_created", subject: the new person. `recognise` helps the team, "casquette rouge".
struct PersonCreated {
  std::string alias;
  SubjectId team;
  std::optional<SubjectId> project;
  std::optional<std::string> recognise;
  std::optional<Sex> sex;
  std::optional<AgeBand> age_band;
};
BOOST_DESCRIBE_STRUCT(PersonCreated, (), (alias, team, project, recognise, sex, age_band))

// "person_described": what changed, and the entries whose value it
// replaces (core/people/register.h). Concurrent values of the alias and of the way to
// reach are all kept until a human chooses (architecture 3).
struct PersonDescribed {
  std::optional<std::string> alias;
  std::optional<std::string> recognise;
  std::optional<Sex> sex;
  std::optional<AgeBand> age_band;
  std::vector<EntryId> replaces;
};
BOOST_DESCRIBE_STRUCT(PersonDescribed, (), (alias, recognise, sex, age_band, replaces))

enum class ReachKind { phone, message, email, in_person };
BOOST_DESCRIBE_ENUM(ReachKind, phone, message, email, in_person)

// "identity_given": the person said her first name and how to reach her. Level becomes identified.
struct IdentityGiven {
  std::string first_name;
  std::optional<std::string> surname;
  std::optional<ReachKind> reach_kind;
  std::optional<std::string> reach;
  std::optional<CivilDate> born;
  std::vector<EntryId> replaces;
};
BOOST_DESCRIBE_STRUCT(IdentityGiven, (), (first_name, surname, reach_kind, reach, born, replaces))

// Uses of what is noted, shown one by one with their basis (R94). The basis is decided by the
// purpose, not by the worker: see core/people/consent.h.
enum class Purpose { follow_up, contact_me, share_with_team, statistics };
BOOST_DESCRIBE_ENUM(Purpose, follow_up, contact_me, share_with_team, statistics)
enum class Basis { public_interest, consent };
BOOST_DESCRIBE_ENUM(Basis, public_interest, consent)
enum class HowExplained { shown, read_aloud };
BOOST_DESCRIBE_ENUM(HowExplained, shown, read_aloud)
enum class ReceiptForm { screen, paper, refused };
BOOST_DESCRIBE_ENUM(ReceiptForm, screen, paper, refused)

struct PurposeAnswer {
  Purpose purpose = Purpose::follow_up;
  Basis basis = Basis::public_interest;
  bool agreed = false;  // consent given; for public interest: false = she objects
};
BOOST_DESCRIBE_STRUCT(PurposeAnswer, (), (purpose, basis, agreed))

// "consent_recorded". Restriction wins a conflict (law 5). The receipt's number is neutral.
struct ConsentRecorded {
  std::vector<PurposeAnswer> answers;
  HowExplained how = HowExplained::shown;
  std::string wording;  // version of the words that were shown, "consentement-1"
  std::string receipt_number;
  ReceiptForm receipt = ReceiptForm::screen;
  std::vector<EntryId> replaces;  // answers that the worker saw: an agreement may lift those
};
BOOST_DESCRIBE_STRUCT(ConsentRecorded, (),
                      (answers, how, wording, receipt_number, receipt, replaces))

// Under 18 (domain.md section 4, "16-18"): what the worker and the person chose. Nothing is
// automatic; "bond_kept" = informed, and the bond is kept.
enum class MinorChoice { mission_locale, cio, bond_kept, school, family_mediation };
BOOST_DESCRIBE_ENUM(MinorChoice, mission_locale, cio, bond_kept, school, family_mediation)

// "minor_informed".
struct MinorInformed {
  MinorChoice choice = MinorChoice::bond_kept;
  std::string wording;
};
BOOST_DESCRIBE_STRUCT(MinorInformed, (), (choice, wording))

// "concern_reported": an information préoccupante was sent; date and recipient, no content.
struct ConcernReported {
  CivilDate on;
  std::string recipient;
};
BOOST_DESCRIBE_STRUCT(ConcernReported, (), (on, recipient))

// "person_erased": erasure on demand. After it the key, ciphertext, envelopes and search tokens go;
// the anonymous facts stay under a fresh pseudonym (law 9, domain 5.7 (10)).
struct PersonErased {
  std::string asked_by;  // "person", "representative"
};
BOOST_DESCRIBE_STRUCT(PersonErased, (), (asked_by))

}  // namespace filrouge
