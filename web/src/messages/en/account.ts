import type { Catalogue } from '../../app/i18n.svelte.ts';
import type fr from '../fr/account.ts';

const en: Catalogue<typeof fr> = {
  login: 'Login',
  password: 'Password',
  wrong: 'Unknown login or password.',
  have_code: 'I have an activation code',
  motto: 'From the first encounter to a stable place, someone always holds the thread.',
  motto_more: 'Nothing about a person that she could not read.',
  art_meeting: 'an encounter',
  art_together: 'taking stock, together',
  art_relay: 'a relay',
};

export default en;
