#include "server/http/openapi.h"

#include "core/journal/draft.h"
#include "core/measure/fact.h"
#include "core/network/entries.h"
#include "core/outreach/entries.h"
#include "core/people/entries.h"
#include "core/sync/sync.h"
#include "server/http/problem.h"
#include "server/http/routes.h"

namespace filrouge::http {
namespace {

using json::Value;

Value text(std::string_view s) { return Value(s); }
Value object() { return Value::object(); }

// Object with one key.
Value with(std::string key, Value value) {
  return object().append(std::move(key), std::move(value));
}

std::string_view method_key(Method method) {
  return method == Method::delete_ ? "delete" : json::enum_text(method);
}

bool in_path(const Route& route, std::string_view name) {
  return route.path.find("{" + std::string(name) + "}") != std::string_view::npos;
}

Value parameter(const Field& field, bool path) {
  return object()
      .append("name", text(field.name))
      .append("in", text(path ? "path" : "query"))
      .append("required", Value(path || field.required))
      .append("schema", field.schema);
}

Value security_of(Credential credential, Method method) {
  Value list = Value::array();
  if (credential == Credential::device) list.items().push_back(with("device", Value::array()));
  if (credential == Credential::mine) list.items().push_back(with("mine", Value::array()));
  if (credential == Credential::session) {
    Value needed = with("session", Value::array());
    if (method != Method::get) needed.append("csrf", Value::array());
    list.items().push_back(std::move(needed));
  }
  return list;
}

Value content(std::string_view media_type, Value schema) {
  return with(std::string(media_type), with("schema", std::move(schema)));
}

Value responses_of(const Route& route, Schemas& schemas) {
  Value done = object().append("description", text("done"));
  Value schema = route.answer_schema(schemas);
  if (route.produces != "application/json") schema = object().append("type", text("string"));
  done.append("content", content(route.produces, std::move(schema)));
  Value refused = object().append("description", text("refused: see the problem's code and rule"));
  refused.append("content", content("application/problem+json", schemas.of<Problem>()));
  return object().append("200", std::move(done)).append("default", std::move(refused));
}

Value operation_of(const Route& route, Schemas& schemas) {
  Value operation = object();
  operation.append("operationId", text(route.operation));
  operation.append("x-rule", text(route.rule));
  operation.append("security", security_of(route.credential, route.method));
  Value parameters = Value::array();
  std::vector<Field> body;
  const bool has_body = route.method == Method::post;
  for (Field& field : route.request_fields(schemas)) {
    const bool path = in_path(route, field.name);
    if (path || !has_body) {
      parameters.items().push_back(parameter(field, path));
    } else {
      body.push_back(std::move(field));
    }
  }
  if (!parameters.items().empty()) operation.append("parameters", std::move(parameters));
  if (!body.empty()) {
    Value request = object().append("required", Value(true));
    request.append("content", content("application/json", Schemas::object_of(body)));
    operation.append("requestBody", std::move(request));
  }
  operation.append("responses", responses_of(route, schemas));
  return operation;
}

Value paths_of(Schemas& schemas) {
  Value paths = object();
  for (const Route& route : all_routes()) {
    Value operation = operation_of(route, schemas);
    const std::string path(route.path);
    Value methods = paths.find(path) == nullptr ? object() : *paths.find(path);
    methods.append(std::string(method_key(route.method)), std::move(operation));
    paths.set(path, std::move(methods));
  }
  return paths;
}

Value api_key(std::string_view in, std::string_view name, std::string_view description) {
  return object()
      .append("type", text("apiKey"))
      .append("in", text(in))
      .append("name", text(name))
      .append("description", text(description));
}

Value security_schemes() {
  return object()
      .append("session", api_key("cookie", "__Host-filrouge", "opened by POST /api/v1/session"))
      .append("csrf", api_key("header", "X-Filrouge-Csrf", "the csrf of the session's answer"))
      .append("mine", api_key("header", "X-Filrouge-Mine", "the session of POST /api/v1/mine/open"))
      .append("device",
              api_key("header", "Authorization", "Device TOKEN, of POST /api/v1/devices"));
}

template <class... Types>
void describe(Schemas& schemas) {
  (schemas.of<Types>(), ...);
}

// What a phone seals, and what the core answers a phone: no route has these in clear.
void describe_sealed(Schemas& schemas) {
  describe<Draft, RoundStarted, RoundMoved, RoundEnded, Encounter, Contact, Visit, WatchSession,
           DayReport, Undone, Confirmed, PersonCreated, PersonDescribed, IdentityGiven,
           ConsentRecorded, MinorInformed, ConcernReported>(schemas);
  describe<OrganisationState, TeamState, ProjectState, PlaceState, AccountState, DeviceState,
           SyncState, SyncEvent, SyncStep, GeoPoint>(schemas);
}

// The core's writer leaves no white space; this document is read by people too.
void indent(std::string& out, const Value& value, std::size_t depth) {
  const bool list = value.is(json::Kind::array);
  if ((!list && !value.is(json::Kind::object)) || value.items().empty())
    return json::write_value(out, value);
  out += list ? '[' : '{';
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    out += i == 0 ? "\n" : ",\n";
    out.append(2 * (depth + 1), ' ');
    if (!list) {
      json::write_string(out, value.keys()[i]);
      out += ": ";
    }
    indent(out, value.items()[i], depth + 1);
  }
  out += '\n';
  out.append(2 * depth, ' ');
  out += list ? ']' : '}';
}

}  // namespace

std::string openapi_document() {
  Schemas schemas;
  Value paths = paths_of(schemas);
  describe_sealed(schemas);
  Value document = object();
  document.append("openapi", text("3.1.0"));
  document.append("info", object()
                              .append("title", text("Fil rouge"))
                              .append("version", text(FILROUGE_VERSION))
                              .append("summary", text("The node's API for phones and desks")));
  document.append("paths", std::move(paths));
  document.append("components", object()
                                    .append("schemas", schemas.components())
                                    .append("securitySchemes", security_schemes()));
  std::string out;
  indent(out, document, 0);
  out += '\n';
  return out;
}

}  // namespace filrouge::http
