#include "server/http/site.h"

#include "core/access/access.h"
#include "core/base/json.h"
#include "server/http/origin.h"
#include "server/http/problem.h"
#include "server/http/static_files.h"

namespace filrouge::http {
namespace {

constexpr std::pair<std::string_view, std::string_view> kSafetyHeaders[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
     "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
     "worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"},
};

void add_safety_headers(Response& response) {
  if (response.header("Cache-Control").empty()) response.set("Cache-Control", "no-store");
  for (const auto& [name, value] : kSafetyHeaders)
    response.set(std::string(name), std::string(value));
}

bool is_api(const std::vector<std::string>& segments) { return segments.front() == "api"; }

bool changes_something(Method method) { return method != Method::get && method != Method::head; }

bool is_json(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  return type == "application/json" || type == "application/json ";
}

// Nothing that could end the header or the quotes.
std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    const bool kept = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '.' || c == '_';
    plain += kept ? c : '-';
  }
  return plain;
}

// What stands in the log: the pattern of the address, never the ids in it.
std::string_view pattern_of(const Request& request) {
  const auto target = parse_target(request.target);
  if (!target.ok()) return "unreadable";
  const Match found = match(request.method, target->segments);
  return found.route == nullptr ? "static" : found.route->path;
}

Response response_of(Reply reply) {
  Response response;
  response.content_type = std::move(reply.content_type);
  response.body = std::move(reply.body);
  if (!reply.file_name.empty())
    response.set("Content-Disposition",
                 "attachment; filename=\"" + plain_name(reply.file_name) + "\"");
  if (!reply.session_token.empty()) response.set("Set-Cookie", session_cookie(reply.session_token));
  return response;
}

}  // namespace

Result<Caller> Site::find_caller(const Route& route, const Request& request) {
  const std::string address = client_address(request);
  switch (route.credential) {
    case Credential::none: {
      // The account's own phone, where it shows its token, has a count of tries of its own.
      const std::string token = device_token(request.authorization);
      if (token.empty()) break;
      auto caller = caller_of_device(*options_.app, token, address);
      if (caller.ok() || is_our_fault(caller.error().code)) return caller;
      break;
    }
    case Credential::session: {
      const std::string token = cookie_token(request.cookie);
      if (token.empty()) return Error{Code::unauthenticated, "", "no_session", "sign in first"};
      FILROUGE_TRY(caller, caller_of_session(*options_.app, token, address));
      if (changes_something(route.method) && !csrf_matches(*options_.app, caller, request.csrf))
        return Error{Code::forbidden, "X-Filrouge-Csrf", "csrf", "the session's csrf is expected"};
      return std::move(caller);
    }
    case Credential::device: {
      const std::string token = device_token(request.authorization);
      if (token.empty())
        return Error{Code::unauthenticated, "", "no_device", "an enrolled phone is expected"};
      return caller_of_device(*options_.app, token, address);
    }
    case Credential::mine: {
      if (request.mine.empty())
        return Error{Code::unauthenticated, "", "own_page_closed", "open your page first"};
      return caller_of_mine(*options_.app, request.mine, address);
    }
  }
  Caller caller;
  caller.address = address;
  return caller;
}

// Roles only: who the target belongs to, and a convention that is over, are the use case's to
// judge, so that "forbidden" here says nothing about any target.
Status Site::check_rule(const Route& route, const Caller& caller) {
  if (route.credential != Credential::session) return Done{};
  if (!caller.actor) return Error{Code::unauthenticated, "", "no_session", "sign in first"};
  for (const std::string_view rule : rules_of(route)) {
    const Verdict verdict = permit(*caller.actor, rule, filrouge::Target{});
    if (verdict == Verdict::permitted || verdict == Verdict::no_relation ||
        verdict == Verdict::convention_over)
      return Done{};
  }
  return Error{Code::forbidden, "", "role_refused", "not for this role"};
}

Result<Response> Site::answer_route(const Request& request, const Target& target) {
  Match found = match(request.method, target.segments);
  if (found.route == nullptr && found.allowed.empty())
    return Error{Code::not_found, "", "unknown_route", "no such address"};
  if (found.route == nullptr) {
    Response response = problem({Code::unsupported, "", "method", "not with this method"}, "");
    response.set("Allow", found.allowed);
    return response;
  }
  const Route& route = *found.route;
  const bool changing = changes_something(request.method);
  if (changing && !is_same_origin(request))
    return Error{Code::forbidden, "Origin", "cross_origin", "only from this site's own pages"};
  if (route.operation == "sign_in" && !is_secure(request))
    return Error{Code::refused, "", "https_required", "sign in over HTTPS only"};
  FILROUGE_TRY(caller, find_caller(route, request));
  FILROUGE_CHECK(check_rule(route, caller));
  if (!request.body.empty() && !is_json(request.content_type))
    return Error{Code::malformed, "Content-Type", "content_type", "application/json is expected"};
  Input input{std::move(found.path), target.query, request.body, route.method == Method::post};
  auto reply = route.handle(*options_.app, caller, input);
  if (!reply.ok()) return std::move(reply.error());
  Response response = response_of(std::move(*reply));
  if (route.ends_session) response.set("Set-Cookie", session_cookie(""));
  return response;
}

Result<Response> Site::answer(const Request& request) {
  FILROUGE_TRY(target, parse_target(request.target));
  if (is_api(target.segments)) {
    FILROUGE_TRY(response, answer_route(request, target));
    return std::move(response);
  }
  if (request.method != Method::get && request.method != Method::head) {
    Response response = problem({Code::unsupported, "", "method", "not with this method"}, "");
    response.set("Allow", "GET, HEAD");
    return response;
  }
  if (auto file = static_answer(options_.web_folder, request, target.segments))
    return std::move(*file);
  return Error{Code::not_found, "", "unknown_route", "no such address"};
}

Response Site::problem(const Error& error, std::string_view where) {
  std::string reference;
  if (is_our_fault(error.code)) {
    const std::uint32_t number = ++fault_;
    reference = std::to_string(options_.app->clock.now().ms / 1000 % 100'000'000) + "-" +
                std::to_string(number);
    if (options_.log)
      options_.log("fault " + reference + " " + std::string(json::enum_text(error.code)) + " " +
                   error.rule + " " + std::string(where) + " " + error.detail);
  }
  return problem_response(error, reference);
}

// Somebody with a valid account reads too much: said at once, at most once a minute, without a
// name.
void Site::alert(const Error& error, std::string_view where) {
  if (error.rule != "records_a_day" || !options_.log) return;
  const std::int64_t now = options_.app->clock.now().ms;
  std::int64_t last = last_alert_ms_;
  if (now - last < 60'000 || !last_alert_ms_.compare_exchange_strong(last, now)) return;
  options_.log("alert records_a_day " + std::string(where));
}

Response Site::refuse(const Error& error, std::string_view where) {
  Response response = problem(error, where);
  add_safety_headers(response);
  return response;
}

bool Site::is_costly(const Request& request) const {
  if (request.method != Method::post) return false;
  const auto target = parse_target(request.target);
  if (!target.ok()) return false;
  const Match found = match(request.method, target->segments);
  return found.route != nullptr && found.route->is_costly;
}

Response Site::respond(const Request& request) {
  auto answered = answer(request);
  if (!answered.ok()) alert(answered.error(), pattern_of(request));
  Response response =
      answered.ok() ? std::move(*answered) : problem(answered.error(), pattern_of(request));
  if (response.status == 401 && request.target.starts_with("/api/v1/sync"))
    response.set("WWW-Authenticate", "Device realm=\"filrouge\"");
  add_safety_headers(response);
  return response;
}

}  // namespace filrouge::http
