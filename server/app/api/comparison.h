// Comparisons of lists of several partners (French: rapprochements): who is on one list and on no
// other. For coordinators and advisers of one organisation; all of it is erased at its end. Row ids
// are "LIST.ROW", pair ids "LIST.ROW-LIST.ROW", both counted from 1.
#pragma once

#include "core/comparison/comparison.h"
#include "server/app/api/session.h"

namespace filrouge::api {

// POST /api/v1/comparisons
struct OpenComparison {
  ComparisonPurpose purpose = ComparisonPurpose::other;
  std::optional<std::string> words;
  CivilDate until;  // ninety days at most; erased after it
};
BOOST_DESCRIBE_STRUCT(OpenComparison, (), (purpose, words, until))
struct OpenedComparison {
  SubjectId id;
};
BOOST_DESCRIBE_STRUCT(OpenedComparison, (), (id))

enum class ComparisonStep { open, compared };
BOOST_DESCRIBE_ENUM(ComparisonStep, open, compared)

// GET /api/v1/comparisons, newest first
struct ComparisonRow {
  SubjectId id;
  ComparisonPurpose purpose = ComparisonPurpose::other;
  std::optional<std::string> words;
  CivilDate opened;
  CivilDate until;
  std::string by;
  ComparisonStep state = ComparisonStep::open;
  std::int64_t lists = 0;
  std::int64_t to_review = 0;  // pairs that wait for a first or a second word
};
BOOST_DESCRIBE_STRUCT(ComparisonRow, (),
                      (id, purpose, words, opened, until, by, state, lists, to_review))
struct ComparisonRows {
  std::vector<ComparisonRow> rows;
};
BOOST_DESCRIBE_STRUCT(ComparisonRows, (), (rows))

// GET /api/v1/comparisons/{comparison}: all that one screen needs.
struct ComparisonQuery {
  SubjectId comparison;
};
BOOST_DESCRIBE_STRUCT(ComparisonQuery, (), (comparison))
struct ComparisonList {
  std::int32_t number = 0;
  std::string name;
  ListRole role = ListRole::known;
  std::optional<std::int64_t> rows;     // absent until its columns are mapped
  std::optional<std::int64_t> refused;  // lines
  bool ready = false;
  std::vector<ComparedColumn> columns;
  std::string by;
  CivilDate on;
};
BOOST_DESCRIBE_STRUCT(ComparisonList, (),
                      (number, name, role, rows, refused, ready, columns, by, on))
// Of the watched lists, with what people said of pairs.
struct ComparisonCounts {
  std::int64_t rows = 0;
  std::int64_t known = 0;
  std::int64_t uncertain = 0;
  std::int64_t unseen = 0;
  std::int64_t expected_unseen_low = 0;
  std::int64_t expected_unseen_high = 0;
};
BOOST_DESCRIBE_STRUCT(ComparisonCounts, (),
                      (rows, known, uncertain, unseen, expected_unseen_low, expected_unseen_high))
struct ComparisonPairs {
  std::int64_t certain = 0;
  std::int64_t to_review = 0;
  std::int64_t judged = 0;
  std::int64_t second_opinion = 0;
};
BOOST_DESCRIBE_STRUCT(ComparisonPairs, (), (certain, to_review, judged, second_opinion))
// What was odd, and in how many lines, values or pairs.
enum class Oddity {
  latin1_lines,       // read as Latin-1
  unreadable_values,  // 31/02, a phone of three digits: counted as missing
  missing_values,     // empty, SNC, INCONNU
  repeated_titles,
  pairs_left_out,  // too many rows with the same values there
  list_changed,    // since the run, a list was added, taken out or mapped again
};
BOOST_DESCRIBE_ENUM(Oddity, latin1_lines, unreadable_values, missing_values, repeated_titles,
                    pairs_left_out, list_changed)
struct OddityCount {
  Oddity what = Oddity::unreadable_values;
  std::optional<ComparedField> field;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(OddityCount, (), (what, field, count))
struct ComparisonResult {
  CivilDate on;
  std::string by;
  ComparisonCounts counts;
  ComparisonPairs pairs;
  std::int64_t missed_share = 0;  // per mille of the pairs of one person, by its own estimate
  std::vector<OddityCount> notes;
};
BOOST_DESCRIBE_STRUCT(ComparisonResult, (), (on, by, counts, pairs, missed_share, notes))
enum class RunStage { reading, blocking, comparing, estimating, deciding, writing };
BOOST_DESCRIBE_ENUM(RunStage, reading, blocking, comparing, estimating, deciding, writing)
struct RunProgress {
  RunStage stage = RunStage::reading;
  std::int64_t done = 0;  // pieces of work of the stage
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(RunProgress, (), (stage, done, total))
struct Comparison {
  SubjectId id;
  ComparisonPurpose purpose = ComparisonPurpose::other;
  std::optional<std::string> words;
  CivilDate opened;
  CivilDate until;
  std::string by;
  std::vector<ComparisonList> lists;
  std::optional<ComparisonResult> run;
  std::optional<RunProgress> progress;  // a run under way on this server
};
BOOST_DESCRIBE_STRUCT(Comparison, (), (id, purpose, words, opened, until, by, lists, run, progress))

// POST /api/v1/comparisons/{comparison}/lists: a file of so many bytes will follow.
struct AddList {
  SubjectId comparison;
  std::string name;
  ListRole role = ListRole::known;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(AddList, (), (comparison, name, role, bytes))
struct AddedList {
  std::int32_t number = 0;
};
BOOST_DESCRIBE_STRUCT(AddedList, (), (number))

// POST /api/v1/comparisons/{comparison}/lists/{list}/pieces/{piece}: pieces from 0, in any order,
// each of at most 180,000 bytes; sent again, it replaces the one before.
struct ListPiece {
  SubjectId comparison;
  std::int32_t list = 0;
  std::int32_t piece = 0;
  std::string base64;
};
BOOST_DESCRIBE_STRUCT(ListPiece, (), (comparison, list, piece, base64))

// GET .../lists/{list}/preview, DELETE .../lists/{list}
struct ListQuery {
  SubjectId comparison;
  std::int32_t list = 0;
};
BOOST_DESCRIBE_STRUCT(ListQuery, (), (comparison, list))
enum class ListEncoding { utf8, latin1 };
BOOST_DESCRIBE_ENUM(ListEncoding, utf8, latin1)
struct PreviewColumn {
  std::string column;
  std::optional<ComparedField> field;  // as mapped, otherwise as its title proposes
  std::vector<std::string> examples;
};
BOOST_DESCRIBE_STRUCT(PreviewColumn, (), (column, field, examples))
struct PreviewRow {
  std::int64_t line = 0;
  std::vector<std::string> cells;
};
BOOST_DESCRIBE_STRUCT(PreviewRow, (), (line, cells))
// A line that takes no part: it is named, never dropped in silence.
enum class LineRule { too_long, too_few_cells, too_many_cells, nothing_to_compare };
BOOST_DESCRIBE_ENUM(LineRule, too_long, too_few_cells, too_many_cells, nothing_to_compare)
struct RefusedLine {
  std::int64_t line = 0;
  std::optional<ComparedField> field;
  LineRule rule = LineRule::too_long;
};
BOOST_DESCRIBE_STRUCT(RefusedLine, (), (line, field, rule))
struct ListPreview {
  ListEncoding encoding = ListEncoding::utf8;
  std::string separator;
  bool ready = false;
  std::vector<PreviewColumn> columns;
  std::vector<PreviewRow> rows;  // the first
  std::int64_t count = 0;        // lines that take part
  std::vector<RefusedLine> refused;
  std::int64_t refused_count = 0;
  std::vector<OddityCount> oddities;
};
BOOST_DESCRIBE_STRUCT(ListPreview, (),
                      (encoding, separator, ready, columns, rows, count, refused, refused_count,
                       oddities))

// POST .../lists/{list}/mapping: the meaning of the columns; the list is ready.
struct MapList {
  SubjectId comparison;
  std::int32_t list = 0;
  std::vector<ComparedColumn> columns;
};
BOOST_DESCRIBE_STRUCT(MapList, (), (comparison, list, columns))

// GET /api/v1/comparisons/{comparison}/pairs: twenty a page, the hardest last, the same order for
// everybody.
enum class PairState { to_review, second_opinion, judged, certain };
BOOST_DESCRIBE_ENUM(PairState, to_review, second_opinion, judged, certain)
struct PairsQuery {
  SubjectId comparison;
  PairState state = PairState::to_review;
  std::optional<std::string> after;  // a pair
};
BOOST_DESCRIBE_STRUCT(PairsQuery, (), (comparison, state, after))
struct ListCell {
  ComparedField field = ComparedField::text;
  std::string value;
};
BOOST_DESCRIBE_STRUCT(ListCell, (), (field, value))
struct PairSide {
  std::int32_t list = 0;
  std::int32_t row = 0;
  std::vector<ListCell> cells;
};
BOOST_DESCRIBE_STRUCT(PairSide, (), (list, row, cells))
enum class Agreement { same, close, different, missing };
BOOST_DESCRIBE_ENUM(Agreement, same, close, different, missing)
struct FieldMark {
  ComparedField field = ComparedField::text;
  Agreement agree = Agreement::missing;
};
BOOST_DESCRIBE_STRUCT(FieldMark, (), (field, agree))
enum class Likely { yes, perhaps, little };
BOOST_DESCRIBE_ENUM(Likely, yes, perhaps, little)
struct SaidOfPair {
  std::string by;
  bool own = false;
  PairVerdict verdict = PairVerdict::unsure;
  CivilDate on;
};
BOOST_DESCRIBE_STRUCT(SaidOfPair, (), (by, own, verdict, on))
struct PairRow {
  std::string pair;
  PairSide left;
  PairSide right;
  std::vector<FieldMark> marks;
  Likely likely = Likely::perhaps;
  PairStanding standing = PairStanding::open;
  bool disagree = false;  // a coordinator decides
  std::vector<SaidOfPair> judged;
};
BOOST_DESCRIBE_STRUCT(PairRow, (), (pair, left, right, marks, likely, standing, disagree, judged))
struct PairPage {
  std::vector<PairRow> rows;
  std::optional<std::string> next;  // `after` of the next page
  std::int64_t total = 0;           // in this state
};
BOOST_DESCRIBE_STRUCT(PairPage, (), (rows, next, total))

// POST /api/v1/comparisons/{comparison}/pairs
struct JudgePair {
  SubjectId comparison;
  std::string pair;
  PairVerdict verdict = PairVerdict::unsure;
};
BOOST_DESCRIBE_STRUCT(JudgePair, (), (comparison, pair, verdict))
struct JudgedPair {
  PairStanding standing = PairStanding::open;
  bool disagree = false;
};
BOOST_DESCRIBE_STRUCT(JudgedPair, (), (standing, disagree))

// GET /api/v1/comparisons/{comparison}/unseen: fifty a page, in the order of the lists.
enum class WatchedBand { known, uncertain, unseen };
BOOST_DESCRIBE_ENUM(WatchedBand, known, uncertain, unseen)
struct UnseenQuery {
  SubjectId comparison;
  std::optional<std::string> commune;
  std::optional<WatchedBand> band;  // absent: unseen
  std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(UnseenQuery, (), (comparison, commune, band, after))
struct UnseenRow {
  std::string row;
  WatchedBand band = WatchedBand::unseen;
  bool signalled = false;  // somebody made an inbound signal of her
  std::vector<ListCell> cells;
};
BOOST_DESCRIBE_STRUCT(UnseenRow, (), (row, band, signalled, cells))
struct UnseenPage {
  std::vector<UnseenRow> rows;
  std::optional<std::string> next;
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(UnseenPage, (), (rows, next, total))

// GET /api/v1/comparisons/{comparison}/communes: for the own organisation, nothing masked.
struct CommuneCount {
  std::string commune;  // as the list writes it; empty: not known
  std::int64_t unseen = 0;
  std::int64_t low = 0;
  std::int64_t high = 0;
};
BOOST_DESCRIBE_STRUCT(CommuneCount, (), (commune, unseen, low, high))
struct CommuneCounts {
  std::vector<CommuneCount> rows;
};
BOOST_DESCRIBE_STRUCT(CommuneCounts, (), (rows))

// POST /api/v1/comparisons/{comparison}/signals: rows that are not known become inbound signals of
// a team of the own organisation, each once.
struct MakeSignals {
  SubjectId comparison;
  SubjectId team;
  std::vector<std::string> rows;
};
BOOST_DESCRIBE_STRUCT(MakeSignals, (), (comparison, team, rows))
struct MadeSignals {
  std::int64_t made = 0;
  std::int64_t already = 0;
};
BOOST_DESCRIBE_STRUCT(MadeSignals, (), (made, already))

}  // namespace filrouge::api
