// Shared by `campaign`, `encode` and `match-encoded`: the files of a campaign in the words of the
// command, its key, its last day.
//
//   FILROUGE_TRY(file, read_campaign(path, CampaignFileKind::encoded));
//   FILROUGE_TRY(key, open_campaign_key(key_path, secret_path, *crypto));
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/linkage/encode.h"
#include "server/cli/arguments.h"
#include "server/interop/campaign_file.h"
#include "server/ports/crypto.h"

namespace filrouge {

// Refuses in one line what is no such file, was cut or changed, or others may read where it must
// be the owner's alone.
Result<CampaignFile> read_campaign(const std::string& path, CampaignFileKind kind);
Status write_campaign(const std::string& path, CampaignFileKind kind, CampaignHeader header,
                      std::string_view body);

// The key of a campaign as a member holds it; wiped when it goes.
struct CampaignKey {
  CampaignHeader header;
  Bytes32 key{};
  CampaignKey() = default;
  CampaignKey(CampaignKey&& other) noexcept;
  CampaignKey& operator=(CampaignKey&&) = delete;
  ~CampaignKey();
};
Result<CampaignKey> open_campaign_key(const std::string& key_path, const std::string& secret_path,
                                      Crypto& crypto);
// What is sealed beside the key: a sealed key under another name, day or level does not open.
std::string bound_to_key(const CampaignHeader& header);
// "3f2a 9c1b 77d0 e4a2 ..." of a key, to be compared by voice.
std::string fingerprint_of(Crypto& crypto, const Bytes32& key);
Result<linkage::Hardening> hardening_named(const std::string& path, const CampaignHeader& header);

// Keyed hash of the library on the port.
linkage::KeyedHash keyed_hash(Crypto& crypto, const Bytes32& key, std::string_view purpose);
// The system's chance, or with --seed the same numbers again and again, for tests.
linkage::RandomBytes chance_of(const Arguments& arguments, Crypto& crypto);

// Refuses a campaign whose last day is over.
Status campaign_lasts(const CampaignHeader& header);
std::string today();  // "2026-11-21", UTC

// `campaign rehearse` (rehearsal.cc).
Result<int> rehearse_campaign(const Arguments& arguments);
// `encode --blinded` and `encode --again` (blind_command.cc).
Result<int> blind_list(const Arguments& arguments);
Result<int> blind_again(const Arguments& arguments);

}  // namespace filrouge
