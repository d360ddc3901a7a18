// The token of a link or of a card. It stands in the fragment, which no server is sent; it is taken
// out of the address at once, so that neither a picture of the screen nor the way back shows it.
const shape = /^[0-9A-Za-z_-]{16,64}$/;

export function token_in(hash: string): string | null {
  const text = hash.replace(/^#/, '');
  return shape.test(text) ? text : null;
}

export function take_token(): string | null {
  const token = token_in(location.hash);
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
  return token;
}

/** Six digits, whatever stands between them; null: not yet. */
export function code_of(text: string): string | null {
  const digits = text.replace(/[\s.-]/g, '');
  return /^[0-9]{6}$/.test(digits) ? digits : null;
}
