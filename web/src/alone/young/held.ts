// What her page holds: in memory a session of fifteen minutes; on her own phone, if she says that it
// is hers, the card's token, so that she types the code only. Nothing that is read is ever kept.
const key = 'carnet';

export const minutes_open = 15;
/** Where quick exit leads: a page that anybody may be reading. */
export const elsewhere = 'https://meteofrance.com/';

export const kept_card = (): string | null => localStorage.getItem(key);
export const keep_card = (token: string): void => localStorage.setItem(key, token);
export const forget_card = (): void => localStorage.removeItem(key);

/** Quick exit: the page is emptied first, then replaced, so that the way back does not show it. */
export function leave_fast(): void {
  forget_card();
  document.body.replaceChildren();
  document.title = '';
  location.replace(elsewhere);
}
