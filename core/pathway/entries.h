// Bodies of the entries of a pathway; the subject is always the person, so that one state decides
// (decision 0017) and one key is destroyed at an erasure. `organisation` is the author's own: it is
// compared at receipt. Texts are short: the person can read every one of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/pathway/vocabulary.h"

namespace filrouge {

// "signal_received" (R48): a partner, a parent or a shopkeeper tells of somebody. Not a case: she
// is in no list until she is met ("person_created" on the same subject).
struct SignalReceived {
  SubjectId team;  // that will look for her
  std::optional<SubjectId> project;
  Prescriber prescriber = Prescriber::other;
  std::optional<std::string> prescriber_label;  // "loge du 12": new kinds are allowed
  std::string who;                              // how to know her: an alias, initials
  std::optional<std::string> where;
  std::optional<std::string> need;
  bool person_told = false;  // does she know that somebody spoke of her?
};
BOOST_DESCRIBE_STRUCT(SignalReceived, (),
                      (team, project, prescriber, prescriber_label, who, where, need, person_told))

// "signal_closed": nobody was met, or she wants nothing.
enum class SignalClosed { not_found, already_followed, refused, error };
BOOST_DESCRIBE_ENUM(SignalClosed, not_found, already_followed, refused, error)
struct SignalEnded {
  SignalClosed because = SignalClosed::not_found;
};
BOOST_DESCRIBE_STRUCT(SignalEnded, (), (because))

// "pathway_opened": the explicit act that names the first referent (law 4).
struct PathwayOpened {
  SubjectId organisation;
  SubjectId team;
  SubjectId referent;  // an account of the organisation
  std::optional<SubjectId> project;
};
BOOST_DESCRIBE_STRUCT(PathwayOpened, (), (organisation, team, referent, project))

// "referent_named": the role passes inside an organisation, or to its coordinator par intérim when
// an account is revoked. Compare-and-set: `after` is the entry that named the one before.
struct ReferentNamed {
  EntryId after;
  SubjectId organisation;
  SubjectId team;
  SubjectId referent;
  bool interim = false;
};
BOOST_DESCRIBE_STRUCT(ReferentNamed, (), (after, organisation, team, referent, interim))

// "stage_marked": what nothing else shows, and going back. Trust needs both words, or it stays
// provisional (said by the professional alone).
struct StageMarked {
  Stage stage = Stage::spotted;
  SaidBy said_by = SaidBy::professional;
};
BOOST_DESCRIBE_STRUCT(StageMarked, (), (stage, said_by))

// "pause_agreed": with the date she comes back; absent: the pause is over.
struct PauseAgreed {
  std::optional<CivilDate> until;
};
BOOST_DESCRIBE_STRUCT(PauseAgreed, (), (until))

// "attempt_made": we tried to reach her. Three of them and limits::lost_days: contact lost.
struct AttemptMade {
  ContactMode mode = ContactMode::phone;
};
BOOST_DESCRIBE_STRUCT(AttemptMade, (), (mode))

// "contact_lost": declared, by the rule. A later contact ends it by itself.
struct ContactLost {
  SubjectId organisation;
};
BOOST_DESCRIBE_STRUCT(ContactLost, (), (organisation))

// "following_ended", "following_resumed": the pathway closes, with its referent until then.
struct FollowingEnded {
  EndedBecause because = EndedBecause::other;
};
BOOST_DESCRIBE_STRUCT(FollowingEnded, (), (because))
struct FollowingResumed {
  SubjectId organisation;
};
BOOST_DESCRIBE_STRUCT(FollowingResumed, (), (organisation))

// "diagnosis": one sitting of Faire le point, with the person. At most three barriers first.
struct BarrierSaid {
  Barrier barrier = Barrier::other;
  BarrierLevel level = BarrierLevel::not_explored;
  SaidBy said_by = SaidBy::person;
};
BOOST_DESCRIBE_STRUCT(BarrierSaid, (), (barrier, level, said_by))
struct Diagnosis {
  std::vector<BarrierSaid> lines;
  std::vector<Barrier> first;      // to work on first
  std::vector<std::string> goals;  // in her words
  bool validated = false;          // by the person: S3
};
BOOST_DESCRIBE_STRUCT(Diagnosis, (), (lines, first, goals, validated))

// "barrier_changed": a barrier lives, and can come back.
struct BarrierChanged {
  SubjectId organisation;
  Barrier barrier = Barrier::other;
  BarrierStatus status = BarrierStatus::open;
  std::optional<NotLiftedBecause> because;
};
BOOST_DESCRIBE_STRUCT(BarrierChanged, (), (organisation, barrier, status, because))

// "step_set": a step of the plan, whole each time; `step` is the id its maker gave. Only its owner
// changes it; the person accepts it (R02, R31). `by_meeting`: a decision of a case meeting (R15).
struct StepSet {
  EntryId step;
  SubjectId organisation;            // its owner
  std::optional<SubjectId> account;  // who does it
  std::string what;
  std::optional<Barrier> barrier;
  StepStatus status = StepStatus::proposed;
  bool person_agrees = false;
  std::optional<CivilDate> due;
  std::optional<std::string> result;
  bool by_meeting = false;
};
BOOST_DESCRIBE_STRUCT(StepSet, (),
                      (step, organisation, account, what, barrier, status, person_agrees, due,
                       result, by_meeting))

// "appointment_set": whole each time. `minute` of the local day.
struct AppointmentSet {
  EntryId appointment;
  SubjectId organisation;
  SubjectId account;  // whom she meets
  CivilDate on;
  std::int32_t minute = 0;
  std::optional<std::string> where;
  std::optional<std::string> about;
  AppointmentStatus status = AppointmentStatus::planned;
};
BOOST_DESCRIBE_STRUCT(AppointmentSet, (),
                      (appointment, organisation, account, on, minute, where, about, status))

// "delivery": one prestation (R43, I11).
struct Delivery {
  SubjectId organisation;
  SubjectId team;
  std::string service;
  std::optional<Barrier> barrier;
  std::optional<std::int32_t> minutes;
  std::optional<std::int32_t> cost_cents;
};
BOOST_DESCRIBE_STRUCT(Delivery, (), (organisation, team, service, barrier, minutes, cost_cents))

// "exit": a job, a training, a right opened, or the end of the following. `from` is the day the
// situation began.
struct ExitDeclared {
  SubjectId organisation;
  SubjectId team;
  std::optional<SubjectId> project;
  ExitType type = ExitType::mainstream_support;
  CivilDate from;
  Evidence evidence = Evidence::declared;
  std::optional<std::string> place;  // of work or training, as said
};
BOOST_DESCRIBE_STRUCT(ExitDeclared, (), (organisation, team, project, type, from, evidence, place))

// "check_in": does it hold? At 1, 3 and 6 months (R98); `ended` undoes the stabilisation.
struct CheckIn {
  EntryId exit;
  Situation situation = Situation::unknown;
  CivilDate on;
  std::optional<std::string> alert;  // words that call for a mediation
};
BOOST_DESCRIBE_STRUCT(CheckIn, (), (exit, situation, on, alert))

}  // namespace filrouge
