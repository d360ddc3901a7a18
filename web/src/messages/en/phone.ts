import type { Catalogue } from '../../app/i18n.svelte.ts';
import type fr from '../fr/phone.ts';

const en: Catalogue<typeof fr> = {
  locked_title: 'The list is closed',
  locked_text: 'You can note. Nothing can be read on this phone while it is closed.',
  encounter_plus: 'Encounter +1',
  open_list: 'Open the list',
};

export default en;
