// Who of the watched lists is known to nobody: rows for the own organisation, counts by commune,
// a file of counts with the small ones masked for whoever is outside, and inbound signals for a
// team that goes and looks (R48).
#include <algorithm>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/comparison/published_counts.h"
#include "core/pathway/entries.h"
#include "server/app/comparison_found.h"
#include "server/app/csv.h"
#include "server/app/rounds.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

using linkage::Known;

constexpr std::string_view manage = "comparison.manage";
constexpr std::string_view review = "comparison.review";

static_assert(static_cast<int>(api::WatchedBand::known) == static_cast<int>(Known::known) &&
              static_cast<int>(api::WatchedBand::uncertain) == static_cast<int>(Known::uncertain) &&
              static_cast<int>(api::WatchedBand::unseen) == static_cast<int>(Known::unseen));

api::WatchedBand band_of(const linkage::Unseen& row) {
  return static_cast<api::WatchedBand>(row.band);
}

// The record that a row becomes when it is signalled: the same each time, leading back to the row
// only for who holds the node's keys.
SubjectId signal_of(App& app, SubjectId comparison, ListRow row) {
  std::string text = "fr1 comparison signal";
  text.append(reinterpret_cast<const char*>(comparison.bytes.data()), comparison.bytes.size());
  const Bytes32 mac = app.crypto.mac(app.keys.secrets().pseudonym_key, text + row.text());
  SubjectId subject;
  std::copy_n(mac.begin(), subject.bytes.size(), subject.bytes.begin());
  return subject;
}

// Also where she was erased since: never twice.
Result<bool> is_signalled(App& app, SubjectId subject) {
  FILROUGE_TRY(state, app.store.state(subject));
  if (state) return true;
  auto key = app.keys.current(SealScope::person, subject);
  if (!key.ok() && key.error().code == Code::not_found) return true;
  if (!key.ok()) return std::move(key.error());
  return false;
}

std::string_view value_of(const std::vector<api::ListCell>& cells, ComparedField field) {
  for (const api::ListCell& cell : cells)
    if (cell.field == field) return cell.value;
  return {};
}

// Given texts come from a file: cleaned, or left out.
std::string clean_cell(std::string_view text, std::size_t characters_max) {
  auto clean = clean_text(first_characters(text, characters_max), characters_max, "");
  return clean.ok() ? std::move(*clean) : std::string();
}

SignalReceived signal_body(SubjectId team, const std::vector<api::ListCell>& cells) {
  SignalReceived body;
  body.team = team;
  body.prescriber_label = "liste";
  const std::string name = std::string(value_of(cells, ComparedField::given_name)) + " " +
                           std::string(value_of(cells, ComparedField::surname));
  body.who = clean_cell(name, limits::alias_characters_max);
  if (body.who.empty()) body.who = "?";
  const std::string phone = clean_cell(value_of(cells, ComparedField::phone), 40);
  const std::string place =
      clean_cell(value_of(cells, ComparedField::place), limits::label_characters_max);
  if (!place.empty()) body.where = place;
  if (!phone.empty()) body.need = "tél. " + phone;
  return body;
}

Status check_team(App& app, const FoundComparison& found, SubjectId team) {
  FILROUGE_TRY(target, team_target(app, team));
  if (!team.is_nil() && target.organisation == found.known->row.organisation) return Done{};
  return Error{Code::invalid, "team", "unknown_team", "a team of the own organisation"};
}

// Where the row stands among the watched ones that are not known.
Result<const WatchedRow*> row_to_signal(const FoundView& view, const std::string& text) {
  const auto wanted = list_row(text);
  const auto& watched = view.found.watched;
  const auto at = std::find_if(watched.begin(), watched.end(),
                               [&](const WatchedRow& one) { return wanted && one.row == *wanted; });
  if (at == watched.end()) return Error{Code::not_found, "rows", "not_found", "no such row"};
  if (view.bands[static_cast<std::size_t>(at - watched.begin())].band == Known::known)
    return Error{Code::refused, "rows", "row_known", "somebody knows this person"};
  return &*at;
}

Result<bool> make_signal(App& app, const Caller& caller, const FoundComparison& found,
                         ListReader& cells, SubjectId team, ListRow row) {
  const SubjectId subject = signal_of(app, found.id(), row);
  FILROUGE_TRY(already, is_signalled(app, subject));
  if (already) return false;
  FILROUGE_TRY(values, cells.cells(row));
  Draft draft =
      desk_draft(app, "signal_received", subject, caller.actor->account, signal_body(team, values));
  draft.id = EntryId{subject.bytes};  // two at once write the same entry: one of them is refused
  auto written = write_judged(app, *caller.actor, {draft});
  if (!written.ok() && written.error().rule == "known_entry") return false;
  if (!written.ok()) return std::move(written.error());
  return true;
}

}  // namespace

Result<api::UnseenPage> comparison_unseen(App& app, const Caller& caller,
                                          const api::UnseenQuery& query) {
  FILROUGE_TRY(found, find_comparison(app, caller, query.comparison, review));
  FILROUGE_TRY(view, view_of(app, found));
  const auto band = query.band.value_or(api::WatchedBand::unseen);
  const auto after = query.after ? list_row(*query.after) : std::optional<ListRow>{};
  if (query.after && !after) return Error{Code::invalid, "after", "choice", "a row: 1.12"};
  ListReader cells(app, found);
  api::UnseenPage page;
  for (std::size_t i = 0; i < view.bands.size(); ++i) {
    const WatchedRow& row = view.found.watched[i];
    if (band_of(view.bands[i]) != band) continue;
    if (query.commune && view.found.places[row.place] != *query.commune) continue;
    ++page.total;
    if (after && row.row <= *after) continue;
    if (page.rows.size() == limits::page_rows) {
      page.next = page.rows.back().row;
      continue;
    }
    FILROUGE_TRY(values, cells.cells(row.row));
    FILROUGE_TRY(signal, app.store.state(signal_of(app, found.id(), row.row)));
    page.rows.push_back({row.row.text(), band, signal.has_value(), std::move(values)});
  }
  FILROUGE_CHECK(disclose_lists(app, caller, found, review));
  return page;
}

Result<api::CommuneCounts> comparison_communes(App& app, const Caller& caller,
                                               const api::ComparisonQuery& query) {
  FILROUGE_TRY(found, find_comparison(app, caller, query.comparison, review));
  FILROUGE_TRY(view, view_of(app, found));
  api::CommuneCounts counts;
  const auto communes = view.communes();
  for (std::size_t i = 0; i + 1 < communes.size(); ++i)
    counts.rows.push_back(
        {communes[i].group, communes[i].unseen, communes[i].at_least(), communes[i].at_most()});
  std::sort(counts.rows.begin(), counts.rows.end(), [](const auto& a, const auto& b) {
    return std::tie(b.unseen, a.commune) < std::tie(a.unseen, b.commune);
  });
  return counts;
}

Result<api::Download> comparison_csv(App& app, const Caller& caller,
                                     const api::ComparisonQuery& query) {
  FILROUGE_TRY(found, find_comparison(app, caller, query.comparison, review));
  FILROUGE_TRY(view, view_of(app, found));
  const auto counts = published_counts(view.communes());
  std::string body = "\xEF\xBB\xBF";
  csv_line(body, {"commune", "inconnus de tous", "au moins", "au plus"});
  for (const PublishedCount& one : counts) {
    const bool whole = &one == &counts.back();
    const std::string_view name = whole               ? "Ensemble"
                                  : one.place.empty() ? std::string_view("inconnue")
                                                      : one.place;
    const auto shown = [](std::optional<std::int64_t> number) {
      return number ? std::to_string(*number) : std::string();
    };
    csv_line(body, {name, one.unseen ? shown(one.unseen) : "n.c.", shown(one.at_least),
                    shown(one.at_most)});
  }
  return api::Download{"text/csv; charset=utf-8", "rapprochement-communes.csv", std::move(body)};
}

Result<api::MadeSignals> make_signals(App& app, const Caller& caller,
                                      const api::MakeSignals& request) {
  FILROUGE_TRY(found, find_comparison(app, caller, request.comparison, manage));
  FILROUGE_CHECK(check_team(app, found, request.team));
  if (request.rows.empty() || request.rows.size() > limits::comparison_signals_max)
    return Error{Code::invalid, "rows", "range", "from one to two hundred rows"};
  FILROUGE_TRY(view, view_of(app, found));
  std::vector<ListRow> rows;
  for (const std::string& text : request.rows) {
    FILROUGE_TRY(row, row_to_signal(view, text));
    rows.push_back(row->row);
  }
  FILROUGE_CHECK(disclose_lists(app, caller, found, manage));
  ListReader cells(app, found);
  api::MadeSignals made;
  for (const ListRow& row : rows) {
    FILROUGE_TRY(fresh, make_signal(app, caller, found, cells, request.team, row));
    ++(fresh ? made.made : made.already);
  }
  return made;
}

}  // namespace filrouge
