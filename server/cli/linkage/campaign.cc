#include "server/cli/linkage/campaign.h"

#include <cstring>
#include <sys/stat.h>
#include <utility>

#include "core/base/ids.h"
#include "server/app/stamps.h"
#include "server/cli/linkage/safe_file.h"
#include "server/cli/speech.h"
#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"

namespace filrouge {

namespace {

bool is_private(CampaignFileKind kind) {
  return kind == CampaignFileKind::member_secret || kind == CampaignFileKind::register_ ||
         kind == CampaignFileKind::blinding_secret;
}

Error in_file(const std::string& path, std::string_view rule, std::string_view french,
              std::string_view english) {
  return refusal_of(rule, path + " : " + std::string(tell(french, english)));
}

Error told(const std::string& path, CampaignFileKind kind, const Error& error) {
  const std::string wanted(campaign_file_name(kind));
  if (error.rule == "other_kind")
    return refusal_of(
        "other_kind",
        path + " : " +
            std::string(tell("fichier de campagne de nature « ", "campaign file of the kind \"")) +
            error.detail + std::string(tell(" », attendu « ", "\", expected \"")) + wanted +
            std::string(tell(" »", "\"")));
  if (error.rule == "changed")
    return in_file(path, "changed", "le fichier a été coupé ou modifié",
                   "the file was cut or changed");
  if (error.rule == "newer")
    return in_file(path, "newer", "fichier d'une version plus récente du programme",
                   "file of a later version of the program");
  if (error.rule == "older")
    return in_file(path, "older",
                   "fichier d'une version plus ancienne du programme : refaire la campagne",
                   "file of an earlier version of the program: make the campaign anew");
  return refusal_of("not_ours",
                    path + " : " +
                        std::string(tell("ce n'est pas un fichier de campagne, attendu « ",
                                         "not a file of a campaign, expected \"")) +
                        wanted + std::string(tell(" »", "\"")));
}

}  // namespace

Result<CampaignFile> read_campaign(const std::string& path, CampaignFileKind kind) {
  FILROUGE_TRY(bytes, read_whole_file(path));
  struct stat about{};
  if (is_private(kind) && stat(path.c_str(), &about) == 0 && (about.st_mode & 077) != 0)
    return in_file(path, "mode", "d'autres peuvent lire ce fichier (chmod 600)",
                   "others may read this file (chmod 600)");
  auto file = read_campaign_file(bytes, kind, sodium_hash_function());
  if (!file.ok()) return told(path, kind, file.error());
  return std::move(*file);
}

Status write_campaign(const std::string& path, CampaignFileKind kind, CampaignHeader header,
                      std::string_view body) {
  return write_safely(path,
                      write_campaign_file(kind, std::move(header), body, sodium_hash_function()),
                      is_private(kind) ? SafeFile::Readers::owner : SafeFile::Readers::everybody);
}

CampaignKey::CampaignKey(CampaignKey&& other) noexcept
    : header(std::move(other.header)), key(other.key) {
  wipe(other.key);
}
CampaignKey::~CampaignKey() { wipe(key); }

std::string bound_to_key(const CampaignHeader& header) {
  std::string out;
  for (const std::string* one : {&header.campaign, &header.owner}) out += *one + '\0';
  for (const auto* one : {&header.fingerprint, &header.until, &header.level})
    out += one->value_or("") + '\0';
  return out;
}

Result<CampaignKey> open_campaign_key(const std::string& key_path, const std::string& secret_path,
                                      Crypto& crypto) {
  FILROUGE_TRY(sealed, read_campaign(key_path, CampaignFileKind::campaign_key));
  FILROUGE_TRY(secret, read_campaign(secret_path, CampaignFileKind::member_secret));
  BoxKeys keys;
  if (secret.body.size() != sizeof keys.public_key + sizeof keys.secret_key)
    return in_file(secret_path, "changed", "le fichier a été modifié", "the file was changed");
  std::memcpy(keys.public_key.data(), secret.body.data(), sizeof keys.public_key);
  std::memcpy(keys.secret_key.data(), secret.body.data() + sizeof keys.public_key,
              sizeof keys.secret_key);
  wipe(secret.body);
  auto opened = crypto.open_box(keys, sealed.body);
  wipe(keys.secret_key);
  CampaignKey out;
  out.header = sealed.header;
  const std::string bound = bound_to_key(sealed.header);
  if (!opened.ok() || opened->size() != sizeof out.key + bound.size() ||
      opened->substr(sizeof out.key) != bound)
    return in_file(key_path, "not_for_us", "cette clé n'a pas été scellée pour ce membre",
                   "this key was not sealed for this member");
  std::memcpy(out.key.data(), opened->data(), sizeof out.key);
  wipe(*opened);
  return out;
}

std::string fingerprint_of(Crypto& crypto, const Bytes32& key) {
  constexpr std::size_t kBytes = 12;
  constexpr std::size_t kGroup = 4;
  const Bytes32 sum = crypto.mac(key, "filrouge fingerprint");
  const std::string hex = to_hex(sum.data(), kBytes);
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += kGroup)
    out += (out.empty() ? "" : " ") + hex.substr(i, kGroup);
  return out;
}

Result<linkage::Hardening> hardening_named(const std::string& path, const CampaignHeader& header) {
  const std::string level = header.level.value_or("");
  if (level == "standard") return linkage::Hardening::standard;
  if (level == "strong") return linkage::Hardening::strong;
  return in_file(path, "level", "niveau de protection inconnu", "unknown level of hardening");
}

linkage::KeyedHash keyed_hash(Crypto& crypto, const Bytes32& key, std::string_view purpose) {
  Bytes32 own = crypto.mac(key, purpose);
  linkage::KeyedHash hash = sodium_keyed_hash(own);
  wipe(own);
  return hash;
}

linkage::RandomBytes chance_of(const Arguments& arguments, Crypto& crypto) {
  const auto seed = arguments.value("seed");
  if (!seed) {
    std::shared_ptr<Random> random = make_system_random();
    return [random](std::uint8_t* into, std::size_t count) {
      random->fill(std::span<std::uint8_t>(into, count));
    };
  }
  say_line(tell("--seed : leurres et ordre sont devinables ; pour les essais seulement",
                "--seed: decoys and order can be guessed; for tests only"));
  auto counter = std::make_shared<std::uint64_t>(0);
  const Bytes32 key = crypto.hash("seed " + *seed);
  return [&crypto, key, counter](std::uint8_t* into, std::size_t count) {
    while (count > 0) {
      const Bytes32 some = crypto.mac(key, std::to_string((*counter)++));
      const std::size_t taken = std::min(count, some.size());
      std::memcpy(into, some.data(), taken);
      into += taken;
      count -= taken;
    }
  };
}

std::string today() { return utc_day(make_system_clock()->now()).text(); }

Status campaign_lasts(const CampaignHeader& header) {
  if (!header.until || *header.until >= today()) return Done{};
  return refusal_of(
      "over", header.campaign + " : " +
                  std::string(tell("la campagne est finie depuis le ", "the campaign ended on ")) +
                  *header.until);
}

}  // namespace filrouge
