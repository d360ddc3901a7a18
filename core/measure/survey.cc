#include "core/measure/survey.h"

#include <algorithm>

#include "core/base/embedded.h"
#include "core/base/json.h"
#include "core/journal/body.h"

namespace filrouge {

namespace {

const SurveyItem* find_item(const Survey& survey, std::string_view key) {
  for (const SurveyItem& item : survey.items)
    if (item.key == key) return &item;
  return nullptr;
}

bool is_choice(const SurveyItem& item, const std::string& answer) {
  return std::find(item.choices.begin(), item.choices.end(), answer) != item.choices.end();
}

}  // namespace

const std::vector<Survey>& surveys() {
  static const std::vector<Survey> all = [] {
    auto read = json::decode<std::vector<Survey>>(embedded_file("core/measure/surveys.json"));
    return std::move(read).value();  // an unreadable data file stops the program at start
  }();
  return all;
}

const Survey* find_survey(std::string_view instrument) {
  for (const Survey& survey : surveys())
    if (survey.instrument == instrument) return &survey;
  return nullptr;
}

Status check_survey_answered(const Draft& draft) {
  SurveyAnswered body;
  FILROUGE_CHECK(read_into(draft, body));
  const Survey* survey = find_survey(body.instrument);
  if (survey == nullptr)
    return invalid_field("body.instrument", "choice", "\"" + body.instrument + "\" is no survey");
  FILROUGE_CHECK(list_bounded(body.answers.size(), "body.answers"));
  if (body.refused != body.answers.empty())
    return invalid_field("body.answers", "missing", "answers, or that she would rather not");
  for (std::size_t i = 0; i < body.answers.size(); ++i) {
    const std::string field = "body.answers[" + std::to_string(i) + "]";
    const ItemAnswer& said = body.answers[i];
    const SurveyItem* item = find_item(*survey, said.item);
    if (item == nullptr) return invalid_field(field + ".item", "choice", "no item of this survey");
    if (!is_choice(*item, said.answer))
      return invalid_field(field + ".answer", "choice", "no answer to this item");
    for (std::size_t k = 0; k < i; ++k)
      if (body.answers[k].item == said.item)
        return invalid_field(field + ".item", "repeated", "one answer to one item");
  }
  return Done{};
}

TrustScore trust_score(std::string_view instrument, const std::vector<ScoredItem>& answers) {
  TrustScore score;
  const Survey* survey = find_survey(instrument);
  if (survey == nullptr) return score;
  std::int64_t sum = 0;
  for (const ScoredItem& said : answers) {
    const SurveyItem* item = find_item(*survey, said.item);
    if (item == nullptr || item->group != "institutions") continue;
    sum += said.value;
    ++score.items;
  }
  if (score.items > 0) score.mean_tenths = (20 * sum + score.items) / (2 * score.items);
  return score;
}

std::string survey_detail(const SurveyAnswered& answered) {
  std::string text = answered.instrument + "/" + std::string(json::enum_text(answered.moment));
  const Survey* survey = find_survey(answered.instrument);
  if (survey == nullptr || answered.refused) return text;
  for (const SurveyItem& item : survey->items)
    for (const ItemAnswer& said : answered.answers)
      if (said.item == item.key && is_choice(item, said.answer))
        text += " " + item.key + "=" + said.answer;
  return text;
}

std::optional<std::string_view> answer_in(std::string_view detail, std::string_view item) {
  while (!detail.empty()) {
    const auto end = detail.find(' ');
    const std::string_view word = detail.substr(0, end);
    const auto equals = word.find('=');
    if (equals != std::string_view::npos && word.substr(0, equals) == item)
      return word.substr(equals + 1);
    if (end == std::string_view::npos) break;
    detail.remove_prefix(end + 1);
  }
  return std::nullopt;
}

}  // namespace filrouge
