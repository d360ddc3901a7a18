// What the figure screens share: the query, the words of a line, the threshold of a perimeter.
import type { Schemas } from '../../../api/client.ts';
import { number } from '../../../app/format.ts';
import { language } from '../../../app/i18n.svelte.ts';
import { t } from '../../../messages/figures.ts';

export type Figure = Schemas['Figure'];
export type FigureRow = Schemas['FigureRow'];
export type Indicator = Schemas['Indicator'];
export type Dimension = Schemas['Dimension'];
export type Perimeter = Schemas['Perimeter'];

// Two tables of cards: what the contract of the city asks for, and how pathways and relays go.
export const families = {
  sheet: ['I01', 'I02', 'I03a', 'I03b', 'I03c', 'I03d', 'I08', 'I11', 'I12', 'I13', 'encounters'],
  path: ['I16', 'I18', 'I19', 'I19b', 'I20', 'I21', 'I22', 'I24', 'I25', 'I26'],
} as const satisfies Record<string, readonly Indicator[]>;
export type Family = keyof typeof families;
export const indicators: readonly Indicator[] = Object.values(families).flat();

const rates: readonly Indicator[] = [
  'I03d',
  'I08',
  'I12',
  'I13',
  'I16',
  'I18',
  'I19',
  'I19b',
  'I20',
  'I22',
  'I24',
  'I26',
];
export const is_rate = (figure: Figure): boolean => rates.includes(figure.indicator);

// By barrier, exit type, prescriber, state of a relay, kind of a round, network.
const one_line: readonly Indicator[] = ['encounters', 'I03a', 'I03c', 'I16', 'I21', 'I24'];
export const has_detail = (indicator: Indicator): boolean => !one_line.includes(indicator);

// What a funder calls a positive exit: core/measure/exit_sets.json.
export const exit_sets = ['tmvl', 'sipa-2019', 'iae', 'fse', 'cme'] as const;
export type ExitSet = (typeof exit_sets)[number];
export const dimensions: readonly Dimension[] = [
  'none',
  'commune',
  'district',
  'project',
  'team',
  'age_band',
  'sex',
  'detail',
];

/** What is asked of the node, and what the address of the page holds. */
export interface Choice {
  period: string;
  by: Dimension;
  perimeter: Perimeter;
  team: string | null;
  project: string | null;
  exits: ExitSet;
}

export function query_of(choice: Choice, indicator: Indicator, by: Dimension) {
  return {
    indicator,
    period: choice.period,
    ...(by === 'none' ? {} : { by }),
    ...(choice.perimeter === 'team' && choice.team ? { team: choice.team } : {}),
    ...(choice.perimeter === 'public' ? { perimeter: 'public' as const } : {}),
    ...(choice.project ? { project: choice.project } : {}),
    ...(indicator === 'I03d' ? { exit_set: choice.exits } : {}),
    ...(language.now === 'en' ? { language: 'en' } : {}),
  };
}

/** A count is masked up to this number (domain.md 5.5). */
export const masked_up_to = (perimeter: Perimeter): number =>
  perimeter === 'team' ? 0 : perimeter === 'consortium' ? 4 : 10;

const named = (table: Readonly<Record<string, string>>, key: string) => table[key];

/** The words of a line: ours for ages, sexes, unknown and outside; else the name it came with. */
export function line_label(row: FigureRow, by: Dimension): string {
  if (row.key === 'unknown') return t.m.unknown_key;
  if (by === 'district' && row.key === 'none') return t.m.none_key;
  if (by === 'sex') return named(t.m.sexes, row.key) ?? row.label;
  if (by === 'age_band') return named(t.m.age_bands, row.key) ?? row.label;
  return row.label;
}

export function percent(value: number): string {
  return language.now === 'fr' ? `${number(value)}\u00a0%` : `${number(value)}%`;
}

/** "dont" lines beside a figure: hours, encounters, refusals. */
export function beside(figure: Figure): string[] {
  const words = t.m.beside as Readonly<Record<string, ((value: string) => string) | undefined>>;
  return figure.beside
    .filter(({ number: value }) => value > 0)
    .map((line) => words[line.key]?.(number(line.number)) ?? '')
    .filter((text) => text !== '');
}
