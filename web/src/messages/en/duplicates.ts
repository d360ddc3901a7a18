import type { Catalogue } from '../../app/i18n.svelte.ts';
import type fr from '../fr/duplicates.ts';

const en: Catalogue<typeof fr> = {
  title: 'Known to a team already?',
  lead: 'These records of your organisation have the same name, or nearly. You alone can say; nothing happens by itself.',
  since: (team: string, day: string) => `${team}, since ${day}`,
  names: { same: 'same name', close: 'close name' },
  births: { same: 'same birth date', close: 'close birth date', different: 'another birth date' },
  same: 'Same person',
  not_her: 'No',
  about: (name: string) => `, ${name}`,
  linked: (name: string) => `Linked to ${name}.`,
  told_apart: (name: string) => `${name} is somebody else.`,
  more: (count: number) => `and ${count} others, less close`,
  rules: {
    already_linked: 'These two records are linked already.',
    too_many: 'Too many records are linked to this one already.',
  },
  sought_title: 'A partner looks for somebody',
  sought: (name: string) => `A partner looks for ${name}`,
  asks: (organisation: string) => `${organisation} asks to be called.`,
  why: 'Somebody of the same name is followed there. Nothing of your record is told to them: you call, or not.',
  seen: 'Seen',
  seen_done: 'Will not be shown again.',
};

export default en;
