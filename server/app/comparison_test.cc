// A comparison of lists through the application, from two files to inbound signals and to nothing.
#include <algorithm>
#include <set>
#include <sstream>
#include <thread>

#include "core/base/text.h"
#include "core/linkage/generate.h"
#include "server/app/comparison_found.h"
#include "server/app/comparison_run.h"
#include "server/app/node_testing.h"
#include "server/app/sealing.h"

namespace filrouge {
namespace {

std::string csv_of(const std::vector<linkage::GeneratedRow>& rows) {
  std::string text;
  for (const char* title : linkage::generated_titles) text += std::string(title) + ";";
  text.back() = '\n';
  for (const linkage::GeneratedRow& row : rows) {
    for (const std::string& cell : row.cell) text += cell + ";";
    text.back() = '\n';
  }
  return text;
}

struct Comparisons : testing::Test {
  TestNode node;
  SubjectId organisation = node.organisation("Mission locale");
  SubjectId team = node.team(organisation);
  SubjectId boss = node.account(Role::coordinator, organisation, {team});
  SubjectId adviser = node.account(Role::adviser, organisation, {team});
  SubjectId other_adviser = node.account(Role::adviser, organisation, {team});
  CivilDate today = utc_day(node.clock.now_const());
  std::int64_t unknown = 0;  // in truth, of the lists that ready() made

  App& app() { return node.app(); }
  Caller caller() { return node.caller(boss); }

  SubjectId open(ComparisonPurpose purpose = ComparisonPurpose::school_exits_meeting) {
    return value(open_comparison(app(), caller(), {purpose, "réunion", today.plus_days(30)})).id;
  }
  std::int32_t send(SubjectId comparison, const std::string& name, ListRole role,
                    const std::string& bytes, std::size_t piece_bytes = 5'000) {
    const auto number =
        value(add_list(app(), caller(),
                       {comparison, name, role, static_cast<std::int64_t>(bytes.size())}))
            .number;
    std::int32_t piece = 0;
    for (std::size_t at = 0; at < bytes.size(); at += piece_bytes)
      value(put_list_piece(app(), caller(),
                           {comparison, number, piece++, base64(bytes.substr(at, piece_bytes))}));
    return number;
  }
  api::ListPreview map(SubjectId comparison, std::int32_t list) {
    const auto preview = value(preview_list(app(), caller(), {comparison, list}));
    api::MapList request{comparison, list, {}};
    for (const api::PreviewColumn& column : preview.columns)
      request.columns.push_back({column.column, column.field});
    return value(map_list(app(), caller(), request));
  }
  // Two generated lists, ready.
  SubjectId ready(std::size_t rows = 400) {
    const auto made = linkage::generate_lists({.rows = rows, .noise = 2});
    std::set<std::uint32_t> followed;
    for (const linkage::GeneratedRow& row : made.rows[1]) followed.insert(row.person);
    unknown = std::count_if(made.rows[0].begin(), made.rows[0].end(),
                            [&](const auto& row) { return !followed.contains(row.person); });
    const SubjectId comparison = open();
    map(comparison, send(comparison, "Sorties", ListRole::watched, csv_of(made.rows[0])));
    map(comparison, send(comparison, "Suivis", ListRole::known, csv_of(made.rows[1])));
    return comparison;
  }
  SubjectId compared() {
    const SubjectId comparison = ready();
    value(run_comparison(app(), caller(), {comparison}));
    return comparison;
  }
  api::PairPage pairs(SubjectId comparison, api::PairState state,
                      std::optional<std::string> after = {}) {
    return value(comparison_pairs(app(), caller(), {comparison, state, after}));
  }
  api::JudgedPair judge(SubjectId account, SubjectId comparison, const std::string& pair,
                        PairVerdict verdict) {
    return value(judge_pair(app(), node.caller(account), {comparison, pair, verdict}));
  }
  std::size_t ledger_rows(SubjectId comparison) {
    return value(node.store->ledger(comparison, std::nullopt, 1'000)).size();
  }
};

TEST_F(Comparisons, AListIsReadWithItsMeaningAndItsRefusedLines) {
  const SubjectId comparison = open();
  const std::string text =
      "nom;pr\xE9nom;date_naissance;remarque\r\n"
      "MARTIN;L\xE9"
      "a;12/03/2005;x\r\n"
      "DUPONT;Hugo;31/02/2005;\r\n"
      "PETIT;Zo\r\n"
      "GRAND;Ana;01/01/2004;y;z\r\n"
      ";;;rien\r\n"
      "SNC;SNC;;\r\n" +
      ("LONG;" + std::string(70'000, 'a') + ";;\r\n") + "BLANC;Tom;2004-05-06;\r\n";
  const std::int32_t list = send(comparison, "École", ListRole::watched, text, 180'000);
  const auto preview = value(preview_list(app(), caller(), {comparison, list}));
  EXPECT_EQ(preview.separator, ";");
  EXPECT_EQ(preview.encoding, api::ListEncoding::latin1);
  EXPECT_FALSE(preview.ready);
  ASSERT_EQ(preview.columns.size(), 4U);
  EXPECT_EQ(preview.columns[1].column, "prénom");
  EXPECT_EQ(preview.columns[1].field, ComparedField::given_name);
  EXPECT_EQ(preview.columns[1].examples.front(), "Léa");
  EXPECT_FALSE(preview.columns[3].field);
  ASSERT_EQ(preview.rows.size(), 5U);
  EXPECT_EQ(preview.rows[1].line, 3);
  EXPECT_EQ(preview.rows[1].cells[0], "DUPONT");
  EXPECT_EQ(preview.count, 4);
  EXPECT_EQ(preview.refused_count, 4);
  using enum api::LineRule;
  const std::vector<std::pair<std::int64_t, api::LineRule>> expected{
      {4, too_few_cells}, {5, too_many_cells}, {6, nothing_to_compare}, {8, too_long}};
  ASSERT_EQ(preview.refused.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(preview.refused[i].line, expected[i].first);
    EXPECT_EQ(preview.refused[i].rule, expected[i].second);
  }
  const auto has = [&](api::Oddity what, std::optional<ComparedField> field, std::int64_t count) {
    return std::any_of(preview.oddities.begin(), preview.oddities.end(), [&](const auto& one) {
      return one.what == what && one.field == field && one.count == count;
    });
  };
  EXPECT_TRUE(has(api::Oddity::latin1_lines, {}, 2));
  EXPECT_TRUE(has(api::Oddity::unreadable_values, ComparedField::date_of_birth, 1));
  EXPECT_TRUE(has(api::Oddity::missing_values, ComparedField::surname, 1)) << "SNC";

  const auto mapped = map(comparison, list);
  EXPECT_TRUE(mapped.ready);
  const auto shown = value(filrouge::comparison(app(), caller(), {comparison}));
  ASSERT_EQ(shown.lists.size(), 1U);
  EXPECT_EQ(shown.lists[0].rows, 4);
  EXPECT_EQ(shown.lists[0].refused, 4);
  EXPECT_TRUE(shown.lists[0].ready);
  EXPECT_EQ(ledger_rows(comparison), 3U) << "two previews and a mapping";
}

TEST_F(Comparisons, WhatCannotBeReadIsToldAndNothingIsLost) {
  const SubjectId comparison = open();
  const auto rule = [&](const std::string& bytes) {
    const std::int32_t list = send(comparison, "x", ListRole::known, bytes);
    const std::string said = rule_of(preview_list(app(), caller(), {comparison, list}));
    value(remove_list(app(), caller(), {comparison, list}));
    return said;
  };
  EXPECT_EQ(rule("PK\x03\x04 and more"), "not_csv");
  EXPECT_EQ(rule("\n\n"), "empty_list");
  EXPECT_EQ(rule("nom;prenom\n"), "empty_list");
  std::string many = "nom\n";
  for (int i = 0; i <= limits::comparison_rows_max; ++i) many += "a\n";
  EXPECT_EQ(rule(many), "too_many_rows");

  // The second of two pieces is missing.
  const auto number =
      value(add_list(app(), caller(), {comparison, "x", ListRole::known, 8'000})).number;
  value(put_list_piece(app(), caller(), {comparison, number, 0, base64(std::string(5'000, 'a'))}));
  EXPECT_EQ(rule_of(preview_list(app(), caller(), {comparison, number})), "incomplete");
  EXPECT_EQ(rule_of(put_list_piece(app(), caller(), {comparison, number, 8, "YQ=="})), "range");
  EXPECT_EQ(rule_of(put_list_piece(app(), caller(),
                                   {comparison, number, 1, base64(std::string(180'001, 'a'))})),
            "range");
  EXPECT_EQ(rule_of(add_list(app(), caller(), {comparison, "y", ListRole::known, 60 << 20})),
            "too_large");
  EXPECT_EQ(rule_of(run_comparison(app(), caller(), {comparison})), "list_not_ready");

  const std::int32_t list = send(comparison, "z", ListRole::known, "nom;nom;prenom\nA;B;C\n");
  const auto map_as = [&](std::vector<ComparedColumn> columns) {
    return rule_of(map_list(app(), caller(), {comparison, list, std::move(columns)}));
  };
  EXPECT_EQ(map_as({{"autre", ComparedField::surname}}), "unknown_column");
  EXPECT_EQ(map_as({{"nom", ComparedField::surname}, {"nom", ComparedField::surname}}),
            "repeated_field");
  EXPECT_EQ(map_as({{"nom", {}}}), "missing");
  EXPECT_EQ(map_as({{"nom", {}}, {"nom", ComparedField::surname}}), "");
  EXPECT_EQ(rule_of(put_list_piece(app(), caller(), {comparison, list, 0, "YQ=="})), "list_ready");
}

TEST_F(Comparisons, TwoListsGivePairsAndWhoIsKnownToNobody) {
  const SubjectId comparison = ready();
  const auto result = value(run_comparison(app(), caller(), {comparison}));
  EXPECT_EQ(result.counts.rows, 400);
  EXPECT_EQ(result.counts.known + result.counts.uncertain + result.counts.unseen, 400);
  EXPECT_GT(result.counts.known, 180);
  EXPECT_GT(unknown, 120);
  EXPECT_LE(result.counts.unseen, unknown + 20);
  EXPECT_GE(result.counts.unseen + result.counts.uncertain, unknown - 20);
  EXPECT_LE(result.counts.expected_unseen_low, unknown);
  EXPECT_GE(result.counts.expected_unseen_high, unknown);
  EXPECT_GT(result.pairs.certain, 180);
  EXPECT_GT(result.pairs.to_review, 0);
  const auto shown = value(filrouge::comparison(app(), caller(), {comparison}));
  EXPECT_EQ(json::encode(*shown.run), json::encode(result));
  EXPECT_FALSE(shown.progress);
  const auto listed = value(list_comparisons(app(), caller(), {}));
  ASSERT_EQ(listed.rows.size(), 1U);
  EXPECT_EQ(listed.rows[0].state, api::ComparisonStep::compared);
  EXPECT_EQ(listed.rows[0].to_review, result.pairs.to_review);

  // Every row of every page, once, in the same order for everybody.
  std::vector<std::string> seen;
  for (std::optional<std::string> after;;) {
    const auto page = pairs(comparison, api::PairState::to_review, after);
    EXPECT_EQ(page.total, result.pairs.to_review);
    for (const api::PairRow& row : page.rows) {
      seen.push_back(row.pair);
      EXPECT_FALSE(row.left.cells.empty());
      EXPECT_FALSE(row.marks.empty());
      EXPECT_EQ(row.left.list, 1);
      EXPECT_EQ(row.right.list, 2);
    }
    after = page.next;
    if (!after) break;
  }
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(result.pairs.to_review));
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), seen.size());
  const auto again = value(run_comparison(app(), caller(), {comparison}));
  EXPECT_EQ(json::encode(again), json::encode(result)) << "the same lists give the same";
}

TEST_F(Comparisons, MarksSayWhatIsTheSame) {
  const SubjectId comparison = compared();
  int same = 0;
  for (const auto state : {api::PairState::certain, api::PairState::to_review})
    for (const api::PairRow& row : pairs(comparison, state).rows)
      for (const api::FieldMark& mark : row.marks) {
        const auto cell = [&](const api::PairSide& side) {
          for (const api::ListCell& one : side.cells)
            if (one.field == mark.field) return fold_for_search(one.value);
          return std::string("?");
        };
        if (mark.field != ComparedField::surname && mark.field != ComparedField::date_of_birth)
          continue;
        if (mark.agree == api::Agreement::different) {
          EXPECT_NE(cell(row.left), cell(row.right)) << row.pair;
        }
        same += mark.agree == api::Agreement::same ? 1 : 0;
      }
  EXPECT_GT(same, 20);
}

TEST_F(Comparisons, VerdictsMoveRowsBetweenTheBands) {
  const SubjectId comparison = compared();
  const auto before = *value(filrouge::comparison(app(), caller(), {comparison})).run;
  const auto page = pairs(comparison, api::PairState::to_review);
  // An easy one (the first) and its row.
  const auto row = std::find_if(page.rows.begin(), page.rows.end(),
                                [](const auto& one) { return one.likely != api::Likely::perhaps; });
  ASSERT_NE(row, page.rows.end());
  EXPECT_EQ(judge(adviser, comparison, row->pair, PairVerdict::same).standing, PairStanding::same);
  auto now = *value(filrouge::comparison(app(), caller(), {comparison})).run;
  EXPECT_EQ(now.pairs.judged, 1);
  EXPECT_EQ(now.pairs.to_review, before.pairs.to_review - 1);
  EXPECT_GE(now.counts.known, before.counts.known);
  EXPECT_LE(now.counts.uncertain, before.counts.uncertain);
  EXPECT_EQ(pairs(comparison, api::PairState::judged).rows.front().judged.front().verdict,
            PairVerdict::same);
  EXPECT_EQ(rule_of(judge_pair(app(), caller(), {comparison, row->pair, PairVerdict::undo})),
            "nothing_to_undo");
  EXPECT_EQ(judge(adviser, comparison, row->pair, PairVerdict::undo).standing, PairStanding::open);
  now = *value(filrouge::comparison(app(), caller(), {comparison})).run;
  EXPECT_EQ(json::encode(now), json::encode(before));

  // Every pair of every row judged different: nobody is uncertain any more.
  for (std::optional<api::PairPage> some; !some || !some->rows.empty();) {
    some = pairs(comparison, api::PairState::to_review);
    for (const api::PairRow& one : some->rows) {
      judge(adviser, comparison, one.pair, PairVerdict::different);
      if (one.likely == api::Likely::perhaps)
        judge(other_adviser, comparison, one.pair, PairVerdict::different);
    }
  }
  now = *value(filrouge::comparison(app(), caller(), {comparison})).run;
  EXPECT_EQ(now.counts.uncertain, 0);
  EXPECT_EQ(now.counts.unseen, before.counts.unseen + before.counts.uncertain);
  EXPECT_EQ(now.pairs.second_opinion, 0);
  // A new run keeps what people said.
  value(run_comparison(app(), caller(), {comparison}));
  EXPECT_EQ(value(filrouge::comparison(app(), caller(), {comparison})).run->counts.uncertain, 0);
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Comparisons, WhereTwoDisagreeTheCoordinatorDecides) {
  const SubjectId comparison = compared();
  const std::string pair = pairs(comparison, api::PairState::to_review).rows.front().pair;
  judge(adviser, comparison, pair, PairVerdict::same);
  const auto apart = judge(other_adviser, comparison, pair, PairVerdict::different);
  EXPECT_EQ(apart.standing, PairStanding::second_opinion);
  EXPECT_TRUE(apart.disagree);
  const auto page = pairs(comparison, api::PairState::second_opinion);
  ASSERT_EQ(page.rows.size(), 1U);
  EXPECT_EQ(page.rows[0].judged.size(), 2U);
  EXPECT_TRUE(page.rows[0].disagree);
  // A third adviser does not decide, the coordinator does.
  const auto third = node.account(Role::adviser, organisation, {team});
  EXPECT_EQ(judge(third, comparison, pair, PairVerdict::same).standing,
            PairStanding::second_opinion);
  EXPECT_EQ(judge(boss, comparison, pair, PairVerdict::different).standing,
            PairStanding::different);
}

TEST_F(Comparisons, OthersFindNothing) {
  const SubjectId comparison = compared();
  const SubjectId elsewhere = node.organisation("Ailleurs");
  const SubjectId other_team = node.team(elsewhere);
  const Caller stranger = node.caller(node.account(Role::coordinator, elsewhere, {other_team}));
  const Caller administrator = node.caller(node.account(Role::administrator, organisation, {team}));
  const SubjectId absent = node.random->id<SubjectId>();
  for (const Caller& who : {stranger, administrator}) {
    for (const SubjectId& id : {comparison, absent}) {
      EXPECT_EQ(rule_of(filrouge::comparison(app(), who, {id})), "not_found");
      EXPECT_EQ(rule_of(comparison_unseen(app(), who, {id, {}, {}, {}})), "not_found");
      EXPECT_EQ(rule_of(end_comparison(app(), who, {id})), "not_found");
      EXPECT_EQ(rule_of(judge_pair(app(), who, {id, "1.1-2.1", PairVerdict::same})), "not_found");
    }
  }
  EXPECT_TRUE(value(list_comparisons(app(), stranger, {})).rows.empty());
  EXPECT_EQ(rule_of(run_comparison(app(), node.caller(adviser), {comparison})), "not_found");
  EXPECT_EQ(rule_of(comparison_unseen(app(), node.caller(adviser), {comparison, {}, {}, {}})), "");
  EXPECT_EQ(rule_of(filrouge::comparison(app(), caller(), {team})), "not_found");
}

TEST_F(Comparisons, CommunesAddUpAndSmallCountsStayInside) {
  const SubjectId comparison = compared();
  const auto counts = value(comparison_communes(app(), caller(), {comparison}));
  const auto run = *value(filrouge::comparison(app(), caller(), {comparison})).run;
  std::int64_t sum = 0;
  std::int64_t small = 0;
  for (const api::CommuneCount& row : counts.rows) {
    sum += row.unseen;
    small += row.unseen >= 1 && row.unseen <= 4 ? 1 : 0;
    EXPECT_LE(row.low, row.high);
  }
  EXPECT_EQ(sum, run.counts.unseen);
  ASSERT_GT(small, 0);
  const auto file = value(comparison_csv(app(), caller(), {comparison}));
  EXPECT_NE(file.body.find("n.c."), std::string::npos);
  std::istringstream lines(file.body);
  for (std::string line; std::getline(lines, line);) {
    const std::string number = line.substr(line.find(';') + 1);
    for (const char* small_number : {"1;", "2;", "3;", "4;"})
      EXPECT_FALSE(number.starts_with(small_number)) << line;
  }
  // Rows of one commune alone.
  const auto page =
      value(comparison_unseen(app(), caller(), {comparison, counts.rows.front().commune, {}, {}}));
  EXPECT_EQ(page.total, counts.rows.front().unseen);
}

TEST_F(Comparisons, RowsBecomeInboundSignalsOnce) {
  const SubjectId comparison = compared();
  const auto page = value(comparison_unseen(app(), caller(), {comparison, {}, {}, {}}));
  ASSERT_GE(page.rows.size(), 3U);
  const std::vector<std::string> rows{page.rows[0].row, page.rows[1].row};
  const auto before = ledger_rows(comparison);
  const auto made = value(make_signals(app(), caller(), {comparison, team, rows}));
  EXPECT_EQ(made.made, 2);
  EXPECT_EQ(made.already, 0);
  EXPECT_EQ(ledger_rows(comparison), before + 1);
  const auto again =
      value(make_signals(app(), caller(), {comparison, team, {rows[1], page.rows[2].row}}));
  EXPECT_EQ(again.made, 1);
  EXPECT_EQ(again.already, 1);
  const auto signals = value(list_signals(app(), node.caller(adviser), {team}));
  ASSERT_EQ(signals.rows.size(), 3U);
  const auto cell = [&](ComparedField field) {
    for (const api::ListCell& one : page.rows[0].cells)
      if (one.field == field) return one.value;
    return std::string();
  };
  EXPECT_TRUE(std::any_of(signals.rows.begin(), signals.rows.end(), [&](const auto& row) {
    return row.said.prescriber_label == "liste" &&
           row.said.who.find(cell(ComparedField::surname)) != std::string::npos;
  }));
  EXPECT_TRUE(
      value(comparison_unseen(app(), caller(), {comparison, {}, {}, {}})).rows[0].signalled);

  const SubjectId foreign = node.team(node.organisation("Ailleurs"));
  EXPECT_EQ(rule_of(make_signals(app(), caller(), {comparison, foreign, rows})), "unknown_team");
  EXPECT_EQ(rule_of(make_signals(app(), caller(), {comparison, team, {"2.1"}})), "not_found");
  const auto known =
      value(comparison_unseen(app(), caller(), {comparison, {}, api::WatchedBand::known, {}}));
  EXPECT_EQ(rule_of(make_signals(app(), caller(), {comparison, team, {known.rows[0].row}})),
            "row_known");
}

TEST_F(Comparisons, ARunIsCancelledAndASecondOneWaits) {
  const SubjectId comparison = ready();
  EXPECT_EQ(rule_of(cancel_comparison(app(), caller(), {comparison})), "not_running");
  auto ticket = app().runs->start(comparison);
  ASSERT_TRUE(ticket.ok());
  EXPECT_EQ(rule_of(run_comparison(app(), caller(), {comparison})), "running");
  EXPECT_TRUE(value(filrouge::comparison(app(), caller(), {comparison})).progress.has_value());
  value(cancel_comparison(app(), caller(), {comparison}));
  EXPECT_TRUE(ticket->run().cancelled);
  {
    const auto over = std::move(*ticket);
  }
  // Cancelled from within: at the first step after which somebody asks.
  std::atomic<bool> done{false};
  std::thread other([&] {
    while (!done)
      if (app().runs->cancel(comparison)) return;
  });
  const std::string rule = rule_of(run_comparison(app(), caller(), {comparison}));
  done = true;
  other.join();
  EXPECT_EQ(rule, "cancelled");
  EXPECT_TRUE(value(node.store->blob_names(comparison, "run/")).empty()) << "nothing half-written";
  EXPECT_FALSE(value(filrouge::comparison(app(), caller(), {comparison})).run);
  EXPECT_EQ(rule_of(comparison_unseen(app(), caller(), {comparison, {}, {}, {}})), "not_compared");
}

TEST_F(Comparisons, AListTakenOutTakesItsPairsAlong) {
  const SubjectId comparison = compared();
  value(remove_list(app(), caller(), {comparison, 2}));
  EXPECT_TRUE(value(node.store->blob_names(comparison, "list/2/")).empty());
  const auto shown = value(filrouge::comparison(app(), caller(), {comparison}));
  ASSERT_TRUE(shown.run);
  EXPECT_EQ(shown.run->pairs.to_review + shown.run->pairs.certain, 0);
  EXPECT_EQ(shown.run->notes.back().what, api::Oddity::list_changed);
  EXPECT_EQ(rule_of(run_comparison(app(), caller(), {comparison})), "two_roles");
}

TEST_F(Comparisons, TheEndLeavesNumbersAndTheLedger) {
  const SubjectId comparison = compared();
  const auto page = value(comparison_unseen(app(), caller(), {comparison, {}, {}, {}}));
  const std::size_t read = ledger_rows(comparison);
  const auto entries = value(node.store->entries_of(comparison));
  value(end_comparison(app(), caller(), {comparison}));
  EXPECT_TRUE(value(node.store->entries_of(comparison)).empty());
  EXPECT_FALSE(value(node.store->state(comparison)).has_value());
  EXPECT_TRUE(value(node.store->blob_names(comparison, "")).empty());
  EXPECT_FALSE(node.keys->open(entries[0].entry.envelope.key).ok());
  EXPECT_EQ(ledger_rows(comparison), read + 1);
  EXPECT_EQ(rule_of(filrouge::comparison(app(), caller(), {comparison})), "not_found");
  EXPECT_TRUE(value(list_comparisons(app(), caller(), {})).rows.empty());
  EXPECT_EQ(rule_of(add_list(app(), caller(), {comparison, "x", ListRole::known, 5})), "not_found");
  EXPECT_TRUE(node.verify().findings.empty());
  // One entry of numbers.
  int ended = 0;
  for (const LogRow& row : value(node.store->log_after(0, 10'000))) {
    if (!row.entry) continue;
    const Draft draft = value(open_entry(app(), *row.entry));
    if (draft.kind != "comparison_ended") continue;
    ++ended;
    const std::string body = json::write(draft.body);
    EXPECT_NE(body.find("\"lists\":2"), std::string::npos) << body;
    EXPECT_EQ(body.find(page.rows[0].cells[0].value), std::string::npos);
  }
  EXPECT_EQ(ended, 1);
  node.restart();
  EXPECT_EQ(value(finish_erasures(app())), 0);
}

TEST_F(Comparisons, AnInterruptedEndIsFinishedAtTheNextStart) {
  const SubjectId comparison = compared();
  ASSERT_TRUE(node.keys->destroy(comparison).ok());  // and then the machine stopped
  node.restart();
  EXPECT_EQ(rule_of(filrouge::comparison(app(), caller(), {comparison})), "not_found");
  EXPECT_EQ(value(finish_erasures(app())), 1);
  EXPECT_TRUE(value(node.store->blob_names(comparison, "")).empty());
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Comparisons, TheLastDayEndsIt) {
  const SubjectId comparison = compared();
  EXPECT_EQ(value(end_comparisons(app())), 0);
  node.clock.add_days(30);
  EXPECT_EQ(value(end_comparisons(app())), 0) << "the last day counts";
  node.clock.add_days(1);
  EXPECT_EQ(value(end_comparisons(app())), 1);
  EXPECT_FALSE(value(node.store->state(comparison)).has_value());
  EXPECT_TRUE(value(node.store->blob_names(comparison, "")).empty());
  const auto rows = value(node.store->ledger(comparison, std::nullopt, 1));
  EXPECT_TRUE(rows.front().account.is_nil());
  EXPECT_EQ(rows.front().purpose, "school_exits_meeting");
}

TEST_F(Comparisons, WhatAFileHoldsIsInNoFileOfTheFolder) {
  const SubjectId comparison = open();
  const std::string name = "Zbigniewskaya";
  const std::int32_t list =
      send(comparison, "École", ListRole::watched, "nom;prenom\n" + name + ";Ana\nB;C\n");
  map(comparison, list);
  EXPECT_FALSE(node.folder_contains(name));
  value(end_comparison(app(), caller(), {comparison}));
  EXPECT_FALSE(node.folder_contains(name));
}

TEST(FoundPieces, ComeBackAndDamageIsTold) {
  Found found;
  found.pairs = {{{1, 2}, {2, 3}, 0.25F, false, 0x3FFFFFFF}, {{1, 4}, {3, 1}, 1, true, 1}};
  found.watched = {{{1, 2}, 1, 0.5F}, {{1, 4}, 0, 1}};
  found.places = {"", "Tours"};
  found.lost = {1.5, 0.5, 3};
  found.notes = {{api::Oddity::pairs_left_out, {}, 7},
                 {api::Oddity::unreadable_values, ComparedField::surname, 1}};
  const std::string bytes = write_found(found);
  const auto again = read_found(bytes);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(write_found(*again), bytes);
  EXPECT_EQ(again->pairs[0].marks, 0x3FFFFFFFU);
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_FALSE(read_found(std::string_view(bytes).substr(0, length)).ok()) << length;
}

}  // namespace
}  // namespace filrouge
