// Words that are data, each in one readable file that a lawyer or a young person can correct:
//   core/people/minors.json           under 18 (domain.md section 4, "16-18"): what may be
//   proposed,
//                                     marked «à faire relire par un juriste»; nothing is automatic
//   core/people/consent_wording.json  the four screens of *On va plus loin ?* (R94, J03)
// Both have a version that is noted with the act. An unreadable file stops the program at start.
//
//   const MinorAdvice* advice = minor_advice_for(AgeBand::from_16_to_17);
#pragma once

#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "core/people/entries.h"

namespace filrouge {

struct Words {
  std::string fr;
  std::string en;
  const std::string& in(std::string_view language) const { return language == "en" ? en : fr; }
};
BOOST_DESCRIBE_STRUCT(Words, (), (fr, en))

struct MinorOption {
  Words label;
  std::vector<MinorChoice> choices;
};
BOOST_DESCRIBE_STRUCT(MinorOption, (), (label, choices))

struct MinorAdvice {
  AgeBand age_band = AgeBand::under_16;
  Words title;
  Words text;
  std::vector<MinorOption> options;
};
BOOST_DESCRIBE_STRUCT(MinorAdvice, (), (age_band, title, text, options))

struct MinorWording {
  std::string version;
  Words notice;
  Words danger;   // always in reach, on both
  Words concern;  // the act of "concern_reported"
  std::vector<MinorAdvice> advices;
};
BOOST_DESCRIBE_STRUCT(MinorWording, (), (version, notice, danger, concern, advices))

struct ConsentScreen {
  Purpose purpose = Purpose::follow_up;
  Basis basis = Basis::public_interest;
  Words title;
  Words text;
  Words basis_text;
  Words yes;
  Words no;
};
BOOST_DESCRIBE_STRUCT(ConsentScreen, (), (purpose, basis, title, text, basis_text, yes, no))

struct ConsentWording {
  std::string version;
  Words opening;
  std::vector<ConsentScreen> screens;
  Words stop;
  Words quit;
};
BOOST_DESCRIBE_STRUCT(ConsentWording, (), (version, opening, screens, stop, quit))

const MinorWording& minor_wording();
// nullptr for an adult: there is nothing to propose.
const MinorAdvice* minor_advice_for(AgeBand band);
const ConsentWording& consent_wording();

}  // namespace filrouge
