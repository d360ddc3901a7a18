#include "server/http/static_files.h"

#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>

#include "server/http/target.h"

namespace filrouge::http {
namespace {

namespace fs = std::filesystem;

class StaticFiles : public testing::Test {
 protected:
  StaticFiles() {
    folder_ = fs::temp_directory_path() / ("filrouge-static-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "web/assets");
    write("secret.txt", "secret");
    write("web/index.html", "<html>");
    write("web/mon-carnet.html", "<alone>");
    write("web/index.html.br", "br");
    write("web/index.html.gz", "gz");
    write("web/sw.js", "worker");
    write("web/.hidden", "hidden");
    write("web/assets/app-1.js", "script");
    write("web/assets/app-1.js.br", "br-script");
    write("web/assets/core-1.wasm", "wasm");
    fs::create_symlink(folder_ / "secret.txt", folder_ / "web/link.txt");
  }
  ~StaticFiles() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
  }

  std::optional<Response> get(const std::string& target, const std::string& encodings = "",
                              const std::string& accept = "*/*", const std::string& tag = "") {
    Request request;
    request.method = Method::get;
    request.accept_encoding = encodings;
    request.accept = accept;
    request.if_none_match = tag;
    const auto parsed = parse_target(target);
    if (!parsed.ok()) return std::nullopt;
    return static_answer((folder_ / "web").string(), request, parsed->segments);
  }
  static std::string body_of(const std::optional<Response>& response) {
    if (!response) return "<none>";
    if (!response->file) return response->body;
    std::string body(response->file->size(), '\0');
    body.resize(response->file->read(0, body.data(), body.size()));
    return body;
  }

  fs::path folder_;
};

TEST_F(StaticFiles, TheRootIsTheAppAndIsAlwaysAskedAgain) {
  const auto root = get("/");
  EXPECT_EQ(body_of(root), "<html>");
  EXPECT_EQ(root->header("Cache-Control"), "no-cache");
  EXPECT_EQ(root->content_type, "text/html; charset=utf-8");
  EXPECT_EQ(get("/sw.js")->header("Cache-Control"), "no-cache");
}

TEST_F(StaticFiles, AssetsAreImmutableAndTyped) {
  const auto script = get("/assets/app-1.js");
  EXPECT_EQ(body_of(script), "script");
  EXPECT_EQ(script->header("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(get("/assets/core-1.wasm")->content_type, "application/wasm");
}

TEST_F(StaticFiles, TheSmallestCodingThatIsTakenIsSent) {
  EXPECT_EQ(body_of(get("/", "gzip, deflate, br")), "br");
  EXPECT_EQ(get("/", "gzip, br")->header("Content-Encoding"), "br");
  EXPECT_EQ(body_of(get("/", "gzip")), "gz");
  EXPECT_EQ(body_of(get("/", "br;q=0, gzip")), "gz");
  EXPECT_EQ(body_of(get("/", "identity")), "<html>");
  EXPECT_EQ(get("/", "br")->header("Vary"), "Accept-Encoding");
  EXPECT_EQ(get("/", "br")->content_type, "text/html; charset=utf-8");
}

TEST_F(StaticFiles, AnUnchangedFileIsNotSentAgain) {
  const auto first = get("/", "br");
  const std::string tag(first->header("ETag"));
  ASSERT_FALSE(tag.empty());
  EXPECT_EQ(get("/", "br", "*/*", tag)->status, 304);
  EXPECT_EQ(get("/", "gzip", "*/*", tag)->status, 200);  // another coding is another thing
}

TEST_F(StaticFiles, ANavigationGetsTheAppAMissingAssetDoesNot) {
  EXPECT_EQ(body_of(get("/jeunes/abc", "", "text/html,*/*;q=0.8")), "<html>");
  EXPECT_EQ(body_of(get("/jeunes/abc")), "<none>");
  EXPECT_EQ(body_of(get("/assets/gone-1.js", "", "text/html")), "<none>");
  EXPECT_EQ(body_of(get("/api/v2/x", "", "text/html")), "<none>");
}

TEST_F(StaticFiles, APageThatStandsAloneIsAnsweredByItsName) {
  const auto page = get("/mon-carnet", "", "text/html");
  EXPECT_EQ(body_of(page), "<alone>");
  EXPECT_EQ(page->content_type, "text/html; charset=utf-8");
  EXPECT_EQ(page->header("Cache-Control"), "no-cache");
  EXPECT_EQ(body_of(get("/mon-carnet")), "<none>");  // not a navigation
  EXPECT_EQ(body_of(get("/mon-carnet/x", "", "text/html")), "<html>");
}

TEST_F(StaticFiles, NothingOutsideAndNothingHiddenIsServed) {
  for (const char* target : {"/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt",
                             "/..%2fsecret.txt", "/.hidden", "/link.txt", "/assets", "/assets/",
                             "//etc/passwd", "/index.html.br", "/assets/app-1.js.br"})
    EXPECT_EQ(body_of(get(target)), "<none>") << target;
}

TEST_F(StaticFiles, WithoutTheAppTheRootSaysSo) {
  fs::remove_all(folder_ / "web");
  EXPECT_NE(body_of(get("/")).find("script/build"), std::string::npos);
  EXPECT_EQ(body_of(get("/aide", "", "text/html")), "<none>");
}

}  // namespace
}  // namespace filrouge::http
