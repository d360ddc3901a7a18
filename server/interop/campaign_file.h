// The files of a campaign of encoded lists (docs/linkage.md): one line of JSON that says what the
// file is and of which campaign, then its content, then 32 bytes that are the hash of all before
// them: a file that was cut or changed on the way is refused, not read. A file says nothing that
// its receiver may not know; `kind` tells which.
//
//   member_secret  the two keys of a member; only on the member's machine
//   member         the public key of a member, for the custodian
//   campaign_key   the campaign's key, sealed to one member
//   encoded        rows of 128 bytes: decoys among them, in hidden order
//   register       which row is whom; only on the owner's machine
//   answer         known, uncertain or unseen by row of the first list: nothing else leaves the
//   host blinding_secret, blinded_once, blinded_twice   the protocol without a shared key
//
//   auto file = read_campaign_file(bytes, CampaignFileKind::encoded, hash);
//   file->header.campaign == "sortants-2026";
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "core/base/result.h"
#include "core/journal/merkle.h"
#include "core/linkage/encode.h"

namespace filrouge {

enum class CampaignFileKind {
  member_secret,
  member,
  campaign_key,
  encoded,
  register_,
  answer,
  blinding_secret,
  blinded_once,
  blinded_twice,
};
BOOST_DESCRIBE_ENUM(CampaignFileKind, member_secret, member, campaign_key, encoded, register_,
                    answer, blinding_secret, blinded_once, blinded_twice)

struct CampaignHeader {
  std::string filrouge;  // the kind, "encoded"
  std::int32_t version = 2;
  std::string campaign;                    // its name
  std::string owner;                       // whose file it is
  std::optional<std::string> fingerprint;  // of the campaign's key
  std::optional<std::string> until;        // last day
  std::optional<std::string> level;        // "standard" or "strong"
  std::optional<std::int64_t> rows;
  std::optional<std::int32_t> keys;   // match keys of a row
  std::optional<std::string> source;  // the hash of the file that this one answers or goes with
  std::optional<std::string> by;      // blinded_twice: who blinded it again
  std::vector<std::int64_t> known;  // answer: millionths of known, uncertain, unseen rows that are
                                    // known in truth
};
BOOST_DESCRIBE_STRUCT(CampaignHeader, (),
                      (filrouge, version, campaign, owner, fingerprint, until, level, rows, keys,
                       source, by, known))

struct CampaignFile {
  CampaignHeader header;
  std::string body;
  std::string hash;  // of the whole, in hexadecimal
};

std::string_view campaign_file_name(CampaignFileKind kind);
std::string write_campaign_file(CampaignFileKind kind, CampaignHeader header, std::string_view body,
                                HashFunction hash);
// `malformed`: "not_ours"; "other_kind" (detail: the kind it is); "changed": cut, or other bytes;
// "newer", "older": of another version of the program, whose encodings are others.
Result<CampaignFile> read_campaign_file(std::string_view bytes, CampaignFileKind kind,
                                        HashFunction hash);
// The header alone, of any kind; nothing where it is no file of ours.
std::optional<CampaignHeader> campaign_header_of(std::string_view bytes);

std::string bytes_of_rows(const std::vector<linkage::Encoding>& rows);
// `malformed` "rows" where the size does not fit the header.
Result<std::vector<linkage::Encoding>> rows_of_file(const CampaignFile& file);

}  // namespace filrouge
