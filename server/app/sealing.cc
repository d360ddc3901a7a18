#include "server/app/sealing.h"

#include <algorithm>

#include "core/base/limits.h"

namespace filrouge {

namespace {

template <std::size_t size>
void append_bytes(std::string& text, const std::array<std::uint8_t, size>& bytes) {
  text.append(reinterpret_cast<const char*>(bytes.data()), size);
}

std::string bound_to_state(const SubjectId& subject, std::int64_t version) {
  std::string bound = "fr1 state";
  append_bytes(bound, subject.bytes);
  bound += std::to_string(version);
  return bound;
}

std::string bound_to_quarantine(const EntryId& id) {
  std::string bound = "fr1 quarantine";
  append_bytes(bound, id.bytes);
  return bound;
}

}  // namespace

Hlc clamped(Hlc hlc, Instant received) {
  return hlc.ms > received.ms + limits::clock_ahead_ms_max ? Hlc{received.ms, 0} : hlc;
}

SealedEntry seal_entry(App& app, Envelope envelope, const DataKey& key, std::string text) {
  SealedEntry entry;
  entry.envelope = envelope;
  entry.envelope.key = key.id;
  app.random.fill(entry.salt);
  entry.ciphertext =
      app.crypto.seal(key.key, associated_data(entry.envelope), pad_text(std::move(text)));
  entry.leaf = leaf_of(app, entry);
  return entry;
}

Bytes32 leaf_of(App& app, const SealedEntry& entry) {
  std::string data;
  data.reserve(256);
  append_bytes(data, entry.salt);
  data += associated_data(entry.envelope);
  append_bytes(data, app.crypto.hash(entry.ciphertext));
  return merkle_leaf(app.crypto.hash_function(), data);
}

Result<Draft> open_entry(App& app, const SealedEntry& entry) {
  FILROUGE_TRY(key, app.keys.open(entry.envelope.key));
  FILROUGE_TRY(text, app.crypto.open(key.key, associated_data(entry.envelope), entry.ciphertext));
  FILROUGE_TRY(draft, json::decode<Draft>(without_padding(text), json::Unknown::keep));
  draft.hlc = entry.envelope.hlc;
  return upcast(std::move(draft));
}

Result<DataKey> sealing_key(App& app, SealScope scope, SubjectId subject, SubjectId organisation) {
  if (scope == SealScope::person) return app.keys.current(scope, subject);
  if (scope == SealScope::organisation && !organisation.is_nil())
    return app.keys.current(scope, organisation);
  return app.keys.current(SealScope::settings, SubjectId{});
}

SealScope state_scope(Collection collection) {
  if (collection == Collection::person || collection == Collection::comparison)
    return SealScope::person;
  return collection == Collection::round ? SealScope::organisation : SealScope::settings;
}

void seal_state(App& app, StoredState& row, const DataKey& key, const State& state) {
  row.key = key.id;
  row.sealed =
      app.crypto.seal(key.key, bound_to_state(row.subject, row.version), encode_state(state));
}

Result<State> open_state(App& app, const StoredState& row) {
  FILROUGE_TRY(key, app.keys.open(row.key));
  FILROUGE_TRY(text,
               app.crypto.open(key.key, bound_to_state(row.subject, row.version), row.sealed));
  return decode_state(row.collection, text);
}

Pseudonym pseudonym_of(App& app, SubjectId person) {
  std::string text = "fr1 person";
  append_bytes(text, person.bytes);
  const Bytes32 mac = app.crypto.mac(app.keys.secrets().pseudonym_key, text);
  Pseudonym pseudonym;
  std::copy_n(mac.begin(), pseudonym.bytes.size(), pseudonym.bytes.begin());
  return pseudonym;
}

std::string seal_quarantined(App& app, const DataKey& key, EntryId id, std::string_view text) {
  return app.crypto.seal(key.key, bound_to_quarantine(id), pad_text(std::string(text)));
}

Result<std::string> open_quarantined(App& app, const QuarantineRow& row) {
  FILROUGE_TRY(key, app.keys.open(row.key));
  FILROUGE_TRY(text, app.crypto.open(key.key, bound_to_quarantine(row.id), row.sealed));
  return std::string(without_padding(text));
}

std::string_view without_padding(std::string_view text) {
  const auto last = text.find_last_not_of(' ');
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

}  // namespace filrouge
