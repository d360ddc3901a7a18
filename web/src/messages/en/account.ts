import type { Catalogue } from '../../app/i18n.svelte.ts';
import type fr from '../fr/account.ts';

const en: Catalogue<typeof fr> = {
  login: 'Login',
  password: 'Password',
  wrong: 'Unknown login or password.',
  wrong_offline:
    'This password does not open the list of this phone. Without a network, only the last password used here does.',
  first_needs_network: 'The first sign-in on this device needs the network.',
  have_code: 'I have an activation code',
  motto: 'From the first encounter to a stable place, someone always holds the thread.',
  motto_more: 'Nothing about a person that she could not read.',
  art_meeting: 'an encounter',
  art_together: 'taking stock, together',
  art_relay: 'a relay',

  activation_title: 'Choose my password',
  activation_lead:
    'The code was handed to you in person. It works once, for 72 hours. Nobody but you will know this password.',
  code: 'Activation code',
  new_password: 'New password',
  new_password_hint: 'Twelve characters at least. A sentence does very well.',
  again: 'Once more',
  activate: 'Open my account',
  too_short: 'Twelve characters at least.',
  not_same: 'The two are not the same.',
  required: 'To fill in.',
  code_refused: 'This code does not fit, was used already, or is older than 72 hours.',

  renew_title: 'Resume the session',
  renew_text:
    'The session on the server is over. The list stays open here; to refresh it, type your password.',
  renew: 'Resume',
  not_now: 'Later',
};

export default en;
