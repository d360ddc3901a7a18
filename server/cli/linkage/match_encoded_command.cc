// `filrouge match-encoded FIRST --known OTHER ... --out ANSWER --log FILE`: the host, who holds no
// key, tells the owner of the first list which of its rows are known to somebody, and no more.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/ids.h"
#include "core/linkage/encoded_match.h"
#include "core/linkage/match_keys.h"
#include "server/cli/command.h"
#include "server/cli/linkage/campaign.h"
#include "server/cli/linkage/run_log.h"
#include "server/cli/linkage/safe_file.h"
#include "server/cli/linkage/threads.h"
#include "server/cli/speech.h"
#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"

namespace filrouge {

namespace {

using linkage::Known;

struct Given {
  std::string path;
  CampaignFile file;
};

// What both protocols answer with.
struct Answered {
  std::vector<Known> known;  // by row of the first list
  std::vector<std::int64_t> shares;
};

Error does_not_fit(const std::string& path, std::string_view french, std::string_view english) {
  return refusal_of("other_campaign", path + " : " + std::string(tell(french, english)));
}

Status check_together(const std::vector<Given>& all) {
  const CampaignHeader& first = all[0].file.header;
  for (std::size_t i = 1; i < all.size(); ++i) {
    const CampaignHeader& one = all[i].file.header;
    if (one.campaign != first.campaign || one.fingerprint != first.fingerprint ||
        one.level != first.level)
      return does_not_fit(all[i].path, "d'une autre campagne, ou sous une autre clé",
                          "of another campaign, or under another key");
    for (std::size_t k = 0; k < i; ++k)
      if (all[k].file.header.owner == one.owner)
        return does_not_fit(all[i].path, "deux listes du même membre", "two lists of one member");
  }
  return campaign_lasts(first);
}

// A second answer about the same list from other lists would tell, by what changed, which partner
// knows whom.
Status check_not_asked(const RunLog& log, const RunLine& line) {
  if (line.again) return Done{};
  for (const RunLine& before : log.lines())
    if (before.campaign == line.campaign && before.fingerprint == line.fingerprint &&
        (before.first != line.first || before.known != line.known))
      return refusal_of(
          "asked_before",
          line.campaign +
              std::string(tell(" : cette campagne a déjà eu une réponse avec d'autres listes ; la "
                               "différence dirait qui connaît qui. --again MOTIF passe outre, et "
                               "le registre le garde",
                               ": this campaign was answered before with other lists; the "
                               "difference would tell who knows whom. --again REASON overrides "
                               "it, and the log keeps it")));
  return Done{};
}

std::string now_text() {
  const std::int64_t ms = make_system_clock()->now().ms;
  const LocalStamp stamp = LocalStamp::at(Instant{ms}, 0);
  const auto two = [](std::int64_t n) {
    return std::string(n < 10 ? "0" : "") + std::to_string(n);
  };
  return stamp.date.text() + "T" + two(stamp.minute / 60) + ":" + two(stamp.minute % 60) + ":" +
         two(ms / 1000 % 60) + "Z";
}

std::string body_of(const std::vector<Known>& known) {
  std::string out;
  for (const Known one : known) {
    out += linkage::known_name(one);
    out += '\n';
  }
  return out;
}

Status publish_answer(const Arguments& arguments, const std::vector<Given>& all,
                      const Answered& answered) {
  FILROUGE_TRY(out, arguments.needed("out"));
  FILROUGE_TRY(log_path, arguments.needed("log"));
  const CampaignHeader& first = all[0].file.header;
  const std::string body = body_of(answered.known);
  RunLine line;
  line.at = now_text();
  line.campaign = first.campaign;
  line.fingerprint = first.fingerprint.value_or("");
  line.first = all[0].file.hash;
  for (std::size_t i = 1; i < all.size(); ++i) line.known.push_back(all[i].file.hash);
  std::sort(line.known.begin(), line.known.end());
  line.rows = static_cast<std::int64_t>(answered.known.size());
  const Bytes32 sum = sodium_hash_function()(body);
  line.answer = to_hex(sum.data(), sum.size());
  line.again = arguments.value("again");
  FILROUGE_TRY(log, RunLog::open(log_path));
  FILROUGE_CHECK(check_not_asked(log, line));
  FILROUGE_TRY(head, log.add(std::move(line)));
  CampaignHeader header;
  header.campaign = first.campaign;
  header.owner = first.owner;
  header.fingerprint = first.fingerprint;
  header.until = first.until;
  header.rows = static_cast<std::int64_t>(answered.known.size());
  // A list that was blinded twice goes back to the one that its owner made.
  header.source = first.source.value_or(all[0].file.hash);
  header.known = answered.shares;
  FILROUGE_CHECK(write_campaign(out, CampaignFileKind::answer, header, body));
  say_line(out + std::string(tell(" : pour ", ": for ")) + first.owner +
           std::string(tell(", leurres compris ", ", decoys included ")) +
           std::to_string(answered.known.size()) +
           std::string(tell(" lignes ; registre : ", " rows; log: ")) + head);
  return Done{};
}

Result<int> match_lists(const Arguments& arguments, std::vector<Given> all) {
  FILROUGE_TRY(threads, threads_of(arguments));
  FILROUGE_CHECK(check_together(all));
  // Whoever comes first on the command line changes nothing.
  std::sort(all.begin() + 1, all.end(), [](const Given& x, const Given& y) {
    return x.file.header.owner < y.file.header.owner;
  });
  std::vector<std::vector<linkage::Encoding>> rows;
  for (const Given& one : all) {
    auto read = rows_of_file(one.file);
    if (!read.ok())
      return refusal_of("rows", one.path + " : " +
                                    std::string(tell("le nombre de lignes n'est pas celui annoncé",
                                                     "the number of rows is not the one stated")));
    rows.push_back(std::move(*read));
  }
  const std::vector<std::span<const linkage::Encoding>> others(rows.begin() + 1, rows.end());
  const linkage::EncodedMatch done =
      linkage::match_encoded(rows[0], others, run_on_threads(threads));
  Answered answered{done.known, {}};
  for (const double share : done.known_in_band)
    answered.shares.push_back(static_cast<std::int64_t>(std::llround(share * 1e6)));
  FILROUGE_CHECK(publish_answer(arguments, all, answered));
  return 0;
}

using Elements = std::vector<std::array<char, sizeof(Bytes32)>>;

Result<Elements> elements_of(const Given& given) {
  const CampaignHeader& header = given.file.header;
  const std::size_t size = given.file.body.size() / sizeof(Bytes32);
  if (size == 0 || header.keys != static_cast<std::int32_t>(linkage::match_keys_max) ||
      header.rows.value_or(0) * std::int64_t{linkage::match_keys_max} !=
          static_cast<std::int64_t>(size))
    return refusal_of("rows", given.path + " : " +
                                  std::string(tell("le nombre de lignes n'est pas celui annoncé",
                                                   "the number of rows is not the one stated")));
  Elements out(size);
  for (std::size_t i = 0; i < size; ++i)
    std::copy_n(given.file.body.data() + i * sizeof(Bytes32), sizeof(Bytes32), out[i].begin());
  return out;
}

// Each partner's list, blinded by both, meets the version of the first list that the same two
// blinded; equal elements are equal texts, whatever they are.
Result<int> match_blinded(const Arguments& arguments, const std::vector<Given>& firsts,
                          std::vector<Given> others) {
  Answered answered;
  std::vector<Given> all{firsts[0]};
  std::sort(others.begin(), others.end(), [](const Given& x, const Given& y) {
    return x.file.header.owner < y.file.header.owner;
  });
  for (Given& other : others) {
    const CampaignHeader& header = other.file.header;
    const auto first = std::find_if(firsts.begin(), firsts.end(), [&](const Given& one) {
      return one.file.header.by == header.owner && header.by == one.file.header.owner;
    });
    if (first == firsts.end())
      return does_not_fit(other.path, "la première liste n'a pas été aveuglée par ce partenaire",
                          "the first list was not blinded by this partner");
    if (first->file.header.source != firsts[0].file.header.source)
      return does_not_fit(first->path, "une autre liste que la première",
                          "another list than the first one");
    FILROUGE_TRY(own, elements_of(*first));
    FILROUGE_TRY(held, elements_of(other));
    std::sort(held.begin(), held.end());
    const std::size_t rows = own.size() / linkage::match_keys_max;
    answered.known.resize(rows, Known::unseen);
    for (std::size_t i = 0; i < own.size(); ++i) {
      if (!std::binary_search(held.begin(), held.end(), own[i])) continue;
      Known& known = answered.known[i / linkage::match_keys_max];
      const bool sure = i % linkage::match_keys_max < linkage::sure_match_keys;
      if (sure) known = Known::known;
      if (!sure && known == Known::unseen) known = Known::uncertain;
    }
    all.push_back(std::move(other));
  }
  FILROUGE_CHECK(check_together(all));
  FILROUGE_CHECK(publish_answer(arguments, all, answered));
  return 0;
}

Result<std::vector<Given>> read_all(const std::vector<std::string>& paths, CampaignFileKind kind) {
  std::vector<Given> out;
  for (const std::string& path : paths) {
    FILROUGE_TRY(file, read_campaign(path, kind));
    out.push_back({path, std::move(file)});
  }
  return out;
}

}  // namespace

Result<int> run_match_encoded(const Arguments& arguments) {
  const std::vector<std::string> known = arguments.values("known");
  const std::vector<std::string>& words = arguments.words();
  if (words.empty() || known.empty())
    return usage_of(std::string(
        tell("attendu : match-encoded PREMIÈRE --known AUTRE [--known ...] --out RÉPONSE --log "
             "FICHIER",
             "expected: match-encoded FIRST --known OTHER [--known ...] --out ANSWER --log FILE")));
  FILROUGE_CHECK(arguments.needed("out"));
  FILROUGE_CHECK(arguments.needed("log"));
  // The other lists tell which of the two protocols it is.
  FILROUGE_TRY(bytes, read_whole_file(known[0]));
  const auto header = campaign_header_of(bytes);
  if (header && header->filrouge == campaign_file_name(CampaignFileKind::blinded_twice)) {
    FILROUGE_TRY(firsts, read_all(words, CampaignFileKind::blinded_twice));
    FILROUGE_TRY(others, read_all(known, CampaignFileKind::blinded_twice));
    return match_blinded(arguments, firsts, std::move(others));
  }
  if (words.size() != 1)
    return usage_of(std::string(tell("une seule première liste", "one first list only")));
  FILROUGE_TRY(all, read_all(words, CampaignFileKind::encoded));
  FILROUGE_TRY(others, read_all(known, CampaignFileKind::encoded));
  all.insert(all.end(), others.begin(), others.end());
  return match_lists(arguments, std::move(all));
}

}  // namespace filrouge
