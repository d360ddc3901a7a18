// One row of the route table, and how a use case becomes one. The types of the request and of the
// answer are deduced from the use case's function pointer; the operation's name is the function's.
//
//   route<&person_card>(Method::get, "/api/v1/people/{person}", "person.read", Credential::session)
//
// A GET or DELETE fills the request from path and query, a POST from its JSON body and the path.
// A {name} that is no field of the request, an empty rule or a path outside /api/v1 does not
// compile; that the rule stands in core/access/rules.policy is seen by check_routes() before the
// server listens, and by the unit test over all rows.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "server/app/use_cases.h"
#include "server/http/message.h"
#include "server/http/schema.h"
#include "server/http/target.h"

namespace filrouge::http {

// Who must be there: nobody; a signed-in account (cookie; and X-Filrouge-Csrf when the method
// changes something); an enrolled phone ("Authorization: Device TOKEN"); a young person on her own
// page ("X-Filrouge-Mine: TOKEN", a header that no other site's page can make a browser send).
enum class Credential { none, session, device, mine };
BOOST_DESCRIBE_ENUM(Credential, none, session, device, mine)

struct Input {
  Parameters path;  // {names} of the pattern with their values
  Parameters query;
  std::string_view body;
  bool has_body = false;  // the method carries one (POST)
};

// What a use case gave, ready to be written. `session_token` becomes the cookie.
struct Reply {
  std::string content_type = "application/json";
  std::string file_name;
  std::string body;
  std::string session_token;
};

struct Route {
  Method method;
  std::string_view path;
  std::string_view rule;  // of the policy; "a|b": either is enough
  Credential credential;
  std::string_view operation;  // name of the use case
  std::string_view produces;   // media type of the answer
  bool ends_session;           // the cookie is taken back
  bool is_costly;              // hashes a password: has workers of its own
  Result<Reply> (*handle)(App&, const Caller&, const Input&);
  Status (*decode)(const Input&);  // the first half of handle, for the fuzzer
  std::vector<Field> (*request_fields)(Schemas&);
  json::Value (*answer_schema)(Schemas&);
};

// How the text of a path or query parameter becomes JSON.
enum class TextKind { text, integer, boolean };
struct FieldKind {
  std::string_view name;
  TextKind kind;
};
// One JSON object from all parts of the input.
Result<json::Value> gather(const Input& input, std::span<const FieldKind> fields);

template <class F>
constexpr TextKind text_kind() {
  if constexpr (json::is_optional<F>) {
    return text_kind<typename F::value_type>();
  } else if constexpr (std::is_same_v<F, bool>) {
    return TextKind::boolean;
  } else if constexpr (std::is_integral_v<F>) {
    return TextKind::integer;
  } else {
    return TextKind::text;
  }
}

template <class R>
Result<R> decode_request(const Input& input) {
  static const std::vector<FieldKind> kFields = [] {
    std::vector<FieldKind> fields;
    boost::mp11::mp_for_each<typename json::Codec<R>::Members>([&](auto d) {
      using F = std::remove_cvref_t<decltype(std::declval<R>().*d.pointer)>;
      fields.push_back({d.name, text_kind<F>()});
    });
    return fields;
  }();
  FILROUGE_TRY(value, gather(input, kFields));
  return json::read<R>(value);
}

template <class A>
Reply reply_of(A&& answer) {
  Reply reply;
  reply.body = json::encode(answer);
  return reply;
}
inline Reply reply_of(OpenedSession&& opened) {
  Reply reply;
  reply.body = json::encode(opened.info);
  reply.session_token = std::move(opened.token);
  return reply;
}
inline Reply reply_of(api::Download&& file) {
  return {std::move(file.content_type), std::move(file.file_name), std::move(file.body), {}};
}

template <class A>
struct AnswerBody {
  using type = A;
};
template <>
struct AnswerBody<OpenedSession> {
  using type = api::SessionInfo;
};

template <auto UseCase>
struct Bound;

template <class A, class R, Result<A> (*UseCase)(App&, const Caller&, const R&)>
struct Bound<UseCase> {
  using Request = R;

  static Result<Reply> handle(App& app, const Caller& caller, const Input& input) {
    FILROUGE_TRY(request, decode_request<R>(input));
    auto answer = UseCase(app, caller, request);
    if (!answer.ok()) return std::move(answer.error());
    return reply_of(std::move(*answer));
  }
  static Status decode(const Input& input) {
    FILROUGE_CHECK(decode_request<R>(input));
    return Done{};
  }
  static std::vector<Field> request_fields(Schemas& schemas) { return schemas.fields<R>(); }
  static json::Value answer_schema(Schemas& schemas) {
    if constexpr (std::is_same_v<A, api::Download>) {
      return json::Value::object().append("type", json::Value("object"));
    } else {
      return schemas.of<typename AnswerBody<A>::type>();
    }
  }
};

// "person_card" of "... [UseCase = &filrouge::person_card]".
template <auto UseCase>
constexpr std::string_view use_case_name() {
  std::string_view text = __PRETTY_FUNCTION__;
  text.remove_suffix(1);
  return text.substr(text.rfind(':') + 1);
}

template <class R>
consteval bool names_fields(std::string_view path) {
  while (path.find('{') != path.npos) {
    path.remove_prefix(path.find('{') + 1);
    const std::string_view name = path.substr(0, path.find('}'));
    bool known = false;
    boost::mp11::mp_for_each<typename json::Codec<R>::Members>(
        [&](auto d) { known = known || name == d.name; });
    if (!known) return false;
  }
  return true;
}

consteval bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  for (const std::string_view one : names)
    if (one == name) return true;
  return false;
}

template <auto UseCase>
consteval Route route(Method method, std::string_view path, std::string_view rule,
                      Credential credential, std::string_view produces = "application/json") {
  using B = Bound<UseCase>;
  if (!path.starts_with("/api/v1/")) throw "a route outside of /api/v1";
  if (rule.empty()) throw "a route without a rule";
  if (!names_fields<typename B::Request>(path)) throw "a {name} that is no field of the request";
  constexpr std::string_view kName = use_case_name<UseCase>();
  return {method,
          path,
          rule,
          credential,
          kName,
          produces,
          kName == "sign_out",
          is_one_of(kName, {"sign_in", "activate", "change_password", "confirm_account",
                            "new_activation_code"}),
          &B::handle,
          &B::decode,
          &B::request_fields,
          &B::answer_schema};
}

}  // namespace filrouge::http
