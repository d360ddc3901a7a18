// Surveys with an instrument, at a moment (entry, exit, ...): closed questions with closed answers,
// from the data file core/measure/surveys.json (domain.md 5.4, 5.6). An answer never leaves without
// its N and who did not answer; another wording is another instrument, and starts another series.
//
//   find_survey("sipa-1")->items[0].key == "job_centre"
//   trust_score("confiance-1", {{"school", 7}, {"town_hall", 4}}).mean_tenths == 55
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "core/base/ids.h"
#include "core/journal/draft.h"

namespace filrouge {

enum class SurveyMoment { entry, months_2, months_6, exit, other };
BOOST_DESCRIBE_ENUM(SurveyMoment, entry, months_2, months_6, exit, other)

struct ItemAnswer {
  std::string item;
  std::string answer;
};
BOOST_DESCRIBE_STRUCT(ItemAnswer, (), (item, answer))

// "survey_answered", subject: the person. An item that is not there was not answered.
struct SurveyAnswered {
  std::string instrument;
  SurveyMoment moment = SurveyMoment::entry;
  std::optional<SubjectId> project;
  std::vector<ItemAnswer> answers;
  bool refused = false;  // she would rather not: counted, never chased
};
BOOST_DESCRIBE_STRUCT(SurveyAnswered, (), (instrument, moment, project, answers, refused))

struct SurveyItem {
  std::string key;
  std::string group;                 // "institutions": what I08 is made of
  std::vector<std::string> choices;  // empty: 0 to 10
  std::string fr;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(SurveyItem, (), (key, group, choices, fr, en))
struct Survey {
  std::string instrument;
  std::vector<SurveyItem> items;
};
BOOST_DESCRIBE_STRUCT(Survey, (), (instrument, items))

const std::vector<Survey>& surveys();
const Survey* find_survey(std::string_view instrument);

Status check_survey_answered(const Draft& draft);

// Mean of the institution items that were answered, times ten; I08 needs two of them at least.
inline constexpr std::int64_t kTrustItemsMin = 2;
struct ScoredItem {
  std::string item;
  std::int32_t value = 0;
};
BOOST_DESCRIBE_STRUCT(ScoredItem, (), (item, value))
struct TrustScore {
  std::int64_t items = 0;
  std::int64_t mean_tenths = 0;
};
TrustScore trust_score(std::string_view instrument, const std::vector<ScoredItem>& answers);

// "sipa-1/exit job_centre=yes association=no": instrument, moment and answers as one word of a
// fact, in the order of the instrument; answer_in finds one again.
std::string survey_detail(const SurveyAnswered& answered);
std::optional<std::string_view> answer_in(std::string_view detail, std::string_view item);

}  // namespace filrouge
