// Making the card of the young person's own page, with her. The phone is between two people: tu.
const fr = {
  title: 'Ta carte',
  text: [
    'Cette carte ouvre ta page : tes rendez-vous, qui te suit, ce que tu partages.',
    'Elle ne porte pas ton nom. Sans ton code, elle ne montre rien.',
    'Une carte d’avant ne marchera plus.',
  ],
  code: 'Ton code, six chiffres',
  code_hint: 'Choisis-le et retiens-le. Ne l’écris pas sur la carte. Pas ta date de naissance.',
  again: 'Encore une fois',
  six: 'Il faut six chiffres.',
  not_same: 'Les deux codes ne sont pas pareils.',
  common: 'Ce code est trop facile à deviner. Choisis-en un autre.',
  make: 'Faire la carte',
  quit: 'Pas maintenant',
  ready: 'Ta carte est prête',
  scan: 'Prends ce dessin en photo avec ton téléphone, ou imprime la carte.',
  qr_label: 'Dessin à scanner, il mène à ta page',
  address: 'Ou écris cette adresse :',
  once: 'Elle ne sera plus montrée après.',
  tries: 'Cinq codes faux ferment la carte. On en refait une ensemble.',
  print: 'Imprimer la carte',
  done: 'Terminer',
  paper: 'Mon carnet',
  network: 'La carte se fait avec le réseau. Rien n’a été changé.',
};

export default fr;
