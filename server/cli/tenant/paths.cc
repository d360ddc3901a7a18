#include "server/cli/tenant/paths.h"

#include <algorithm>
#include <tuple>

#include "core/measure/survey.h"
#include "core/people/own_page.h"
#include "core/people/sharing.h"
#include "server/cli/tenant/calendar.h"

namespace filrouge {

namespace {

constexpr std::string_view kWording = "partage-1";
constexpr std::int32_t kMeetingAfterDays = 7;

template <class Choice>
Choice choice_of(const std::string& word) {
  const auto choice = json::enum_value<Choice>(word);
  verify(choice.has_value());  // the tenant file was checked
  return *choice;
}

template <class List>
const auto& nth(const List& list, std::int64_t number) {
  return list[static_cast<std::size_t>(number) % list.size()];
}

const TenantAccount& account_named(const Tenant& tenant, const std::string& login) {
  return *std::find_if(tenant.accounts.begin(), tenant.accounts.end(),
                       [&](const TenantAccount& one) { return one.login == login; });
}

}  // namespace

void Paths::play_until(CivilDate date, std::int32_t minute) {
  while (!is_done() && std::tie(turns_[next_].date, turns_[next_].minute) < std::tie(date, minute))
    play_next();
}

void Paths::play_next() { play(turns_[next_++]); }

void Paths::play(const Turn& turn) {
  const LocalStamp at = stamp_at(tenant_.zone, turn.date, turn.minute);
  switch (turn.act) {
    case Act::signal:
    case Act::meet:
    case Act::see:
    case Act::open:
      return play_met(turn, at);
    case Act::point:
    case Act::work:
    case Act::lift:
      return play_barrier(turn, at);
    case Act::step:
    case Act::delivery:
      return play_plan(turn, at);
    case Act::appointment:
    case Act::upcoming:
      return play_appointment(turn, at);
    case Act::share:
      return play_share(turn, at);
    case Act::relay:
      return play_relay(turn, at);
    case Act::exit:
    case Act::check:
    case Act::end:
      return play_exit(turn, at);
    case Act::survey:
      return play_survey(turn, at);
    case Act::trust:
      return play_trust(turn, at);
  }
}

void Paths::play_met(const Turn& turn, const LocalStamp& at) {
  Person& who = persons_[turn.person];
  const PathRule& rule = *who.rule;
  const SubjectId team = cast_.teams.at(rule.team);
  std::optional<SubjectId> project;
  if (rule.project) project = cast_.projects.at(*rule.project);
  Chance chance{tenant_.seed, "met", rule.key, std::to_string(who.number)};
  if (who.alias.empty())
    who.alias = nth(tenant_.people.aliases, static_cast<std::int64_t>(chance.next() >> 8)) + " " +
                std::to_string(who.number + 1);
  if (turn.act == Act::signal) {
    SignalReceived signal;
    signal.team = team;
    signal.project = project;
    signal.prescriber = choice_of<Prescriber>(turn.word);
    signal.who = who.alias;
    signal.person_told = true;
    diary_.note("signal_received", who.author, who.id, at, signal);
  } else if (turn.act == Act::open) {
    diary_.note("pathway_opened", who.author, who.id, at,
                PathwayOpened{who.organisation, team, who.author, project});
  } else {
    if (turn.act == Act::meet) {
      PersonCreated created;
      created.alias = who.alias;
      created.team = team;
      created.project = project;
      created.recognise = nth(tenant_.people.recognise, static_cast<std::int64_t>(who.number));
      created.sex = json::enum_value<Sex>(chance.pick(rule.sex.value_or(tenant_.met.sex)));
      created.age_band =
          json::enum_value<AgeBand>(chance.pick(rule.age_band.value_or(tenant_.met.age_band)));
      diary_.note("person_created", who.author, who.id, at, created);
    }
    Contact contact;
    contact.team = team;
    contact.project = project;
    contact.mode = choice_of<ContactMode>(rule.mode);
    if (rule.place && turn.act == Act::meet) contact.place = cast_.places.at(*rule.place);
    diary_.note("contact", who.author, who.id, at, contact);
  }
}

void Paths::play_barrier(const Turn& turn, const LocalStamp& at) {
  const Person& who = persons_[turn.person];
  if (turn.act == Act::point) {
    Diagnosis point;
    for (const Barrier barrier : who.barriers) {
      const BarrierLevel level = point.lines.empty() ? BarrierLevel::blocking : BarrierLevel::light;
      point.lines.push_back({barrier, level, SaidBy::person});
      point.first.push_back(barrier);
    }
    point.validated = true;
    diary_.note("diagnosis", who.author, who.id, at, point);
    return;
  }
  BarrierChanged change;
  change.organisation = who.organisation;
  change.barrier = who.barriers[static_cast<std::size_t>(turn.number)];
  change.status = turn.act == Act::work ? BarrierStatus::in_progress : BarrierStatus::lifted;
  diary_.note("barrier_changed", who.author, who.id, at, change);
}

void Paths::play_plan(const Turn& turn, const LocalStamp& at) {
  const Person& who = persons_[turn.person];
  const PathRule& rule = *who.rule;
  const auto number = static_cast<std::int64_t>(who.number) + turn.number;
  std::optional<Barrier> barrier;
  if (!who.barriers.empty()) barrier = nth(who.barriers, turn.number);
  if (turn.act == Act::step) {
    StepSet step;
    step.step = diary_.new_entry();
    step.organisation = who.organisation;
    SubjectId author = who.author;
    if (turn.word == "partner") {
      const std::string& login = rule.relays->to[who.relay_to].author;
      author = cast_.accounts.at(login);
      step.organisation = cast_.organisations.at(account_named(tenant_, login).organisation);
    }
    step.account = author;
    step.what = nth(rule.step_texts, number);
    step.barrier = barrier;
    step.status = StepStatus::accepted;
    step.person_agrees = true;
    diary_.note("step_set", author, who.id, at, step);
    return;
  }
  Delivery delivery;
  delivery.organisation = who.organisation;
  delivery.team = cast_.teams.at(rule.team);
  // "hébergement|housing": a service, and the barrier that it is for.
  const std::string& service = nth(rule.services, number);
  const auto bar = service.find('|');
  delivery.service = service.substr(0, bar);
  delivery.barrier =
      bar == std::string::npos ? barrier : json::enum_value<Barrier>(service.substr(bar + 1));
  delivery.minutes = 30;
  diary_.note("delivery", who.author, who.id, at, delivery);
}

void Paths::play_appointment(const Turn& turn, const LocalStamp& at) {
  const Person& who = persons_[turn.person];
  AppointmentSet set;
  set.appointment = diary_.new_entry();
  set.organisation = who.organisation;
  set.account = who.author;
  set.on = turn.date;
  set.minute = turn.minute;
  set.status = AppointmentStatus::kept;
  if (turn.act == Act::upcoming) {
    set.on = turn.date.plus_days(static_cast<std::int32_t>(turn.number));
    set.minute = 10 * 60;
    set.status = AppointmentStatus::planned;
  }
  diary_.note("appointment_set", who.author, who.id, at, set);
}

bool Paths::is_outside(const Person& person) const {
  return person.relay_to >= person.rule->relays->to.size();
}

void Paths::play_share(const Turn& turn, const LocalStamp& at) {
  Person& who = persons_[turn.person];
  SharingAgreed agreed;
  if (!is_outside(who)) {
    const RelayTo& to = who.rule->relays->to[who.relay_to];
    agreed.organisation = cast_.organisations.at(account_named(tenant_, to.author).organisation);
    agreed.fields = {SharedField::alias, SharedField::age_band, SharedField::goals};
  }
  agreed.wording = kWording;
  Chance chance{tenant_.seed, "receipt", who.rule->key, std::to_string(who.number)};
  agreed.receipt_number =
      std::to_string(1000 + chance.below(9000)) + "-" + std::to_string(1000 + chance.below(9000));
  who.consent = diary_.note("sharing_agreed", who.author, who.id, at, agreed);
}

void Paths::play_relay(const Turn& turn, const LocalStamp& at) {
  Person& who = persons_[turn.person];
  const RelayRule& rule = *who.rule->relays;
  Relay body;
  body.act = choice_of<RelayAct>(turn.word);
  const bool begins = body.act == RelayAct::proposed;
  if (begins) who.relay = diary_.new_entry();
  body.relay = who.relay;
  SubjectId author = who.author;
  body.organisation = who.organisation;
  const bool of_sender = begins || body.act == RelayAct::cancelled ||
                         body.act == RelayAct::withdrawn || body.act == RelayAct::broken;
  if (!is_outside(who) && !of_sender) {
    const RelayTo& to = rule.to[who.relay_to];
    author = cast_.accounts.at(to.author);
    body.organisation = cast_.organisations.at(account_named(tenant_, to.author).organisation);
    if (body.act == RelayAct::taken_over) {
      body.referent = author;
      body.team = cast_.teams.at(to.team);
    }
  }
  if (begins) {
    if (is_outside(who)) {
      body.to_outside = rule.outside[who.relay_to - rule.to.size()];
    } else {
      body.to =
          cast_.organisations.at(account_named(tenant_, rule.to[who.relay_to].author).organisation);
    }
    body.need = nth(rule.needs, static_cast<std::int64_t>(who.number));
    body.consent = who.consent;
  } else {
    body.after = who.head;
  }
  if (body.act == RelayAct::declined) body.because = DeclinedBecause::full;
  if (body.act == RelayAct::returned || body.act == RelayAct::broken)
    body.because = DeclinedBecause::other_better;
  if (body.act == RelayAct::meeting_set)
    body.meeting = MeetingPlan{turn.date.plus_days(kMeetingAfterDays), 10 * 60, std::nullopt};
  who.head = diary_.note("relay", author, who.id, at, body);
}

void Paths::play_exit(const Turn& turn, const LocalStamp& at) {
  Person& who = persons_[turn.person];
  if (turn.act == Act::end) {
    diary_.note("following_ended", who.author, who.id, at,
                FollowingEnded{choice_of<EndedBecause>(turn.word)});
  } else if (turn.act == Act::check) {
    CheckIn check;
    check.exit = who.exit;
    check.situation = choice_of<Situation>(turn.word);
    check.on = turn.date;
    diary_.note("check_in", who.author, who.id, at, check);
  } else {
    ExitDeclared exit;
    exit.organisation = who.organisation;
    exit.team = cast_.teams.at(who.rule->team);
    if (who.rule->project) exit.project = cast_.projects.at(*who.rule->project);
    exit.type = choice_of<ExitType>(turn.word);
    exit.from = turn.date;
    exit.evidence = who.number % 3 == 0 ? Evidence::contract_seen : Evidence::declared;
    who.exit = diary_.note("exit", who.author, who.id, at, exit);
  }
}

void Paths::play_survey(const Turn& turn, const LocalStamp& at) {
  const Person& who = persons_[turn.person];
  const auto which = static_cast<std::size_t>(turn.number);
  const SurveyRule& rule = who.rule->surveys[which];
  const auto& decks = decks_.at(who.rule).surveys[which];
  SurveyAnswered answered;
  answered.instrument = rule.instrument;
  answered.moment = choice_of<SurveyMoment>(rule.moment);
  if (who.rule->project) answered.project = cast_.projects.at(*who.rule->project);
  for (std::size_t i = 0; i < rule.items.size(); ++i) {
    const std::string& answer = decks[i].of(who.number);
    if (answer != "unknown") answered.answers.push_back({rule.items[i].item, answer});
  }
  answered.refused = answered.answers.empty();
  diary_.note("survey_answered", who.author, who.id, at, answered);
}

// On her own page: no account is its author (decision 0018).
void Paths::play_trust(const Turn& turn, const LocalStamp& at) {
  const Person& who = persons_[turn.person];
  const TrustRule& rule = *who.rule->trust;
  Chance chance{tenant_.seed, "trust", who.rule->key, std::to_string(who.number), turn.word};
  TrustAnswered answered{std::string(kTrustInstrument), {}, chance.percent(rule.refused_percent)};
  const Span& values = turn.word == "entry" ? rule.entry : rule.later;
  for (const SurveyItem& item : find_survey(kTrustInstrument)->items)
    if (item.group == "institutions" && !answered.refused)
      answered.answers.push_back({item.key, static_cast<std::int32_t>(chance.between(values))});
  diary_.note("trust_answered", SubjectId{}, who.id, at, answered);
}

}  // namespace filrouge
