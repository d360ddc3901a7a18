import type { Catalogue } from '../../app/i18n.svelte.ts';
import type fr from '../fr/carnet.ts';

const en: Catalogue<typeof fr> = {
  title: 'Your card',
  text: [
    'This card opens your page: your appointments, who follows you, what you share.',
    'It does not carry your name. Without your code it shows nothing.',
    'An earlier card will no longer work.',
  ],
  code: 'Your code, six digits',
  code_hint: 'Choose it and remember it. Do not write it on the card. Not your date of birth.',
  again: 'Once more',
  six: 'Six digits are needed.',
  not_same: 'The two codes are not the same.',
  common: 'This code is too easy to guess. Choose another one.',
  make: 'Make the card',
  quit: 'Not now',
  ready: 'Your card is ready',
  scan: 'Take a picture of this drawing with your phone, or print the card.',
  qr_label: 'Drawing to scan, it leads to your page',
  address: 'Or type this address:',
  once: 'It will not be shown again.',
  tries: 'Five wrong codes close the card. We make another one together.',
  print: 'Print the card',
  done: 'Finish',
  paper: 'My notebook',
  network: 'The card is made with the network. Nothing was changed.',
};

export default en;
