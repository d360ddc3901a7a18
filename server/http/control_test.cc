#include "server/http/control.h"

#include <sys/stat.h>
#include <thread>

#include <gtest/gtest.h>

#include "server/app/node_testing.h"
#include "server/http/server.h"
#include "server/http/site.h"

namespace filrouge::http {
namespace {

Result<json::Value> twice(App&, const json::Value& arguments) {
  const json::Value* number = arguments.find("number");
  if (number == nullptr) return Error{Code::invalid, "number", "missing", "a number is expected"};
  return json::Value::object().append("number", json::Value(2 * number->integer()));
}

Result<json::Value> broken(App&, const json::Value&) { throw std::runtime_error("planted"); }

TEST(Control, ALineIsAnsweredWithALine) {
  TestNode node;
  const ControlCommands commands = {{"twice", twice}};
  EXPECT_EQ(
      answer_control(node.app(), commands, R"({"command":"twice","arguments":{"number":21}})"),
      R"({"ok":true,"value":{"number":42}})");
  const auto refused = [&](std::string_view line) {
    const auto answer = json::parse(answer_control(node.app(), commands, line)).value();
    return answer.find("ok")->boolean() ? "" : answer.find("error")->find("rule")->text();
  };
  EXPECT_EQ(refused("{"), "syntax");
  EXPECT_EQ(refused("{}"), "missing");
  EXPECT_EQ(refused(R"({"command":"nothing"})"), "unknown_command");
  EXPECT_EQ(refused(R"({"command":"twice"})"), "missing");
}

TEST(Control, TheCommandLineActsThroughTheServersSocket) {
  TestNode node;
  Site site({.app = &node.app(), .web_folder = "", .log = {}});
  ServerOptions options;
  options.port = 0;
  options.workers = 1;
  options.control_folder = node.folder();
  options.control = {{"twice", twice}, {"broken", broken}};
  options.control_app = &node.app();
  EXPECT_EQ(call_control(node.folder(), "twice", {}).error().rule, "no_server");
  auto server = Server::listen(std::move(options), site).value();
  std::thread thread([&] { server->run(); });

  struct stat status{};
  ASSERT_EQ(::stat((node.folder() + "/control").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  const auto arguments = json::Value::object().append("number", json::Value(std::int64_t{4}));
  const auto answer = call_control(node.folder(), "twice", arguments);
  ASSERT_TRUE(answer.ok()) << answer.error().detail;
  EXPECT_EQ(answer->find("number")->integer(), 8);
  EXPECT_EQ(call_control(node.folder(), "twice", json::Value::object()).error().field, "number");
  EXPECT_EQ(call_control(node.folder(), "broken", arguments).error().code, Code::internal);
  const auto alive = call_control(node.folder(), "status", json::Value::object());
  ASSERT_TRUE(alive.ok());
  EXPECT_NE(alive->find("version"), nullptr);

  server->stop();
  thread.join();
  EXPECT_EQ(call_control(node.folder(), "twice", arguments).error().rule, "no_server");
}

TEST(Control, AFolderWithALongPathHasASocketToo) {
  TestNode node;
  std::string folder = node.folder();
  for (int i = 0; i < 4; ++i) {
    folder += "/" + std::string(60, 'd');
    ASSERT_EQ(::mkdir(folder.c_str(), 0700), 0);
  }
  Site site({.app = &node.app(), .web_folder = "", .log = {}});
  ServerOptions options;
  options.port = 0;
  options.control_folder = folder;
  options.control_app = &node.app();
  auto server = Server::listen(std::move(options), site).value();
  std::thread thread([&] { server->run(); });
  EXPECT_TRUE(call_control(folder, "status", json::Value::object()).ok());
  server->stop();
  thread.join();
}

}  // namespace
}  // namespace filrouge::http
