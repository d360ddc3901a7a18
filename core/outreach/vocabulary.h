// The closed lists of the street (domain.md 6.3, 6.5, 6.6). Their words in French and English are
// in the web catalogues; the names here are what is written in entries, facts and the API.
// A value nobody gave is absent, never guessed: it is printed as "inconnu" (domain 5.7 (8)).
#pragma once

#include <boost/describe/enum.hpp>

namespace filrouge {

enum class Sex { woman, man, other };
BOOST_DESCRIBE_ENUM(Sex, woman, man, other)

// Dimension of domain.md section 5: <16, 16-17, 18-20, 21-25, 26-29, 30+.
enum class AgeBand {
  under_16,
  from_16_to_17,
  from_18_to_20,
  from_21_to_25,
  from_26_to_29,
  from_30
};
BOOST_DESCRIBE_ENUM(AgeBand, under_16, from_16_to_17, from_18_to_20, from_21_to_25, from_26_to_29,
                    from_30)

enum class Acquaintance { known, new_ };  // written "known", "new"
BOOST_DESCRIBE_ENUM(Acquaintance, known, new_)

enum class ContactMode { street, phone, network, site, home };
BOOST_DESCRIBE_ENUM(ContactMode, street, phone, network, site, home)

// R50: the seven immediate services, one tap each.
enum class ImmediateService {
  listening,
  social_bond,
  hygiene,
  snack,
  orientation,
  accompaniment,
  shelter
};
BOOST_DESCRIBE_ENUM(ImmediateService, listening, social_bond, hygiene, snack, orientation,
                    accompaniment, shelter)

// Codes of domain.md 6.5. The last four are restricted: they belong to Faire le point, and no
// street note may touch them.
enum class Barrier {
  mobility,
  housing,
  language,
  literacy,
  digital,
  childcare,
  family,
  self_esteem,
  isolation,
  work_relation,
  representations,
  schedule,
  temporality,
  money,
  admin_rights,
  skills,
  other,
  health,
  mental_health,
  disability,
  legal,
};
BOOST_DESCRIBE_ENUM(Barrier, mobility, housing, language, literacy, digital, childcare, family,
                    self_esteem, isolation, work_relation, representations, schedule, temporality,
                    money, admin_rights, skills, other, health, mental_health, disability, legal)

constexpr bool is_restricted(Barrier barrier) { return barrier >= Barrier::health; }

enum class NextStep { nothing, meet_again, call_back, appointment };
BOOST_DESCRIBE_ENUM(NextStep, nothing, meet_again, call_back, appointment)

enum class Ambience { calm, lively, tense, empty };
BOOST_DESCRIBE_ENUM(Ambience, calm, lively, tense, empty)

enum class SocialNetwork { instagram, snapchat, tiktok, discord, whatsapp, facebook, other };
BOOST_DESCRIBE_ENUM(SocialNetwork, instagram, snapchat, tiktok, discord, whatsapp, facebook, other)

// R07, R55: where young people are, from the hall to the mobile desk.
enum class PlaceType {
  street,
  hall,
  estate,
  square,
  station,
  skate_park,
  stadium,
  market,
  shopping_centre,
  school_gate,
  social_centre,
  youth_centre,
  sport_event,
  event,
  mobile_stop,
  inclusion_enterprise,
  partner_site,
  own_site,
  other,
};
BOOST_DESCRIBE_ENUM(PlaceType, street, hall, estate, square, station, skate_park, stadium, market,
                    shopping_centre, school_gate, social_centre, youth_centre, sport_event, event,
                    mobile_stop, inclusion_enterprise, partner_site, own_site, other)

// R74: why somebody came to the desk.
enum class VisitReason {
  information,
  appointment,
  workshop,
  job_search,
  rights,
  digital_access,
  rest,
  other
};
BOOST_DESCRIBE_ENUM(VisitReason, information, appointment, workshop, job_search, rights,
                    digital_access, rest, other)

}  // namespace filrouge
