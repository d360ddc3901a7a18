// Words that are data: the same files as the core reads, where a lawyer or a young person corrects
// them (core/people/wording.h). Their version is noted with the act.
import { language } from '../../app/i18n.svelte.ts';
import type { Schemas } from '../../api/client.ts';
import consent from '../../../../core/people/consent_wording.json';
import minors from '../../../../core/people/minors.json';
import type { AgeBand } from './vocabulary.ts';

interface Words {
  fr: string;
  en: string;
}

export interface MinorOption {
  label: Words;
  choices: Schemas['MinorChoice'][];
}
export interface MinorAdvice {
  age_band: AgeBand;
  title: Words;
  text: Words;
  options: MinorOption[];
}
export interface MinorWording {
  version: string;
  notice: Words;
  danger: Words;
  concern: Words;
  advices: MinorAdvice[];
}

export interface ConsentScreen {
  purpose: Schemas['Purpose'];
  basis: Schemas['Basis'];
  title: Words;
  text: Words;
  basis_text: Words;
  yes: Words;
  no: Words;
}
export interface ConsentWording {
  version: string;
  opening: Words;
  screens: ConsentScreen[];
  stop: Words;
  quit: Words;
}

export const minor_wording = minors as unknown as MinorWording;
export const consent_wording = consent as unknown as ConsentWording;

/** In the language of the interface, typed as French is printed. */
export function words(text: Words): string {
  return (language.now === 'en' ? text.en : text.fr)
    .replaceAll("'", '’')
    .replace(/ ([?!:;»])/g, ' $1')
    .replace(/« /g, '« ');
}

export function advice_for(band: AgeBand | null | undefined): MinorAdvice | null {
  return minor_wording.advices.find((one) => one.age_band === band) ?? null;
}
