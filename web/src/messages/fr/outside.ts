// The page of an organisation that is not on the platform: answering a relay by link and code.
const fr = {
  title: 'Une réponse est attendue',
  other_language: 'English',
  lead: 'On vous a remis ce lien pour répondre à une demande. Le code vous a été dit de vive voix.',
  no_token: 'Il manque une partie de l’adresse. Ouvrez le lien en entier, ou demandez qu’on vous le renvoie.',
  code: 'Code, six chiffres',
  open: 'Ouvrir la demande',
  once: 'La demande ne s’ouvre qu’une fois. Gardez cette page ouverte pour répondre.',
  six: 'Il faut six chiffres.',
  wrong:
    'Le lien ou le code ne convient pas, ou la demande a déjà été ouverte. Après cinq essais, le lien se ferme : rappelez la personne qui vous l’a remis.',
  slow_down: 'Trop d’essais. Attendez un peu avant de recommencer.',
  network: 'Le réseau ne répond pas. Réessayez dans un moment.',
  trouble: 'Cela n’a pas marché. Réessayez dans un moment.',

  request: 'La demande',
  from: (organisation: string) => `De ${organisation}`,
  person: 'Pour',
  need: 'Ce qui est demandé',
  answer_to: 'Pour en parler',
  your_answer: 'Votre réponse',
  words: 'Un mot, si vous voulez',
  words_hint: 'Un créneau, un contact, une autre piste. Rien sur la santé ni la justice.',
  accept: 'Nous pouvons',
  decline: 'Nous ne pouvons pas',
  answered: 'C’est transmis. Merci.',
  answered_text: 'Vous pouvez fermer cette page : elle ne montre plus rien.',
  answer_wrong: 'Cette réponse ne peut plus être transmise. Appelez la personne qui vous a remis le lien.',
};

export default fr;
