#include "test/disk/street_testing.h"

#include <cstdio>
#include <cstdlib>
#include <set>
#include <thread>

#include "server/app/search_tokens.h"
#include "server/store/sqlite/connection.h"
#include "server/store/sqlite/folder.h"

namespace filrouge {

namespace {

constexpr const char* kSyllables[] = {"ba", "lo", "mi", "ru", "ka", "ne", "so", "ti"};

}  // namespace

std::int64_t wanted(const char* name, std::int64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoll(text);
}

void tell_evidence(const char* row, std::int64_t size, const std::string& text) {
  if (testing::Test::HasFailure()) return;
  std::printf("EVIDENCE {\"row\":\"%s\",\"size\":%lld,\"bad\":0,\"text\":\"%s\"}\n", row,
              static_cast<long long>(size), text.c_str());
}

void expect_whole(const TestNode& node) {
  for (const std::string& path : {journal_path(node.folder()), keys_path(node.folder())}) {
    auto db = sqlite::Connection::open({.path = path, .read_only = true, .vfs = torn_vfs()});
    ASSERT_TRUE(db.ok()) << path << " " << db.error().detail;
    const auto said =
        (*db)->one("PRAGMA integrity_check", [](const sqlite::Row& row) { return row.text(0); });
    ASSERT_TRUE(said.ok()) << said.error().detail;
    EXPECT_EQ(said->value_or(""), "ok") << path;
  }
}

Street::Street(TestNode& node, std::uint64_t seed)
    : node_(&node),
      random_(seed),
      organisation_(node.organisation("Prévention")),
      team_(node.team(organisation_)),
      worker_(node.worker(team_)),
      phone_(node.phone(worker_)),
      reader_(node.caller(worker_)) {}

void Street::sign_in_again(TestNode& node) {
  node_ = &node;
  reader_ = node.caller(worker_);
}

void Street::forget_times() {
  for (Answer& answer : answers_) {
    answer.asked = 0;
    if (answer.answered != never_said) answer.answered = 0;
  }
}

bool Street::tell(Draft draft, Said expected) {
  const std::size_t index = answers_.size();
  answers_.push_back(
      {.said = expected, .asked = torn_disk().events(), .draft = draft, .subject = draft.subject});
  const auto answer = receive(node_->app(), phone_, {{node_->seal(draft)}, {}});
  if (!answer.ok()) return false;
  const SyncResult& result = answer->results.at(0);
  EXPECT_EQ(result.receipt, expected == Said::accepted ? Receipt::accepted : Receipt::quarantined)
      << draft.kind << " " << result.reason.value_or("");
  answers_[index].recv_seq = result.recv_seq;
  answers_[index].answered = torn_disk().events();
  return true;
}

Draft Street::contact_about(const Person& person) {
  Contact contact;
  contact.team = team_;
  contact.note = "note " + std::to_string(random_.below(1'000'000));
  return node_->draft("contact", person.id, worker_, contact);
}

bool Street::make_person() {
  Person person{random_.id<SubjectId>(), {}, {}};
  for (int i = 0; i < 5; ++i) person.alias += kSyllables[random_.below(8)];
  PersonCreated created;
  created.alias = person.alias;
  created.team = team_;
  persons_.push_back(person);
  return tell(node_->draft("person_created", person.id, worker_, created), Said::accepted);
}

// From four threads at once: they are committed together.
bool Street::tell_many() {
  std::vector<Draft> drafts;
  for (int i = 0; i < 4; ++i) drafts.push_back(contact_about(someone()));
  std::vector<Answer> said(drafts.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const api::SealedDraft sealed = node_->seal(drafts[i]);
    said[i] = {.said = Said::accepted,
               .asked = torn_disk().events(),
               .draft = drafts[i],
               .subject = drafts[i].subject};
    threads.emplace_back([this, sealed, &one = said[i]] {
      const auto answer = receive(node_->app(), phone_, {{sealed}, {}});
      if (!answer.ok()) return;
      EXPECT_EQ(answer->results.at(0).receipt, Receipt::accepted);
      one.recv_seq = answer->results.at(0).recv_seq;
      one.answered = torn_disk().events();
    });
  }
  for (std::thread& thread : threads) thread.join();
  bool all = true;
  for (const Answer& one : said) {
    all = all && one.answered != never_said;
    answers_.push_back(one);
  }
  return all;
}

bool Street::erase() {
  const auto index =
      static_cast<std::size_t>(random_.below(static_cast<std::int64_t>(persons_.size())));
  const SubjectId person = persons_[index].id;
  const auto entries = node_->store->entries_of(person);
  if (!entries.ok()) return false;
  persons_.erase(persons_.begin() + static_cast<std::ptrdiff_t>(index));
  answers_.push_back({.said = Said::erased, .asked = torn_disk().events(), .subject = person});
  const std::size_t at = answers_.size() - 1;
  if (!erase_person(node_->app(), reader_, {person, "person"}).ok()) return false;
  for (const StoredEntry& entry : *entries)
    pieces_[person].push_back(entry.entry.ciphertext.substr(40, 32));
  answers_[at].answered = torn_disk().events();
  return true;
}

bool Street::read_card() {
  const SubjectId person = someone().id;
  answers_.push_back({.said = Said::read, .asked = torn_disk().events(), .subject = person});
  const std::size_t at = answers_.size() - 1;
  if (!person_card(node_->app(), reader_, {person}).ok()) return false;
  answers_[at].answered = torn_disk().events();
  return true;
}

bool Street::take_back() {
  Person& person = someone();
  if (person.contacts.empty()) return true;
  const EntryId entry = person.contacts.back();
  person.contacts.pop_back();
  return tell(node_->draft("undone", person.id, worker_, Undone{entry, "person"}), Said::accepted);
}

bool Street::phone_again() {
  const auto enrolled = enrol_device(node_->app(), reader_, {"téléphone"});
  if (!enrolled.ok()) return false;
  auto caller = caller_of_device(node_->app(), enrolled->token, "");
  if (!caller.ok()) return false;
  phone_ = std::move(*caller);
  return true;
}

bool Street::step() {
  node_->clock.add_minutes(1);
  const std::int64_t dice = random_.below(100);
  if (dice < 18 || persons_.size() < 3) return make_person();
  if (dice < 50) {
    Person& person = someone();
    const Draft draft = contact_about(person);
    person.contacts.push_back(draft.id);
    return tell(draft, Said::accepted);
  }
  if (dice < 58) {
    Encounter encounter;
    encounter.count = 2;
    encounter.team = team_;
    return tell(node_->draft("encounter", team_, worker_, encounter), Said::accepted);
  }
  if (dice < 63) {
    IdentityGiven identity;
    identity.first_name = "Prénom";
    return tell(node_->draft("identity_given", someone().id, worker_, identity), Said::accepted);
  }
  if (dice < 69) {
    Draft draft = contact_about(someone());
    draft.author = random_.id<SubjectId>();
    return tell(std::move(draft), Said::quarantined);
  }
  if (dice < 77) return read_card();
  if (dice < 82) return take_back();
  if (dice < 84) return phone_again();
  if (dice < 92) return tell_many();
  return erase();
}

std::vector<std::string> Street::erased_pieces(std::size_t cut) const {
  std::vector<std::string> all;
  for (const Answer& answer : answers_) {
    if (answer.said != Said::erased || answer.answered > cut) continue;
    const auto pieces = pieces_.find(answer.subject);
    if (pieces != pieces_.end())
      all.insert(all.end(), pieces->second.begin(), pieces->second.end());
  }
  return all;
}

bool Street::is_being_erased(SubjectId subject, std::size_t cut) const {
  for (const Answer& answer : answers_)
    if (answer.said == Said::erased && answer.subject == subject && answer.asked <= cut)
      return true;
  return false;
}

void Street::expect_erased(TestNode& node, SubjectId person) const {
  EXPECT_EQ(rule_of(node.keys->current(SealScope::person, person)), "destroyed");
  EXPECT_TRUE(value(node.store->entries_of(person)).empty());
  EXPECT_FALSE(value(node.store->state(person)).has_value());
}

void Street::expect_answer(TestNode& node, const Answer& answer, std::size_t cut) const {
  const EntryId id = answer.draft.id;
  switch (answer.said) {
    case Said::erased:
      return expect_erased(node, answer.subject);
    case Said::accepted: {
      EXPECT_EQ(value(node.store->find_entry(id)).value_or(0), answer.recv_seq);
      if (is_being_erased(answer.subject, cut)) return;
      const auto counts = value(node.store->count_entries({id}));
      ASSERT_EQ(counts.size(), 1U) << answer.draft.kind;
      EXPECT_EQ(counts[0].journal, 1);
      return;
    }
    case Said::quarantined:
      if (!is_being_erased(answer.subject, cut)) {
        EXPECT_TRUE(value(node.store->quarantined(id)).has_value());
      }
      return;
    case Said::read: {
      std::size_t told = 0;
      for (const Answer& other : answers_)
        if (other.said == Said::read && other.subject == answer.subject && other.answered <= cut)
          ++told;
      EXPECT_GE(value(node.store->ledger(answer.subject, {}, 1'000)).size(), told);
      return;
    }
  }
}

// By her alias, through the search tokens.
void Street::expect_found(TestNode& node, std::size_t cut) const {
  for (const Answer& answer : answers_) {
    if (answer.answered > cut || answer.draft.kind != "person_created") continue;
    if (is_being_erased(answer.subject, cut)) continue;
    const std::string alias = answer.draft.body.find("alias")->text();
    const auto found = value(find_candidates(node.app(), organisation_, alias));
    ASSERT_TRUE(found.has_value());
    EXPECT_NE(std::find(found->begin(), found->end(), answer.subject), found->end());
  }
}

void Street::expect_kept(TestNode& node, std::size_t cut) const {
  value(finish_erasures(node.app()));
  for (const Answer& answer : answers_)
    if (answer.answered <= cut) expect_answer(node, answer, cut);
  expect_found(node, cut);
  std::set<EntryId> there;
  std::int64_t last = 0;
  for (const LogRow& row : value(node.store->log_after(0, 1'000'000))) {
    EXPECT_EQ(row.recv_seq, ++last);
    if (row.entry) {
      EXPECT_TRUE(there.insert(row.entry->envelope.id).second);
    }
  }
  EXPECT_EQ(node.verify().findings, std::vector<std::string>{});
}

void Street::send_again(TestNode& node, std::size_t cut) {
  for (const Answer& answer : answers_) {
    const bool sent = answer.said == Said::accepted || answer.said == Said::quarantined;
    if (!sent || answer.answered <= cut) continue;
    // Its subject may be erased, or not there yet, or there: an answer of its own all the same.
    const auto results =
        value(receive(node.app(), phone_, {{node.seal(answer.draft)}, {}})).results;
    ASSERT_EQ(results.size(), 1U);
  }
  EXPECT_EQ(node.verify().findings, std::vector<std::string>{});
}

}  // namespace filrouge
