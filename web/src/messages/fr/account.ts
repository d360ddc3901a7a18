// Signing in, activation, password.
const fr = {
  login: 'Identifiant',
  password: 'Mot de passe',
  wrong: 'Identifiant ou mot de passe inconnu.',
  have_code: 'J’ai un code d’activation',
  motto: 'De la première rencontre à une place stable, quelqu’un tient toujours le fil.',
  motto_more: 'Rien sur une personne qu’elle ne puisse lire.',
  art_meeting: 'une rencontre',
  art_together: 'un point, ensemble',
  art_relay: 'un relais',
};

export default fr;
