// The protocol for partners who distrust the host, without a key in common (docs/linkage.md):
//   encode LIST --blinded CAMPAIGN --as NAME --secret FILE --out ONCE [--register FILE]
//   encode --again ONCE --secret FILE --out TWICE       (the other partner, with its own secret)
// Each row is nine elements, those that it lacks among them: how much is missing is not seen.
#include <algorithm>
#include <cstring>
#include <filesystem>

#include "core/linkage/decoys.h"
#include "core/linkage/match_keys.h"
#include "core/linkage/value_table.h"
#include "server/cli/linkage/campaign.h"
#include "server/cli/linkage/lists.h"
#include "server/cli/linkage/pair_files.h"
#include "server/cli/linkage/threads.h"
#include "server/cli/speech.h"
#include "server/crypto/ristretto_blinding.h"
#include "server/crypto/sodium_crypto.h"

namespace filrouge {

namespace {

constexpr std::size_t kRowsPiece = 64;

std::string text_of(const Bytes32& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

struct BlindingSecret {
  CampaignHeader header;
  Bytes32 secret{};
  ~BlindingSecret() { wipe(secret); }
};

// The secret of the file; made where it is not there and `make` says for whom.
Status read_secret(const std::string& path, const CampaignHeader* make, BlindingSecret& out) {
  std::error_code failed;
  if (make != nullptr && !std::filesystem::exists(path, failed)) {
    out.header = *make;
    out.secret = make_ristretto_blinding()->make_secret();
    return write_campaign(path, CampaignFileKind::blinding_secret, *make, text_of(out.secret));
  }
  FILROUGE_TRY(file, read_campaign(path, CampaignFileKind::blinding_secret));
  if (file.body.size() != out.secret.size())
    return refusal_of("secret",
                      path + " : " + std::string(tell("secret illisible", "unreadable secret")));
  std::memcpy(out.secret.data(), file.body.data(), out.secret.size());
  wipe(file.body);
  out.header = file.header;
  return Done{};
}

std::string blinded_rows(const std::vector<linkage::MatchKeys>& keys,
                         const std::vector<std::uint32_t>& order, const BlindingSecret& secret,
                         const linkage::ParallelFor& run) {
  constexpr std::size_t kRowBytes = linkage::match_keys_max * sizeof(Bytes32);
  const std::unique_ptr<Blinding> blinding = make_ristretto_blinding();
  std::string out(order.size() * kRowBytes, '\0');
  run((order.size() + kRowsPiece - 1) / kRowsPiece, [&](std::size_t piece) {
    for (std::size_t i = piece * kRowsPiece; i < std::min(order.size(), (piece + 1) * kRowsPiece);
         ++i)
      for (std::size_t k = 0; k < linkage::match_keys_max; ++k) {
        const std::string& key = keys[order[i]][k];
        const Bytes32 element =
            key.empty() ? blinding->random_element() : blinding->blind_text(secret.secret, key);
        std::memcpy(out.data() + i * kRowBytes + k * sizeof element, element.data(),
                    sizeof element);
      }
  });
  return out;
}

std::string register_of(const PersonList& list, const std::vector<std::uint32_t>& order) {
  std::vector<std::uint32_t> at(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) at[order[i]] = i;
  const auto place =
      std::find_if(list.mapped.begin(), list.mapped.end(),
                   [](const MappedColumn& one) { return one.field == linkage::Field::place; });
  std::string out = "row,id,place\n";
  for (std::size_t row = 0; row < at.size(); ++row) {
    out += std::to_string(at[row] + 1) + ",";
    add_cell(out, list.id_of(row));
    out += ',';
    if (place != list.mapped.end())
      add_cell(out, linkage::trimmed(list.file.cell(row, place->column)));
    out += '\n';
  }
  return out;
}

}  // namespace

Result<int> blind_list(const Arguments& arguments) {
  CampaignHeader header;
  FILROUGE_TRY(campaign, arguments.needed("blinded"));
  FILROUGE_TRY(name, arguments.needed("as"));
  FILROUGE_TRY(secret_path, arguments.needed("secret"));
  FILROUGE_TRY(out, arguments.needed("out"));
  FILROUGE_TRY(threads, threads_of(arguments));
  const linkage::ParallelFor run = run_on_threads(threads);
  header.campaign = campaign;
  header.owner = name;
  header.until = arguments.value("until");
  FILROUGE_CHECK(campaign_lasts(header));
  FILROUGE_TRY(lists, read_lists(arguments.words(), list_options(arguments), run));
  BlindingSecret secret;
  FILROUGE_CHECK(read_secret(secret_path, &header, secret));
  if (secret.header.campaign != campaign || secret.header.owner != name)
    return refusal_of("other_campaign", secret_path + " : " +
                                            std::string(tell("secret d'une autre campagne",
                                                             "secret of another campaign")));
  const std::vector<linkage::MatchKeys> keys = linkage::match_keys(lists.inputs()[0]);
  const std::unique_ptr<Crypto> crypto = make_sodium_crypto();
  const std::vector<std::uint32_t> order =
      linkage::hidden_order(keys.size(), chance_of(arguments, *crypto));
  header.rows = static_cast<std::int64_t>(keys.size());
  header.keys = static_cast<std::int32_t>(linkage::match_keys_max);
  const std::string body = blinded_rows(keys, order, secret, run);
  const std::string whole =
      write_campaign_file(CampaignFileKind::blinded_once, header, body, crypto->hash_function());
  if (const auto register_path = arguments.value("register")) {
    FILROUGE_TRY(
        again, read_campaign_file(whole, CampaignFileKind::blinded_once, crypto->hash_function()));
    CampaignHeader own = header;
    own.source = again.hash;
    FILROUGE_CHECK(write_campaign(*register_path, CampaignFileKind::register_, own,
                                  register_of(lists.all[0], order)));
  }
  FILROUGE_CHECK(write_campaign(out, CampaignFileKind::blinded_once, header, body));
  say_line(out + " : " + std::to_string(keys.size()) +
           std::string(tell(" lignes, à faire aveugler par l'autre partenaire",
                            " rows, to be blinded again by the other partner")));
  return 0;
}

Result<int> blind_again(const Arguments& arguments) {
  FILROUGE_TRY(path, arguments.needed("again"));
  FILROUGE_TRY(secret_path, arguments.needed("secret"));
  FILROUGE_TRY(out, arguments.needed("out"));
  FILROUGE_TRY(threads, threads_of(arguments));
  FILROUGE_TRY(once, read_campaign(path, CampaignFileKind::blinded_once));
  BlindingSecret secret;
  FILROUGE_CHECK(read_secret(secret_path, nullptr, secret));
  if (secret.header.campaign != once.header.campaign || secret.header.owner == once.header.owner)
    return refusal_of("other_campaign",
                      path + " : " +
                          std::string(tell("d'une autre campagne, ou aveuglé par vous-même",
                                           "of another campaign, or blinded by yourself")));
  FILROUGE_CHECK(campaign_lasts(once.header));
  const std::size_t count = once.body.size() / sizeof(Bytes32);
  const std::size_t rows = static_cast<std::size_t>(once.header.rows.value_or(0));
  const std::size_t keys = static_cast<std::size_t>(once.header.keys.value_or(0));
  if (rows == 0 || keys != linkage::match_keys_max || rows != count / keys ||
      once.body.size() != rows * keys * sizeof(Bytes32))
    return refusal_of("rows", path + " : " +
                                  std::string(tell("le nombre de lignes n'est pas celui annoncé",
                                                   "the number of rows is not the one stated")));
  const std::unique_ptr<Blinding> blinding = make_ristretto_blinding();
  std::vector<char> failed(rows);
  run_on_threads(threads)(rows, [&](std::size_t row) {
    for (std::size_t k = row * keys; k < (row + 1) * keys; ++k) {
      Bytes32 element;
      char* const at = once.body.data() + k * sizeof element;
      std::memcpy(element.data(), at, sizeof element);
      const auto twice = blinding->blind(secret.secret, element);
      failed[row] |= !twice.ok();
      if (twice.ok()) std::memcpy(at, twice->data(), sizeof element);
    }
  });
  const auto bad = std::find(failed.begin(), failed.end(), 1);
  if (bad != failed.end())
    return refusal_of("element", path + std::string(tell(", ligne ", ", row ")) +
                                     std::to_string(bad - failed.begin() + 1) +
                                     std::string(tell(" : valeur qui n'est pas du groupe",
                                                      ": a value that is not of the group")));
  CampaignHeader header = once.header;
  header.by = secret.header.owner;
  header.source = once.hash;
  FILROUGE_CHECK(write_campaign(out, CampaignFileKind::blinded_twice, header, once.body));
  say_line(out + " : " + std::to_string(rows) +
           std::string(tell(" lignes, pour l'hôte", " rows, for the host")));
  return 0;
}

}  // namespace filrouge
