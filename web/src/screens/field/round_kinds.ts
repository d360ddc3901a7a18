// The kinds of rounds, read from the one data file that the core counts with.
import { language } from '../../app/i18n.svelte.ts';
import type { IconName } from '../../icons/names.ts';
import kinds from '../../../../core/outreach/round_kinds.json';

export interface RoundKind {
  code: string;
  fr: string;
  en: string;
  group: string;
  counts_in_i01: boolean;
}

export const round_kinds: readonly RoundKind[] = kinds;

/** "Tournée à pied"; the code itself for a kind that a newer program wrote. */
export function kind_label(code: string): string {
  const kind = round_kinds.find((one) => one.code === code);
  if (!kind) return code;
  return language.now === 'en' ? kind.en : kind.fr.replaceAll("'", '’');
}

export function kind_icon(code: string): IconName {
  const group = round_kinds.find((one) => one.code === code)?.group;
  if (group === 'mobile_unit') return 'van';
  return group === 'event_offsite' ? 'flag' : 'walk';
}
