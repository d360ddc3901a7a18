#include "server/cli/device/load.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <thread>
#include <unistd.h>

#include "core/base/text.h"
#include "core/journal/draft.h"
#include "server/cli/device/api_client.h"
#include "server/cli/device/outbox.h"
#include "server/cli/progress.h"
#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"

namespace filrouge {

namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

// The file of acknowledged ids: each answer is one write, so a crash of anybody leaves whole lines.
class AckedFile {
 public:
  ~AckedFile() {
    if (file_ >= 0) ::close(file_);
  }
  Status open(const std::string& path) {
    file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (file_ >= 0) return Done{};
    return refusal_of(
        "acked", path + " : " + std::string(tell("ne peut pas être écrit", "cannot be written")));
  }
  void add(const std::vector<SyncResult>& results) {
    std::string lines;
    for (const SyncResult& one : results)
      if (one.receipt != Receipt::quarantined) lines += one.id.hex() + "\n";
    const ssize_t written = ::write(file_, lines.data(), lines.size());
    verify(written == static_cast<ssize_t>(lines.size()));
  }

 private:
  int file_ = -1;
};

LocalStamp stamp_now(Instant now) {
  const std::time_t seconds = static_cast<std::time_t>(now.ms / 1000);
  std::tm wall{};
  localtime_r(&seconds, &wall);
  return LocalStamp::at(now, static_cast<std::int32_t>(wall.tm_gmtoff / 60));
}

// One phone: its token, its clock, its outbox, and what it measured.
struct Phone {
  std::unique_ptr<Outbox> outbox;
  std::vector<std::int64_t> times;  // µs, one a contact
  std::int64_t accepted = 0;
  std::int64_t duplicates = 0;
  std::int64_t quarantined = 0;
  std::string stopped;
};

class Load {
 public:
  explicit Load(const LoadOptions& options)
      : options_(options),
        api_(options.address),
        crypto_(make_sodium_crypto()),
        random_(make_system_random()),
        clock_(make_system_clock()) {}

  Result<LoadResult> run() {
    FILROUGE_CHECK(open());
    FILROUGE_CHECK(make_aliases());
    FILROUGE_CHECK(acked_.open(options_.acked));
    prepare_contacts();
    const auto start = std::chrono::steady_clock::now();
    last_progress_ = start;
    send_all();
    const auto wall = std::chrono::steady_clock::now() - start;
    api_.sign_out();
    return result(std::chrono::duration_cast<std::chrono::microseconds>(wall).count());
  }

 private:
  Status open() {
    FILROUGE_CHECK(api_.sign_in(options_.login, options_.password));
    if (api_.session().teams.empty())
      return refusal_of("team", std::string(tell("ce compte n'est dans aucune équipe",
                                                 "this account is in no team")));
    FILROUGE_TRY(node, api_.get<api::NodeInfo>("/api/v1/node"));
    if (!from_hex(node.sealing_key, sealing_key_.data(), sealing_key_.size()))
      return Error{Code::malformed, "sealing_key", "answer", "no key in the answer"};
    read_places();
    for (std::int64_t i = 0; i < options_.clients; ++i) {
      FILROUGE_TRY(enrolled,
                   api_.post<api::EnrolledDevice>(
                       "/api/v1/devices", api::EnrolDevice{"charge " + std::to_string(i + 1)}));
      phones_.push_back(std::make_unique<Phone>());
      phones_.back()->outbox = std::make_unique<Outbox>(options_.address, enrolled.token,
                                                        static_cast<std::size_t>(options_.batch),
                                                        calls_of(*phones_.back()));
    }
    return Done{};
  }

  // Contacts happen at the organisation's places, so that figures have communes and districts; a
  // node with too many outlines to read here is measured without.
  void read_places() {
    const auto reference = api_.get<api::Reference>("/api/v1/reference");
    if (!reference.ok()) return;
    for (const api::PlaceRow& place : reference->places)
      if (place.active) places_.push_back(place.id);
  }

  OutboxCalls calls_of(Phone& phone) {
    return {[this, &phone](const std::vector<SyncResult>& results, std::int64_t microseconds) {
              note(phone, results, microseconds);
            },
            [this] {
              const auto silent = std::chrono::steady_clock::now() - last_progress_.load();
              return silent > std::chrono::seconds(options_.patience_seconds);
            }};
  }

  void note(Phone& phone, const std::vector<SyncResult>& results, std::int64_t microseconds) {
    last_progress_ = std::chrono::steady_clock::now();
    if (measuring_) acked_.add(results);
    for (const SyncResult& one : results) {
      phone.times.push_back(microseconds);
      phone.accepted += one.receipt == Receipt::accepted ? 1 : 0;
      phone.duplicates += one.receipt == Receipt::duplicate ? 1 : 0;
      phone.quarantined += one.receipt == Receipt::quarantined ? 1 : 0;
    }
  }

  template <class Body>
  void seal_into(Phone& phone, std::string_view kind, SubjectId subject, const Body& body) {
    const Instant now = clock_->now();
    Draft draft;
    draft.id = random_->id<EntryId>();
    draft.subject = subject;
    draft.kind = kind;
    draft.occurred = stamp_now(now);
    hlc_ = hlc_.tick(now);
    draft.hlc = hlc_;
    draft.author = api_.session().account;
    draft.body = json::parse(json::encode(body)).value();
    phone.outbox->add(draft.id,
                      base64(crypto_->seal_box(sealing_key_, pad_text(json::encode(draft)))));
  }

  Status make_aliases() {
    for (std::int64_t i = 0; i < load_aliases; ++i) {
      PersonCreated person;
      person.alias = "Charge " + std::to_string(i + 1);
      person.team = api_.session().teams[0].id;
      aliases_.push_back(random_->id<SubjectId>());
      seal_into(*phones_[0], "person_created", aliases_.back(), person);
    }
    last_progress_ = std::chrono::steady_clock::now();
    FILROUGE_CHECK(phones_[0]->outbox->drain());
    Phone& phone = *phones_[0];
    if (phone.accepted != load_aliases)
      return refusal_of("aliases", std::string(tell("le serveur n'a pas accepté les alias",
                                                    "the server did not accept the aliases")));
    phone.times.clear();
    phone.accepted = 0;
    return Done{};
  }

  // Alias after alias, phone after phone; two services and a barrier here and there.
  void prepare_contacts() {
    measuring_ = true;
    Progress progress;
    for (std::int64_t i = 0; i < options_.contacts; ++i) {
      Contact contact;
      contact.team = api_.session().teams[0].id;
      if (!places_.empty()) contact.place = places_[static_cast<std::size_t>(i) % places_.size()];
      contact.services = {ImmediateService::listening};
      if (i % 3 == 0) contact.services.push_back(ImmediateService::orientation);
      if (i % 2 == 0) contact.barriers = {Barrier::mobility};
      contact.next_step = NextStep::meet_again;
      seal_into(*phones_[static_cast<std::size_t>(i % options_.clients)], "contact",
                aliases_[static_cast<std::size_t>(i % load_aliases)], contact);
      progress.at([&] {
        return std::to_string(i) + std::string(tell(" notes scellées", " notes sealed"));
      });
    }
  }

  void send_all() {
    std::vector<std::jthread> threads;
    for (const auto& phone : phones_)
      threads.emplace_back([&phone = *phone] {
        const auto done = phone.outbox->drain();
        if (!done.ok()) phone.stopped = sentence_of(done.error());
      });
  }

  LoadResult result(std::int64_t wall) const {
    LoadResult result{options_.contacts, options_.clients, options_.batch};
    result.wall_microseconds = wall;
    std::vector<std::int64_t> times;
    for (const auto& phone : phones_) {
      result.acknowledged += phone->accepted;
      result.duplicates += phone->duplicates;
      result.quarantined += phone->quarantined;
      times.insert(times.end(), phone->times.begin(), phone->times.end());
      if (!phone->stopped.empty()) result.stopped = phone->stopped;
    }
    result.failed = result.contacts - static_cast<std::int64_t>(times.size());
    std::sort(times.begin(), times.end());
    if (times.empty()) return result;
    result.p50_microseconds = times[(times.size() - 1) / 2];
    result.p99_microseconds = times[(times.size() * 99 + 99) / 100 - 1];
    return result;
  }

  LoadOptions options_;
  ApiClient api_;
  std::unique_ptr<Crypto> crypto_;
  std::unique_ptr<Random> random_;
  std::unique_ptr<Clock> clock_;
  Bytes32 sealing_key_{};
  Hlc hlc_;
  std::vector<SubjectId> aliases_;
  std::vector<SubjectId> places_;
  std::vector<std::unique_ptr<Phone>> phones_;
  AckedFile acked_;
  bool measuring_ = false;  // set before the threads start
  std::atomic<SteadyTime> last_progress_;
};

}  // namespace

Result<LoadResult> run_load(const LoadOptions& options) { return Load(options).run(); }

std::string milliseconds_text(std::int64_t microseconds) {
  std::string rest = std::to_string(microseconds % 1'000);
  rest.insert(0, 3 - rest.size(), '0');
  return std::to_string(microseconds / 1'000) + "." + rest;
}

std::string per_second_text(std::int64_t count, std::int64_t microseconds) {
  if (microseconds <= 0) return "0.000";
  return milliseconds_text(count * 1'000'000'000 / microseconds);
}

}  // namespace filrouge
