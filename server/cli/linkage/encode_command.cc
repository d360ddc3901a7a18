// `filrouge encode LIST.csv --key FILE --secret FILE --out FILE --register FILE`: a member's list
// as rows that can be compared without being read, with decoys, in hidden order.
#include <algorithm>

#include "core/linkage/decoys.h"
#include "core/linkage/value_table.h"
#include "server/cli/command.h"
#include "server/cli/linkage/campaign.h"
#include "server/cli/linkage/link_command.h"
#include "server/cli/linkage/lists.h"
#include "server/cli/linkage/pair_files.h"
#include "server/cli/linkage/threads.h"
#include "server/cli/speech.h"
#include "server/crypto/sodium_crypto.h"

namespace filrouge {

namespace {

using linkage::EncodedList;
using linkage::Field;

constexpr std::int64_t kUsualDecoys = 25;
constexpr std::int64_t kFewDecoys = 20;  // below, a whole cohort in clear is of use to an attacker

struct Prepared {
  EncodedList real;
  std::vector<linkage::Encoding> rows;  // decoys among them, in hidden order
  std::vector<std::uint32_t> at;        // of each row of the list, where it lies there
};

Result<Prepared> encode_with_decoys(const linkage::InputList& list, const CampaignKey& key,
                                    linkage::Hardening level, std::size_t decoys,
                                    const linkage::RandomBytes& random, Crypto& crypto,
                                    const linkage::ParallelFor& run) {
  const linkage::KeyedHash hash = keyed_hash(crypto, key.key, "filrouge encode 2");
  const linkage::EncodeOptions options{level, key.header.owner};
  Prepared out;
  FILROUGE_TRY(real, linkage::encode_list(list, options, hash, run));
  out.real = std::move(real);
  std::vector<linkage::Encoding> all = std::move(out.real.rows);
  if (decoys > 0) {
    const linkage::DecoyList made = linkage::make_decoys(list, decoys, random);
    FILROUGE_TRY(invented, linkage::encode_list(made.input(), options, hash, run));
    all.insert(all.end(), invented.rows.begin(), invented.rows.end());
  }
  const std::vector<std::uint32_t> order = linkage::hidden_order(all.size(), random);
  out.rows.resize(all.size());
  out.at.resize(list.rows);
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    out.rows[i] = all[order[i]];
    if (order[i] < list.rows) out.at[order[i]] = i;
  }
  return out;
}

std::string register_of(const PersonList& list, const std::vector<std::uint32_t>& at) {
  const auto place =
      std::find_if(list.mapped.begin(), list.mapped.end(),
                   [](const MappedColumn& one) { return one.field == Field::place; });
  std::string out = "row,id,place\n";
  for (std::size_t row = 0; row < at.size(); ++row) {
    out += std::to_string(at[row] + 1) + ",";
    add_cell(out, list.id_of(row));
    out += ',';
    if (list.by) {
      add_cell(out, linkage::trimmed(list.file.cell(row, *list.by)));
    } else if (place != list.mapped.end()) {
      add_cell(out, linkage::trimmed(list.file.cell(row, place->column)));
    }
    out += '\n';
  }
  return out;
}

void tell_passed_over(const PersonList& list) {
  for (const MappedColumn& one : list.mapped)
    if (!linkage::is_encoded(one.field))
      say_line(list.path + " : " + list.file.titles[one.column] +
               std::string(tell(" n'est pas encodée", " is not encoded")));
}

}  // namespace

Result<int> run_encode(const Arguments& arguments) {
  if (arguments.has("again")) return blind_again(arguments);
  if (arguments.words().size() != 1)
    return usage_of(std::string(
        tell("attendu : encode LISTE.csv --key FICHIER --secret FICHIER --out FICHIER ...",
             "expected: encode LIST.csv --key FILE --secret FILE --out FILE ...")));
  if (arguments.has("blinded")) return blind_list(arguments);
  FILROUGE_TRY(key_path, arguments.needed("key"));
  FILROUGE_TRY(secret_path, arguments.needed("secret"));
  FILROUGE_TRY(out, arguments.needed("out"));
  FILROUGE_TRY(register_path, arguments.needed("register"));
  FILROUGE_TRY(percent, arguments.number("decoys", kUsualDecoys, 0, 300));
  FILROUGE_TRY(threads, threads_of(arguments));
  const linkage::ParallelFor run = run_on_threads(threads);
  const std::unique_ptr<Crypto> crypto = make_sodium_crypto();
  FILROUGE_TRY(key, open_campaign_key(key_path, secret_path, *crypto));
  FILROUGE_CHECK(campaign_lasts(key.header));
  FILROUGE_TRY(level, hardening_named(key_path, key.header));
  FILROUGE_TRY(lists, read_lists(arguments.words(), list_options(arguments), run));
  const PersonList& list = lists.all[0];
  const linkage::InputList input = lists.inputs()[0];
  auto made = encode_with_decoys(input, key, level,
                                 linkage::decoys_wanted(input.rows, std::size_t(percent)),
                                 chance_of(arguments, *crypto), *crypto, run);
  if (!made.ok()) return linkage_refusal(made.error());
  linkage::Records odd;
  odd.columns = made->real.columns;
  tell_oddities(lists, odd);
  tell_passed_over(list);
  if (made->real.empty_rows > 0)
    say_line(
        list.path + " : " + std::to_string(made->real.empty_rows) +
        std::string(tell(" lignes où rien n'est à comparer", " rows with nothing to compare")));
  if (percent < kFewDecoys)
    say_line(
        tell("moins de 20 % de leurres : qui a toute la cohorte en clair peut essayer de la "
             "superposer",
             "less than 20 % decoys: who has the whole cohort in clear may try to lay it over"));
  CampaignHeader header = key.header;
  header.rows = static_cast<std::int64_t>(made->rows.size());
  const std::string whole = write_campaign_file(CampaignFileKind::encoded, header,
                                                bytes_of_rows(made->rows), crypto->hash_function());
  FILROUGE_TRY(again,
               read_campaign_file(whole, CampaignFileKind::encoded, crypto->hash_function()));
  CampaignHeader own = header;
  own.source = again.hash;
  // The register first: an encoded list without it could not be told apart from its decoys.
  FILROUGE_CHECK(
      write_campaign(register_path, CampaignFileKind::register_, own, register_of(list, made->at)));
  FILROUGE_CHECK(write_campaign(out, CampaignFileKind::encoded, header, bytes_of_rows(made->rows)));
  say_line(out + " : " + std::to_string(input.rows) +
           std::string(tell(" lignes et ", " rows and ")) +
           std::to_string(made->rows.size() - input.rows) +
           std::string(tell(" leurres ; empreinte de la campagne : ",
                            " decoys; fingerprint of the campaign: ")) +
           key.header.fingerprint.value_or(""));
  return 0;
}

}  // namespace filrouge
