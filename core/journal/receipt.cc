#include "core/journal/receipt.h"

#include "core/journal/proof.h"

namespace filrouge {

namespace {

constexpr std::size_t kSignatureBytes = 64;

Error does_not_hold(std::string_view rule, std::string_view detail) {
  return {Code::invalid, "", rule, detail};
}

Result<std::vector<Bytes32>> path_of(const std::vector<std::string>& texts) {
  std::vector<Bytes32> path;
  for (const std::string& text : texts) {
    FILROUGE_TRY(hash, bytes_of_hex(text, "proof"));
    path.push_back(hash);
  }
  return path;
}

Result<Bytes32> leaf_of(const ReceiptEntry& entry, HashFunction hash) {
  Envelope envelope;
  envelope.id = entry.id;
  envelope.subject = entry.subject;
  envelope.organisation = entry.organisation;
  envelope.author = entry.author;
  envelope.device = entry.device;
  envelope.device_sequence = entry.device_sequence;
  envelope.hlc = {entry.hlc_ms, static_cast<std::uint32_t>(entry.hlc_counter)};
  envelope.received = entry.received;
  envelope.key = entry.key;
  Bytes16 salt{};
  if (!from_hex(entry.salt, salt.data(), salt.size()))
    return Error{Code::invalid, "salt", "hex", "32 hexadecimal digits expected"};
  FILROUGE_TRY(sealed, bytes_of_hex(entry.ciphertext_hash, "ciphertext_hash"));
  std::string data(salt.begin(), salt.end());
  data += associated_data(envelope);
  data.append(sealed.begin(), sealed.end());
  return merkle_leaf(hash, data);
}

}  // namespace

std::string hex_of(const Bytes32& bytes) { return to_hex(bytes.data(), bytes.size()); }

Result<Bytes32> bytes_of_hex(std::string_view text, std::string_view field) {
  Bytes32 bytes{};
  if (!from_hex(text, bytes.data(), bytes.size()))
    return Error{Code::invalid, field, "hex", "64 hexadecimal digits expected"};
  return bytes;
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
  return "filrouge log\n" + checkpoint.epoch + "\n" + std::to_string(checkpoint.size) + "\n" +
         checkpoint.root + "\n" + std::to_string(checkpoint.at.ms) + "\n";
}

Status check_checkpoint(const Checkpoint& checkpoint, SignatureCheck check) {
  FILROUGE_TRY(node, bytes_of_hex(checkpoint.node, "node"));
  std::string signature(kSignatureBytes, '\0');
  const bool is_hex = from_hex(checkpoint.signature,
                               reinterpret_cast<std::uint8_t*>(signature.data()), signature.size());
  if (!is_hex || !check(node, checkpoint_text(checkpoint), signature))
    return does_not_hold("signature", "the node did not sign this");
  return Done{};
}

Status check_receipt(const EntryReceipt& receipt, HashFunction hash, SignatureCheck check) {
  FILROUGE_CHECK(check_checkpoint(receipt.checkpoint, check));
  FILROUGE_TRY(leaf, leaf_of(receipt.entry, hash));
  FILROUGE_TRY(root, bytes_of_hex(receipt.checkpoint.root, "root"));
  FILROUGE_TRY(path, path_of(receipt.proof));
  if (receipt.position < 1 || receipt.position > receipt.checkpoint.size ||
      !proves_inclusion(hash, leaf, static_cast<std::uint64_t>(receipt.position) - 1,
                        static_cast<std::uint64_t>(receipt.checkpoint.size), path, root))
    return does_not_hold("proof", "this entry does not stand there in the log that was signed");
  return Done{};
}

Status check_log_proof(const Checkpoint& earlier, const LogProof& proof, HashFunction hash,
                       SignatureCheck check) {
  FILROUGE_CHECK(check_checkpoint(earlier, check));
  FILROUGE_CHECK(check_checkpoint(proof.checkpoint, check));
  FILROUGE_TRY(first, bytes_of_hex(earlier.root, "root"));
  FILROUGE_TRY(second, bytes_of_hex(proof.checkpoint.root, "root"));
  FILROUGE_TRY(path, path_of(proof.proof));
  const bool same_node = earlier.node == proof.checkpoint.node && proof.from == earlier.size;
  if (!same_node || earlier.size < 0 || proof.checkpoint.size < 0 ||
      !proves_consistency(hash, static_cast<std::uint64_t>(earlier.size),
                          static_cast<std::uint64_t>(proof.checkpoint.size), path, first, second))
    return does_not_hold("consistency", "the later log does not begin with the earlier one");
  return Done{};
}

}  // namespace filrouge
