// The API as a device uses it: sign in, enrol, send sealed notes; typed requests and answers, and
// the server's own refusal as an Error (problem+json).
//
//   ApiClient api(address);
//   FILROUGE_CHECK(api.sign_in(login, password));
//   auto known = api.post<api::KnownEntries>("/api/v1/entries/known", api::EntryList{ids});
#pragma once

#include <string>

#include "server/app/api/street.h"
#include "server/cli/device/http_client.h"

namespace filrouge {

class ApiClient {
 public:
  explicit ApiClient(const HttpAddress& address) : http_(address) {}

  // Opens a session; the cookie and the token against cross-site requests are kept.
  Status sign_in(const std::string& login, const std::string& password);
  // Best effort: the session ends by itself anyway.
  void sign_out();
  const api::SessionInfo& session() const { return session_; }

  template <class Answer>
  Result<Answer> get(std::string_view path) {
    FILROUGE_TRY(body, call("GET", path, {}));
    return json::decode<Answer>(body, json::Unknown::keep);
  }
  template <class Answer, class Request>
  Result<Answer> post(std::string_view path, const Request& request) {
    FILROUGE_TRY(body, call("POST", path, json::encode(request)));
    return json::decode<Answer>(body, json::Unknown::keep);
  }

 private:
  Result<std::string> call(std::string_view method, std::string_view path, const std::string& body);

  HttpClient http_;
  std::string cookie_;
  api::SessionInfo session_;
};

// The Error of an answer that is no success.
Error refusal_in(const HttpAnswer& answer);

}  // namespace filrouge
