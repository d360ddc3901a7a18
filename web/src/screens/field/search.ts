// Finding somebody or a place by the beginning of any word: neither accents nor capitals count.
//   begins('Place Neuve, Sanitas', 'san pl') == true
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

export function begins(text: string, query: string): boolean {
  const words = plain(text).split(/[\s,’'-]+/);
  return plain(query)
    .split(/\s+/)
    .filter(Boolean)
    .every((begin) => words.some((word) => word.startsWith(begin)));
}

/** By the name, or by what helps to recognise. */
export function search<T extends { shown: string; recognise?: string | undefined }>(
  people: readonly T[],
  query: string,
): T[] {
  return people.filter((row) => begins(`${row.shown} ${row.recognise ?? ''}`, query));
}

/** "Momo, casquette rouge" */
export const with_sign = (row: { shown: string; recognise?: string | undefined }): string =>
  row.recognise ? `${row.shown}, ${row.recognise}` : row.shown;
