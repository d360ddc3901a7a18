// The phone itself: closed list, sending.
const fr = {
  locked_title: 'La liste est fermée',
  locked_text: 'Vous pouvez noter. Rien ne se relit sur ce téléphone tant qu’elle est fermée.',
  encounter_plus: 'Rencontre +1',
  open_list: 'Ouvrir la liste',
  noted_sealed: (hour: string) => `Noté à ${hour}, scellé`,

  outbox_lead:
    'Ce qui est noté reste scellé sur ce téléphone jusqu’à l’accusé du serveur, puis quatorze jours de plus.',
  outbox_empty: 'Rien n’attend. Tout ce qui a été noté ici est arrivé.',
  outbox_none: 'Rien n’a encore été noté sur ce téléphone.',
  last_exchange: (hour: string) => `Dernier échange avec le serveur à ${hour}`,
  no_exchange: 'Pas d’échange avec le serveur depuis l’ouverture de cette page.',
  entries: (count: number) => (count === 1 ? '1 entrée' : `${count} entrées`),
  read: 'Lire',
  read_title: 'Ce qui attend d’être vérifié',
  read_locked: 'Ouvrez la liste pour relire cette ligne.',
  reason: (text: string) => `Raison : ${text}`,
  kinds: {
    round_started: 'Début de tournée',
    round_moved: 'Changement de lieu',
    round_ended: 'Fin de tournée',
    encounter: 'Rencontre',
    watch_session: 'Veille réseaux',
    contact: 'Contact',
    visit: 'Passage',
    undone: 'Annulation',
    confirmed: 'Confirmation',
    day_report: 'Compte rendu',
    person_created: 'Nouvel alias',
    person_described: 'Description',
    identity_given: 'Prénom et moyen de joindre',
    consent_recorded: 'Accords',
    minor_informed: 'Information d’un mineur',
    concern_reported: 'Information préoccupante transmise',
    place_set: 'Lieu',
    other: 'Entrée',
  },
  reasons: {
    other: 'Le serveur n’a pas pu l’admettre ; la coordination regarde.',
  } as Record<string, string>,
};

export default fr;
