import { t } from '../../messages/pathway.ts';

/** "se déplacer, les papiers": subjects in the middle of a sentence. */
export function subjects(list: readonly string[]): string {
  const words = t.m.barriers as Record<string, string>;
  return list
    .map((one) => words[one] ?? one)
    .map((one) => one.charAt(0).toLowerCase() + one.slice(1))
    .join(', ');
}
