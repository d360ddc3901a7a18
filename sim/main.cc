// filrouge-sim: seeded worlds of phones, servers, network, disk and clock, and their checkers.
//
//   filrouge-sim --seed N [--story]      one world, twice the same: prints its hash and its story
//   filrouge-sim --seeds A..B            a range; exit 1 and the failing seeds if any fails
//   filrouge-sim --plant NAME --seeds A..B   the first seed that finds a planted bug; exit 1 if
//   none filrouge-sim --bugs                  the names of the planted bugs
// Exit status: 0 clean (or the planted bug was found), 1 not, 2 wrong usage.
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>

#include "sim/planted.h"
#include "sim/world.h"

namespace filrouge::sim {

namespace {

struct Options {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  Bug bug = Bug::none;
  bool story = false;
  bool lists_bugs = false;
  bool understood = false;
};

bool read_number(std::string_view text, std::uint64_t& to) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), to);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

bool read_range(std::string_view text, Options& options) {
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) return false;
  return read_number(text.substr(0, dots), options.first) &&
         read_number(text.substr(dots + 2), options.last) && options.first <= options.last;
}

Options read_options(int count, char** words) {
  Options options;
  bool seeds = false;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    const std::string_view next = i + 1 < count ? words[i + 1] : "";
    if (word == "--story") {
      options.story = true;
    } else if (word == "--bugs") {
      options.lists_bugs = true;
    } else if (word == "--seed" && read_number(next, options.first)) {
      options.last = options.first;
      seeds = true;
      ++i;
    } else if (word == "--seeds" && read_range(next, options)) {
      seeds = true;
      ++i;
    } else if (word == "--plant" && bug_named(next)) {
      options.bug = *bug_named(next);
      ++i;
    } else {
      return options;
    }
  }
  options.understood = seeds || options.lists_bugs;
  return options;
}

void print_failure(std::uint64_t seed, const World& world) {
  const Finding& finding = world.findings().front();
  std::printf("\nseed %llu: %s\n", static_cast<unsigned long long>(seed), finding.what.c_str());
  std::printf("weather: %s\n\n%s\n", world.weather_text().c_str(), world.story_of(finding).c_str());
}

int run_one(const Options& options) {
  World world(options.first);
  world.run();
  if (options.story) std::fputs(world.whole_story().c_str(), stdout);
  if (!world.findings().empty()) print_failure(options.first, world);
  std::printf("seed %llu: %s, %lld notes, hash %016llx\n",
              static_cast<unsigned long long>(options.first),
              world.findings().empty() ? "clean" : "FAILED", static_cast<long long>(world.notes()),
              static_cast<unsigned long long>(world.hash()));
  return world.findings().empty() == (options.bug == Bug::none) ? 0 : 1;
}

class Progress {
 public:
  void at(std::uint64_t done, std::uint64_t all) {
    const auto now = std::chrono::steady_clock::now();
    if (now - said_ < std::chrono::seconds(5)) return;
    said_ = now;
    std::fprintf(stderr, "%llu of %llu seeds, %.1f seeds/s\n",
                 static_cast<unsigned long long>(done), static_cast<unsigned long long>(all),
                 per_second(done));
  }
  double per_second(std::uint64_t done) const {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start_;
    return static_cast<double>(done) / std::max(took.count(), 0.001);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point said_ = start_;
};

int run_range(const Options& options) {
  Progress progress;
  std::vector<std::uint64_t> failed;
  std::int64_t notes = 0;
  std::int64_t excused = 0;
  const std::uint64_t all = options.last - options.first + 1;
  for (std::uint64_t seed = options.first; seed <= options.last; ++seed) {
    World world(seed);
    world.run();
    notes += world.notes();
    excused += world.excused();
    if (!world.findings().empty()) {
      print_failure(seed, world);
      failed.push_back(seed);
      if (options.bug != Bug::none) {
        std::printf("found by seed %llu\n", static_cast<unsigned long long>(seed));
        return 0;
      }
    }
    progress.at(seed - options.first + 1, all);
  }
  std::printf("%llu seeds, %lld notes, %lld lost with every phone that had them, %.1f seeds/s\n",
              static_cast<unsigned long long>(all), static_cast<long long>(notes),
              static_cast<long long>(excused), progress.per_second(all));
  for (const std::uint64_t seed : failed)
    std::printf("failed: --seed %llu\n", static_cast<unsigned long long>(seed));
  std::printf("%llu passed, %llu failed\n", static_cast<unsigned long long>(all - failed.size()),
              static_cast<unsigned long long>(failed.size()));
  return failed.empty() && options.bug == Bug::none ? 0 : 1;
}

int run_program(int count, char** words) {
  const Options options = read_options(count, words);
  if (!options.understood) {
    std::fputs("filrouge-sim --seed N [--story] | --seeds A..B | --bugs   [--plant NAME]\n",
               stderr);
    return 2;
  }
  if (options.lists_bugs) {
    for (const PlantedBug& bug : planted_bugs())
      std::printf("%-26.*s %.*s\n", static_cast<int>(bug.name.size()), bug.name.data(),
                  static_cast<int>(bug.what.size()), bug.what.data());
    return 0;
  }
  plant(options.bug);
  return options.first == options.last ? run_one(options) : run_range(options);
}

}  // namespace

}  // namespace filrouge::sim

int main(int count, char** words) { return filrouge::sim::run_program(count, words); }
