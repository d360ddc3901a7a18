import type { Catalogue } from '../../app/i18n.svelte.ts';
import type fr from '../fr/phone.ts';

const en: Catalogue<typeof fr> = {
  locked_title: 'The list is closed',
  locked_text: 'You can note. Nothing can be read on this phone while it is closed.',
  encounter_plus: 'Encounter +1',
  open_list: 'Open the list',
  noted_sealed: (hour) => `Noted at ${hour}, sealed`,

  outbox_lead:
    'What is noted stays sealed on this phone until the server acknowledges it, then fourteen days more.',
  outbox_empty: 'Nothing waits. All that was noted here has arrived.',
  outbox_none: 'Nothing was noted on this phone yet.',
  last_exchange: (hour) => `Last exchange with the server at ${hour}`,
  no_exchange: 'No exchange with the server since this page opened.',
  entries: (count) => (count === 1 ? '1 entry' : `${count} entries`),
  read: 'Read',
  read_title: 'What waits to be checked',
  read_locked: 'Open the list to read this row.',
  reason: (text) => `Reason: ${text}`,
  kinds: {
    round_started: 'Round started',
    round_moved: 'Change of place',
    round_ended: 'Round ended',
    encounter: 'Encounter',
    watch_session: 'Social-media watch',
    contact: 'Contact',
    visit: 'Visit',
    undone: 'Undo',
    confirmed: 'Confirmation',
    day_report: 'Day report',
    person_created: 'New alias',
    person_described: 'Description',
    identity_given: 'First name and way to reach',
    consent_recorded: 'Agreements',
    minor_informed: 'A minor informed',
    concern_reported: 'Concern reported',
    place_set: 'Place',
    other: 'Entry',
  },
  reasons: {
    other: 'The server could not admit it; the coordination is looking.',
  },
};

export default en;
