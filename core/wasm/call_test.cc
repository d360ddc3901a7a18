// The golden vectors of the door to core: vectors/core/*.json, each a list of
// {"request","response"} run in order on one instance. The same files are run on core.wasm by
// test/vectors/run.mjs and must give the same bytes.
//
// With FILROUGE_REWRITE_VECTORS=1 the expected answers are written anew and the tests fail all the
// same: the difference must be read by somebody before it is believed.
#include "core/wasm/call.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/testing.h"

namespace filrouge {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(FILROUGE_ROOT) / "vectors/core";

bool is_rewriting() { return std::getenv("FILROUGE_REWRITE_VECTORS") != nullptr; }

std::string text_of(const fs::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// A request is an object, or the very text where it is not JSON.
std::string request_text(const json::Value& row) {
  const json::Value* request = row.find("request");
  verify(request != nullptr);
  return request->is(json::Kind::string) ? request->text() : json::write(*request);
}

std::string rows_text(const std::vector<json::Value>& rows) {
  std::string text = "[\n";
  for (std::size_t i = 0; i < rows.size(); ++i)
    text += json::write(rows[i]) + (i + 1 < rows.size() ? ",\n" : "\n");
  return text + "]\n";
}

void run_file(const fs::path& path) {
  json::ParseLimits limits;
  limits.bytes = 8 << 20;
  limits.depth = 24;
  limits.values = 1'000'000;
  auto rows = json::parse(text_of(path), limits);
  ASSERT_TRUE(rows.ok()) << path << ": " << rows.error().detail;
  ASSERT_FALSE(rows->items().empty()) << path;
  bool changed = false;
  for (json::Value& row : rows->items()) {
    const std::string request = request_text(row);
    const std::string answer = call(request);
    const json::Value* expected = row.find("response");
    const std::string wanted = expected == nullptr ? "" : expected->text();
    EXPECT_EQ(answer, wanted) << path.filename() << ": " << request.substr(0, 400);
    if (answer == wanted) continue;
    changed = true;
    row.set("response", json::Value(answer));
  }
  if (changed && is_rewriting()) std::ofstream(path) << rows_text(rows->items());
}

std::vector<fs::path> files() {
  std::vector<fs::path> found;
  for (const auto& file : fs::directory_iterator(kFolder))
    if (file.path().extension() == ".json") found.push_back(file.path());
  std::sort(found.begin(), found.end());
  return found;
}

TEST(Vectors, EveryAnswerIsTheGoldenOneByteForByte) {
  ASSERT_GE(files().size(), 6u);
  for (const fs::path& file : files()) run_file(file);
}

// The random histories of core/journal/drafts_testing.cc are part of the golden files too, so that
// the phone folds what the properties of fold_test.cc folded.
std::string random_requests() {
  std::vector<json::Value> rows;
  for (const Collection collection :
       {Collection::person, Collection::round, Collection::account, Collection::place})
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      json::Value request = json::Value::object();
      request.append("op", json::Value("fold"));
      request.append("collection", json::Value(json::enum_text(collection)));
      const auto drafts = testing::random_drafts(collection, seed, 12);
      request.append("drafts", testing::object(json::encode(drafts)));
      json::Value row = json::Value::object();
      row.append("response", json::Value(call(json::write(request))));
      row.append("request", std::move(request));
      rows.push_back(std::move(row));
    }
  return rows_text(rows);
}

TEST(Vectors, RandomHistoriesAreTheGoldenOnes) {
  const fs::path file = kFolder / "fold_random.json";
  const std::string now = random_requests();
  EXPECT_EQ(text_of(file), now);
  if (is_rewriting()) std::ofstream(file) << now;
}

// Nothing traps on input: whatever text comes, the answer is a JSON document.
RC_GTEST_PROP(CallProperty, AnyBytesGetAnAnswer, (const std::string& bytes)) {
  RC_ASSERT(json::parse(call(bytes)).ok());
}

// The same for requests that are nearly right: one golden request with a part knocked out.
RC_GTEST_PROP(CallProperty, AMutilatedRequestGetsAnAnswer, (std::uint64_t seed)) {
  static const std::vector<std::string> requests = [] {
    std::vector<std::string> all;
    for (const fs::path& file : files()) {
      auto rows = json::parse(text_of(file), {8 << 20, 24, 1'000'000, false});
      for (const json::Value& row : rows->items()) all.push_back(request_text(row));
    }
    return all;
  }();
  testing::Numbers n(seed);
  std::string request = requests[n.below(requests.size())];
  for (std::uint64_t k = 1 + n.below(4); k > 0 && !request.empty(); --k) {
    const std::size_t at = n.below(request.size());
    static constexpr std::string_view kBytes = "{}[]\",:0-1e\\ untx\x01\xFF";
    if (n.chance(2)) {
      request[at] = kBytes[n.below(kBytes.size())];
    } else {
      request.erase(at, 1 + n.below(6));
    }
  }
  RC_ASSERT(json::parse(call(request), {8 << 20, 24, 1'000'000, false}).ok());
}

}  // namespace
}  // namespace filrouge
