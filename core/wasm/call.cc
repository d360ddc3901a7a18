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

struct Failure {
  Code code = Code::internal;
  std::string field;
  std::string rule;
  std::string detail;
};
BOOST_DESCRIBE_STRUCT(Failure, (), (code, field, rule, detail))

std::string failure(const Error& error) {
  const Failure shown{error.code, error.field, error.rule, error.detail};
  return "{\"error\":" + json::encode(shown) + "}";
}

using Answer = Result<std::string>;

// The arguments of one operation, `op` among them. Newer pages may send more than we read.
template <class Arguments>
Status arguments(const json::Value& request, Arguments& into) {
  json::Reader reader{json::Unknown::keep, {}};
  if (json::shape_of<Arguments>.read(json::shape_of<Arguments>, &into, request, reader, {}))
    return Done{};
  return std::move(reader.error);
}

struct CheckCall {
  Draft draft;
};
BOOST_DESCRIBE_STRUCT(CheckCall, (), (draft))

Answer do_check(const json::Value& request) {
  CheckCall in;
  FILROUGE_CHECK(arguments(request, in));
  FILROUGE_CHECK(check(in.draft));
  return std::string("{\"ok\":true}");
}

struct PadCall {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(PadCall, (), (text))

Answer do_pad(const json::Value& request) {
  PadCall in;
  FILROUGE_CHECK(arguments(request, in));
  in.text = pad_text(std::move(in.text));
  return json::encode(in);
}

struct StampCall {
  Instant instant;
  std::int32_t offset = 0;
};
BOOST_DESCRIBE_STRUCT(StampCall, (), (instant, offset))
struct StampAnswer {
  LocalStamp occurred;
  CivilDate field_day;
};
BOOST_DESCRIBE_STRUCT(StampAnswer, (), (occurred, field_day))

Answer do_stamp(const json::Value& request) {
  StampCall in;
  FILROUGE_CHECK(arguments(request, in));
  const LocalStamp stamp = LocalStamp::at(in.instant, in.offset);
  if (!stamp.is_consistent()) return Error{Code::invalid, "offset", "range", "at most 14 hours"};
  return json::encode(StampAnswer{stamp, stamp.field_day()});
}

struct ClockCall {
  Hlc hlc;
  std::optional<Hlc> other;
  Instant now;
};
BOOST_DESCRIBE_STRUCT(ClockCall, (), (hlc, other, now))
struct ClockAnswer {
  Hlc hlc;
};
BOOST_DESCRIBE_STRUCT(ClockAnswer, (), (hlc))

Answer do_tick(const json::Value& request) {
  ClockCall in;
  FILROUGE_CHECK(arguments(request, in));
  return json::encode(ClockAnswer{in.hlc.tick(in.now)});
}

Answer do_merge(const json::Value& request) {
  ClockCall in;
  FILROUGE_CHECK(arguments(request, in));
  if (!in.other) return Error{Code::invalid, "other", "missing", "this field must be there"};
  return json::encode(ClockAnswer{in.hlc.merged(*in.other, in.now)});
}

struct FoldCall {
  Collection collection = Collection::person;
  std::vector<Draft> drafts;
};
BOOST_DESCRIBE_STRUCT(FoldCall, (), (collection, drafts))

Answer do_fold(const json::Value& request) {
  FoldCall in;
  FILROUGE_CHECK(arguments(request, in));
  return "{\"state\":" + encode_state(refold(in.collection, in.drafts)) + "}";
}

struct SyncCall {
  std::optional<SyncState> state;
  SyncEvent event;
};
BOOST_DESCRIBE_STRUCT(SyncCall, (), (state, event))

Answer do_sync_step(const json::Value& request) {
  SyncCall in;
  FILROUGE_CHECK(arguments(request, in));
  if (!in.state) in.state.emplace();
  return json::encode(sync_step(std::move(*in.state), in.event));
}

struct OutlinesCall {
  std::vector<Outline> outlines;
};
BOOST_DESCRIBE_STRUCT(OutlinesCall, (), (outlines))
struct OutlinesAnswer {
  std::int64_t loaded = 0;
};
BOOST_DESCRIBE_STRUCT(OutlinesAnswer, (), (loaded))

Answer do_load_outlines(const json::Value& request) {
  OutlinesCall in;
  FILROUGE_CHECK(arguments(request, in));
  territory() = TerritoryIndex(std::move(in.outlines));
  return json::encode(OutlinesAnswer{static_cast<std::int64_t>(territory().size())});
}

struct LocateCall {
  std::optional<std::int64_t> latitude_e7;
  std::optional<std::int64_t> longitude_e7;
  CivilDate day;
  std::optional<std::string> commune;
};
BOOST_DESCRIBE_STRUCT(LocateCall, (), (latitude_e7, longitude_e7, day, commune))
struct LocateAnswer {
  std::optional<std::string> commune;
  std::optional<std::string> district;
};
BOOST_DESCRIBE_STRUCT(LocateAnswer, (), (commune, district))

Answer do_locate(const json::Value& request) {
  LocateCall in;
  FILROUGE_CHECK(arguments(request, in));
  if (!in.latitude_e7 || !in.longitude_e7)
    return Error{Code::invalid, "latitude_e7", "missing", "a point is a latitude and a longitude"};
  Located l = territory().locate({*in.latitude_e7, *in.longitude_e7}, in.day,
                                 in.commune ? std::string_view(*in.commune) : std::string_view());
  return json::encode(LocateAnswer{std::move(l.commune), std::move(l.district)});
}

Answer do_locate_commune(const json::Value& request) {
  LocateCall in;
  FILROUGE_CHECK(arguments(request, in));
  if (!in.commune) return Error{Code::invalid, "commune", "missing", "this field must be there"};
  Located l = territory().locate_commune(*in.commune, in.day);
  return json::encode(LocateAnswer{std::move(l.commune), std::move(l.district)});
}

Answer do_round_kinds(const json::Value&) {
  return "{\"round_kinds\":" + json::encode(round_kinds()) + "}";
}

struct AdviceCall {
  std::optional<AgeBand> age_band;
  std::string language;
};
BOOST_DESCRIBE_STRUCT(AdviceCall, (), (age_band, language))
struct AdviceOption {
  std::string label;
  std::vector<MinorChoice> choices;
};
BOOST_DESCRIBE_STRUCT(AdviceOption, (), (label, choices))
struct AdviceAnswer {
  std::string version;
  std::string notice;
  std::string danger;
  std::string concern;
  std::optional<std::string> title;
  std::optional<std::string> text;
  std::vector<AdviceOption> options;
};
BOOST_DESCRIBE_STRUCT(AdviceAnswer, (), (version, notice, danger, concern, title, text, options))

// In one language, ready to be shown; without the age band of a minor, only what is always in
// reach.
Answer do_minor_advice(const json::Value& request) {
  AdviceCall in;
  FILROUGE_CHECK(arguments(request, in));
  const MinorWording& w = minor_wording();
  AdviceAnswer out{w.version,
                   w.notice.in(in.language),
                   w.danger.in(in.language),
                   w.concern.in(in.language),
                   {},
                   {},
                   {}};
  if (const MinorAdvice* advice = in.age_band ? minor_advice_for(*in.age_band) : nullptr) {
    out.title = advice->title.in(in.language);
    out.text = advice->text.in(in.language);
    for (const MinorOption& option : advice->options)
      out.options.push_back({option.label.in(in.language), option.choices});
  }
  return json::encode(out);
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

struct AnyCall {
  std::string op;
};
BOOST_DESCRIBE_STRUCT(AnyCall, (), (op))

Answer run(std::string_view text) {
  FILROUGE_TRY(request, json::parse(text, kCallLimits));
  AnyCall in;
  FILROUGE_CHECK(arguments(request, in));
  for (const Operation& operation : kOperations)
    if (operation.name == in.op) return operation.run(request);
  return Error{Code::unsupported, "op", "unknown_op", "no such operation"};
}

}  // namespace

std::string call(std::string_view request) {
  Answer answer = run(request);
  return answer.ok() ? std::move(*answer) : failure(answer.error());
}

}  // namespace filrouge
