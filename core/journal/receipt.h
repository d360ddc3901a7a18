// What the node signs, and what anybody can check without it (safety.md 2.6, T23).
// A checkpoint says: at this moment my log had so many entries and this root. Its signature is
// Ed25519 over checkpoint_text(). A receipt is the clear part of one entry with its path to the
// root of a checkpoint: it proves that the entry stood in the log, unchanged, and opens nothing.
// It holds random numbers, no name; an entry that was erased has no receipt any more.
// All hashes and keys are lower-case hexadecimal.
//
//   FILROUGE_CHECK(check_receipt(receipt, hash, check_signature));
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "core/base/result.h"
#include "core/journal/envelope.h"
#include "core/journal/merkle.h"

namespace filrouge {

struct Checkpoint {
  std::string node;   // public key of the node's signatures
  std::string epoch;  // another one after each restore of a backup
  std::int64_t size = 0;
  std::string root;
  Instant at;
  std::string signature;
};
BOOST_DESCRIBE_STRUCT(Checkpoint, (), (node, epoch, size, root, at, signature))

// The clear part of an entry, and a hash of what is sealed.
struct ReceiptEntry {
  EntryId id;
  SubjectId subject;
  SubjectId organisation;
  SubjectId author;
  SubjectId device;
  std::int64_t device_sequence = 0;
  std::int64_t hlc_ms = 0;
  std::int64_t hlc_counter = 0;
  Instant received;
  KeyId key;
  std::string salt;
  std::string ciphertext_hash;
};
BOOST_DESCRIBE_STRUCT(ReceiptEntry, (),
                      (id, subject, organisation, author, device, device_sequence, hlc_ms,
                       hlc_counter, received, key, salt, ciphertext_hash))

struct EntryReceipt {
  ReceiptEntry entry;
  std::int64_t position = 0;  // recv_seq
  std::vector<std::string> proof;
  Checkpoint checkpoint;
};
BOOST_DESCRIBE_STRUCT(EntryReceipt, (), (entry, position, proof, checkpoint))

// That the log of `later` begins with the log of `earlier`.
struct LogProof {
  Checkpoint checkpoint;  // the later
  std::int64_t from = 0;
  std::vector<std::string> proof;
};
BOOST_DESCRIBE_STRUCT(LogProof, (), (checkpoint, from, proof))

using SignatureCheck = bool (*)(const Bytes32& public_key, std::string_view text,
                                std::string_view signature);

// "filrouge log\n<epoch>\n<size>\n<root>\n<milliseconds>\n".
std::string checkpoint_text(const Checkpoint& checkpoint);
std::string hex_of(const Bytes32& bytes);
Result<Bytes32> bytes_of_hex(std::string_view text, std::string_view field);

// `invalid` with rule "signature", "proof" or "consistency": what does not hold.
Status check_checkpoint(const Checkpoint& checkpoint, SignatureCheck check);
Status check_receipt(const EntryReceipt& receipt, HashFunction hash, SignatureCheck check);
Status check_log_proof(const Checkpoint& earlier, const LogProof& proof, HashFunction hash,
                       SignatureCheck check);

}  // namespace filrouge
