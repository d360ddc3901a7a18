// A seeded world: people with phones, a network that loses, doubles, delays and cuts, one node that
// crashes, loses power, is backed up and restored; true time from one queue of events. Everything
// runs on one thread and follows from the seed. After the last day the faults end, the phones send
// what they have, and the checkers look (sim/checks.cc).
//
//   World world(42);
//   world.run();
//   if (!world.findings().empty()) print(world.story_of(world.findings()[0]));
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/node.h"
#include "sim/phone.h"
#include "sim/story.h"
#include "sim/truth.h"

namespace filrouge::sim {

// What can go wrong in this world, drawn from its seed: no two worlds are hard in the same way.
struct Weather {
  std::int64_t days = 2;
  std::int64_t acts = 120;
  std::size_t servers = 1;
  std::int64_t lost_percent = 0;
  std::int64_t doubled_percent = 0;
  std::int64_t slow_percent = 0;
  std::int64_t cut_percent = 0;
  std::int64_t offline_percent = 0;      // of the time
  std::int64_t node_crash_percent = 0;   // of what it serves
  std::int64_t phone_crash_percent = 0;  // of what it does
  std::int64_t wrong_clock_percent = 0;  // of the phones
  std::int64_t overtaken_percent = 0;    // of the appends, with two servers
  std::int64_t together_percent = 0;     // of the acts, with the one before
  std::int64_t restores = 0;
  std::int64_t thread_acts = 0;       // of pathways and relays
  std::int64_t at_desk_percent = 0;   // of these
  std::int64_t outdated_percent = 0;  // of these: who writes has not seen the last ones
  std::int64_t crossing_percent = 0;  // of the acts of a relay: the other side speaks as well
};

struct Finding {
  std::string what;
  std::vector<std::string> names;  // what it is about
};

class World {
 public:
  explicit World(std::uint64_t seed);

  void run();
  const std::vector<Finding>& findings() const { return findings_; }
  std::uint64_t hash() const { return story_.hash(); }
  std::int64_t notes() const { return static_cast<std::int64_t>(truth_.notes.size()); }
  std::int64_t excused() const { return excused_; }
  std::string weather_text() const;
  std::string story_of(const Finding& finding) const { return story_.about(finding.names); }
  std::string whole_story() const { return story_.whole(); }

 private:
  using Work = std::function<void()>;
  struct Reply {
    int status = 0;
    std::string body;
  };
  using Serve = std::function<Reply(App&)>;
  using Hear = std::function<void(const std::optional<Reply>&)>;

  // ---- town.cc: who there is, before anything goes wrong
  bool found_town();
  bool open_account(App& app, const Caller& proposer, const Caller& confirmer, Account account);
  bool settle(App& app, const Caller& admin);
  bool give_phones();
  bool enrol(Phone& phone, App& app);

  // ---- world.cc: time, the network and the node's life
  void at(Instant when, Work work);
  void after(std::int64_t ms, Work work) { at({clock_.now().ms + ms}, std::move(work)); }
  void play_until(Instant end);
  void post(std::size_t phone, Serve serve, Hear hear);
  void arrive(std::int64_t number);
  bool serve(std::size_t server, const std::function<void(App&)>& work);
  void overtake(std::size_t server);
  void speak_of_the_same(std::size_t server);
  void crash_node();
  void open_node();
  void restore_node();
  void redo_on_paper();
  void do_jobs();
  std::size_t any_server();
  void schedule_node_life();

  // ---- phone.cc
  Instant wall(const Phone& phone) { return {clock_.now().ms + phone.clock_off_ms}; }
  void step(std::size_t phone, SyncEvent event);
  void take_in(std::size_t phone);
  void wake(std::size_t phone, bool forced);
  void send(std::size_t phone, const SyncAction& action);
  void hear_nothing(std::size_t phone);
  void hear_sync(std::size_t phone, const std::optional<Reply>& reply);
  Reply serve_sync(App& app, const std::string& token, std::size_t phone, const std::string& body);
  void sign_in(std::size_t phone);
  void pull(std::size_t phone);
  void read_people(std::size_t phone, std::size_t team);
  bool maybe_crash(std::size_t phone);
  void restart_phone(std::size_t phone);
  void evict(std::size_t phone);

  // ---- acts.cc: what people do
  void schedule_acts();
  void act();
  void note_something(std::size_t phone);
  void note(std::size_t phone, std::string_view kind, SubjectId subject, json::Value body,
            Note about);
  template <class Body>
  void note(std::size_t phone, std::string_view kind, SubjectId subject, const Body& body,
            Note about) {
    note(phone, kind, subject, json::parse(json::encode(body)).value(), std::move(about));
  }
  void note_person(std::size_t phone, std::size_t team);
  void note_contact(std::size_t phone, std::size_t person);
  void note_described(std::size_t phone, std::size_t person);
  void note_consent(std::size_t phone, std::size_t person);
  void note_round(std::size_t phone, std::size_t team);
  void note_encounter(std::size_t phone, std::size_t team);
  void note_about_team(std::size_t phone, std::size_t team);
  void take_back(std::size_t phone);
  void spoil(Note& note);
  std::string at_person(const Note& note) const;

  // ---- thread_acts.cc: pathways and relays, what is shared and what is taken back
  struct Actor {
    std::size_t account = 0;
    std::optional<std::size_t> phone;  // absent: at a desk
  };
  void schedule_threads();
  void act_in_thread();
  void go_on(std::size_t person, const Thread& thread);
  void say_anything(const Actor& actor, std::size_t person, const Thread& thread);
  void go_on_with_relay(std::size_t person, const Thread& thread);
  void begin_relay(const Actor& actor, std::size_t person, const Thread& thread);
  void answer_relay(const Actor& actor, std::size_t person, const Thread& thread, EntryId relay,
                    RelayAct act);
  void open_pathway(const Actor& actor, std::size_t person);
  void name_referent(const Actor& actor, std::size_t person, const Thread& thread);
  void agree(const Actor& actor, std::size_t person, const Thread& thread, SubjectId with);
  void withdraw(const Actor& actor, std::size_t person);
  void diagnose(const Actor& actor, std::size_t person);
  void change_barrier(const Actor& actor, std::size_t person);
  void set_step(const Actor& actor, std::size_t person, const Thread& thread);
  void end_or_resume(const Actor& actor, std::size_t person, bool ends);
  template <class Body>
  void say(const Actor& actor, std::string_view kind, const Body& body, Note about) {
    json::Value value = json::parse(json::encode(body)).value();
    const SubjectId subject = truth_.persons[*about.person].id;
    if (actor.phone) return note(*actor.phone, kind, subject, std::move(value), std::move(about));
    note_at_desk(actor.account, kind, subject, std::move(value), std::move(about));
  }
  void note_at_desk(std::size_t account, std::string_view kind, SubjectId subject, json::Value body,
                    Note about);
  Note about_person(const Actor& actor, std::size_t person);
  std::string word(Note& about, Word::Of of, EntryId relay = {});
  std::optional<Actor> somebody(std::size_t organisation, std::size_t person, const Thread& thread);
  std::optional<std::size_t> colleague(std::size_t organisation, std::size_t person);
  std::size_t some_team_of(std::size_t account, std::size_t person);
  SubjectId own_organisation(const Actor& actor) const {
    return truth_.organisations[truth_.accounts[actor.account].organisation].id;
  }
  Thread seen_by(const Actor& actor, std::size_t person);
  CivilDate today() const;

  // ---- desk.cc: what is done at a desk, on the node
  void desk_act();
  void erase(std::size_t person);
  void learn_of_erasures();
  void revoke(std::size_t account);
  void revoke_somebody();
  bool may_lose(std::size_t account) const;
  void declare_phone_lost(std::size_t phone);
  void move_account();
  void set_teams(std::size_t account);
  void try_again(std::size_t account, Work work);
  void resolve_waiting();
  void pry();
  std::optional<Caller> caller_of(App& app, std::size_t account);
  std::optional<std::size_t> account_with(Role role, std::optional<std::size_t> team) const;
  std::optional<std::size_t> worker_of(std::size_t team) const;

  // ---- checks.cc
  // Her entries as the journal has them after an answer, and how many there were before it.
  struct Told {
    std::size_t before = 0;
    std::vector<Heard> heard;
  };
  void judge(const Note& note, const SyncResult& result, std::int64_t version_before,
             const Told* told);
  bool is_wrong(const Note& note, bool accepted, const Told* told, std::string& why);
  void judge_people(App& app, std::size_t reader, std::size_t team, const api::PeopleList& list);
  void judge_ledger(App& app, std::size_t reader, const std::vector<SubjectId>& named);
  // thread_checks.cc
  std::optional<std::vector<Heard>> heard_of(std::size_t person);
  std::optional<Thread> thread_now(std::size_t person);
  void check_thread(App& app, std::size_t person);
  std::string wrong_referent(const Thread& thread, const PersonState& state);
  std::string wrong_relay(const Thread& thread, const PersonState& state);
  void check_passed_on();
  void read_all(App& app, std::size_t reader, const Caller& caller, std::size_t person);
  template <class Answer>
  void judge_shown(std::size_t reader, std::size_t person, const Thread& thread,
                   const Result<Answer>& answer, std::string_view where);
  void judge_words(std::size_t reader, std::size_t person, const Thread& thread,
                   const std::string& answer, std::string_view where, bool on_board = false);
  void judge_barriers(std::size_t reader, std::size_t person, const Thread& thread,
                      const PersonState& shown);
  void check_threads(App& app);
  void check_boxes(App& app, std::size_t person, const Thread& thread);
  bool is_in_box(App& app, std::size_t account, EntryId relay);
  bool is_on_board(App& app, std::size_t organisation, EntryId relay);

  void heal();
  void check_quiet();
  bool names_no_team_yet(const Note& note);
  void check_everything();
  void check_acknowledged();
  void check_quarantine(App& app);
  bool is_with(std::size_t person, std::size_t team);
  bool has_card(std::size_t person);
  void check_cards(App& app);
  void check_lists(App& app);
  void check_facts(App& app);
  void check_clocks();
  void check_erased();
  void check_verify(App& app);
  std::optional<Instant> received(const Note& note);
  void find(std::string what, std::vector<std::string> names = {});

  std::uint64_t seed_;
  Chance chance_;
  Chance of_acts_;
  Chance of_network_;
  Chance of_faults_;
  Chance of_threads_;
  Weather weather_;
  WorldClock clock_;
  Story story_;
  Disk disk_;
  DiskInUse in_use_;
  SeededRandom random_;
  std::unique_ptr<Crypto> crypto_;
  Node node_;
  Truth truth_;
  std::vector<Phone> phones_;
  Bytes32 sealing_key_{};

  std::map<std::pair<std::int64_t, std::int64_t>, Work> events_;
  std::int64_t events_made_ = 0;
  // Requests on their way, by number: the first one can be taken before its turn by another server.
  struct Arrival {
    std::size_t server = 0;
    Work work;
  };
  std::map<std::int64_t, Arrival> arrivals_;
  int serving_ = 0;                           // how many servers are inside a request
  std::optional<std::size_t> overtaking_;     // the server that comes in between just now
  std::int64_t overtaken_ = 0;                // how often another server came in between
  std::optional<std::size_t> serving_about_;  // the person of the request that is being served
  bool healing_ = false;
  std::int64_t backups_ = 0;
  Instant last_backup_;
  std::int64_t restored_ = 0;
  std::int64_t excused_ = 0;
  std::map<std::size_t, std::optional<Instant>> received_;
  std::map<EntryId, Draft> by_node_;                     // what the program wrote itself
  std::map<std::size_t, std::vector<Heard>> last_told_;  // by person: while the node was up
  std::map<std::size_t, Hlc> desk_clocks_;               // by account
  std::vector<Finding> findings_;
};

}  // namespace filrouge::sim
