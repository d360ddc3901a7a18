#include <array>

#include "core/measure/figures.h"

namespace filrouge {

namespace {

constexpr std::array<Definition, 21> kDefinitions{{
    {Indicator::encounters, 1, false, "Rencontres", "Encounters",
     "Personnes rencontrées et comptées, sans nom : somme des rencontres notées. Une même personne "
     "rencontrée deux fois compte deux fois ; une rencontre ne devient jamais une personne.",
     "People met and counted, without a name: sum of the encounters noted. The same person met "
     "twice counts twice; an encounter never becomes a person."},
    {Indicator::I01, 1, false, "Interventions dans l’espace public",
     "Interventions in public space",
     "Tournées terminées : rue, unité mobile, événement hors les murs. Une tournée sur plusieurs "
     "lieux compte une fois, au jour où elle commence et au premier de ses lieux.",
     "Completed rounds: street, mobile unit, off-site event. A round over several places counts "
     "once, on the day it starts and at its first place."},
    {Indicator::I02, 1, false, "Veilles sur les réseaux sociaux", "Social-media watch sessions",
     "Veilles terminées d’au moins 10 minutes. Aucun pseudonyme de réseau n’est conservé.",
     "Completed watch sessions of at least 10 minutes. No social-media handle is kept."},
    {Indicator::I03a, 1, false, "Jeunes identifiés", "Young people identified",
     "Personnes distinctes de 16 à 29 ans, sous alias ou identifiées, dont le premier contact a eu "
     "lieu dans la période. Âge inconnu : imprimé à part. Âge et sexe : dernière valeur notée. Les "
     "rencontres comptées n’en font pas partie.",
     "Distinct people aged 16 to 29, under an alias or identified, whose first contact was in the "
     "period. Unknown age is printed apart. Age and sex: the latest value noted. Encounters are "
     "not among them."},
    {Indicator::I16, 1, true, "Taux d’accroche", "Return rate",
     "Personnes revues dans les 30 jours qui suivent leur premier contact, sur les personnes dont "
     "le premier contact, dans la période, date d’au moins 30 jours.",
     "People seen again within 30 days of their first contact, out of the people whose first "
     "contact, in the period, was at least 30 days ago."},
    {Indicator::I03b, 1, false, "Jeunes suivis", "Young people followed",
     "Personnes distinctes qui ont un parcours ouvert dans la période, ou au moins deux contacts à "
     "des jours différents de la période.",
     "Distinct people with a pathway open in the period, or at least two contacts on different "
     "days "
     "of the period."},
    {Indicator::I03c, 1, false, "Entrées en dispositif", "Enrolments",
     "Personnes distinctes dont un parcours a été ouvert dans la période ; les ouvertures sont "
     "imprimées à côté : une même personne peut entrer deux fois.",
     "Distinct people of whom a pathway was opened in the period; openings are printed beside: the "
     "same person may enter twice."},
    {Indicator::I03d, 1, true, "Sorties positives", "Positive exits",
     "Sorties de la période qui sont positives au sens du référentiel nommé, sur toutes les "
     "sorties "
     "de la période que ce référentiel ne neutralise pas. À côté : personnes qui ont au moins une "
     "sortie positive, et la part des personnes entrées dans la période.",
     "Exits of the period that are positive under the set named, out of all exits of the period "
     "that this set does not leave out. Beside: people with at least one positive exit, and the "
     "share of the people enrolled in the period."},
    {Indicator::I08, 1, true, "Jeunes ayant « confiance » dans les institutions",
     "Young people who trust institutions",
     "Questionnaire confiance-1 : personnes dont la moyenne des réponses sur les institutions "
     "atteint 6 sur 10, sur les personnes qui ont répondu à au moins deux de ces questions dans la "
     "période (dernière réponse). Refus et réponses trop courtes : imprimés à part. L’évolution se "
     "lit entre la première réponse et la dernière, à 60 jours au moins, à partir de 11 personnes.",
     "Questionnaire confiance-1: people whose mean answer about institutions reaches 6 out of 10, "
     "out of the people who answered at least two of these questions in the period (latest "
     "answer). "
     "Refusals and answers that are too short are printed apart. The change is between the first "
     "answer and the latest, at least 60 days apart, from 11 people on."},
    {Indicator::I11, 1, false, "Prestations réalisées", "Services delivered",
     "Somme des prestations notées dans la période, par frein visé. Un frein restreint (santé, "
     "handicap, justice) est compté sans être nommé.",
     "Sum of the services noted in the period, by barrier aimed at. A restricted barrier (health, "
     "disability, justice) is counted and not named."},
    {Indicator::I12, 1, true, "Freins levés", "Barriers lifted",
     "Freins (une personne, un frein) levés dans la période, sur les freins travaillés dans la "
     "période : en cours, levés, contournés ou non levés. Un frein qui revient ne retire rien à ce "
     "qui a été levé.",
     "Barriers (one person, one barrier) lifted in the period, out of the barriers worked on in "
     "the "
     "period: in progress, lifted, worked around or not lifted. A barrier that comes back takes "
     "nothing from what was lifted."},
    {Indicator::I13, 1, true, "Stabilisation professionnelle", "Stable employment",
     "Personnes vues en emploi durable ou en formation qualifiante pendant au moins six mois (182 "
     "jours, interruptions de 15 jours au plus comprises), sur les personnes qui ont une sortie de "
     "la période vieille d’au moins six mois. Situation inconnue : imprimée, jamais comptée comme "
     "un succès.",
     "People seen in a durable job or a qualifying training for at least six months (182 days, "
     "gaps "
     "of at most 15 days included), out of the people with an exit of the period at least six "
     "months old. Unknown situations are printed, never counted as a success."},
    {Indicator::I18, 1, true, "Accompagnements de 3 à 4 rendez-vous",
     "Support of 3 or 4 appointments",
     "Personnes entrées dans la période et venues à 3 ou 4 rendez-vous depuis leur entrée, sur les "
     "personnes entrées dans la période. À côté : moyenne des rendez-vous tenus.",
     "People enrolled in the period who came to 3 or 4 appointments since, out of the people "
     "enrolled in the period. Beside: mean of the appointments kept."},
    {Indicator::I19, 1, true, "Relais effectifs", "Relays taken over",
     "Relais pris en charge, sur les relais proposés dans la période à une organisation de la "
     "plateforme. Ceux qui vont ailleurs sont imprimés à côté, comme le délai médian jusqu’à la "
     "prise en charge. Deux équipes d’une même organisation ne font pas un relais.",
     "Relays taken over, out of the relays proposed in the period to an organisation of the "
     "platform. Those that go elsewhere are printed beside, as is the median time until taken "
     "over. "
     "Two teams of one organisation make no relay."},
    {Indicator::I19b, 1, true, "Relais tenus à J+30", "Relays kept at day 30",
     "Relais dits tenus, sur les relais pris en charge dans la période depuis au moins 30 jours. "
     "Ni "
     "dit tenu ni dit rompu : inconnu.",
     "Relays said to be kept, out of the relays taken over in the period at least 30 days ago. "
     "Neither said kept nor broken: unknown."},
    {Indicator::I20, 1, true, "Ruptures", "Broken threads",
     "Personnes dont le parcours est ouvert au dernier jour de la période (ou aujourd’hui), sans "
     "contact depuis plus de 45 jours et sans pause convenue, ou dont un relais attend une réponse "
     "depuis plus d’une semaine, sur les personnes dont le parcours est ouvert.",
     "People whose pathway is open on the last day of the period (or today), with no contact for "
     "more than 45 days and no agreed pause, or with a relay unanswered for more than a week, out "
     "of the people whose pathway is open."},
    {Indicator::I21, 1, false, "Personnes référées", "People referred",
     "Personnes distinctes pour qui au moins un relais vers une autre organisation a été proposé "
     "dans la période.",
     "Distinct people for whom at least one relay to another organisation was proposed in the "
     "period."},
    {Indicator::I22, 1, true, "Satisfaction", "Satisfaction",
     "Réponses « très » ou « plutôt satisfait », sur les réponses de la période. Questionnaire "
     "sans "
     "réponse à cette question : inconnu.",
     "Answers “very” or “rather satisfied”, out of the answers of the period. A questionnaire "
     "without an answer to this question: unknown."},
    {Indicator::I24, 1, true, "Du premier contact au premier rendez-vous",
     "From first contact to first appointment",
     "Personnes venues à un rendez-vous depuis leur premier contact, sur les personnes dont le "
     "premier contact date de la période. À côté, en jours : médiane et 90e centile jusqu’au "
     "premier "
     "rendez-vous tenu, et jusqu’à la première solution.",
     "People who came to an appointment since their first contact, out of the people whose first "
     "contact was in the period. Beside, in days: median and 90th percentile until the first "
     "appointment kept, and until the first solution."},
    {Indicator::I25, 1, false, "Diversité des prescripteurs", "Who tells of them",
     "Signalements reçus dans la période par type de prescripteur, et premiers contacts de la "
     "période que personne n’avait signalés (aller vers). Santé et justice : comptées ensemble.",
     "Signals received in the period by kind of prescriber, and first contacts of the period that "
     "nobody had signalled (outreach). Health and justice are counted together."},
    {Indicator::I26, 1, true, "Parcours co-construits", "Pathways built together",
     "Parcours ouverts dans la période dont le plan a des étapes portées par au moins deux "
     "organisations, sur les parcours ouverts dans la période.",
     "Pathways open in the period whose plan has steps owned by at least two organisations, out of "
     "the pathways open in the period."},
}};

}  // namespace

const Definition& definition_of(Indicator indicator) {
  for (const Definition& d : kDefinitions)
    if (d.indicator == indicator) return d;
  verify(false);
  return kDefinitions[0];
}

}  // namespace filrouge
