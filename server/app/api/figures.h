// Figures (law 6): each prints definition and version, period, perimeter, N, unknown and masked.
// One dimension at a time, fixed periods; masked by perimeter (domain.md 5.5).
#pragma once

#include "core/measure/figures.h"
#include "server/app/api/street.h"
#include "server/ports/store.h"

namespace filrouge::api {

using filrouge::Indicator;
using filrouge::Perimeter;

// GET /api/v1/figures?indicator=&period=&by=&team=&project=&perimeter=
// period: "2026-11", "2026-Q4" or "2026". With `team`: that team's own figures.
struct FigureQuery {
  Indicator indicator = Indicator::I01;
  std::string period;
  std::optional<Dimension> by;
  std::optional<SubjectId> team;
  std::optional<SubjectId> project;
  std::optional<Perimeter> perimeter;
  std::optional<CivilDate> today;       // who can be judged already; the server's day when absent
  std::optional<std::string> language;  // "en": label, definition and notes in English
  std::optional<std::string> exit_set;  // of I03d: "tmvl" when absent (core/measure/exit_sets.json)
};
BOOST_DESCRIBE_STRUCT(FigureQuery, (),
                      (indicator, period, by, team, project, perimeter, today, language, exit_set))

struct FigureRow {
  std::string key;                          // code; "unknown" for inconnu; "none" for hors QPV
  std::string label;                        // name in the language of the program (French)
  std::optional<std::int64_t> number;       // absent: masked
  std::optional<std::int64_t> denominator;  // of a rate, absent when masked or not a rate
  std::optional<std::int64_t> percent;      // whole percent, hidden when the denominator is small
  bool masked = false;
};
BOOST_DESCRIBE_STRUCT(FigureRow, (), (key, label, number, denominator, percent, masked))

struct Figure {
  Indicator indicator = Indicator::I01;
  std::string label;
  std::int32_t definition_version = 1;
  std::string definition;  // the sentence printed beside the number
  std::string period;
  CivilDate from;
  CivilDate to;
  Perimeter perimeter = Perimeter::consortium;
  std::string perimeter_label;        // "Tous les projets", a team's name
  std::optional<std::int64_t> total;  // absent: masked
  std::optional<std::int64_t> denominator;
  std::optional<std::int64_t> percent;
  std::int64_t n = 0;                   // rows of entries counted (0 when masked)
  std::optional<std::int64_t> unknown;  // what the definition prints apart; else unknown dimension
  std::int64_t masked = 0;              // masked cells
  std::vector<CountLine> beside;        // I01: hours, encounters, refusals; I02: replies, ...
  std::optional<Dimension> by;
  std::optional<std::string> exit_set;  // I03d: name and version, "sipa-2019 v1"
  std::vector<FigureRow> rows;
  bool entries_open = false;       // may this account open the entries behind it
  std::vector<std::string> notes;  // "contours fictifs", "dont N personnes effacées"
  Instant computed_at;
};
BOOST_DESCRIBE_STRUCT(Figure, (),
                      (indicator, label, definition_version, definition, period, from, to,
                       perimeter, perimeter_label, total, denominator, percent, n, unknown, masked,
                       beside, by, exit_set, rows, entries_open, notes, computed_at))

// GET /api/v1/figures/entries, same query: the entries behind the own team's figure.
struct FigureEntries {
  std::vector<DayRow> rows;  // at most 200, newest first
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(FigureEntries, (), (rows, total))

// An answer that is a file: CSV ";" UTF-8 with BOM. GET /api/v1/figures/csv
struct Download {
  std::string content_type;
  std::string file_name;
  std::string body;
};

}  // namespace filrouge::api
