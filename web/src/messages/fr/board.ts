// The coordinator's Monday: what is stuck, and the case meeting.
const many = (count: number, one: string, more: string) => (count < 2 ? one : more);

const fr = {
  title: 'Lundi',
  lead: 'Ce qui attend quelqu’un. Des initiales, aucun contenu.',
  print: 'Imprimer',
  stuck: 'Relais bloqués',
  stuck_lead: 'au-delà du délai convenu',
  stuck_none: 'Aucun relais n’attend au-delà de son délai.',
  ticked: (count: number) => `${count} ${many(count, 'coché', 'cochés')} pour l’instance`,
  on_agenda: (initials: string) => `${initials} à l’ordre du jour`,
  agenda_column: 'À l’ordre du jour',
  case: 'Cas',
  to_from: 'Vers, de',
  from: (organisation: string) => `de ${organisation}`,
  where: 'Où il en est',
  waits: 'Attend depuis',
  action: 'Action',
  late: (days: number) => `${days} ${many(days, 'jour', 'jours')} de retard`,

  ruptures: 'Ruptures',
  by_cause: (count: number) => `${count}, par cause`,
  ruptures_none: 'Aucune rupture : personne n’est perdu entre deux équipes.',
  causes: {
    no_contact: 'Plus de contact au-delà de la règle',
    relay_unanswered: 'Relais sans réponse au-delà du délai',
    no_successor: 'Référent sur le départ, suite à désigner',
    interim_over: 'Référent par intérim, délai passé',
    meeting_disputed: 'Rendez-vous contesté entre deux équipes',
  },
  open: 'Ouvrir',
  shut: 'Replier',
  rupture_line: (days: number, referent: string, organisation: string) =>
    [`depuis ${days} ${many(days, 'jour', 'jours')}`, referent, organisation]
      .filter(Boolean)
      .join(' · '),
  pauses: 'Les pauses convenues ne sont pas des ruptures : elles ont une date de retour.',

  meeting: 'Instance',
  meeting_lead: 'L’ordre du jour s’écrit avec ce que vous cochez.',
  prepare: 'Préparer l’instance',
  agenda: {
    decisions: (count: number) =>
      `Décisions d’avant : ${count} ${many(count, 'en cours', 'en cours')}`,
    relays: (initials: string) => `Relais bloqués : ${initials}`,
    successors: (count: number) =>
      `${count} ${many(count, 'suite à désigner', 'suites à désigner')}`,
    disputed: (initials: string) => `Rendez-vous contestés : ${initials}`,
    lost: (initials: string) => `Sans contact : ${initials}`,
  },
  agenda_empty: 'Rien à l’ordre du jour.',
  minutes: (count: number) => `${count} min`,
  total: (count: string) => `En tout ${count}`,

  case_title: 'Instance',
  case_lead: 'Les cas par leurs initiales. Chaque décision a quelqu’un et une date.',
  back: 'Retour à lundi',
  before: 'Décisions d’avant',
  before_none: 'Aucune décision en cours.',
  cases: 'Cas',
  cases_none: 'Aucun cas coché. Revenez à lundi pour en cocher.',
  why: {
    relay: (to: string, days: number) =>
      `relais vers ${to}, ${days} ${many(days, 'jour', 'jours')} de retard`,
  },
  decision: 'Décision',
  decision_of: (initials: string, place: number) => `Décision pour ${initials}, cas ${place}`,
  owner: 'Qui s’en charge',
  due: 'Pour le',
  decide: 'Noter la décision',
  decided: (what: string, owner: string, due: string) => `${what} · ${owner} · ${due}`,
  missing: 'Il faut une décision, quelqu’un et une date à venir.',
  no_owner: 'Aucun compte à qui confier une décision.',
  taken: 'Décisions prises',
  choose: 'Choisir',
  statuses: {
    proposed: 'à faire',
    accepted: 'acceptée',
    running: 'en cours',
    done: 'tenue',
    dropped: 'abandonnée',
  },
  not_here_yet: 'Ce tableau se lit avec le réseau.',
};

export default fr;
