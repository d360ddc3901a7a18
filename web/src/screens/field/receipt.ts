// The number of a receipt: it finds the answers again without a name, and says nothing of who gave
// it or why. Eight signs that are not mistaken for one another when read out.
const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'; // 32: no 0 1 I O

export function receipt_number(random = crypto.getRandomValues(new Uint8Array(8))): string {
  const text = [...random].map((byte) => signs[byte % signs.length]).join('');
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}
