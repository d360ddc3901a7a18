import type { Catalogue } from '../../app/i18n.svelte.ts';
import type fr from '../fr/pages.ts';

const en: Catalogue<typeof fr> = {
  legal: [
    {
      head: 'Who publishes',
      text: [
        'This installation of Fil rouge is run by the consortium that uses it. Its publisher is the lead organisation named at sign-in; the host is the one it chose.',
        'Fil rouge is free software: anyone may read, install and change it under its licence.',
      ],
    },
    {
      head: 'What this site leaves with you',
      text: [
        'A session cookie, needed to sign in, and on the phone what allows noting without a network. No audience measure, no advertising, no outside service.',
      ],
    },
  ],
  data: [
    {
      head: 'Three ways to be counted',
      text: [
        'An encounter is a number: no name, no record, and it never becomes a person.',
        'An alias is enough to be helped. A first name and a way to be reached come later, if the person wants, after four screens that say what they are for.',
      ],
    },
    {
      head: 'On what basis',
      text: [
        'Following somebody rests on a task in the public interest: one may object. What rests on an agreement can be withdrawn at any time; withdrawal always wins.',
      ],
    },
    {
      head: 'Who reads',
      text: [
        'The team that follows the person. Administrators, funders and evaluators read no record. Each reading leaves a trace that the person may ask for.',
      ],
    },
    {
      head: 'For how long',
      text: [
        'Hour and place of an encounter stay with the team for thirty days, then only day and district. When a person asks, everything about her is erased, keys included; only nameless totals stay.',
      ],
    },
    {
      head: 'On the phone',
      text: [
        'What waits to be sent is sealed: even the phone cannot read it again. The day’s list is encrypted and closes when locked, reloaded, or after twelve hours.',
      ],
    },
    {
      head: 'Your rights',
      text: [
        'Read, correct, object, withdraw, erase: ask someone of the team, or the organisation’s data protection officer. In case of disagreement, the CNIL (cnil.fr) takes complaints.',
      ],
    },
  ],
  accessibility: [
    {
      head: 'Where we stand',
      text: [
        'Accessibility: not compliant. No full RGAA audit has been made yet; until then we claim nothing better.',
        'Checked at each version, in one browser: no automatic error on the screens, keyboard, 320 pixels wide, 200% zoom, night theme, 44 pixel targets.',
        'Not done yet: screen readers, with people who use them.',
      ],
    },
    {
      head: 'Site map',
      text: [
        'On the phone: Today, Young people, Note, Map at the bottom; Sending, Day report, Settings and Help in the menu. On a computer: the same pages in the left bar, with those of your role.',
      ],
    },
    {
      head: 'Something in the way?',
      text: [
        'Tell your organisation’s coordination: it gives you the information another way and has it corrected. Without an answer, the Défenseur des droits can be asked (defenseurdesdroits.fr).',
      ],
    },
  ],
  help: [
    {
      head: 'Noting without a network',
      text: [
        'Note, Save: two taps are enough. Place, hour and team come from the open round; the rest is optional.',
        'Without an alias it is an encounter: a number. With an alias it is a contact.',
        'Each row says where it is: On this phone, Sending, Sent, To check.',
      ],
    },
    {
      head: 'Mistakes',
      text: [
        'Undo stays for ten seconds, then on the row. Nothing is erased in silence: undoing is one more entry.',
      ],
    },
    {
      head: 'The closed list',
      text: [
        'The padlock closes the list. One can then still note, count an encounter and see what is being sent (hour, state, count), nothing else. It also closes on reload and after twelve hours.',
        'A draft begun while closed is sealed at each pause and given back to its author at the next sign-in.',
      ],
    },
    {
      head: 'To check',
      text: [
        'An entry that the server could not admit waits with its reason. It is neither lost nor counted; the coordination sees it.',
      ],
    },
    {
      head: 'Lost phone',
      text: [
        'From another device: Settings, My phones, Declare lost. What it still sends is set aside.',
      ],
    },
    {
      head: 'A minor in danger',
      text: ['Call 119, free, day and night. The number of the département’s CRIP is on the record.'],
    },
  ],
  licences: {
    version: (version) => `Version ${version}`,
    own: 'Fil rouge is free software, under the European Union Public Licence (EUPL-1.2). Its text is in the LICENSE file of the project.',
    with: 'This application contains',
    font: 'Atkinson Hyperlegible Next, Braille Institute: SIL Open Font License 1.1',
    noble: 'noble-ciphers, noble-curves, noble-hashes: MIT',
    svelte: 'Svelte: MIT',
    idb: 'idb: ISC',
    qr: 'qr: MIT or Apache-2.0',
    server: 'The server uses',
    server_parts: [
      'Boost: Boost Software License 1.0',
      'libsodium: ISC',
      'nlohmann-json: MIT',
      'SQLite: public domain',
    ],
    fetch: 'openapi-fetch: MIT',
  },
};

export default en;
