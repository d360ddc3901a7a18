#include "server/app/checkpoint.h"

#include <cstring>

#include "core/base/json.h"
#include "core/journal/proof.h"
#include "server/app/log_tree.h"

namespace filrouge {

namespace {

constexpr std::string_view epoch_note = "epoch";
constexpr std::string_view checkpoint_note = "checkpoint";

SignKeys sign_keys(App& app) {
  Bytes32 seed = app.crypto.mac(app.keys.secrets().token_key, "filrouge log signing 1");
  SignKeys keys = app.crypto.sign_keys(seed);
  explicit_bzero(seed.data(), seed.size());
  return keys;
}

Result<std::string> new_epoch(App& app) {
  const std::string epoch = app.random.id<EntryId>().hex();
  FILROUGE_CHECK(app.keys.put_note(epoch_note, epoch));
  app.log_tree->set_epoch(epoch);
  return epoch;
}

std::vector<std::string> texts_of(const std::vector<Bytes32>& proof) {
  std::vector<std::string> texts;
  for (const Bytes32& hash : proof) texts.push_back(hex_of(hash));
  return texts;
}

ReceiptEntry clear_part(App& app, const SealedEntry& sealed) {
  const Envelope& envelope = sealed.envelope;
  ReceiptEntry entry;
  entry.id = envelope.id;
  entry.subject = envelope.subject;
  entry.organisation = envelope.organisation;
  entry.author = envelope.author;
  entry.device = envelope.device;
  entry.device_sequence = envelope.device_sequence;
  entry.hlc_ms = envelope.hlc.ms;
  entry.hlc_counter = envelope.hlc.counter;
  entry.received = envelope.received;
  entry.key = envelope.key;
  entry.salt = to_hex(sealed.salt.data(), sealed.salt.size());
  entry.ciphertext_hash = hex_of(app.crypto.hash(sealed.ciphertext));
  return entry;
}

}  // namespace

Bytes32 signing_key(App& app) { return sign_keys(app).public_key; }

Result<std::string> log_epoch(App& app) {
  if (auto known = app.log_tree->epoch()) return std::move(*known);
  FILROUGE_TRY(kept, app.keys.note(epoch_note));
  if (kept.empty()) return new_epoch(app);
  app.log_tree->set_epoch(kept);
  return std::move(kept);
}

Result<Checkpoint> current_checkpoint(App& app) {
  FILROUGE_TRY(epoch, log_epoch(app));
  FILROUGE_TRY(head, app.store.log_head());
  Checkpoint checkpoint;
  checkpoint.root = hex_of(head.root(app.crypto.hash_function()));
  if (auto same = app.log_tree->signed_for(checkpoint.root)) return std::move(*same);
  const SignKeys keys = sign_keys(app);
  checkpoint.node = hex_of(keys.public_key);
  checkpoint.epoch = epoch;
  checkpoint.size = static_cast<std::int64_t>(head.size);
  checkpoint.at = app.clock.now();
  const std::string signature = app.crypto.sign(keys, checkpoint_text(checkpoint));
  checkpoint.signature =
      to_hex(reinterpret_cast<const std::uint8_t*>(signature.data()), signature.size());
  app.log_tree->put(checkpoint);
  return checkpoint;
}

Result<std::optional<Checkpoint>> kept_checkpoint(App& app) {
  FILROUGE_TRY(text, app.keys.note(checkpoint_note));
  if (text.empty()) return std::optional<Checkpoint>{};
  FILROUGE_TRY(kept, json::decode<Checkpoint>(text));
  return std::optional(std::move(kept));
}

Result<bool> keep_checkpoint(App& app) {
  FILROUGE_TRY(kept, kept_checkpoint(app));
  FILROUGE_TRY(current, current_checkpoint(app));
  if (kept && kept->size == current.size && kept->epoch == current.epoch) return false;
  // What no longer fits stays, for `verify` to tell.
  if (kept && kept->epoch == current.epoch && kept->size > current.size) return false;
  FILROUGE_CHECK(app.keys.put_note(checkpoint_note, json::encode(current)));
  return true;
}

Status begin_epoch(App& app) {
  FILROUGE_CHECK(new_epoch(app));
  FILROUGE_CHECK(keep_checkpoint(app));
  return Done{};
}

Result<EntryReceipt> receipt_of(App& app, EntryId id) {
  FILROUGE_TRY(checkpoint, current_checkpoint(app));
  FILROUGE_TRY(found, app.store.entries({id}));
  if (found.empty() || found.front().recv_seq > checkpoint.size)
    return Error{Code::not_found, "", "not_found", "nothing here for this account"};
  EntryReceipt receipt;
  receipt.entry = clear_part(app, found.front().entry);
  receipt.position = found.front().recv_seq;
  FILROUGE_TRY(proof, inclusion_proof(app.log_tree->over(app.store, app.crypto.hash_function()),
                                      static_cast<std::uint64_t>(receipt.position) - 1,
                                      static_cast<std::uint64_t>(checkpoint.size)));
  receipt.proof = texts_of(proof);
  receipt.checkpoint = std::move(checkpoint);
  return receipt;
}

Result<LogProof> log_proof_since(App& app, std::int64_t size) {
  FILROUGE_TRY(checkpoint, current_checkpoint(app));
  if (size < 1 || size > checkpoint.size)
    return Error{Code::invalid, "from", "range", "the log never had this size"};
  FILROUGE_TRY(proof, consistency_proof(app.log_tree->over(app.store, app.crypto.hash_function()),
                                        static_cast<std::uint64_t>(size),
                                        static_cast<std::uint64_t>(checkpoint.size)));
  return LogProof{std::move(checkpoint), size, texts_of(proof)};
}

}  // namespace filrouge
