// Signing in, activation, password.
const fr = {
  login: 'Identifiant',
  password: 'Mot de passe',
  wrong: 'Identifiant ou mot de passe inconnu.',
  wrong_offline:
    'Ce mot de passe n’ouvre pas la liste de ce téléphone. Sans réseau, seul le dernier mot de passe utilisé ici l’ouvre.',
  first_needs_network: 'La première connexion sur cet appareil demande le réseau.',
  have_code: 'J’ai un code d’activation',
  motto: 'De la première rencontre à une place stable, quelqu’un tient toujours le fil.',
  motto_more: 'Rien sur une personne qu’elle ne puisse lire.',
  art_meeting: 'une rencontre',
  art_together: 'un point, ensemble',
  art_relay: 'un relais',

  activation_title: 'Choisir mon mot de passe',
  activation_lead:
    'Le code vous a été remis en main propre. Il sert une fois et vaut 72 heures. Personne d’autre que vous ne connaîtra ce mot de passe.',
  code: 'Code d’activation',
  new_password: 'Nouveau mot de passe',
  new_password_hint: 'Douze caractères au moins. Une phrase fait très bien l’affaire.',
  again: 'Encore une fois',
  activate: 'Ouvrir mon compte',
  too_short: 'Douze caractères au moins.',
  not_same: 'Les deux ne sont pas identiques.',
  required: 'À remplir.',
  code_refused: 'Ce code ne convient pas, a déjà servi, ou a plus de 72 heures.',

  renew_title: 'Reprendre la session',
  renew_text:
    'La session sur le serveur est finie. La liste reste ouverte ici ; pour la mettre à jour, tapez votre mot de passe.',
  renew: 'Reprendre',
  not_now: 'Plus tard',
};

export default fr;
