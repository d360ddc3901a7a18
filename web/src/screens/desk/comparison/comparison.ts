// Comparisons of lists: names of the API, and what the screens work out. Nothing of a list is ever
// kept on this device: it is in memory while the page is open, and nowhere else.
import { problem_of, say, type Problem, type Schemas } from '../../../api/client.ts';
import { number } from '../../../app/format.ts';
import { t } from '../../../messages/comparison.ts';

export type Comparison = Schemas['Comparison'];
export type ComparisonRow = Schemas['ComparisonRow'];
export type ComparedList = Schemas['ComparisonList'];
export type Purpose = Schemas['ComparisonPurpose'];
export type Field = Schemas['ComparedField'];
export type ListRole = Schemas['ListRole'];
export type ListPreview = Schemas['ListPreview'];
export type OddityCount = Schemas['OddityCount'];
export type PairRow = Schemas['PairRow'];
export type PairState = Schemas['PairState'];
export type UnseenRow = Schemas['UnseenRow'];
export type Band = Schemas['WatchedBand'];
export type Verdict = Schemas['PairVerdict'];
type Cell = Schemas['ListCell'];

/** What every part of the page is given. */
export interface PartProps {
  comparison: Comparison;
  manages: boolean;
  busy: boolean;
  queue_of: 'to_review' | 'second_opinion';
  onchange: () => Promise<unknown>;
}

export const purposes: readonly Purpose[] = [
  'school_exits_meeting',
  'training_obligation_16_18',
  'other',
];
export const fields: readonly Field[] = [
  'surname',
  'given_name',
  'date_of_birth',
  'sex',
  'place',
  'postcode',
  'address',
  'phone',
  'email',
  'text',
];
export const bands: readonly Band[] = ['known', 'uncertain', 'unseen'];
export const days_max = 90;
export const piece_bytes = 180_000;
export const signals_max = 200;
export const printed_max = 300;

export const pieces_of = (bytes: number): number => Math.max(1, Math.ceil(bytes / piece_bytes));

/** The sentence of a refusal: its rule when we have words for it. */
export function say_refusal(error: unknown): string {
  const problem: Problem = problem_of(error);
  const rules = t.m.rules as Readonly<Record<string, string>>;
  return (problem.rule && rules[problem.rule]) || say(error);
}

export function purpose_of({ purpose, words }: { purpose: Purpose; words?: string }): string {
  return purpose === 'other' ? (words ?? t.m.purposes.other) : t.m.purposes[purpose];
}

export function say_oddity({ what, field, count }: OddityCount): string {
  const said = t.m.oddities[what](number(count));
  return field === undefined ? said : `${t.m.fields[field]} : ${said}`;
}

/** A date as the lists write them, as one reads it here: 31/01/2005; anything else as it stands. */
export function shown_date(text: string): string {
  const found =
    /^(?<year>\d{4})[-/.]?(?<month>\d\d)[-/.]?(?<day>\d\d)$/.exec(text) ??
    /^(?<day>\d{1,2})[-/. ](?<month>\d{1,2})[-/. ](?<year>\d{4})$/.exec(text);
  if (!found?.groups) return text;
  const { year = '', month = '', day = '' } = found.groups;
  return `${day.padStart(2, '0')}/${month.padStart(2, '0')}/${year}`;
}

export const value_of = (cells: readonly Cell[], field: Field): string =>
  cells
    .filter((cell) => cell.field === field)
    .map(({ value }) => (field === 'date_of_birth' ? shown_date(value.trim()) : value.trim()))
    .filter((value) => value !== '')
    .join(', ');

export function name_of(cells: readonly Cell[]): string {
  const name = [value_of(cells, 'given_name'), value_of(cells, 'surname')].filter(Boolean).join(' ');
  return name || t.m.nobody_named;
}

export const place_of = (cells: readonly Cell[]): string =>
  [value_of(cells, 'postcode'), value_of(cells, 'place')].filter(Boolean).join(' ');

export const contact_of = (cells: readonly Cell[]): string =>
  [value_of(cells, 'phone'), value_of(cells, 'email')].filter(Boolean).join(' · ');

export interface Part {
  text: string;
  differs: boolean;
}

const compared_max = 80;

/** Both texts cut where they differ; letters are matched without regard to case or accents. */
export function marked(left: string, right: string): [Part[], Part[]] {
  const a = [...left].slice(0, compared_max);
  const b = [...right].slice(0, compared_max);
  const fold = (letter: string) =>
    letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase() || letter;
  const same = a.map((x) => b.map((y) => fold(x) === fold(y)));
  // longest[i][j]: letters in common of what follows i and j.
  const longest = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i]![j] = same[i]![j]
        ? longest[i + 1]![j + 1]! + 1
        : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
    }
  }
  const kept = [new Set<number>(), new Set<number>()] as const;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (same[i]![j]) {
      kept[0].add(i);
      kept[1].add(j);
      i += 1;
      j += 1;
    } else if (longest[i + 1]![j]! >= longest[i]![j + 1]!) i += 1;
    else j += 1;
  }
  const rest = (text: string) => [...text].slice(compared_max).join('');
  return [parts(a, kept[0], rest(left)), parts(b, kept[1], rest(right))];
}

function parts(letters: readonly string[], kept: ReadonlySet<number>, rest: string): Part[] {
  const found: Part[] = [];
  letters.forEach((letter, index) => {
    const differs = !kept.has(index);
    const last = found.at(-1);
    if (last && last.differs === differs) last.text += letter;
    else found.push({ text: letter, differs });
  });
  if (rest !== '') found.push({ text: rest, differs: false });
  return found;
}

/** The fields that either side has, in the order of the screens, with what the two rows say. */
export interface Line {
  field: Field;
  left: string;
  right: string;
  agree: Schemas['Agreement'];
}
export function lines_of(pair: Pick<PairRow, 'left' | 'right' | 'marks'>): Line[] {
  return fields
    .map((field) => ({
      field,
      left: value_of(pair.left.cells, field),
      right: value_of(pair.right.cells, field),
      agree: pair.marks.find((mark) => mark.field === field)?.agree ?? ('missing' as const),
    }))
    .filter(({ left, right }) => left !== '' || right !== '');
}

/** A watched list and a known one, and all of them ready. */
export function can_run(lists: readonly Pick<ComparedList, 'role' | 'ready'>[]): boolean {
  const has = (role: ListRole) => lists.some((list) => list.role === role);
  return has('watched') && has('known') && lists.every(({ ready }) => ready);
}

/** Per cent of a whole, for people: "0 %" only where there is none. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '';
  const percent = (100 * part) / whole;
  if (part > 0 && percent < 1) return '< 1 %';
  return `${number(Math.round(percent))} %`;
}

export function plus_days(date: string, days: number): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
