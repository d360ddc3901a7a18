#include "server/cli/report/claim_report.h"

#include <algorithm>
#include <map>

#include "core/measure/survey.h"
#include "server/app/path_figures.h"
#include "server/app/stamps.h"
#include "server/app/states.h"

namespace filrouge {

namespace {

constexpr std::size_t survey_facts_max = 1'000'000;

struct Counted {
  std::int64_t number = 0;
  bool masked = false;
};

// Half up; the numbers are small enough for 64 bits (published claims, not money of a State).
std::optional<std::int64_t> rounded(std::int64_t number, std::int64_t by) {
  if (by <= 0) return std::nullopt;
  const std::int64_t twice = 2 * number + by;
  const std::int64_t whole = twice / (2 * by);
  return twice < 0 && twice % (2 * by) != 0 ? whole - 1 : whole;
}

class Sheet {
 public:
  Sheet(App& app, const Tenant& tenant, const DayRange& range)
      : app_(app), tenant_(tenant), range_(range) {}

  Result<ClaimReport> run() {
    const ClaimTable& table = *tenant_.published;
    ClaimReport report{table.report, table.source, range_.from, range_.to, "consortium", {}};
    for (const ClaimRow& row : table.rows) {
      ClaimReportRow line{row.id, row.label, row.unit, row.published, row.at_least};
      line.basis = row.basis.value_or("");
      line.note = row.note;
      if (row.compute) {
        FILROUGE_TRY(counted, computed_of(row));
        if (const auto basis = bases_.find(row.id); basis != bases_.end())
          line.basis = basis->second;
        if (counted && counted->masked) line.masked = true;
        if (counted && !counted->masked) line.computed = counted->number;
      }
      if (line.published) line.published_text = number_text(*line.published, line.unit);
      if (line.computed) line.computed_text = number_text(*line.computed, line.unit);
      report.rows.push_back(std::move(line));
    }
    return report;
  }

 private:
  using MaybeCounted = std::optional<Counted>;

  const ClaimRow& row_named(const std::string& id) const {
    return *std::find_if(tenant_.published->rows.begin(), tenant_.published->rows.end(),
                         [&](const ClaimRow& row) { return row.id == id; });
  }

  // Each row once, and never through itself.
  Result<MaybeCounted> computed_of(const ClaimRow& row) {
    const auto known = known_.find(row.id);
    if (known != known_.end()) return known->second;
    known_[row.id] = std::nullopt;
    FILROUGE_TRY(counted, compute(row));
    return known_[row.id] = counted;
  }

  Result<MaybeCounted> compute(const ClaimRow& row) {
    switch (*row.compute) {
      case Compute::encounters:
        return counted_facts(FactKind::encounter);
      case Compute::passages:
        return counted_facts(FactKind::visit);
      case Compute::rounds:
        return counted_facts(FactKind::round);
      case Compute::figure:
        return counted_figure(row);
      case Compute::survey:
        return counted_survey(row);
      case Compute::sites:
        return count_sites();
      case Compute::months:
        return MaybeCounted(Counted{months()});
      case Compute::given:
        return row.value ? MaybeCounted(Counted{*row.value}) : MaybeCounted();
      case Compute::growth:
        return growth(row);
      case Compute::ratio:
      case Compute::sum:
      case Compute::difference:
      case Compute::product:
        break;
    }
    return combine(row);
  }

  Result<MaybeCounted> counted_facts(FactKind kind) {
    FactFilter filter;
    filter.kind = kind;
    filter.from = range_.from;
    filter.to = range_.to;
    FILROUGE_TRY(counts, app_.store.count_facts(filter, Dimension::none));
    std::int64_t number = 0;
    for (const FactCount& one : counts) number += one.number;
    const bool small = number > 0 && number <= masked_up_to(Perimeter::consortium);
    return MaybeCounted(Counted{number, small});
  }

  // Of the whole period of the table; what is small is masked as in every consortium figure.
  Result<MaybeCounted> counted_figure(const ClaimRow& row) {
    const auto today = utc_day(app_.clock.now());
    const ExitSet* set = find_exit_set(row.exit_set.value_or(std::string(kDefaultExitSet)));
    const PathQuestion question{*row.indicator, range_.from, range_.to, today, set};
    FILROUGE_TRY(figure, count_path_figure(app_, question, FactFilter{}, Dimension::detail));
    std::int64_t number = 0;
    std::int64_t basis = 0;
    for (const Beside& one : figure.beside)
      if (row.beside == one.key) {
        number = one.number;
        basis = one.basis;
      }
    for (const Cell& cell : figure.cells) {
      if (row.beside || (row.key && *row.key != cell.key)) continue;
      number += row.take == ClaimTake::denominator ? cell.denominator : cell.number;
      basis = number;
    }
    const bool small = basis > 0 && basis <= masked_up_to(Perimeter::consortium);
    return MaybeCounted(Counted{number, small});
  }

  // The latest answer of each person at that moment; percent, half up.
  Result<MaybeCounted> counted_survey(const ClaimRow& row) {
    FactFilter filter;
    filter.kind = FactKind::survey;
    filter.from = range_.from;
    filter.to = range_.to;
    FILROUGE_TRY(facts, app_.store.facts(filter, survey_facts_max));
    const std::string head = row.instrument.value_or("") + "/" +
                             std::string(json::enum_text(row.moment.value_or(SurveyMoment::entry)));
    std::map<std::optional<Pseudonym>, std::optional<std::string>> latest;
    for (const Fact& fact : facts) {
      const std::string_view detail = fact.detail ? std::string_view(*fact.detail) : "";
      if (detail.substr(0, detail.find(' ')) != head) continue;
      const auto answer = answer_in(detail, row.item.value_or(""));
      latest[fact.person] = answer ? std::optional<std::string>(*answer) : std::nullopt;
    }
    std::int64_t answers = 0;
    std::int64_t matching = 0;
    for (const auto& [person, answer] : latest) {
      answers += answer ? 1 : 0;
      matching +=
          answer && std::find(row.answers.begin(), row.answers.end(), *answer) != row.answers.end()
              ? 1
              : 0;
    }
    const auto asked = static_cast<std::int64_t>(latest.size());
    bases_[row.id] = "calculé : " + std::to_string(matching) + " sur " + std::to_string(answers) +
                     " réponses ; sans réponse : " + std::to_string(asked - answers);
    if (answers == 0) return MaybeCounted();
    const std::int64_t up_to = masked_up_to(Perimeter::consortium);
    const auto is_small = [&](std::int64_t n) { return n > 0 && n <= up_to; };
    if (is_small(answers) || is_small(matching) || is_small(answers - matching)) {
      bases_[row.id] = "calculé, trop peu de réponses";
      return MaybeCounted(Counted{0, true});
    }
    const auto percent = rounded(100 * matching, answers);
    return percent ? MaybeCounted(Counted{*percent}) : MaybeCounted();
  }

  // Sites that are set in the journal: a place of one's own, in use.
  Result<MaybeCounted> count_sites() {
    FILROUGE_TRY(places, all_known(app_, {.collection = Collection::place}));
    Counted counted;
    for (const KnownPtr& known : places) {
      const auto place = state_in<PlaceState>(known);
      if (place && place->set.active && place->set.type == PlaceType::own_site) ++counted.number;
    }
    return MaybeCounted(counted);
  }

  std::int64_t months() const {
    return (range_.to.year() - range_.from.year()) * 12LL + range_.to.month() -
           range_.from.month() + 1;
  }

  // The computed number of the first row over the second's, in percent more.
  Result<MaybeCounted> growth(const ClaimRow& row) {
    if (row.of.size() != 2) return MaybeCounted();
    FILROUGE_TRY(now, computed_of(row_named(row.of[0])));
    FILROUGE_TRY(before, computed_of(row_named(row.of[1])));
    if (!now || !before) return MaybeCounted();
    if (now->masked || before->masked) return MaybeCounted(Counted{0, true});
    const auto percent = rounded(100 * (now->number - before->number), before->number);
    return percent ? MaybeCounted(Counted{*percent}) : MaybeCounted();
  }

  Result<MaybeCounted> combine(const ClaimRow& row) {
    std::vector<std::int64_t> numbers;
    for (const std::string& id : row.of) {
      const ClaimRow& other = row_named(id);
      if (other.published) {
        numbers.push_back(*other.published);
        continue;
      }
      if (!other.compute) return MaybeCounted();
      FILROUGE_TRY(counted, computed_of(other));
      if (!counted || counted->masked) return counted;
      numbers.push_back(counted->number);
    }
    if (numbers.size() < 2) return MaybeCounted();
    if (*row.compute == Compute::ratio) {
      const auto ratio = rounded(numbers[0] * row.times.value_or(1), numbers[1]);
      return ratio ? MaybeCounted(Counted{*ratio}) : MaybeCounted();
    }
    Counted counted{numbers[0]};
    for (std::size_t i = 1; i < numbers.size(); ++i) {
      if (*row.compute == Compute::sum) counted.number += numbers[i];
      if (*row.compute == Compute::difference) counted.number -= numbers[i];
      if (*row.compute == Compute::product) counted.number *= numbers[i];
    }
    return MaybeCounted(counted);
  }

  App& app_;
  const Tenant& tenant_;
  DayRange range_;
  std::map<std::string, MaybeCounted> known_;
  std::map<std::string, std::string> bases_;  // said by the computation itself
};

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number < 0 ? -number : number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, " ");
  return (number < 0 ? "-" : "") + digits;
}

std::string with_decimals(std::int64_t number, int decimals, std::string_view ending) {
  std::int64_t unit = 1;
  for (int i = 0; i < decimals; ++i) unit *= 10;
  const std::int64_t size = number < 0 ? -number : number;
  std::string rest = std::to_string(size % unit);
  rest.insert(0, static_cast<std::size_t>(decimals) - rest.size(), '0');
  return (number < 0 ? "-" : "") + grouped(size / unit) + "," + rest + std::string(ending);
}

}  // namespace

Result<ClaimReport> claim_report(App& app, const Tenant& tenant, const DayRange& range) {
  verify(tenant.published.has_value());
  return Sheet(app, tenant, range).run();
}

std::string number_text(std::int64_t number, std::string_view unit) {
  if (unit == "centimes") return with_decimals(number, 2, " €");
  if (unit == "‰") return with_decimals(number, 1, " %");
  if (unit == "dixièmes") return with_decimals(number, 1, "");
  if (unit == "%") return grouped(number) + " %";
  return grouped(number);
}

}  // namespace filrouge
