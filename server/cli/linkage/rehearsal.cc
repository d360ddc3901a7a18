// `filrouge campaign rehearse A.csv [B.csv] [--truth COLUMN] [--attacks]`: a whole campaign in
// memory, under a key that nobody keeps: what encoding costs, beside the same lists in clear, and
// what the known attacks make of it. For whoever must decide, and for the measures.
#include <chrono>
#include <ctime>
#include <map>
#include <set>

#include <boost/describe/class.hpp>

#include "core/base/json.h"
#include "core/linkage/attack.h"
#include "core/linkage/decoys.h"
#include "core/linkage/encoded_match.h"
#include "core/linkage/evaluate.h"
#include "core/linkage/match_keys.h"
#include "core/linkage/shared_bits.h"
#include "server/cli/linkage/campaign.h"
#include "server/cli/linkage/link_command.h"
#include "server/cli/linkage/lists.h"
#include "server/cli/linkage/pair_files.h"
#include "server/cli/linkage/threads.h"
#include "server/cli/speech.h"
#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"

namespace filrouge {

namespace {

using linkage::Encoding;
using linkage::Known;
using linkage::Rate;

struct AttackLine {
  std::string attack;
  std::int64_t right = 0;  // millionths of the persons
};
BOOST_DESCRIBE_STRUCT(AttackLine, (), (attack, right))

struct KernelLine {
  std::string kernel;
  std::int64_t pairs_per_second = 0;  // one core
};
BOOST_DESCRIBE_STRUCT(KernelLine, (), (kernel, pairs_per_second))

// Shares in millionths.
struct Quality {
  std::string how;  // "encoded", "blinded", "clear"
  std::int64_t precision = 0;
  std::int64_t recall = 0;
  std::int64_t f1 = 0;
  std::int64_t unseen_precision = 0;
  std::int64_t unseen_recall = 0;
};
BOOST_DESCRIBE_STRUCT(Quality, (), (how, precision, recall, f1, unseen_precision, unseen_recall))

struct Rehearsal {
  std::string level;
  std::vector<std::int64_t> rows;
  std::vector<std::int64_t> decoys;
  std::int64_t encoded_per_second = 0;  // rows, one core; of the lists the faster
  std::vector<KernelLine> kernels;
  std::vector<Quality> quality;
  std::vector<AttackLine> attacks;
};
BOOST_DESCRIBE_STRUCT(Rehearsal, (),
                      (level, rows, decoys, encoded_per_second, kernels, quality, attacks))

std::int64_t millionths(double share) { return static_cast<std::int64_t>(share * 1e6 + 0.5); }

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

class Rehearsing {
 public:
  Rehearsing(const Arguments& arguments, const PersonLists& lists, linkage::Hardening level,
             const linkage::ParallelFor& run)
      : arguments_(arguments),
        lists_(lists),
        inputs_(lists.inputs()),
        persons_(lists.persons()),
        level_(level),
        crypto_(make_sodium_crypto()),
        random_(chance_of(arguments, *crypto_)),
        run_(run) {
    random_(key_.data(), key_.size());
  }
  ~Rehearsing() { wipe(key_); }
  Rehearsing(const Rehearsing&) = delete;
  Rehearsing& operator=(const Rehearsing&) = delete;

  Result<Rehearsal> rehearse(std::size_t percent) {
    for (std::size_t l = 0; l < inputs_.size(); ++l) FILROUGE_CHECK(encode(l, percent));
    measure_kernels();
    if (lists_.all[0].truth && inputs_.size() == 2) FILROUGE_CHECK(measure_quality());
    if (arguments_.has("attacks")) FILROUGE_CHECK(attack());
    return std::move(out_);
  }

 private:
  linkage::KeyedHash hash() { return keyed_hash(*crypto_, key_, "rehearsal"); }

  Status encode(std::size_t l, std::size_t percent) {
    const linkage::InputList& list = inputs_[l];
    const linkage::EncodeOptions options{level_, std::to_string(l)};
    const double begun = cpu_seconds();
    FILROUGE_TRY(real, linkage::encode_list(list, options, hash(), linkage::sequential()));
    out_.encoded_per_second = std::max(
        out_.encoded_per_second,
        static_cast<std::int64_t>(static_cast<double>(list.rows) / (cpu_seconds() - begun)));
    std::vector<Encoding> all = std::move(real.rows);
    const std::size_t decoys = linkage::decoys_wanted(list.rows, percent);
    if (decoys > 0) {
      const linkage::DecoyList made = linkage::make_decoys(list, decoys, random_);
      FILROUGE_TRY(invented, linkage::encode_list(made.input(), options, hash(), run_));
      all.insert(all.end(), invented.rows.begin(), invented.rows.end());
    }
    out_.rows.push_back(static_cast<std::int64_t>(list.rows));
    out_.decoys.push_back(static_cast<std::int64_t>(decoys));
    encoded_.push_back(std::move(all));
    return Done{};
  }

  void measure_kernels() {
    constexpr std::size_t kRowsMost = 8192;
    const std::span<const Encoding> rows =
        std::span(encoded_[0]).first(std::min(kRowsMost, encoded_[0].size()));
    const linkage::BitTable table(rows);
    const double floor = linkage::dice_floor(rows, table, 4);
    for (const auto kernel : {linkage::BitKernel::portable, linkage::BitKernel::popcnt,
                              linkage::BitKernel::avx2, linkage::BitKernel::avx512}) {
      if (!linkage::has_bit_kernel(kernel)) continue;
      double best = 1e9;
      for (int i = 0; i < 3; ++i) {
        const double begun = cpu_seconds();
        linkage::close_pairs(rows, table, floor, linkage::sequential(), kernel);
        best = std::min(best, cpu_seconds() - begun);
      }
      const double pairs = static_cast<double>(rows.size()) * static_cast<double>(rows.size());
      out_.kernels.push_back({std::string(linkage::bit_kernel_name(kernel)),
                              static_cast<std::int64_t>(pairs / std::max(best, 1e-9))});
    }
  }

  // 0 for a decoy: nobody.
  std::uint32_t person(std::size_t l, std::uint32_t row) const {
    if (row >= inputs_[l].rows) return 0;
    return persons_[(l == 0 ? 0 : inputs_[0].rows) + row];
  }

  Quality judged(std::string_view how, const Rate& precision, const Rate& recall,
                 const std::vector<Known>& known) const {
    std::set<std::uint32_t> others(persons_.begin() + std::ptrdiff_t(inputs_[0].rows),
                                   persons_.end());
    Rate unseen_precision;
    Rate unseen_recall;
    for (std::uint32_t row = 0; row < inputs_[0].rows; ++row) {
      if (person(0, row) == 0) continue;
      const bool truly = !others.contains(person(0, row));
      const bool said = known[row] == Known::unseen;
      unseen_precision.of += said;
      unseen_precision.right += said && truly;
      unseen_recall.of += truly;
      unseen_recall.right += said && truly;
    }
    return {std::string(how),
            millionths(precision.value()),
            millionths(recall.value()),
            millionths(linkage::f1_of(precision, recall)),
            millionths(unseen_precision.value()),
            millionths(unseen_recall.value())};
  }

  double true_pairs() const {
    std::map<std::uint32_t, double> first;
    for (std::uint32_t row = 0; row < inputs_[0].rows; ++row) first[person(0, row)] += 1;
    double out = 0;
    for (std::uint32_t row = 0; row < inputs_[1].rows; ++row) {
      const auto found = first.find(person(1, row));
      if (person(1, row) != 0 && found != first.end()) out += found->second;
    }
    return out;
  }

  Status measure_quality() {
    const linkage::EncodedMatch done = linkage::match_encoded(encoded_[0], {encoded_[1]}, run_);
    Rate precision;
    Rate recall{0, true_pairs()};
    for (const linkage::EncodedLink& one : done.links) {
      // What a decoy is in never counts: its owner takes it away.
      if (one.band != linkage::Band::match || one.first >= inputs_[0].rows) continue;
      const std::uint32_t person_of = person(0, one.first);
      precision.of += 1;
      precision.right += person_of != 0 && person_of == person(1, one.other);
    }
    recall.right = precision.right;
    out_.quality.push_back(judged("encoded", precision, recall, done.known));
    measure_blinded();
    auto linked = linkage::link(inputs_, {}, run_);
    if (!linked.ok()) return linkage_refusal(linked.error());
    const auto unseen = linkage::unseen_rows(*linked);
    const auto clear = linkage::evaluate({*linked, persons_, nullptr, nullptr, &unseen});
    out_.quality.push_back(
        {"clear", millionths(clear.precision.value()), millionths(clear.recall.value()),
         millionths(linkage::f1_of(clear.precision, clear.recall)),
         millionths(clear.unseen_precision.value()), millionths(clear.unseen_recall.value())});
    return Done{};
  }

  // Equal texts meet, blinded or not: what the second protocol finds is told from the texts.
  void measure_blinded() {
    const auto first = linkage::match_keys(inputs_[0]);
    const auto other = linkage::match_keys(inputs_[1]);
    std::map<std::string, std::vector<std::uint32_t>> holders;
    for (std::uint32_t row = 0; row < other.size(); ++row)
      for (const std::string& key : other[row])
        if (!key.empty()) holders[key].push_back(row);
    std::vector<Known> known(first.size(), Known::unseen);
    Rate precision;
    Rate recall{0, true_pairs()};
    for (std::uint32_t row = 0; row < first.size(); ++row) {
      std::set<std::uint32_t> found;
      for (std::size_t k = 0; k < linkage::match_keys_max; ++k) {
        const auto held = holders.find(first[row][k]);
        if (first[row][k].empty() || held == holders.end()) continue;
        if (k < linkage::sure_match_keys) {
          known[row] = Known::known;
          found.insert(held->second.begin(), held->second.end());
        } else if (known[row] == Known::unseen) {
          known[row] = Known::uncertain;
        }
      }
      for (const std::uint32_t one : found) {
        precision.of += 1;
        precision.right += person(0, row) != 0 && person(0, row) == person(1, one);
      }
    }
    recall.right = precision.right;
    out_.quality.push_back(judged("blinded", precision, recall, known));
  }

  // The attacker holds the first list in clear, whole, and knows how it is encoded.
  Status attack() {
    const auto order = linkage::hidden_order(encoded_[0].size(), random_);
    std::vector<Encoding> hidden(order.size());
    std::vector<std::uint32_t> at(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      hidden[i] = encoded_[0][order[i]];
      at[order[i]] = i;
    }
    Bytes32 other{};
    random_(other.data(), other.size());
    const auto own_level = std::min(level_, linkage::Hardening::folded);
    FILROUGE_TRY(own, linkage::encode_list(inputs_[0], {own_level, ""},
                                           keyed_hash(*crypto_, other, "attack"), run_));
    const linkage::AttackInput input{hidden, own.rows, {}};
    const std::pair<std::string_view,
                    linkage::Guesses (*)(const linkage::AttackInput&, const linkage::ParallelFor&)>
        kAttacks[] = {{"other_key", &linkage::attack_other_key},
                      {"frequency", &linkage::attack_frequency},
                      {"pattern", &linkage::attack_pattern},
                      {"graph", &linkage::attack_graph}};
    for (const auto& [name, run_attack] : kAttacks) {
      const linkage::Guesses guesses = run_attack(input, run_);
      double right = 0;
      for (std::size_t i = 0; i < guesses.size(); ++i) right += guesses[i] == at[i];
      out_.attacks.push_back(
          {std::string(name), millionths(right / static_cast<double>(guesses.size()))});
    }
    return Done{};
  }

  const Arguments& arguments_;
  const PersonLists& lists_;
  std::vector<linkage::InputList> inputs_;
  std::vector<std::uint32_t> persons_;
  linkage::Hardening level_;
  std::unique_ptr<Crypto> crypto_;
  linkage::RandomBytes random_;
  const linkage::ParallelFor& run_;
  Bytes32 key_{};
  std::vector<std::vector<Encoding>> encoded_;
  Rehearsal out_;
};

std::string percent(std::int64_t share) {
  std::string out;
  add_number(out, static_cast<double>(share) / 1e4, 2);
  return out + " %";
}

std::string text_of(const Rehearsal& one) {
  std::string out;
  for (const Quality& quality : one.quality)
    out += quality.how + " : F1 " + percent(quality.f1) + ", " +
           std::string(tell("précision ", "precision ")) + percent(quality.precision) + ", " +
           std::string(tell("rappel ", "recall ")) + percent(quality.recall) + " ; " +
           std::string(tell("inconnus de tous ", "unseen ")) + percent(quality.unseen_precision) +
           ", " + percent(quality.unseen_recall) + "\n";
  for (const AttackLine& attack : one.attacks)
    out += std::string(tell("attaque ", "attack ")) + attack.attack + " : " +
           percent(attack.right) +
           std::string(tell(" des personnes retrouvées\n", " of the persons found\n"));
  out += std::to_string(one.encoded_per_second) +
         std::string(tell(" lignes encodées par seconde et par cœur\n",
                          " rows encoded a second and a core\n"));
  for (const KernelLine& kernel : one.kernels)
    out += kernel.kernel + " : " + std::to_string(kernel.pairs_per_second / 1'000'000) +
           std::string(tell(" millions de paires par seconde et par cœur\n",
                            " million pairs a second and a core\n"));
  return out;
}

}  // namespace

Result<int> rehearse_campaign(const Arguments& arguments) {
  const std::vector<std::string>& words = arguments.words();
  if (words.size() < 2 || words.size() > 3)
    return usage_of(std::string(tell("attendu : campaign rehearse LISTE.csv [AUTRE.csv] ...",
                                     "expected: campaign rehearse LIST.csv [OTHER.csv] ...")));
  FILROUGE_TRY(format, arguments.choice("format", {"text", "json"}));
  FILROUGE_TRY(level, arguments.choice("level", {"standard", "strong", "none"}));
  FILROUGE_TRY(percent_decoys, arguments.number("decoys", 25, 0, 300));
  FILROUGE_TRY(threads, threads_of(arguments));
  const linkage::ParallelFor run = run_on_threads(threads);
  FILROUGE_TRY(lists, read_lists({words.begin() + 1, words.end()}, list_options(arguments), run));
  const linkage::Hardening hardening = level == "none"     ? linkage::Hardening::none
                                       : level == "strong" ? linkage::Hardening::strong
                                                           : linkage::Hardening::standard;
  Rehearsing rehearsing(arguments, lists, hardening, run);
  auto done = rehearsing.rehearse(static_cast<std::size_t>(percent_decoys));
  if (!done.ok()) return linkage_refusal(done.error());
  done->level = level;
  print_text(format == "json" ? json::encode(*done) + "\n" : text_of(*done));
  return 0;
}

}  // namespace filrouge
