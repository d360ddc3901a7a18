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
  store_gone:
    'What this phone kept has vanished (browser cleaned). What had been sent is safe.',
  store_gone_ok: 'Understood',
};

export default en;
