// The site on a real node: who gets in, what is refused before any use case, what every answer
// carries.
#include "server/http/site.h"

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "server/app/node_testing.h"
#include "server/http/problem.h"

namespace filrouge::http {
namespace {

constexpr std::string_view kPassword = "une phrase assez longue";

class SiteTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shared_ = std::make_unique<TestNode>();
    Site site({.app = &shared_->app(), .web_folder = "", .log = {}});
    const auto founded = found_consortium(shared_->app(), "Consortium", {"anna", "bruno"});
    ASSERT_TRUE(founded.ok());
    for (const FirstAccount& account : *founded) {
      const api::Activate activate{account.login, account.code, std::string(kPassword)};
      const Response done =
          site.respond(request(Method::post, "/api/v1/activation", json::encode(activate)));
      EXPECT_EQ(done.status, 200) << done.body;
    }
  }
  static void TearDownTestSuite() { shared_.reset(); }

  static Request request(Method method, std::string target, std::string body = "") {
    Request made;
    made.method = method;
    made.target = std::move(target);
    made.host = "127.0.0.1:8080";
    made.peer = "127.0.0.1";
    made.body = std::move(body);
    if (!made.body.empty()) made.content_type = "application/json";
    return made;
  }
  Response post(std::string target, std::string body) {
    return site_.respond(request(Method::post, std::move(target), std::move(body)));
  }
  Response sign_in(const std::string& login, std::string_view password = kPassword) {
    return post("/api/v1/session", json::encode(api::SignIn{login, std::string(password)}));
  }
  // As anna, an administrator.
  Request signed_in(Method method, std::string target, std::string body = "") {
    if (cookie_.empty()) {
      const Response opened = sign_in("anna");
      cookie_ = opened.header("Set-Cookie").substr(0, opened.header("Set-Cookie").find(';'));
      csrf_ = json::decode<api::SessionInfo>(opened.body).value().csrf;
    }
    Request made = request(method, std::move(target), std::move(body));
    made.cookie = cookie_;
    made.csrf = csrf_;
    return made;
  }
  static std::string rule(const Response& response) {
    const auto problem = json::decode<Problem>(response.body);
    return problem.ok() ? problem->rule.value_or("") : "<no problem>";
  }

  // One node for all: a password takes a tenth of a second to hash, on purpose.
  static inline std::unique_ptr<TestNode> shared_;
  std::string log_;
  Site site_{{.app = &shared_->app(),
              .web_folder = shared_->folder() + "/web",
              .log = [this](std::string_view line) { log_ += line; }}};
  std::string cookie_;
  std::string csrf_;
};

TEST_F(SiteTest, EveryAnswerCarriesTheHeadersOfSafety) {
  for (const char* target : {"/", "/api/v1/health", "/api/v1/nothing", "/gone.js", "/%"}) {
    const Response response = site_.respond(request(Method::get, target));
    EXPECT_TRUE(response.header("Content-Security-Policy").starts_with("default-src 'none'"));
    EXPECT_EQ(response.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(response.header("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(response.header("Cache-Control"), "no-store") << target;
  }
}

TEST_F(SiteTest, UnknownAddressesAndMethodsAreRefused) {
  EXPECT_EQ(site_.respond(request(Method::get, "/api/v1/nothing")).status, 404);
  EXPECT_EQ(site_.respond(request(Method::get, "/api")).status, 404);
  const Response wrong = site_.respond(request(Method::post, "/api/v1/node"));
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.header("Allow"), "GET, HEAD");
  EXPECT_EQ(site_.respond(request(Method::other, "/")).header("Allow"), "GET, HEAD");
}

TEST_F(SiteTest, ASessionOpensWithACookieBoundToTheHost) {
  const Response opened = sign_in("anna");
  ASSERT_EQ(opened.status, 200) << opened.body;
  const std::string cookie(opened.header("Set-Cookie"));
  EXPECT_TRUE(cookie.starts_with("__Host-filrouge="));
  for (const char* part : {"; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/"})
    EXPECT_NE(cookie.find(part), std::string::npos) << part;
  const std::string token = cookie.substr(16, cookie.find(';') - 16);
  EXPECT_GE(token.size(), 32u);
  EXPECT_EQ(opened.body.find(token), std::string::npos);
  EXPECT_EQ(site_.respond(signed_in(Method::get, "/api/v1/session")).status, 200);
}

TEST_F(SiteTest, WrongLoginAndWrongPasswordLookTheSame) {
  const Response wrong_login = sign_in("nobody");
  const Response wrong_password = sign_in("anna", "une autre phrase longue");
  EXPECT_EQ(wrong_login.status, 401);
  EXPECT_EQ(wrong_login.body, wrong_password.body);
  EXPECT_EQ(wrong_login.header("Set-Cookie"), "");
}

TEST_F(SiteTest, NobodySignsInOverAnOpenNetwork) {
  Request far = request(Method::post, "/api/v1/session",
                        json::encode(api::SignIn{"anna", std::string(kPassword)}));
  far.peer = "192.0.2.7";
  EXPECT_EQ(rule(site_.respond(far)), "https_required");
  far.peer = "127.0.0.1";
  far.forwarded_proto = "http";
  EXPECT_EQ(rule(site_.respond(far)), "https_required");
  far.forwarded_proto = "https";
  EXPECT_EQ(site_.respond(far).status, 200);
}

TEST_F(SiteTest, WithoutACredentialNothingIsRead) {
  for (const Route& route : all_routes()) {
    if (route.credential == Credential::none) continue;
    std::string path;
    for (std::size_t i = 0; i < route.path.size(); ++i) {
      if (route.path[i] == '{') {
        path += std::string(32, 'a');
        i = route.path.find('}', i);
      } else {
        path += route.path[i];
      }
    }
    EXPECT_EQ(site_.respond(request(route.method, path)).status, 401) << path;
    Request forged = request(route.method, path);
    forged.cookie = "__Host-filrouge=" + std::string(64, 'a');
    forged.authorization = "Device " + std::string(64, 'a');
    EXPECT_EQ(site_.respond(forged).status, 401) << path;
  }
}

TEST_F(SiteTest, AChangeNeedsTheSessionsCsrfAndOurOwnOrigin) {
  const std::string body = json::encode(api::EnrolDevice{"poste"});
  EXPECT_EQ(site_.respond(signed_in(Method::post, "/api/v1/devices", body)).status, 200);
  Request change = signed_in(Method::post, "/api/v1/devices", body);
  change.csrf.clear();
  EXPECT_EQ(rule(site_.respond(change)), "csrf");
  change.csrf = std::string(64, 'a');
  EXPECT_EQ(rule(site_.respond(change)), "csrf");
  change.csrf = csrf_;
  change.origin = "https://evil.example";
  EXPECT_EQ(rule(site_.respond(change)), "cross_origin");
  change.origin.clear();
  change.fetch_site = "cross-site";
  EXPECT_EQ(rule(site_.respond(change)), "cross_origin");
  change.fetch_site = "same-origin";
  change.content_type = "text/plain";
  EXPECT_EQ(rule(site_.respond(change)), "content_type");
}

TEST_F(SiteTest, TheRoleIsJudgedBeforeTheInputIsRead) {
  const Response refused =
      site_.respond(signed_in(Method::get, "/api/v1/people/" + std::string(32, 'a')));
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(rule(refused), "role_refused");
  EXPECT_EQ(site_.respond(signed_in(Method::get, "/api/v1/people?nonsense=1")).status, 403);
  EXPECT_EQ(site_.respond(signed_in(Method::get, "/api/v1/accounts")).status, 200);
}

TEST_F(SiteTest, ASessionThatEndedIsOver) {
  const Response ended = site_.respond(signed_in(Method::delete_, "/api/v1/session"));
  EXPECT_EQ(ended.status, 200);
  EXPECT_NE(ended.header("Set-Cookie").find("Max-Age=0"), std::string_view::npos);
  EXPECT_EQ(site_.respond(signed_in(Method::get, "/api/v1/session")).status, 401);
}

TEST_F(SiteTest, BrokenBodiesAreToldWhereAndNothingOfOursIsTold) {
  const auto refused = [&](const std::string& body) {
    const Response response = post("/api/v1/session", body);
    EXPECT_EQ(response.status, 400) << body;
    EXPECT_LE(response.body.size(), 4096u);
    EXPECT_EQ(response.body.find("server/"), std::string::npos);
    EXPECT_EQ(response.body.find("nlohmann"), std::string::npos);
    return rule(response);
  };
  EXPECT_EQ(refused("{"), "syntax");
  EXPECT_EQ(refused("{\"login\":\"a\",\"login\":\"b\",\"password\":\"c\"}"), "duplicate_key");
  EXPECT_EQ(refused("{\"login\":\"\xc3\x28\",\"password\":\"c\"}"), "utf8");
  EXPECT_EQ(refused("{\"login\":1,\"password\":\"c\"}"), "type");
  EXPECT_EQ(refused("{\"login\":\"a\"}"), "missing");
  EXPECT_EQ(refused("{\"login\":\"a\",\"password\":\"c\",\"more\":1}"), "unknown_field");
  EXPECT_EQ(refused(std::string(200, '[') + std::string(200, ']')), "too_deep");
}

TEST_F(SiteTest, OurOwnFaultsAreLoggedUnderTheirReference) {
  const Response response =
      site_.refuse({Code::unavailable, "", "disk", "the disk is gone"}, "connection");
  const auto problem = json::decode<Problem>(response.body);
  ASSERT_TRUE(problem.ok());
  ASSERT_TRUE(problem->reference.has_value());
  EXPECT_NE(log_.find(problem->reference.value_or("none")), std::string::npos);
  EXPECT_NE(log_.find("the disk is gone"), std::string::npos);
  EXPECT_EQ(response.body.find("the disk is gone"), std::string::npos);
}

TEST_F(SiteTest, TheDocumentIsServedAsJson) {
  const Response response = site_.respond(request(Method::get, "/api/v1/openapi.json"));
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_TRUE(json::parse(response.body).ok());
}

}  // namespace
}  // namespace filrouge::http
