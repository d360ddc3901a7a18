import type { Catalogue } from '../../app/i18n.svelte.ts';
import type fr from '../fr/rare.ts';

const en: Catalogue<typeof fr> = {
  leave_title: (count) =>
    count === 1 ? 'One row is not sent yet' : `${count} rows are not sent yet`,
  leave_text:
    'They stay sealed on this phone and leave by themselves when the network is back, even with the list closed.',
  leave_stay: 'Stay signed in',
  session_over: 'The list is no longer refreshed.',
  device_refused: 'The server no longer knows this phone. Nothing is lost.',
  clock_wrong: 'The clock of this phone is wrong.',
  update_ready: 'New version ready',
  update_apply: 'Update',
  store_gone: 'What this phone kept has vanished (browser cleaned). What had been sent is safe.',
  store_gone_ok: 'Understood',
  older: 'A draft waits under your former password.',
  older_open: 'Take it up',
  older_title: 'Take up the draft',
  older_text:
    'The password was changed on another device. What was begun here stayed closed under the former one.',
  older_password: 'Former password',
  older_wrong: 'That is not the one.',
  older_give_up: 'Throw the draft away',
};

export default en;
