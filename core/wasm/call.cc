#include "core/wasm/call.h"

#include "core/journal/fold.h"
#include "core/outreach/round_kinds.h"
#include "core/people/wording.h"
#include "core/sync/sync.h"
#include "core/territory/outline.h"

namespace filrouge {

namespace {

// The host is our own page: outlines of a département may be larger than what a stranger sends.
constexpr json::ParseLimits kCallLimits{8 << 20, limits::json_depth_max, 1'000'000, false};

TerritoryIndex& territory() {
  static TerritoryIndex index;
  return index;
}

std::string failure(const Error& error) {
  std::string out = "{\"error\":{\"code\":";
  json::write_string(out, json::enum_text(error.code));
  out += ",\"field\":";
  json::write_string(out, error.field);
  out += ",\"rule\":";
  json::write_string(out, error.rule);
  out += ",\"detail\":";
  json::write_string(out, error.detail);
  return out + "}}";
}

template <class T>
std::string success(std::string_view key, const T& value) {
  std::string out = "{\"" + std::string(key) + "\":";
  json::Codec<T>::write(out, value);
  return out + "}";
}

// One argument of the request, by name.
template <class T>
Result<T> argument(const json::Value& request, std::string_view name,
                   json::Unknown unknown = json::Unknown::refuse) {
  const json::Value* value = request.find(name);
  if (value == nullptr)
    return Error{Code::invalid, std::string(name), "missing", "this argument must be there"};
  return json::read<T>(*value, unknown, json::Path{nullptr, name});
}

using Answer = Result<std::string>;

Answer do_check(const json::Value& request) {
  FILROUGE_TRY(draft, argument<Draft>(request, "draft", json::Unknown::keep));
  FILROUGE_CHECK(check(draft));
  return success("ok", true);
}

Answer do_pad(const json::Value& request) {
  FILROUGE_TRY(text, argument<std::string>(request, "text"));
  return success("text", pad_text(std::move(text)));
}

Answer do_stamp(const json::Value& request) {
  FILROUGE_TRY(instant, argument<Instant>(request, "instant"));
  FILROUGE_TRY(offset, argument<std::int32_t>(request, "offset"));
  const LocalStamp stamp = LocalStamp::at(instant, offset);
  if (!stamp.is_consistent()) return Error{Code::invalid, "offset", "range", "at most 14 hours"};
  std::string out = success("occurred", stamp);
  out.back() = ',';
  return out + "\"field_day\":\"" + stamp.field_day().text() + "\"}";
}

Answer do_tick(const json::Value& request) {
  FILROUGE_TRY(hlc, argument<Hlc>(request, "hlc"));
  FILROUGE_TRY(now, argument<Instant>(request, "now"));
  return success("hlc", hlc.tick(now));
}

Answer do_merge(const json::Value& request) {
  FILROUGE_TRY(hlc, argument<Hlc>(request, "hlc"));
  FILROUGE_TRY(other, argument<Hlc>(request, "other"));
  FILROUGE_TRY(now, argument<Instant>(request, "now"));
  return success("hlc", hlc.merged(other, now));
}

Answer do_fold(const json::Value& request) {
  FILROUGE_TRY(collection, argument<Collection>(request, "collection"));
  FILROUGE_TRY(drafts, argument<std::vector<Draft>>(request, "drafts", json::Unknown::keep));
  return "{\"state\":" + encode_state(refold(collection, drafts)) + "}";
}

Answer do_sync_step(const json::Value& request) {
  SyncState before;
  if (request.find("state") != nullptr) {
    FILROUGE_TRY(state, argument<SyncState>(request, "state", json::Unknown::keep));
    before = std::move(state);
  }
  FILROUGE_TRY(event, argument<SyncEvent>(request, "event", json::Unknown::keep));
  return json::encode(sync_step(std::move(before), event));
}

Answer do_load_outlines(const json::Value& request) {
  FILROUGE_TRY(outlines,
               argument<std::vector<Outline>>(request, "outlines", json::Unknown::keep));
  territory() = TerritoryIndex(std::move(outlines));
  return success("loaded", static_cast<std::int64_t>(territory().size()));
}

std::string located_text(const Located& located) {
  json::Value answer = json::Value::object();
  if (located.commune) answer.append("commune", json::Value(*located.commune));
  if (located.district) answer.append("district", json::Value(*located.district));
  return json::write(answer);
}

Answer do_locate(const json::Value& request) {
  FILROUGE_TRY(latitude, argument<std::int64_t>(request, "latitude_e7"));
  FILROUGE_TRY(longitude, argument<std::int64_t>(request, "longitude_e7"));
  FILROUGE_TRY(day, argument<CivilDate>(request, "day"));
  std::string asked;
  if (request.find("commune") != nullptr) {
    FILROUGE_TRY(commune, argument<std::string>(request, "commune"));
    asked = std::move(commune);
  }
  return located_text(territory().locate({latitude, longitude}, day, asked));
}

Answer do_locate_commune(const json::Value& request) {
  FILROUGE_TRY(commune, argument<std::string>(request, "commune"));
  FILROUGE_TRY(day, argument<CivilDate>(request, "day"));
  return located_text(territory().locate_commune(commune, day));
}

Answer do_round_kinds(const json::Value&) { return success("round_kinds", round_kinds()); }

// In one language, ready to be shown; without an age band of a minor, only what is always in reach.
Answer do_minor_advice(const json::Value& request) {
  FILROUGE_TRY(language, argument<std::string>(request, "language"));
  std::optional<AgeBand> band;
  if (request.find("age_band") != nullptr) {
    FILROUGE_TRY(given, argument<AgeBand>(request, "age_band"));
    band = given;
  }
  const MinorWording& wording = minor_wording();
  json::Value answer = json::Value::object();
  answer.append("version", json::Value(wording.version));
  answer.append("notice", json::Value(wording.notice.in(language)));
  answer.append("danger", json::Value(wording.danger.in(language)));
  answer.append("concern", json::Value(wording.concern.in(language)));
  if (const MinorAdvice* advice = band ? minor_advice_for(*band) : nullptr) {
    answer.append("title", json::Value(advice->title.in(language)));
    answer.append("text", json::Value(advice->text.in(language)));
    json::Value options = json::Value::array();
    for (const MinorOption& option : advice->options) {
      json::Value choices = json::Value::array();
      for (const MinorChoice choice : option.choices)
        choices.items().emplace_back(json::enum_text(choice));
      json::Value row = json::Value::object();
      row.append("label", json::Value(option.label.in(language)));
      row.append("choices", std::move(choices));
      options.items().push_back(std::move(row));
    }
    answer.append("options", std::move(options));
  }
  return json::write(answer);
}

Answer do_consent_wording(const json::Value&) { return json::encode(consent_wording()); }

struct Operation {
  std::string_view name;
  Answer (*run)(const json::Value&);
};

constexpr Operation kOperations[] = {
    {"check", do_check},
    {"pad", do_pad},
    {"stamp", do_stamp},
    {"tick", do_tick},
    {"merge", do_merge},
    {"fold", do_fold},
    {"sync_step", do_sync_step},
    {"load_outlines", do_load_outlines},
    {"locate", do_locate},
    {"locate_commune", do_locate_commune},
    {"round_kinds", do_round_kinds},
    {"minor_advice", do_minor_advice},
    {"consent_wording", do_consent_wording},
};

Answer run(std::string_view text) {
  FILROUGE_TRY(request, json::parse(text, kCallLimits));
  if (!request.is(json::Kind::object))
    return Error{Code::invalid, "", "type", "an object expected"};
  FILROUGE_TRY(name, argument<std::string>(request, "op"));
  for (const Operation& operation : kOperations)
    if (operation.name == name) return operation.run(request);
  return Error{Code::unsupported, "op", "unknown_op", "no such operation"};
}

}  // namespace

std::string call(std::string_view request) {
  Answer answer = run(request);
  return answer.ok() ? std::move(*answer) : failure(answer.error());
}

}  // namespace filrouge
