// Bodies of the entries of a comparison of lists (domain.md R01 R12 R33): what people do with it.
// What the files hold is no entry: rows and candidates are sealed pieces beside the journal
// (server/ports/blobs.h), gone with the comparison. All are written at a desk, none by a phone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "core/base/ids.h"
#include "core/base/time.h"

namespace filrouge {

enum class ComparisonPurpose { school_exits_meeting, training_obligation_16_18, other };
BOOST_DESCRIBE_ENUM(ComparisonPurpose, school_exits_meeting, training_obligation_16_18, other)

// "comparison_opened", subject: the comparison. Ended by the program after `until`.
struct ComparisonOpened {
  ComparisonPurpose purpose = ComparisonPurpose::other;
  std::optional<std::string> words;  // needed with `other`
  CivilDate until;
};
BOOST_DESCRIBE_STRUCT(ComparisonOpened, (), (purpose, words, until))

// Who is on a watched list and on no known one is known to nobody.
enum class ListRole { watched, known };
BOOST_DESCRIBE_ENUM(ListRole, watched, known)

// What a column of a list means: the fields of core/linkage/field.h, in their order.
enum class ComparedField {
  surname,
  given_name,
  sex,
  date_of_birth,
  place,
  postcode,
  address,
  phone,
  email,
  text
};
BOOST_DESCRIBE_ENUM(ComparedField, surname, given_name, sex, date_of_birth, place, postcode,
                    address, phone, email, text)

// A column without a field is not compared.
struct ComparedColumn {
  std::string column;
  std::optional<ComparedField> field;
};
BOOST_DESCRIBE_STRUCT(ComparedColumn, (), (column, field))

// "comparison_list_added": first with what will be sent, then again, under the same number, once
// its columns have their meaning and its lines are counted; the newest stands.
struct ComparisonListAdded {
  std::int32_t number = 0;  // from 1, never used again
  std::string name;
  ListRole role = ListRole::known;
  std::int64_t bytes = 0;
  std::optional<std::int64_t> rows;  // absent: not ready
  std::optional<std::int64_t> refused;
  std::int32_t mapping = 0;  // under which its rows are kept; another one each time
  std::vector<ComparedColumn> columns;
};
BOOST_DESCRIBE_STRUCT(ComparisonListAdded, (),
                      (number, name, role, bytes, rows, refused, mapping, columns))

// "comparison_list_removed": for good.
struct ComparisonListRemoved {
  std::int32_t number = 0;
};
BOOST_DESCRIBE_STRUCT(ComparisonListRemoved, (), (number))

// "comparison_run": the lists were compared; what was found lies in the pieces of this run.
struct ComparisonRun {
  std::int32_t run = 0;
  std::vector<std::int32_t> lists;
  std::int64_t certain = 0;  // pairs
  std::int64_t to_review = 0;
  std::int64_t missed_permille = 0;  // of the pairs of one person, by the program's own estimate
};
BOOST_DESCRIBE_STRUCT(ComparisonRun, (), (run, lists, certain, to_review, missed_permille))

enum class PairVerdict { same, different, unsure, undo };
BOOST_DESCRIBE_ENUM(PairVerdict, same, different, unsure, undo)

// "comparison_judged": one person's word about one pair; her newest stands, `undo` takes it back.
// `hard`: the program itself stood in the middle, so that two must agree. `decides`: a coordinator
// who saw what others said.
struct ComparisonJudged {
  std::string pair;  // "2.17-3.4": list and row of both
  PairVerdict verdict = PairVerdict::unsure;
  bool hard = false;
  bool decides = false;
};
BOOST_DESCRIBE_STRUCT(ComparisonJudged, (), (pair, verdict, hard, decides))

// "comparison_ended", subject: fresh. What stays when a comparison was erased: numbers.
struct ComparisonEnded {
  SubjectId organisation;
  ComparisonPurpose purpose = ComparisonPurpose::other;
  CivilDate opened;
  std::int64_t lists = 0;
  std::int64_t rows = 0;
  std::int64_t judged = 0;  // pairs
};
BOOST_DESCRIBE_STRUCT(ComparisonEnded, (), (organisation, purpose, opened, lists, rows, judged))

}  // namespace filrouge
