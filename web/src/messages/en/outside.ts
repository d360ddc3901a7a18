import type { Catalogue } from '../../app/i18n.svelte.ts';
import type fr from '../fr/outside.ts';

const en: Catalogue<typeof fr> = {
  title: 'An answer is expected',
  other_language: 'Français',
  lead: 'You were given this link to answer a request. The code was said to you by voice.',
  no_token: 'A part of the address is missing. Open the whole link, or ask for it again.',
  code: 'Code, six digits',
  open: 'Open the request',
  once: 'The request opens only once. Keep this page open to answer.',
  six: 'Six digits are needed.',
  wrong:
    'The link or the code is not right, or the request was opened already. After five tries the link closes: call the person who gave it to you.',
  slow_down: 'Too many tries. Wait a little before you start again.',
  network: 'The network does not answer. Try again in a moment.',
  trouble: 'That did not work. Try again in a moment.',

  request: 'The request',
  from: (organisation) => `From ${organisation}`,
  person: 'For',
  need: 'What is asked',
  answer_to: 'To talk about it',
  your_answer: 'Your answer',
  words: 'A word, if you like',
  words_hint: 'A time, a contact, another way. Nothing about health or justice.',
  accept: 'We can',
  decline: 'We cannot',
  answered: 'It is passed on. Thank you.',
  answered_text: 'You may close this page: it shows nothing any more.',
  answer_wrong: 'This answer can no longer be passed on. Call the person who gave you the link.',
};

export default en;
