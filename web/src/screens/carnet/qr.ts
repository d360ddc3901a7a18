// A QR code as one SVG path: a unit square for each dark module, with the quiet border of four.
import encode from 'qr';

export interface Drawing {
  size: number;
  path: string;
}

export function drawing_of(text: string): Drawing {
  const rows = encode(text, 'raw', { ecc: 'medium', border: 4 });
  let path = '';
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      let width = 1;
      while (row[x + width]) width += 1;
      path += `M${x} ${y}h${width}v1h-${width}z`;
      x += width;
    }
  });
  return { size: rows.length, path };
}
