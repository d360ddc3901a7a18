// The pathways of a demonstration, played beside the street: every person of a PathRule is met,
// followed, met again, passed on, and leaves, on days drawn from the seed. What the file shares out
// (exits, answers, outcomes of relays) is shared out exactly over the persons of the rule.
//
//   Paths paths(tenant, cast, diary, range);
//   paths.play_until(day, minute);     // all that comes before; again with the next happening
//   while (!paths.is_done()) paths.play_next();
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/pathway/entries.h"
#include "core/relay/entries.h"
#include "server/cli/tenant/cast.h"
#include "server/cli/tenant/chance.h"
#include "server/cli/tenant/diary.h"

namespace filrouge {

class Paths {
 public:
  Paths(const Tenant& tenant, const Cast& cast, Diary& diary, const DayRange& range);

  void play_until(CivilDate date, std::int32_t minute);
  bool is_done() const { return next_ == turns_.size(); }
  void play_next();

 private:
  enum class Act {
    signal,
    meet,
    see,
    open,
    point,
    work,
    lift,
    step,
    appointment,
    upcoming,
    delivery,
    share,
    relay,
    exit,
    check,
    end,
    survey,
    trust
  };
  struct Turn {
    CivilDate date;
    std::int32_t minute = 0;
    std::size_t person = 0;
    Act act = Act::see;
    std::int64_t number = 0;  // which step, survey, check (in days)
    std::string word;         // exit type, act of a relay, prescriber
  };
  struct Person {
    const PathRule* rule = nullptr;
    std::size_t number = 0;  // in its rule
    SubjectId id;
    SubjectId author;
    SubjectId organisation;
    std::vector<Barrier> barriers;
    std::string alias;
    std::int32_t slot = 0;  // minutes after the rule's hour, one more each turn
    EntryId exit;
    std::string exit_type;
    std::size_t relay_to = 0;  // of the rule's lists
    EntryId relay;
    EntryId head;  // the last act of the relay
    EntryId consent;
  };
  // Words shared out over the persons of a rule, and dealt so that neighbours differ.
  class Deck {
   public:
    Deck() = default;
    Deck(const Weights& weights, std::int64_t total, Chance chance);
    const std::string& of(std::size_t number) const;

   private:
    std::vector<std::string> words_;
  };
  struct Decks {
    Deck signals, exits, relays;
    std::vector<std::vector<Deck>> surveys;  // [survey][item]
  };

  void plan_rule(const PathRule& rule);
  void plan_person(const PathRule& rule, const Decks& decks, std::size_t number, CivilDate day);
  CivilDate plan_following(std::size_t person, CivilDate second, Chance& chance);
  CivilDate plan_exit(std::size_t person, const Decks& decks, CivilDate second, Chance& chance);
  void plan_relay(std::size_t person, const std::string& outcome, CivilDate day, Chance& chance);
  void plan_surveys(std::size_t person, std::string_view moment, CivilDate day);
  void turn(std::size_t person, CivilDate day, Act act, std::int64_t number = 0,
            std::string word = {});
  CivilDate open_day(const PathRule& rule, CivilDate day) const;

  void play(const Turn& turn);
  void play_met(const Turn& turn, const LocalStamp& at);
  void play_plan(const Turn& turn, const LocalStamp& at);
  void play_barrier(const Turn& turn, const LocalStamp& at);
  void play_appointment(const Turn& turn, const LocalStamp& at);
  void play_relay(const Turn& turn, const LocalStamp& at);
  void play_share(const Turn& turn, const LocalStamp& at);
  void play_exit(const Turn& turn, const LocalStamp& at);
  void play_survey(const Turn& turn, const LocalStamp& at);
  void play_trust(const Turn& turn, const LocalStamp& at);
  bool is_outside(const Person& person) const;

  const Tenant& tenant_;
  const Cast& cast_;
  Diary& diary_;
  CivilDate last_;  // nothing happens after it
  CivilDate first_;
  bool goes_on_ = false;  // up to today: something is still to come
  std::vector<std::string> closed_;
  std::vector<Person> persons_;
  std::map<const PathRule*, Decks> decks_;
  std::vector<Turn> turns_;
  std::size_t next_ = 0;
};

}  // namespace filrouge
