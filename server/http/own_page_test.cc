// Her session crosses the wire in a header of its own: no cookie, no staff address takes it.
#include <gtest/gtest.h>

#include "server/app/node_testing.h"
#include "server/http/site.h"

namespace filrouge::http {
namespace {

struct OwnPageOverHttp : testing::Test {
  TestNode node;
  SubjectId organisation = node.organisation("Prévention");
  SubjectId team = node.team(organisation);
  SubjectId worker = node.worker(team);
  SubjectId person = node.random->id<SubjectId>();
  Site site{{.app = &node.app(), .web_folder = "", .log = {}}};
  std::string token;

  OwnPageOverHttp() {
    PersonCreated body;
    body.alias = "Zoé";
    body.team = team;
    EXPECT_EQ(
        node.send(node.phone(worker), node.draft("person_created", person, worker, body)).receipt,
        Receipt::accepted);
    token = value(issue_card(node.app(), node.caller(worker), {person, "280467"})).token;
  }
  Request request(Method method, const std::string& target, const std::string& body = "") {
    Request made;
    made.method = method;
    made.target = target;
    made.host = "127.0.0.1:8080";
    made.content_type = body.empty() ? "" : "application/json";
    made.body = body;
    made.peer = "127.0.0.1";
    return made;
  }
  std::string open() {
    const Response opened = site.respond(request(
        Method::post, "/api/v1/mine/open", R"({"token":")" + token + R"(","code":"280467"})"));
    EXPECT_EQ(opened.status, 200) << opened.body;
    EXPECT_TRUE(opened.header("Set-Cookie").empty());
    return json::decode<api::MySession>(opened.body).value().session;
  }
};

TEST_F(OwnPageOverHttp, IsReadWithItsHeaderAndWithNothingElse) {
  const std::string session = open();
  Request read = request(Method::get, "/api/v1/mine");
  EXPECT_EQ(site.respond(read).status, 401);
  read.mine = session;
  const Response page = site.respond(read);
  EXPECT_EQ(page.status, 200) << page.body;
  EXPECT_EQ(page.header("Cache-Control"), "no-store");
  EXPECT_NE(page.body.find("Zoé"), std::string::npos);
  Request other = request(Method::get, "/api/v1/people/" + person.hex());
  other.mine = session;
  EXPECT_EQ(site.respond(other).status, 401) << "a staff address";
  other.cookie = "__Host-filrouge=" + session;
  EXPECT_EQ(site.respond(other).status, 401) << "and not as a cookie";
  Request phone = request(Method::get, "/api/v1/mine");
  phone.authorization = "Device " + session;
  EXPECT_EQ(site.respond(phone).status, 401);
}

TEST_F(OwnPageOverHttp, AnotherSitesPageCannotSpeakForHer) {
  Request stop = request(Method::post, "/api/v1/mine/stop", "{}");
  stop.mine = open();
  stop.origin = "https://elsewhere.example";
  EXPECT_EQ(site.respond(stop).status, 403);
  stop.origin.clear();
  EXPECT_EQ(site.respond(stop).status, 200);
}

TEST_F(OwnPageOverHttp, LeavingEndsIt) {
  Request leave = request(Method::delete_, "/api/v1/mine");
  leave.mine = open();
  EXPECT_EQ(site.respond(leave).status, 200);
  Request read = request(Method::get, "/api/v1/mine");
  read.mine = leave.mine;
  EXPECT_EQ(site.respond(read).status, 401);
}

TEST_F(OwnPageOverHttp, TheAddressOfAnOutsideLinkShowsNothingByItself) {
  for (const char* target : {"/api/v1/outside/open", "/api/v1/outside/answer"})
    EXPECT_EQ(site.respond(request(Method::get, target)).status, 405) << target;
  const Response wrong =
      site.respond(request(Method::post, "/api/v1/outside/open", R"({"token":"a","code":"1"})"));
  EXPECT_EQ(wrong.status, 401);
}

}  // namespace
}  // namespace filrouge::http
