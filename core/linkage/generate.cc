#include "core/linkage/generate.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/embedded.h"
#include "core/base/result.h"
#include "core/base/text.h"
#include "core/linkage/dictionary.h"

namespace filrouge::linkage {

const std::array<const char*, generated_columns> generated_titles = {
    "prenom", "nom", "date_naissance", "sexe", "code_postal", "commune", "telephone", "courriel"};

namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return out;
}

// The lines of generated_names.txt that are no comment.
struct Names {
  std::vector<std::string_view> women, men, surnames, begins, middles, ends, communes;
  Names() {
    std::vector<std::string_view> lines;
    for (const std::string_view line :
         split(embedded_file("core/linkage/generated_names.txt"), '\n'))
      if (!line.starts_with('#')) lines.push_back(line);
    verify(lines.size() == 7);
    std::size_t line = 0;
    for (auto* into : {&women, &men, &surnames, &begins, &middles, &ends})
      *into = split(lines[line++], ' ');
    communes = split(lines[line], '|');
  }
};

class Maker {
 public:
  explicit Maker(const GenerateOptions& options) : options_(options), state_(options.seed) {}

  Generated run() {
    Generated out;
    out.rows.resize(std::max<std::size_t>(1, options_.lists));
    if (out.rows.size() == 1) {
      messy_list(out.rows[0]);
    } else {
      lists_of_persons(out);
    }
    for (auto& rows : out.rows) shuffle(rows);
    return out;
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next_number(state_) % n); }
  double share() { return static_cast<double>(next_number(state_) >> 11) * 0x1p-53; }
  bool happens(double probability) { return share() < probability; }
  // Early ones are drawn more often, as names are.
  std::string_view draw(const std::vector<std::string_view>& from) {
    const double x = share();
    return from[static_cast<std::size_t>(x * x * static_cast<double>(from.size()))];
  }
  std::string_view draw_evenly(const std::vector<std::string_view>& from) {
    return from[below(from.size())];
  }

  std::string surname() {
    if (happens(0.4)) return std::string(draw(names_.surnames));
    std::string name(draw_evenly(names_.begins));
    if (happens(0.5)) name += draw_evenly(names_.middles);
    name += draw_evenly(names_.ends);
    if (happens(0.04)) name += "-" + std::string(draw(names_.surnames));
    return name;
  }

  std::string two_digits(std::size_t n) { return {char('0' + n / 10), char('0' + n % 10)}; }

  std::string phone() {
    std::string text = happens(0.8) ? "06" : "07";
    for (int i = 0; i < 8; ++i) text += static_cast<char>('0' + below(10));
    return text;
  }

  GeneratedRow person() {
    GeneratedRow row;
    row.person = ++persons_;
    const bool woman = happens(0.5);
    at(row, GeneratedColumn::given_name) = draw(woman ? names_.women : names_.men);
    if (happens(0.15))
      at(row, GeneratedColumn::given_name) +=
          " " + std::string(draw(woman ? names_.women : names_.men));
    at(row, GeneratedColumn::surname) = surname();
    at(row, GeneratedColumn::sex) = woman ? "F" : "M";
    at(row, GeneratedColumn::date_of_birth) =
        std::to_string(1998 + below(11)) + two_digits(1 + below(12)) + two_digits(1 + below(28));
    live_somewhere(row);
    if (happens(0.6)) at(row, GeneratedColumn::phone) = phone();
    if (happens(0.3)) {
      const std::string first = fold_for_search(at(row, GeneratedColumn::given_name));
      const std::string last = fold_for_search(at(row, GeneratedColumn::surname));
      at(row, GeneratedColumn::email) = first.substr(0, first.find(' ')) + "." +
                                        last.substr(0, last.find(' ')) +
                                        std::to_string(below(100)) + "@exemple.fr";
    }
    return row;
  }

  void live_somewhere(GeneratedRow& row) {
    const std::string_view where = draw(names_.communes);
    at(row, GeneratedColumn::postcode) = where.substr(0, 5);
    at(row, GeneratedColumn::place) = where.substr(6);
  }

  static std::string& at(GeneratedRow& row, GeneratedColumn column) {
    return row.cell[static_cast<std::size_t>(column)];
  }

  // One slip of the pen: a letter wrong, missing, doubled, or two turned. ASCII only, for a slip in
  // half a letter would be no text any more.
  void slip(std::string& text, std::string_view alphabet) {
    if (text.size() < 3) return;
    const std::size_t i = below(text.size() - 1);
    if (static_cast<unsigned char>(text[i]) >= 0x80 ||
        static_cast<unsigned char>(text[i + 1]) >= 0x80)
      return;
    const char other = alphabet[below(alphabet.size())];
    switch (below(4)) {
      case 0:
        text[i] = other;
        return;
      case 1:
        if (alphabet.size() > 10) text.erase(i, 1);
        return;
      case 2:
        if (alphabet.size() > 10) text.insert(i, 1, other);
        return;
      default:
        std::swap(text[i], text[i + 1]);
    }
  }

  // Another spelling that sounds the same.
  void mishear(std::string& text) {
    constexpr std::pair<std::string_view, std::string_view> kSounds[] = {
        {"eau", "o"}, {"ph", "f"}, {"au", "o"}, {"qu", "k"}, {"ss", "c"}, {"y", "i"},
        {"ai", "é"},  {"th", "t"}, {"ll", "l"}, {"nn", "n"}, {"tt", "t"}, {"è", "e"}};
    for (const auto& [from, to] : kSounds) {
      const std::size_t found = text.find(from);
      if (found == std::string::npos || !happens(0.5)) continue;
      text.replace(found, from.size(), to);
      return;
    }
  }

  GeneratedRow copy(const GeneratedRow& person) {
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
    constexpr std::string_view kDigits = "0123456789";
    GeneratedRow row = person;
    const double hasty = happens(0.1) ? 3 : 0.7;
    const auto goes_wrong = [&](double rate) {
      return happens(std::min(0.9, rate * hasty * options_.noise));
    };
    std::string& given = at(row, GeneratedColumn::given_name);
    std::string& surname = at(row, GeneratedColumn::surname);
    if (goes_wrong(0.08)) slip(given, kLetters);
    if (goes_wrong(0.08)) slip(surname, kLetters);
    if (goes_wrong(0.05)) mishear(given);
    if (goes_wrong(0.08)) mishear(surname);
    if (goes_wrong(0.10)) given = given.substr(0, given.find(' '));
    if (goes_wrong(0.005) && static_cast<unsigned char>(given[0]) < 0x80) given.resize(1);
    if (goes_wrong(0.02)) surname = this->surname();
    if (goes_wrong(0.02)) std::swap(given, surname);
    std::string& date = at(row, GeneratedColumn::date_of_birth);
    if (goes_wrong(0.04)) slip(date, kDigits);
    if (goes_wrong(0.01)) date = date.substr(0, 4) + date.substr(6, 2) + date.substr(4, 2);
    if (goes_wrong(0.01)) date = date.substr(0, 4) + "0101";
    if (goes_wrong(0.02)) date.clear();
    if (goes_wrong(0.02)) at(row, GeneratedColumn::sex).clear();
    if (goes_wrong(0.08)) live_somewhere(row);
    if (goes_wrong(0.04)) at(row, GeneratedColumn::postcode).clear();
    std::string& phone_cell = at(row, GeneratedColumn::phone);
    if (goes_wrong(0.15)) phone_cell = phone();
    if (goes_wrong(0.20)) phone_cell.clear();
    if (goes_wrong(0.30)) at(row, GeneratedColumn::email).clear();
    dress(row);
    return row;
  }

  // Habits of whoever keeps the list; no mistakes.
  void dress(GeneratedRow& row) {
    std::string& given = at(row, GeneratedColumn::given_name);
    std::string& surname = at(row, GeneratedColumn::surname);
    if (happens(0.3)) {
      for (std::string* text : {&given, &surname}) {
        *text = fold_for_search(*text);
        for (char& c : *text)
          if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
      }
    }
    std::string& date = at(row, GeneratedColumn::date_of_birth);
    if (date.size() == 8 && happens(0.3))
      date = date.substr(6, 2) + "/" + date.substr(4, 2) + "/" + date.substr(0, 4);
  }

  void lists_of_persons(Generated& out) {
    std::vector<GeneratedRow> first;
    for (std::size_t i = 0; i < options_.rows; ++i) first.push_back(person());
    for (const GeneratedRow& one : first) out.rows[0].push_back(copy(one));
    for (std::size_t l = 1; l < out.rows.size(); ++l) {
      auto& rows = out.rows[l];
      std::vector<GeneratedRow> others;
      while (rows.size() < options_.rows) {
        const bool again = !others.empty() && happens(options_.duplicates);
        if (again) {
          rows.push_back(copy(others[below(others.size())]));
          continue;
        }
        const std::size_t next = others.size();
        const bool shared = next < first.size() && happens(options_.overlap);
        others.push_back(shared ? first[next] : person());
        rows.push_back(copy(others.back()));
      }
    }
  }

  // One list in which persons come once to some thirty times.
  void messy_list(std::vector<GeneratedRow>& rows) {
    while (rows.size() < options_.rows) {
      const GeneratedRow one = person();
      std::size_t times = 1;
      while (times < 30 && happens(0.8)) ++times;
      for (std::size_t i = 0; i < times && rows.size() < options_.rows; ++i)
        rows.push_back(copy(one));
    }
  }

  void shuffle(std::vector<GeneratedRow>& rows) {
    for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[below(i)]);
  }

  const GenerateOptions& options_;
  Names names_;
  std::uint64_t state_ = 0;
  std::uint32_t persons_ = 0;
};

}  // namespace

Generated generate_lists(const GenerateOptions& options) { return Maker(options).run(); }

}  // namespace filrouge::linkage
