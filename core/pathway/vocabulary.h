// The closed lists of the pathway (domain.md 6.1, 6.2, 6.4, 6.5). Their words in French and English
// are in the web catalogues; the names here are what is written in entries, facts and the API.
#pragma once

#include <boost/describe/enum.hpp>

#include "core/outreach/vocabulary.h"

namespace filrouge {

// R51: the stages S0 to S8, each with its verb (ACSEA): repérer, accrocher, apprivoiser,
// diagnostiquer, partager and proposer, accompagner, réorienter; then in solution, stable.
enum class Stage {
  spotted,
  hooked,
  trusted,
  diagnosed,
  co_built,
  remobilising,
  in_relay,
  in_solution,
  stabilised
};
BOOST_DESCRIBE_ENUM(Stage, spotted, hooked, trusted, diagnosed, co_built, remobilising, in_relay,
                    in_solution, stabilised)

// Beside the stage. `lost_contact` only after the declared rule; `refused` closes without stigma.
enum class SideState { none, paused, lost_contact, refused, closed };
BOOST_DESCRIBE_ENUM(SideState, none, paused, lost_contact, refused, closed)

enum class EndedBecause {
  refused,
  situation_found,
  moved,
  other_support,
  age,
  death,
  error,
  other
};
BOOST_DESCRIBE_ENUM(EndedBecause, refused, situation_found, moved, other_support, age, death, error,
                    other)

// ---- diagnosis (6.5)
enum class BarrierLevel { not_explored, none, light, blocking };
BOOST_DESCRIBE_ENUM(BarrierLevel, not_explored, none, light, blocking)
enum class SaidBy { person, professional };
BOOST_DESCRIBE_ENUM(SaidBy, person, professional)
enum class BarrierStatus { open, in_progress, lifted, worked_around, not_lifted };
BOOST_DESCRIBE_ENUM(BarrierStatus, open, in_progress, lifted, worked_around, not_lifted)
enum class NotLiftedBecause {
  no_offer,
  too_long,
  too_expensive,
  too_far,
  refused,
  not_eligible,
  other
};
BOOST_DESCRIBE_ENUM(NotLiftedBecause, no_offer, too_long, too_expensive, too_far, refused,
                    not_eligible, other)

// ---- plan
enum class StepStatus { proposed, accepted, running, done, dropped };
BOOST_DESCRIBE_ENUM(StepStatus, proposed, accepted, running, done, dropped)
constexpr bool is_open_step(StepStatus status) { return status < StepStatus::done; }
enum class AppointmentStatus { planned, kept, missed, cancelled };
BOOST_DESCRIBE_ENUM(AppointmentStatus, planned, kept, missed, cancelled)

// 6.4, in its order. `prison` is restricted: figures print it under `other`.
enum class ExitType {
  cdi,
  cdd_6_months,
  cdd_shorter,
  interim_6_months,
  interim_shorter,
  subsidised_contract,
  inclusion_enterprise,
  adapted_enterprise,
  apprenticeship,
  own_business,
  public_service,
  qualifying_training,
  preparatory_training,
  back_to_school,
  civic_service,
  second_chance,
  cej,
  pacea,
  mainstream_support,
  right_opened,
  care_or_housing,
  moved,
  refused,
  lost_contact,
  prison,
  death,
  error
};
BOOST_DESCRIBE_ENUM(ExitType, cdi, cdd_6_months, cdd_shorter, interim_6_months, interim_shorter,
                    subsidised_contract, inclusion_enterprise, adapted_enterprise, apprenticeship,
                    own_business, public_service, qualifying_training, preparatory_training,
                    back_to_school, civic_service, second_chance, cej, pacea, mainstream_support,
                    right_opened, care_or_housing, moved, refused, lost_contact, prison, death,
                    error)
// 6.6: no copy of an identity paper, ever.
enum class Evidence { declared, contract_seen, employer, certificate };
BOOST_DESCRIBE_ENUM(Evidence, declared, contract_seen, employer, certificate)
enum class Situation { holds, ended, unknown };
BOOST_DESCRIBE_ENUM(Situation, holds, ended, unknown)

// R70: who tells of somebody.
enum class Prescriber {
  mission_locale,
  france_travail,
  school,
  prevention,
  mediator,
  social_service,
  association,
  health,
  justice,
  landlord,
  shopkeeper,
  employer,
  family,
  peer,
  herself,
  other
};
BOOST_DESCRIBE_ENUM(Prescriber, mission_locale, france_travail, school, prevention, mediator,
                    social_service, association, health, justice, landlord, shopkeeper, employer,
                    family, peer, herself, other)

}  // namespace filrouge
