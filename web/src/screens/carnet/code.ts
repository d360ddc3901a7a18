// Six digits chosen face to face; the node refuses those that anybody would try first.
export type CodeTrouble = 'six' | 'not_same';

export const digits_of = (text: string): string => text.replace(/[^0-9]/g, '');

export function code_trouble(code: string, again: string): CodeTrouble | null {
  if (!/^[0-9]{6}$/.test(digits_of(code))) return 'six';
  return digits_of(code) === digits_of(again) ? null : 'not_same';
}

/** The fragment never leaves the browser: no server, and no list of visited pages, sees it. */
export const card_address = (origin: string, token: string): string =>
  `${origin}/mon-carnet#${token}`;
