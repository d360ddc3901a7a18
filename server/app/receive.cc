// POST /api/v1/sync: every entry of a batch gets its own answer: accepted, duplicate or quarantined
// with its reason (law 7). The whole batch is one durable append; nothing is answered before it.
#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "server/app/checkpoint.h"
#include "server/app/sealing.h"
#include "server/app/stamps.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

// One entry as it came out of its box. `why` set: it cannot be accepted whatever the state.
struct Letter {
  EntryId id;
  std::int64_t sequence = 0;
  std::string text;            // empty when the box did not open
  std::optional<Draft> draft;  // also of a refused one, for its author, kind and subject
  std::optional<Incoming> incoming;
  std::string_view why;
};

struct Sender {
  SubjectId device;
  SubjectId account;
  SubjectId organisation;
  bool lost = false;
};

// A day that no phone can mean; ten years off is a broken clock, not a note.
bool is_absurd(CivilDate day, Instant received) {
  const CivilDate now = utc_day(received);
  return day > now.plus_days(1) || day < now.plus_days(-occurred_days_ago_max);
}

Letter open_letter(App& app, const api::SealedDraft& sealed, SubjectId device, Instant received) {
  Letter letter{sealed.id, sealed.sequence};
  letter.why = reason::unreadable;
  if (sealed.sealed.size() > limits::sealed_draft_bytes_max * 4 / 3 + 4) return letter;
  auto bytes = from_base64(sealed.sealed);
  if (!bytes.ok()) return letter;
  auto text = app.crypto.open_box(app.keys.secrets().box, *bytes);
  if (!text.ok()) return letter;
  letter.text = std::string(without_padding(*text));
  auto draft = json::decode<Draft>(letter.text, json::Unknown::keep);
  if (!draft.ok()) return letter;
  letter.draft = std::move(*draft);
  auto incoming = letter.draft->id == sealed.id
                      ? check_incoming(*letter.draft, letter.text, received)
                      : Error{Code::invalid, "id", "mismatch", "not the id inside the box"};
  if (!incoming.ok()) {
    letter.why = reason_of(incoming.error());
    return letter;
  }
  letter.why = {};
  if (!find_kind(letter.draft->kind)->from_phone) letter.why = reason::not_allowed;
  if (is_absurd(letter.draft->occurred.date, received)) letter.why = reason::clock;
  letter.incoming = std::move(*incoming);
  if (letter.why.empty()) warm_keys(app, letter.incoming->draft);
  letter.incoming->device = device;
  letter.incoming->sequence = sealed.sequence;
  return letter;
}

Result<Sender> sender_of(App& app, const Caller& caller) {
  if (!caller.device || !caller.device_account)
    return Error{Code::unauthenticated, "", "device", "an enrolled phone sends"};
  FILROUGE_TRY(device, find_state<DeviceState>(app, *caller.device));
  FILROUGE_TRY(account, find_state<AccountState>(app, *caller.device_account));
  Sender sender{*caller.device, *caller.device_account};
  if (account != nullptr) sender.organisation = account->organisation;
  sender.lost = device != nullptr && device->lost;
  return sender;
}

// One try at a batch. Nothing is kept of it when commit() meets a conflict.
class Reception {
 public:
  Reception(App& app, const Sender& sender, const std::vector<Letter>& letters, Instant received)
      : app_(app),
        sender_(sender),
        letters_(letters),
        received_(received),
        intake_(app, received) {}

  Result<std::vector<SyncResult>> run(bool database_vanished) {
    for (const Letter& letter : letters_) FILROUGE_CHECK(take(letter));
    if (database_vanished)
      intake_.append().ledger.push_back({0,
                                         received_,
                                         sender_.account,
                                         sender_.organisation,
                                         "entry.send",
                                         "database_vanished",
                                         {sender_.device}});
    const Append& made = intake_.append();
    if (made.entries.empty() && made.quarantine.empty() && made.ledger.empty())
      return std::move(results_);
    FILROUGE_TRY(appended, intake_.commit());
    for (const auto& [result, entry] : waiting_)
      results_[result].recv_seq = appended.recv_seqs[entry];
    return std::move(results_);
  }

 private:
  Status take(const Letter& letter) {
    SyncResult& result = results_.emplace_back();
    result.id = letter.id;
    if (const auto twin = seen_.find(letter.id); twin != seen_.end()) {
      const std::size_t index = results_.size() - 1;
      result = results_[twin->second];
      if (result.receipt != Receipt::accepted) return Done{};
      result.receipt = Receipt::duplicate;
      result.reason.reset();
      for (const auto& [accepted, entry] : waiting_)
        if (accepted == twin->second) return waiting_.emplace_back(index, entry), Done{};
      return Done{};
    }
    seen_.emplace(letter.id, results_.size() - 1);
    FILROUGE_TRY(known, app_.store.find_entry(letter.id));
    if (known) {
      result.receipt = Receipt::duplicate;
      result.recv_seq = *known;
      return Done{};
    }
    FILROUGE_TRY(waits, app_.store.quarantined(letter.id));
    if (waits)
      return answer_quarantined(result, waits->resolved ? reason::discarded : waits->reason);
    return judge(letter, result);
  }

  Status judge(const Letter& letter, SyncResult& result) {
    if (!letter.why.empty()) return quarantine(letter, letter.why, result);
    if (sender_.lost) return quarantine(letter, reason::device_lost, result);
    FILROUGE_TRY(author, author_of(*letter.draft));
    if (author == nullptr) return quarantine(letter, reason::unknown_author, result);
    const auto added = intake_.add(*letter.incoming, author);
    if (!added.ok() && is_environment(added.error())) return added;
    if (!added.ok()) return quarantine(letter, reason_of(added.error()), result);
    waiting_.emplace_back(results_.size() - 1, intake_.size() - 1);
    const CivilDate late = utc_day(received_).plus_days(-limits::late_entry_days);
    if (letter.draft->occurred.date < late) result.reason = "late";
    return Done{};
  }

  // With the convention as it was on the day of the note.
  Result<const Actor*> author_of(const Draft& draft) {
    const auto key = std::pair(draft.author, draft.occurred.date);
    auto at = authors_.find(key);
    if (at == authors_.end()) {
      FILROUGE_TRY(actor,
                   actor_on(app_, draft.author, draft.occurred.field_day(), draft.occurred.date));
      at = authors_.emplace(key, std::move(actor)).first;
    }
    return at->second ? &*at->second : nullptr;
  }

  static Status answer_quarantined(SyncResult& result, std::string_view why) {
    result.receipt = Receipt::quarantined;
    result.reason = std::string(why);
    return Done{};
  }

  Status quarantine(const Letter& letter, std::string_view why, SyncResult& result) {
    QuarantineRow row;
    row.id = letter.id;
    row.received = received_;
    row.author = sender_.account;
    row.organisation = sender_.organisation;
    row.device = sender_.device;
    if (letter.draft) {
      row.kind = find_kind(letter.draft->kind) != nullptr ? letter.draft->kind : "";
      FILROUGE_TRY(author, author_of(*letter.draft));
      if (author != nullptr) {
        row.author = author->account;
        row.organisation = author->state.organisation;
      }
    }
    // For an erased person the text is destroyed at receipt and the row names nobody.
    FILROUGE_TRY(erased, is_about_erased(letter));
    if (erased) why = reason::erased_person;
    row.reason = std::string(why);
    if (!erased && !letter.text.empty()) {
      FILROUGE_TRY(key, sealing_key(app_, SealScope::organisation, {}, row.organisation));
      row.key = key.id;
      row.sealed = seal_quarantined(app_, key, row.id, letter.text);
      if (letter.draft) row.subject = letter.draft->subject;
    }
    intake_.append().quarantine.push_back(std::move(row));
    return answer_quarantined(result, why);
  }

  Result<bool> is_about_erased(const Letter& letter) {
    if (!letter.draft) return false;
    FILROUGE_TRY(destroyed, app_.keys.destroyed());
    return std::find(destroyed.begin(), destroyed.end(), letter.draft->subject) != destroyed.end();
  }

  App& app_;
  const Sender& sender_;
  const std::vector<Letter>& letters_;
  Instant received_;
  Intake intake_;
  std::vector<SyncResult> results_;
  std::map<EntryId, std::size_t> seen_;
  std::vector<std::pair<std::size_t, std::size_t>> waiting_;  // result, entry of the append
  std::map<std::pair<SubjectId, CivilDate>, std::optional<Actor>> authors_;
};

}  // namespace

Result<api::SyncAnswer> receive(App& app, const Caller& caller, const api::SyncRequest& request) {
  if (request.entries.size() > limits::sync_batch_entries_max)
    return Error{Code::too_large, "entries", "too_many", "at most 200 entries in one batch"};
  std::size_t bytes = 0;
  for (const api::SealedDraft& sealed : request.entries) bytes += sealed.sealed.size() * 3 / 4;
  if (bytes > limits::sync_batch_bytes_max)
    return Error{Code::too_large, "entries", "too_large", "at most 256 KiB in one batch"};
  const Instant received = app.clock.now();
  FILROUGE_TRY(sender, sender_of(app, caller));
  std::vector<Letter> letters;
  letters.reserve(request.entries.size());
  for (const api::SealedDraft& sealed : request.entries)
    letters.push_back(open_letter(app, sealed, sender.device, received));
  FILROUGE_TRY(results, retry_conflicts([&] {
                 return Reception(app, sender, letters, received)
                     .run(request.database_vanished.value_or(false));
               }));
  FILROUGE_TRY(checkpoint, current_checkpoint(app));
  return api::SyncAnswer{std::move(results), received, std::move(checkpoint)};
}

}  // namespace filrouge
