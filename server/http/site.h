// The whole site as one function from a request to an answer: API, static files, headers of
// safety. Plain and synchronous; workers call it from several threads at once.
// For a route, in this order: same origin (when it changes something), credential, CSRF token,
// the rule's roles (core/access; the use case judges the target), then the input, then the use
// case. What is refused is a problem (problem.h); our own faults are logged under a reference,
// without personal data.
//
//   Site site({.app = &app, .web_folder = "build/web", .log = log_line});
//   Response response = site.respond(request);
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "server/http/routes.h"

namespace filrouge::http {

struct SiteOptions {
  App* app = nullptr;
  std::string web_folder;
  std::function<void(std::string_view line)> log;
};

class Site : public Responder {
 public:
  explicit Site(SiteOptions options) : options_(std::move(options)) {}

  Response respond(const Request& request) override;
  bool is_costly(const Request& request) const override;  // it computes a password's hash
  Response refuse(const Error& error, std::string_view where) override;

 private:
  Result<Response> answer(const Request& request);
  Result<Response> answer_route(const Request& request, const Target& target);
  Result<Caller> find_caller(const Route& route, const Request& request);
  Status check_rule(const Route& route, const Caller& caller);
  Response problem(const Error& error, std::string_view where);
  void alert(const Error& error, std::string_view where);

  SiteOptions options_;
  std::atomic<std::uint32_t> fault_ = 0;
  std::atomic<std::int64_t> last_alert_ms_ = 0;
};

}  // namespace filrouge::http
