// A pathway as the screens show it: what the reader may see, in words that no screen has to work
// out again. Every answer that names a person has its row in the access ledger first (law 8).
// Writing: offline through POST /api/v1/sync like any entry; at a desk, where a refusal must be
// read at once, through POST /api/v1/people/{person}/entries (same rules, answered by
// problem+json).
#pragma once

#include "core/relay/relay.h"
#include "server/app/api/duplicates.h"

namespace filrouge::api {

// POST /api/v1/people/{person}/entries: one draft, from a signed-in desk. Its id makes it
// idempotent: sent again it answers the same. {"draft": {...}}: the whole Draft as JSON.
struct WriteEntry {
  SubjectId person;
  Draft draft;
};
BOOST_DESCRIBE_STRUCT(WriteEntry, (), (person, draft))
struct WrittenEntry {
  EntryId id;
  std::int64_t recv_seq = 0;
};
BOOST_DESCRIBE_STRUCT(WrittenEntry, (), (id, recv_seq))

struct ReferentView {
  std::string name;
  std::string organisation;
  SubjectId account;
  SubjectId organisation_id;
  CivilDate since;
  bool interim = false;            // référent par intérim
  std::optional<CivilDate> until;  // an interim's deadline
  bool mine = false;
};
BOOST_DESCRIBE_STRUCT(ReferentView, (),
                      (name, organisation, account, organisation_id, since, interim, until, mine))

// GET /api/v1/people/{person}/pathway: Point and Parcours in one.
struct BarrierLine {
  Barrier barrier = Barrier::other;
  BarrierLevel by_person = BarrierLevel::not_explored;
  BarrierLevel by_professional = BarrierLevel::not_explored;
  std::optional<BarrierStatus> status;  // absent: never worked on
  bool first = false;                   // to work on first
  bool restricted = false;
  CivilDate on;                      // of the last word
  std::vector<BarrierWord> history;  // oldest first
};
BOOST_DESCRIBE_STRUCT(BarrierLine, (),
                      (barrier, by_person, by_professional, status, first, restricted, on, history))
struct StepLine {
  StepSet set;
  std::string organisation;
  std::optional<std::string> who;
  CivilDate since;
  bool mine = false;  // of the reader's organisation: may be changed
  bool late = false;
};
BOOST_DESCRIBE_STRUCT(StepLine, (), (set, organisation, who, since, mine, late))
struct AppointmentLine {
  AppointmentSet set;
  std::string organisation;
  std::string who;
  bool mine = false;
};
BOOST_DESCRIBE_STRUCT(AppointmentLine, (), (set, organisation, who, mine))
struct ExitLine {
  EntryId exit;
  ExitDeclared declared;
  std::string organisation;
  std::vector<CheckIn> checks;
  std::optional<CivilDate> next_check;  // 1, 3 or 6 months
  bool holds = true;
  bool stable = false;  // I13
};
BOOST_DESCRIBE_STRUCT(ExitLine, (),
                      (exit, declared, organisation, checks, next_check, holds, stable))
// Who held her before it was taken over.
struct ReturnsTo {
  SubjectId referent;
  SubjectId team;
};
BOOST_DESCRIBE_STRUCT(ReturnsTo, (), (referent, team))
struct RelayView {
  SubjectId person;
  std::string shown;  // what the reader may call her; empty: she gave them no name
  RelayState relay;   // acts that the reader may see (a note never crosses)
  RelayStanding standing;
  std::string from;  // names
  std::string from_who;
  std::string to;
  std::optional<std::string> need;
  std::optional<CivilDate> due;
  std::int32_t days_late = 0;
  bool incoming = false;                // to the reader's organisation
  bool awaited = false;                 // it is the reader's organisation's turn
  std::vector<SharedField> shared;      // that the grant behind it lets the receiver see, now
  std::optional<CivilDate> agreed_on;   // her agreement
  std::optional<ReturnsTo> returns_to;  // names the next referent of "returned"
  std::vector<std::string> can;         // acts the reader may do next, as RelayAct words
};
BOOST_DESCRIBE_STRUCT(RelayView, (),
                      (person, shown, relay, standing, from, from_who, to, need, due, days_late,
                       incoming, awaited, shared, agreed_on, returns_to, can))
struct StageView {
  Stage stage = Stage::spotted;
  std::optional<CivilDate> since;
  bool provisional = false;  // trust said by the professional alone
  SideState side = SideState::none;
  std::optional<CivilDate> until;  // of a pause
};
BOOST_DESCRIBE_STRUCT(StageView, (), (stage, since, provisional, side, until))
struct PathwayView {
  SubjectId person;
  std::string shown;
  IdentityLevel level = IdentityLevel::alias;
  StageView stage;
  std::optional<ReferentView> referent;  // absent: no pathway is open
  EntryId claim;                      // of the referent: `after` of "referent_named"; nil when none
  bool to_reunite = false;            // a linked record has an open pathway of its own
  std::vector<BarrierLine> barriers;  // all of 6.5 that the reader may see, in their order
  std::vector<std::string> goals;
  std::optional<CivilDate> diagnosed;
  bool validated = false;
  std::vector<StepLine> steps;
  std::vector<AppointmentLine> appointments;  // next first, then past
  std::vector<ExitLine> exits;
  std::vector<RelayView> relays;  // open first
  std::int64_t attempts = 0;      // to reach her, since the last contact
  bool lost_allowed = false;      // the rule lets it be declared today
};
BOOST_DESCRIBE_STRUCT(PathwayView, (),
                      (person, shown, level, stage, referent, claim, to_reunite, barriers, goals,
                       diagnosed, validated, steps, appointments, exits, relays, attempts,
                       lost_allowed))

// GET /api/v1/people/{person}/thread: the thread from organisation to organisation, newest first.
enum class KnotKind {
  met,
  identified,
  agreed,
  diagnosis,
  step,
  appointment,
  relay,
  meeting,
  referent,
  situation,
  check,
  pause,
  ended,
  contact
};
BOOST_DESCRIBE_ENUM(KnotKind, met, identified, agreed, diagnosis, step, appointment, relay, meeting,
                    referent, situation, check, pause, ended, contact)
struct Knot {
  KnotKind kind = KnotKind::contact;
  CivilDate on;
  std::optional<std::int32_t> minute;  // of an appointment
  bool to_come = false;
  SubjectId organisation;         // on whose line it stands
  std::optional<SubjectId> with;  // another organisation at the same knot (a relay, a meeting)
  std::string who;                // name of the professional
  std::string what;               // enumerator or short text, by kind
  std::optional<std::string> detail;
};
BOOST_DESCRIBE_STRUCT(Knot, (), (kind, on, minute, to_come, organisation, with, who, what, detail))
struct Thread {
  std::vector<Named> organisations;  // lines, in order of appearance
  std::vector<SubjectId> holders;    // organisation of the referent at each knot, same length
  std::vector<Knot> knots;           // newest first
};
BOOST_DESCRIBE_STRUCT(Thread, (), (organisations, holders, knots))

// GET /api/v1/people/{person}/followers: who, role, since, last contact; no content (R12).
struct Follower {
  std::string name;  // empty where only the organisation is known
  std::string organisation;
  std::optional<Role> role;
  bool referent = false;
  bool interim = false;
  std::optional<CivilDate> since;
  std::optional<CivilDate> last_contact;
};
BOOST_DESCRIBE_STRUCT(Follower, (),
                      (name, organisation, role, referent, interim, since, last_contact))
struct Followers {
  std::vector<Follower> rows;
};
BOOST_DESCRIBE_STRUCT(Followers, (), (rows))

// GET /api/v1/people/{person}/sharing
struct GrantView {
  Grant grant;
  std::string organisation;
  bool live = false;
};
BOOST_DESCRIBE_STRUCT(GrantView, (), (grant, organisation, live))
struct SharingView {
  std::vector<GrantView> grants;  // newest first
  std::vector<Withdrawal> withdrawals;
};
BOOST_DESCRIBE_STRUCT(SharingView, (), (grants, withdrawals))

// GET /api/v1/relays: the inbox. First what the reader's organisation must answer, then late ones,
// then the others; then what it sent. `sought`: partners who ask to be called.
struct RelayBox {
  std::vector<RelayView> to_answer;
  std::vector<RelayView> late;
  std::vector<RelayView> received;
  std::vector<RelayView> sent;
  std::vector<SoughtRow> sought;
};
BOOST_DESCRIBE_STRUCT(RelayBox, (), (to_answer, late, received, sent, sought))

// GET /api/v1/board: the coordinator's Monday. Initials only; no content.
enum class RuptureCause {
  no_contact,
  relay_unanswered,
  no_successor,
  interim_over,
  meeting_disputed
};
BOOST_DESCRIBE_ENUM(RuptureCause, no_contact, relay_unanswered, no_successor, interim_over,
                    meeting_disputed)
struct Rupture {
  SubjectId person;
  std::string initials;
  RuptureCause cause = RuptureCause::no_contact;
  CivilDate since;
  std::int32_t days = 0;
  std::string referent;
  std::string organisation;
};
BOOST_DESCRIBE_STRUCT(Rupture, (), (person, initials, cause, since, days, referent, organisation))
struct Decision {
  SubjectId person;
  std::string initials;
  EntryId step;
  std::string what;
  std::string owner;
  std::optional<CivilDate> due;
  StepStatus status = StepStatus::proposed;
};
BOOST_DESCRIBE_STRUCT(Decision, (), (person, initials, step, what, owner, due, status))
struct Board {
  CivilDate day;
  std::vector<Rupture> ruptures;    // oldest first, nothing else in it (R19)
  std::vector<RelayView> stuck;     // late relays of the organisation; `shown` is initials
  std::vector<Decision> decisions;  // of case meetings, open ones
  std::vector<Named> owners;        // accounts to whom a decision can be given
};
BOOST_DESCRIBE_STRUCT(Board, (), (day, ruptures, stuck, decisions, owners))

// GET /api/v1/signals?team=
struct SignalQuery {
  SubjectId team;
};
BOOST_DESCRIBE_STRUCT(SignalQuery, (), (team))
struct SignalRow {
  SubjectId person;
  SignalReceived said;
  CivilDate on;
  std::string by;
};
BOOST_DESCRIBE_STRUCT(SignalRow, (), (person, said, on, by))
struct SignalList {
  std::vector<SignalRow> rows;  // open ones, oldest first
};
BOOST_DESCRIBE_STRUCT(SignalList, (), (rows))

// POST /api/v1/people/{person}/links, POST .../links/{other}/undo
struct LinkPeople {
  SubjectId person;
  SubjectId other;
};
BOOST_DESCRIBE_STRUCT(LinkPeople, (), (person, other))

// ---- the young person's page: a card with a token, and a code chosen face to face
// POST /api/v1/people/{person}/card: makes a new card; an older one ends.
struct IssueCard {
  SubjectId person;
  std::string code;  // six digits, chosen with her; never printed with the card
};
BOOST_DESCRIBE_STRUCT(IssueCard, (), (person, code))
struct Card {
  std::string token;  // 128 bits, for the QR code; shown once
};
BOOST_DESCRIBE_STRUCT(Card, (), (token))
// POST /api/v1/mine/open {token, code}: a session of her own, 15 minutes.
struct OpenMine {
  std::string token;
  std::string code;
};
BOOST_DESCRIBE_STRUCT(OpenMine, (), (token, code))
struct MySession {
  std::string session;  // sent in X-Filrouge-Mine; kept in memory only
};
BOOST_DESCRIBE_STRUCT(MySession, (), (session))
struct MyStep {
  std::string what;
  StepStatus status = StepStatus::proposed;
  std::optional<CivilDate> due;
  std::string with;
};
BOOST_DESCRIBE_STRUCT(MyStep, (), (what, status, due, with))
struct MyAppointment {
  CivilDate on;
  std::int32_t minute = 0;
  std::optional<std::string> where;
  std::string with;
};
BOOST_DESCRIBE_STRUCT(MyAppointment, (), (on, minute, where, with))
struct MyShare {
  SubjectId organisation;
  std::string name;
  std::vector<SharedField> fields;
  std::optional<CivilDate> until;
};
BOOST_DESCRIBE_STRUCT(MyShare, (), (organisation, name, fields, until))
// GET /api/v1/mine
struct MyPage {
  std::string shown;
  std::vector<MyStep> steps;
  std::vector<MyAppointment> appointments;
  std::vector<Follower> followers;
  std::vector<MyShare> shares;
  std::vector<LedgerItem> reads;  // who read my file, newest first
  bool trust_due = false;         // the questions may be asked again
};
BOOST_DESCRIBE_STRUCT(MyPage, (), (shown, steps, appointments, followers, shares, reads, trust_due))
// POST /api/v1/mine/stop {organisation absent: all}
struct StopSharing {
  std::optional<SubjectId> organisation;
};
BOOST_DESCRIBE_STRUCT(StopSharing, (), (organisation))
// POST /api/v1/mine/trust: items of `confiance-1` (5.6), each may be skipped.
struct TrustAnswer {
  std::string item;
  std::int32_t value = 0;  // 0 to 10
};
BOOST_DESCRIBE_STRUCT(TrustAnswer, (), (item, value))
struct AnswerTrust {
  std::string instrument;
  std::vector<TrustAnswer> answers;
  bool refused = false;
};
BOOST_DESCRIBE_STRUCT(AnswerTrust, (), (instrument, answers, refused))
// POST /api/v1/mine/odd: "ça me paraît bizarre", to the data-protection officer.
struct SayOdd {
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(SayOdd, (), (words))

// GET /api/v1/ledger/odd: for the data-protection officer, newest first.
struct OddRow {
  SubjectId person;
  CivilDate on;
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(OddRow, (), (person, on, words))
struct OddList {
  std::vector<OddRow> rows;
};
BOOST_DESCRIBE_STRUCT(OddList, (), (rows))

// GET /api/v1/people/{person}/appointments/{appointment}/ics: text/calendar
struct AppointmentQuery {
  SubjectId person;
  EntryId appointment;
};
BOOST_DESCRIBE_STRUCT(AppointmentQuery, (), (person, appointment))

// ---- a relay to an organisation outside the platform
// POST /api/v1/relays/{person}/{relay}/link -> token and a six-digit code to be said by voice.
struct RelayQuery {
  SubjectId person;
  EntryId relay;
};
BOOST_DESCRIBE_STRUCT(RelayQuery, (), (person, relay))
struct OutsideLink {
  std::string token;
  std::string code;
  CivilDate until;  // five open days
};
BOOST_DESCRIBE_STRUCT(OutsideLink, (), (token, code, until))
// POST /api/v1/outside/open {token, code}: opens once. GET of the page shows and consumes nothing.
struct OpenOutside {
  std::string token;
  std::string code;
};
BOOST_DESCRIBE_STRUCT(OpenOutside, (), (token, code))
struct OutsideView {
  std::string initials;
  std::string need;
  std::string from;
  std::optional<std::string> answer_to;  // how to answer: the organisation's line
  std::string answer;                    // a token to accept or decline with, once
};
BOOST_DESCRIBE_STRUCT(OutsideView, (), (initials, need, from, answer_to, answer))
struct AnswerOutside {
  std::string answer;
  bool accepts = false;
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(AnswerOutside, (), (answer, accepts, words))

}  // namespace filrouge::api
