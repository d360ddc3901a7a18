// What a phone may send. The first byte chooses: an even one gives the rest to the sync route as a
// whole batch (decoding, base64, boxes that do not open); an odd one seals the rest as a phone
// would, opens it as the server does, and takes it through draft, upcast, check, decide and fold.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/text.h"
#include "core/journal/fold.h"
#include "server/app/api/session.h"
#include "server/crypto/sodium_crypto.h"

namespace {

using namespace filrouge;

Crypto& crypto() {
  static const std::unique_ptr<Crypto> made = make_sodium_crypto();
  return *made;
}
const BoxKeys& node_keys() {
  static const BoxKeys keys = crypto().make_box_keys();
  return keys;
}

void open_batch(std::string_view body) {
  const auto batch = json::decode<api::SyncRequest>(body);
  if (!batch.ok()) return;
  for (const api::SealedDraft& row : batch->entries) {
    const auto sealed = from_base64(row.sealed);
    if (!sealed.ok()) continue;
    const auto opened = crypto().open_box(node_keys(), *sealed);
    verify(!opened.ok() && opened.error().code == Code::malformed);
  }
}

void follow_draft(std::string_view text) {
  const std::string sealed = crypto().seal_box(node_keys().public_key, text);
  const auto opened = crypto().open_box(node_keys(), sealed);
  verify(opened.ok() && *opened == text);
  auto draft = json::decode<Draft>(*opened, json::Unknown::keep);
  if (!draft.ok()) return;
  auto newest = upcast(std::move(*draft));
  if (!newest.ok() || !check(*newest).ok()) return;
  const auto collection = collection_of(*newest);
  verify(collection.ok());
  State state = empty_state(*collection);
  if (!decide(*newest, state).ok()) return;
  fold(state, *newest);
  const std::string once = encode_state(state);
  const auto read_back = decode_state(*collection, once);
  verify(read_back.ok() && encode_state(*read_back) == once);
  facts_of(*newest, state, {});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0) {
    open_batch(rest);
  } else {
    follow_draft(rest);
  }
  return 0;
}
