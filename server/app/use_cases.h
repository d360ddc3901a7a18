// Every use case of the application, one line each; server/http/routes.cc binds them to addresses
// and rules, server/cli calls some directly. Requests and answers: server/app/api/.
#pragma once

#include "core/pathway/constraints.h"
#include "server/app/api/comparison.h"
#include "server/app/api/duplicates.h"
#include "server/app/api/figures.h"
#include "server/app/api/known.h"
#include "server/app/api/pathway.h"
#include "server/app/api/people.h"
#include "server/app/api/session.h"
#include "server/app/api/settings.h"
#include "server/app/api/street.h"
#include "server/app/app.h"

namespace filrouge {

// ---- session.cc, account.cc, devices.cc
struct OpenedSession {
  api::SessionInfo info;
  std::string token;  // goes into the cookie, nowhere else
};
Result<api::NodeInfo> node_info(App&, const Caller&, const api::Empty&);
Result<OpenedSession> sign_in(App&, const Caller&, const api::SignIn&);
Result<api::SessionInfo> session_info(App&, const Caller&, const api::Empty&);
Result<api::Empty> sign_out(App&, const Caller&, const api::Empty&);
Result<api::Empty> activate(App&, const Caller&, const api::Activate&);
Result<api::Empty> change_password(App&, const Caller&, const api::ChangePassword&);
// From the cookie's or the header's token to the caller; unauthenticated when there is none.
Result<Caller> caller_of_session(App&, const std::string& token, const std::string& address);
Result<Caller> caller_of_device(App&, const std::string& token, const std::string& address);
bool csrf_matches(App&, const Caller&, const std::string& csrf);
Result<api::EnrolledDevice> enrol_device(App&, const Caller&, const api::EnrolDevice&);
Result<api::DeviceList> own_devices(App&, const Caller&, const api::Empty&);
Result<api::DeviceList> all_devices(App&, const Caller&, const api::Empty&);
Result<api::Empty> declare_lost(App&, const Caller&, const api::DeclareLost&);

// ---- receive.cc: the only way in for work noted in the street
Result<api::SyncAnswer> receive(App&, const Caller&, const api::SyncRequest&);
// The same pipeline for a draft that did not cross the network (settings, demo, quarantine
// accepted by a human): check, access, decide, seal, append. The entry's recv_seq.
Result<std::int64_t> write_draft(App&, const Actor&, const Draft&);
// Many drafts of one writer in one durable append; all or none (demo, import).
Result<std::vector<std::int64_t>> write_drafts(App&, const Actor&, const std::vector<Draft>&);

// ---- the street
Result<api::Reference> reference(App&, const Caller&, const api::Empty&);
Result<api::Today> today(App&, const Caller&, const api::TodayQuery&);
Result<api::RoundList> list_rounds(App&, const Caller&, const api::RoundsQuery&);
Result<api::DayReportView> day_report(App&, const Caller&, const api::TodayQuery&);
Result<api::QuarantineList> list_quarantine(App&, const Caller&, const api::Empty&);
Result<api::Empty> resolve_quarantine(App&, const Caller&, const api::ResolveQuarantine&);
Result<api::OwnEntry> own_entry(App&, const Caller&, const api::OwnEntryQuery&);
// Which of one's own entries the journal holds, and how often (`filrouge device check`).
Result<api::KnownEntries> entries_known(App&, const Caller&, const api::EntryList&);

Result<ConstraintsSet> constraints(App&, const Caller&, const api::Empty&);

// ---- receipts.cc: what the node signed about its log
Result<Checkpoint> log_checkpoint(App&, const Caller&, const api::Empty&);
Result<LogProof> log_since(App&, const Caller&, const api::LogProofQuery&);
Result<EntryReceipt> entry_receipt(App&, const Caller&, const api::OwnEntryQuery&);

// ---- people
Result<api::PeopleList> list_people(App&, const Caller&, const api::PeopleQuery&);
Result<api::PersonCard> person_card(App&, const Caller&, const api::PersonQuery&);
Result<api::History> person_history(App&, const Caller&, const api::HistoryQuery&);
Result<api::LedgerList> person_ledger(App&, const Caller&, const api::PersonQuery&);
Result<api::LedgerList> organisation_ledger(App&, const Caller&, const api::Empty&);
Result<api::Empty> erase_person(App&, const Caller&, const api::ErasePerson&);
// Finishes erasures that a crash interrupted; called at start. The number finished.
Result<std::int64_t> finish_erasures(App&);

// ---- own_card.cc, my_page.cc: the young person's own page; mine.h: her session
Result<api::Card> issue_card(App&, const Caller&, const api::IssueCard&);
Result<api::MySession> open_mine(App&, const Caller&, const api::OpenMine&);
Result<api::Empty> close_mine(App&, const Caller&, const api::Empty&);
// From the token of X-Filrouge-Mine; unauthenticated when the session, or its card, is over.
Result<Caller> caller_of_mine(App&, const std::string& token, const std::string& address);
Result<api::MyPage> my_page(App&, const Caller&, const api::Empty&);
Result<api::Empty> stop_sharing(App&, const Caller&, const api::StopSharing&);
Result<api::Empty> answer_trust(App&, const Caller&, const api::AnswerTrust&);
Result<api::Empty> say_odd(App&, const Caller&, const api::SayOdd&);
// What was said there to the data-protection officer of her organisation.
Result<api::OddList> odd_words(App&, const Caller&, const api::Empty&);

// ---- outside.cc: a relay to an organisation outside the platform
Result<api::OutsideLink> make_outside_link(App&, const Caller&, const api::RelayQuery&);
Result<api::OutsideView> open_outside(App&, const Caller&, const api::OpenOutside&);
Result<api::Empty> answer_outside(App&, const Caller&, const api::AnswerOutside&);

// ---- signals.cc, link_people.cc, appointment_file.cc
Result<api::SignalList> list_signals(App&, const Caller&, const api::SignalQuery&);
Result<api::Empty> link_people(App&, const Caller&, const api::LinkPeople&);
Result<api::Empty> unlink_people(App&, const Caller&, const api::LinkPeople&);
// duplicates.cc, sought.cc
Result<api::PossibleDuplicates> list_duplicates(App&, const Caller&, const api::PersonQuery&);
Result<api::Empty> tell_apart(App&, const Caller&, const api::LinkPeople&);
Result<api::Empty> see_sought(App&, const Caller&, const api::SeeSought&);
Result<api::Download> appointment_file(App&, const Caller&, const api::AppointmentQuery&);
// ---- the pathway and the relay
Result<api::WrittenEntry> write_entry(App&, const Caller&, const api::WriteEntry&);
Result<api::PathwayView> person_pathway(App&, const Caller&, const api::PersonQuery&);
Result<api::Thread> person_thread(App&, const Caller&, const api::PersonQuery&);
Result<api::Followers> person_followers(App&, const Caller&, const api::PersonQuery&);
Result<api::SharingView> person_sharing(App&, const Caller&, const api::PersonQuery&);
Result<api::RelayBox> relay_box(App&, const Caller&, const api::Empty&);
Result<api::Board> board(App&, const Caller&, const api::Empty&);

// ---- comparison.cc, comparison_lists.cc, comparison_run.cc, comparison_pairs.cc,
// comparison_unseen.cc: lists of several partners, by one organisation
Result<api::OpenedComparison> open_comparison(App&, const Caller&, const api::OpenComparison&);
Result<api::ComparisonRows> list_comparisons(App&, const Caller&, const api::Empty&);
Result<api::Comparison> comparison(App&, const Caller&, const api::ComparisonQuery&);
Result<api::Empty> end_comparison(App&, const Caller&, const api::ComparisonQuery&);
// Those whose last day is over, by the program itself; the number ended.
Result<std::int64_t> end_comparisons(App&);
Result<api::AddedList> add_list(App&, const Caller&, const api::AddList&);
Result<api::Empty> put_list_piece(App&, const Caller&, const api::ListPiece&);
Result<api::ListPreview> preview_list(App&, const Caller&, const api::ListQuery&);
Result<api::ListPreview> map_list(App&, const Caller&, const api::MapList&);
Result<api::Empty> remove_list(App&, const Caller&, const api::ListQuery&);
Result<api::ComparisonResult> run_comparison(App&, const Caller&, const api::ComparisonQuery&);
Result<api::Empty> cancel_comparison(App&, const Caller&, const api::ComparisonQuery&);
Result<api::PairPage> comparison_pairs(App&, const Caller&, const api::PairsQuery&);
Result<api::JudgedPair> judge_pair(App&, const Caller&, const api::JudgePair&);
Result<api::UnseenPage> comparison_unseen(App&, const Caller&, const api::UnseenQuery&);
Result<api::CommuneCounts> comparison_communes(App&, const Caller&, const api::ComparisonQuery&);
Result<api::Download> comparison_csv(App&, const Caller&, const api::ComparisonQuery&);
Result<api::MadeSignals> make_signals(App&, const Caller&, const api::MakeSignals&);

// ---- figures
Result<api::Figure> figure(App&, const Caller&, const api::FigureQuery&);
Result<api::FigureEntries> figure_entries(App&, const Caller&, const api::FigureQuery&);
Result<api::Download> figure_csv(App&, const Caller&, const api::FigureQuery&);

// ---- settings
Result<api::OrganisationList> organisations(App&, const Caller&, const api::Empty&);
Result<api::Made> set_organisation(App&, const Caller&, const api::SetOrganisation&);
Result<api::TeamList> teams(App&, const Caller&, const api::Empty&);
Result<api::Made> set_team(App&, const Caller&, const api::SetTeam&);
Result<api::ProjectList> projects(App&, const Caller&, const api::Empty&);
Result<api::Made> set_project(App&, const Caller&, const api::SetProject&);
Result<api::PlaceList> places(App&, const Caller&, const api::Empty&);
Result<api::Made> set_place(App&, const Caller&, const api::SetPlace&);
Result<api::AccountList> accounts(App&, const Caller&, const api::Empty&);
Result<api::Made> propose_account(App&, const Caller&, const api::ProposeAccount&);
Result<api::ActivationCode> confirm_account(App&, const Caller&, const api::AccountQuery&);
Result<api::ActivationCode> new_activation_code(App&, const Caller&, const api::AccountQuery&);
Result<api::PassedOn> revoke_account(App&, const Caller&, const api::AccountQuery&);
Result<api::PassedOn> set_account_teams(App&, const Caller&, const api::SetAccountTeams&);
Result<api::CommuneList> find_communes(App&, const Caller&, const api::CommuneQuery&);

// ---- setting up without anybody (init, demo): an empty consortium and its first accounts
struct FirstAccount {
  SubjectId account;
  std::string login;
  std::string code;  // one-time activation code
};
Result<std::vector<FirstAccount>> found_consortium(App&, const std::string& organisation_name,
                                                   const std::vector<std::string>& logins);

// ---- verification and retention
struct VerifyReport {
  std::int64_t entries = 0;
  std::int64_t erased = 0;  // leaves whose entry is gone for good
  std::int64_t subjects = 0;
  std::int64_t facts = 0;
  std::vector<std::string> findings;  // empty: clean; each names what and where, no content
};
// Recomputes every leaf and the root, opens and folds every entry, compares states and facts with
// the read model.
Result<VerifyReport> verify_folder(App&);
// Facts whose place lies elsewhere since they were written, where a mark says so (stale_facts.h).
// How many.
Result<std::int64_t> refresh_facts(App&);
// Encounters older than limits::encounter_detail_days keep day and commune/QPV only. How many.
Result<std::int64_t> expire_encounter_detail(App&, Instant now);

}  // namespace filrouge
