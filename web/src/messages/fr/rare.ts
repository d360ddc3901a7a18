// Bars and dialogs that come rarely.
const fr = {
  leave_title: (count: number) =>
    count === 1
      ? 'Une ligne n’est pas encore envoyée'
      : `${count} lignes ne sont pas encore envoyées`,
  leave_text:
    'Elles restent scellées sur ce téléphone et partiront d’elles-mêmes dès que le réseau revient, même liste fermée.',
  leave_stay: 'Rester connecté',
  session_over: 'La liste n’est plus mise à jour.',
  device_refused: 'Le serveur ne reconnaît plus ce téléphone. Rien n’est perdu.',
  clock_wrong: 'L’heure de ce téléphone est fausse.',
  update_ready: 'Nouvelle version prête',
  update_apply: 'Mettre à jour',
  store_gone:
    'Ce que ce téléphone gardait a disparu (navigateur nettoyé). Ce qui était déjà envoyé est sauf.',
  store_gone_ok: 'Compris',
  older: 'Un brouillon attend sous votre ancien mot de passe.',
  older_open: 'Le reprendre',
  older_title: 'Reprendre le brouillon',
  older_text:
    'Le mot de passe a changé sur un autre appareil. Ce qui était commencé ici est resté fermé sous l’ancien.',
  older_password: 'Ancien mot de passe',
  older_wrong: 'Ce n’est pas celui-là.',
  older_give_up: 'Jeter le brouillon',
};

export default fr;
