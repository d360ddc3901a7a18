// `filrouge campaign join|create|answer|end|rehearse`: who may compare encoded lists, under which
// key, until when; what an answer means to the owner of the list; and that nothing stays.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "core/linkage/unseen.h"
#include "server/cli/command.h"
#include "server/cli/linkage/campaign.h"
#include "server/cli/linkage/link_command.h"
#include "server/cli/linkage/pair_files.h"
#include "server/cli/linkage/safe_file.h"
#include "server/cli/speech.h"
#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"
#include "server/interop/csv_reader.h"

namespace filrouge {

namespace {

namespace fs = std::filesystem;

// Names become parts of file names.
Status check_name(std::string_view what, const std::string& name) {
  constexpr std::size_t kLongest = 60;
  const bool fits = !name.empty() && name.size() <= kLongest && name[0] != '.' &&
                    std::all_of(name.begin(), name.end(), [](char c) {
                      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                             (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
                    });
  if (fits) return Done{};
  return usage_of(std::string(what) + " " + name + " : " +
                  std::string(tell("lettres sans accent, chiffres, tirets, points, au plus 60",
                                   "letters without accents, digits, dashes, dots, at most 60")));
}

// campaign join CAMPAIGN --as NAME --secret FILE --out FILE
Result<int> join(const Arguments& arguments, const std::string& campaign) {
  FILROUGE_TRY(name, arguments.needed("as"));
  FILROUGE_TRY(secret_path, arguments.needed("secret"));
  FILROUGE_TRY(out, arguments.needed("out"));
  FILROUGE_CHECK(check_name("--as", name));
  if (fs::exists(secret_path))
    return refusal_of("there", secret_path + " : " +
                                   std::string(tell("ce fichier existe déjà ; il ouvre peut-être "
                                                    "une clé de campagne",
                                                    "this file is already there; it may open the "
                                                    "key of a campaign")));
  const std::unique_ptr<Crypto> crypto = make_sodium_crypto();
  BoxKeys keys = crypto->make_box_keys();
  const auto text = [](const Bytes32& bytes) {
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  };
  CampaignHeader header;
  header.campaign = campaign;
  header.owner = name;
  std::string body = text(keys.public_key) + text(keys.secret_key);
  const Status kept = write_campaign(secret_path, CampaignFileKind::member_secret, header, body);
  wipe(body);
  wipe(keys.secret_key);
  FILROUGE_CHECK(kept);
  FILROUGE_CHECK(write_campaign(out, CampaignFileKind::member, header, text(keys.public_key)));
  say_line(out +
           std::string(tell(" : à envoyer au dépositaire de la clé ; empreinte à lui dire : ",
                            ": to send to the custodian of the key; fingerprint to tell: ")) +
           fingerprint_of(*crypto, keys.public_key));
  return 0;
}

struct Member {
  std::string name;
  Bytes32 key{};
};

Result<std::vector<Member>> read_members(const Arguments& arguments, const std::string& campaign) {
  std::vector<Member> out;
  std::set<std::string> names;
  for (const std::string& path : arguments.values("member")) {
    FILROUGE_TRY(file, read_campaign(path, CampaignFileKind::member));
    FILROUGE_CHECK(check_name("--member", file.header.owner));
    if (file.header.campaign != campaign)
      return refusal_of("other_campaign",
                        path + " : " + std::string(tell("de la campagne ", "of the campaign ")) +
                            file.header.campaign);
    Member member{file.header.owner, {}};
    if (file.body.size() != member.key.size() || !names.insert(member.name).second)
      return refusal_of("member", path + " : " +
                                      std::string(tell("membre illisible ou donné deux fois",
                                                       "unreadable member, or given twice")));
    std::copy(file.body.begin(), file.body.end(), member.key.begin());
    out.push_back(std::move(member));
  }
  if (out.size() < 2)
    return usage_of(
        std::string(tell("il faut au moins deux --member", "at least two --member are needed")));
  return out;
}

// campaign create CAMPAIGN --member FILE ... --until DAY [--level standard|strong] --out FOLDER
Result<int> create(const Arguments& arguments, const std::string& campaign) {
  FILROUGE_TRY(folder, arguments.needed("out"));
  FILROUGE_TRY(until, arguments.needed("until"));
  FILROUGE_TRY(level, arguments.choice("level", {"standard", "strong"}));
  const auto day = CivilDate::parse(until);
  if (!day.ok() || day->text() < today())
    return usage_of("--until " + until + " : " +
                    std::string(tell("un jour à venir, AAAA-MM-JJ", "a day to come, YYYY-MM-DD")));
  FILROUGE_TRY(members, read_members(arguments, campaign));
  std::error_code failed;
  fs::create_directories(folder, failed);
  const std::unique_ptr<Crypto> crypto = make_sodium_crypto();
  Bytes32 key;
  make_system_random()->fill(key);
  const std::string fingerprint = fingerprint_of(*crypto, key);
  for (const Member& member : members) {
    CampaignHeader header;
    header.campaign = campaign;
    header.owner = member.name;
    header.fingerprint = fingerprint;
    header.until = until;
    header.level = level;
    std::string inside(reinterpret_cast<const char*>(key.data()), key.size());
    inside += bound_to_key(header);
    const std::string sealed = crypto->seal_box(member.key, inside);
    wipe(inside);
    const std::string path = folder + "/" + member.name + ".key";
    FILROUGE_CHECK(write_campaign(path, CampaignFileKind::campaign_key, header, sealed));
    say_line(path + std::string(tell(" : pour ", ": for ")) + member.name +
             std::string(tell(", dont l'empreinte est ", ", whose fingerprint is ")) +
             fingerprint_of(*crypto, member.key));
  }
  wipe(key);
  say_line(std::string(tell("La clé n'est gardée nulle part ailleurs. Empreinte de la campagne : ",
                            "The key is kept nowhere else. Fingerprint of the campaign: ")) +
           fingerprint);
  return 0;
}

struct OwnRow {
  std::string id;
  std::string place;
  std::size_t at = 0;  // in the encoded list
};

Error bad_register(const std::string& path) {
  return refusal_of("register",
                    path + " : " + std::string(tell("registre illisible", "unreadable register")));
}

Result<std::vector<OwnRow>> read_register(const std::string& path, const CampaignFile& file) {
  std::vector<OwnRow> out;
  bool fits = true;
  CsvReader reader(
      [&](CsvRow&& row) {
        if (row.line == 1) return;
        OwnRow own;
        fits = fits && !row.error && row.fields.size() == 3;
        if (!fits) return;
        const std::string& at = row.fields[0];
        const auto read = std::from_chars(at.data(), at.data() + at.size(), own.at);
        fits = read.ec == std::errc{} && own.at > 0;
        own.at -= 1;
        own.id = std::move(row.fields[1]);
        own.place = std::move(row.fields[2]);
        out.push_back(std::move(own));
      },
      ',');
  reader.feed(file.body);
  reader.finish();
  if (!fits) return bad_register(path);
  return out;
}

// By place: how many are unseen, and how many truly are, by what each band says on the whole.
std::vector<linkage::UnseenCount> count_places(const std::vector<OwnRow>& rows,
                                               const std::vector<linkage::Known>& known,
                                               const std::vector<std::int64_t>& shares) {
  std::map<std::string, linkage::UnseenCount> places;
  std::map<std::string, double> variance;
  linkage::UnseenCount all;
  double all_variance = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto band = static_cast<std::size_t>(known[i]);
    // Without probabilities (the protocol without a key) only the bands are known.
    const double unseen = shares.empty() ? double(known[i] == linkage::Known::unseen)
                                         : 1 - static_cast<double>(shares[band]) / 1e6;
    linkage::UnseenCount& one = places[rows[i].place];
    one.group = rows[i].place;
    variance[rows[i].place] += unseen * (1 - unseen);
    all_variance += unseen * (1 - unseen);
    for (linkage::UnseenCount* count : {&one, &all}) {
      ++count->rows;
      count->known += known[i] == linkage::Known::known;
      count->uncertain += known[i] == linkage::Known::uncertain;
      count->unseen += known[i] == linkage::Known::unseen;
      count->likely += unseen;
    }
  }
  constexpr double kInterval = 1.96;
  const auto finish = [&](linkage::UnseenCount& count, double squares) {
    if (shares.empty()) {
      count.low = static_cast<double>(count.unseen);
      count.high = static_cast<double>(count.unseen + count.uncertain);
      return;
    }
    count.low = std::max(0.0, count.likely - kInterval * std::sqrt(squares));
    count.high = std::min(double(count.rows), count.likely + kInterval * std::sqrt(squares));
  };
  std::vector<linkage::UnseenCount> out;
  for (auto& [name, count] : places) {
    finish(count, variance[name]);
    out.push_back(count);
  }
  finish(all, all_variance);
  out.push_back(all);
  return out;
}

Result<std::vector<linkage::Known>> read_bands(const std::string& path, const CampaignFile& file) {
  std::vector<linkage::Known> out;
  std::string_view body = file.body;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('\n'), body.size());
    const std::string_view word = body.substr(0, end);
    body.remove_prefix(std::min(body.size(), end + 1));
    bool found = false;
    for (const auto known :
         {linkage::Known::known, linkage::Known::uncertain, linkage::Known::unseen})
      if (word == linkage::known_name(known)) {
        out.push_back(known);
        found = true;
      }
    if (!found) break;
  }
  if (!body.empty() || (!file.header.known.empty() && file.header.known.size() != 3) ||
      file.header.rows != static_cast<std::int64_t>(out.size()))
    return refusal_of("answer",
                      path + " : " + std::string(tell("réponse illisible", "unreadable answer")));
  return out;
}

// campaign answer ANSWER --register FILE --out FILE [--counts FILE]
Result<int> answer(const Arguments& arguments, const std::string& path) {
  FILROUGE_TRY(register_path, arguments.needed("register"));
  FILROUGE_TRY(out, arguments.needed("out"));
  FILROUGE_TRY(answered, read_campaign(path, CampaignFileKind::answer));
  FILROUGE_TRY(own, read_campaign(register_path, CampaignFileKind::register_));
  if (answered.header.source != own.header.source)
    return refusal_of("other_list", path + " : " +
                                        std::string(tell("répond à une autre liste encodée que ",
                                                         "answers another encoded list than ")) +
                                        register_path);
  FILROUGE_TRY(rows, read_register(register_path, own));
  FILROUGE_TRY(bands, read_bands(path, answered));
  std::vector<linkage::Known> known;
  std::string text = "id,band\n";
  for (const OwnRow& row : rows) {
    if (row.at >= bands.size()) return bad_register(register_path);
    known.push_back(bands[row.at]);
    add_cell(text, row.id);
    text += ',';
    text += linkage::known_name(known.back());
    text += '\n';
  }
  const auto counts = count_places(rows, known, answered.header.known);
  FILROUGE_CHECK(write_safely(out, text, SafeFile::Readers::owner));
  if (const auto counts_path = arguments.value("counts"))
    FILROUGE_CHECK(write_counts(*counts_path, counts));
  const linkage::UnseenCount& all = counts.back();
  print_text(std::to_string(all.rows) + std::string(tell(" lignes : ", " rows: ")) +
             std::to_string(all.known) + std::string(tell(" connues, ", " known, ")) +
             std::to_string(all.uncertain) + std::string(tell(" à vérifier, ", " to check, ")) +
             std::to_string(all.unseen) +
             std::string(tell(" inconnues de tous (vraisemblablement entre ",
                              " known to nobody (likely between ")) +
             std::to_string(all.at_least()) + std::string(tell(" et ", " and ")) +
             std::to_string(all.at_most()) + ")\n");
  return 0;
}

std::string first_bytes(const fs::path& path) {
  constexpr std::size_t kHeaderBytes = 1 << 14;
  std::ifstream in(path, std::ios::binary);
  std::string text(kHeaderBytes, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

// campaign end CAMPAIGN FOLDER [FOLDER ...]
Result<int> end(const Arguments& arguments, const std::string& campaign) {
  const std::vector<std::string>& words = arguments.words();
  if (words.size() < 3)
    return usage_of(std::string(tell("attendu : campaign end CAMPAGNE DOSSIER [DOSSIER ...]",
                                     "expected: campaign end CAMPAIGN FOLDER [FOLDER ...]")));
  std::size_t removed = 0;
  for (std::size_t i = 2; i < words.size(); ++i) {
    std::error_code failed;
    std::vector<fs::path> found;
    for (const fs::directory_entry& one : fs::directory_iterator(words[i], failed)) {
      if (!one.is_regular_file() || one.is_symlink()) continue;
      const auto header = campaign_header_of(first_bytes(one.path()));
      if (header && header->campaign == campaign) found.push_back(one.path());
    }
    if (failed)
      return refusal_of(
          "no_folder",
          words[i] + " : " + std::string(tell("dossier illisible", "unreadable folder")));
    std::sort(found.begin(), found.end());
    for (const fs::path& path : found) {
      if (!fs::remove(path, failed))
        return refusal_of("not_removed",
                          path.string() + " : " +
                              std::string(tell("n'a pas pu être supprimé", "was not removed")));
      say_line(path.string() + std::string(tell(" : supprimé", ": removed")));
      ++removed;
    }
  }
  say_line(campaign + " : " + std::to_string(removed) +
           std::string(tell(" fichiers supprimés ; les copies faites ailleurs ne le sont pas",
                            " files removed; copies made elsewhere are not")));
  return 0;
}

}  // namespace

Result<int> run_campaign(const Arguments& arguments) {
  const std::vector<std::string>& words = arguments.words();
  const std::string part = words.empty() ? "" : words[0];
  if (part == "rehearse") return rehearse_campaign(arguments);
  if (words.size() < 2 || (words.size() > 2 && part != "end"))
    return usage_of(
        std::string(tell("attendu : campaign join|create|answer|end|rehearse, et son objet",
                         "expected: campaign join|create|answer|end|rehearse, and its object")));
  if (part == "answer") return answer(arguments, words[1]);
  FILROUGE_CHECK(check_name("campaign", words[1]));
  if (part == "join") return join(arguments, words[1]);
  if (part == "create") return create(arguments, words[1]);
  if (part == "end") return end(arguments, words[1]);
  return usage_of("campaign " + part + " : join, create, answer, end, rehearse");
}

}  // namespace filrouge
