// The thread drawn: one vertical line an organisation, newest on top; the thread runs in the line
// of the referent's organisation and makes a loop where it changes hand; dotted ahead of today.
// Pure: takes the heights of the rows, gives paths and circles. The list beside it says the same.
import type { Thread } from '../../api/pathway.ts';

export interface Dot {
  x: number;
  y: number;
  r: number;
  kind: 'on' | 'open' | 'ink';
}
export interface Drawing {
  width: number; // of the lines, heads included
  height: number;
  lanes: { x: number; organisation: string; name: string; held: boolean }[];
  ahead: string; // dotted path, '' when nothing is to come
  thread: string;
  ties: string;
  dots: Dot[];
}

const left = 22;
const head_y = 19;
const top_y = 36;
const loop_width = 28;
const loop_height = 76;
const lanes_max = 6;
const tail = 60;

const round = (value: number) => Math.round(value * 10) / 10;

/** Between two lines; narrower when there are many. */
export const spacing = (count: number): number => (count <= 3 ? 28 : count === 4 ? 26 : 22);

export function draw_thread(thread: Thread, rows: readonly number[]): Drawing {
  const { knots } = thread;
  const shown = thread.organisations.slice(0, lanes_max);
  const gap = spacing(shown.length);
  const at = new Map(thread.organisations.map(({ id }, n) => [id, Math.min(n, lanes_max - 1)]));
  const x_of = (id: string): number => left + (at.get(id) ?? 0) * gap;
  const y_of = (index: number): number => rows[index] ?? top_y + index * loop_height;
  // Before a pathway opens nobody holds it: the thread is where she is met.
  const holder = knots.map((knot, n) => {
    const id = thread.holders[n] ?? '';
    return at.has(id) ? id : knot.organisation;
  });
  const last = knots.length - 1;
  const first_past = knots.findIndex(({ to_come }) => !to_come);
  const now = first_past < 0 ? last : first_past;
  const held_now = holder[Math.max(0, now)];

  let path = '';
  if (last >= 0 && first_past >= 0) {
    path = `M${x_of(holder[now]!)} ${round(y_of(now))}`;
    for (let n = now; n < last; n += 1) {
      path += step(x_of(holder[n]!), y_of(n), x_of(holder[n + 1]!), y_of(n + 1));
    }
    path += ending(x_of(holder[last]!), y_of(last));
  }
  const ahead =
    first_past === 0 || last < 0
      ? ''
      : `M${x_of(held_now!)} ${top_y}V${round(first_past < 0 ? y_of(last) : y_of(now))}`;

  const dots: Dot[] = [];
  let ties = '';
  knots.forEach((knot, n) => {
    const y = round(y_of(n));
    const x = knot.to_come ? x_of(held_now!) : x_of(holder[n]!);
    const own = x_of(knot.organisation);
    if (own === x) {
      dots.push({ x, y, ...(knot.to_come ? open : knob(knot.kind)) });
    } else {
      ties += `M${x} ${y}H${own - Math.sign(own - x) * 6}`;
      if (knot.kind === 'meeting') dots.push({ x, y, r: 5, kind: 'on' });
      dots.push({ x: own, y, r: 5.5, kind: 'ink' });
    }
    const other = knot.with === undefined ? x : x_of(knot.with);
    if (other !== x && other !== own) {
      ties += `M${x} ${y}H${other - Math.sign(other - x) * 5}`;
      dots.push({ x: other, y, r: 5, kind: 'ink' });
    }
  });

  return {
    width: left * 2 + (shown.length - 1) * gap,
    height: last < 0 ? top_y : round(y_of(last) + tail + 14),
    lanes: shown.map(({ id, name }) => ({
      x: x_of(id),
      organisation: id,
      name,
      held: id === held_now,
    })),
    ahead,
    thread: path,
    ties,
    dots,
  };
}

const open = { r: 6, kind: 'open' as const };
/** Where the thread begins or changes hand the bead is open; elsewhere it is full. */
const knob = (kind: string) =>
  kind === 'referent' || kind === 'met' ? { r: 6.5, kind: 'open' as const } : { r: 5, kind: 'on' as const };

/** From a row down to the older one below it: straight, or over with a loop. */
function step(x1: number, y1: number, x2: number, y2: number): string {
  if (x1 === x2) return `V${round(y2)}`;
  const height = Math.min(loop_height, y2 - y1);
  const top = y2 - height;
  const side = Math.sign(x1 - x2) * loop_width;
  const p = (u: number, v: number) => `${round(x2 + u * side)} ${round(top + v * height)}`;
  return (
    `V${round(top)}` +
    `C${x1} ${round(top + 0.579 * height)} ${p(0.786, 0.789)} ${p(0.393, 0.737)}` +
    `C${p(0, 0.671)} ${p(0.071, 0.447)} ${p(0.429, 0.421)}` +
    `C${p(0.857, 0.408)} ${p(0.857, 0.618)} ${p(0.5, 0.684)}` +
    `C${p(0.143, 0.75)} ${p(0, 0.816)} ${p(0, 1)}`
  );
}

/** Where it began: a free end. */
function ending(x: number, y: number): string {
  const p = (dx: number, dy: number) => `${round(x + dx)} ${round(y + dy)}`;
  return `C${p(0, 22)} ${p(6, 26)} ${p(6, 38)}C${p(6, 48)} ${p(-4, 52)} ${p(-8, tail)}`;
}

export const heads = { y: head_y, r: 12, top: top_y };

/** Without the plain contacts: they stand in their own list, with what was noted. */
export function without_contacts(thread: Thread): Thread {
  const kept = thread.knots.flatMap((knot, n) => (knot.kind === 'contact' ? [] : [n]));
  const knots = kept.map((n) => thread.knots[n]!);
  const holders = kept.map((n) => thread.holders[n] ?? '');
  const used = new Set([...holders, ...knots.flatMap((knot) => [knot.organisation, knot.with ?? ''])]);
  return { organisations: thread.organisations.filter(({ id }) => used.has(id)), holders, knots };
}

/** Only contacts of one organisation: the list of contacts says as much. */
export function is_plain(thread: Thread): boolean {
  return (
    thread.organisations.length < 2 &&
    thread.knots.every(({ kind }) => kind === 'met' || kind === 'contact' || kind === 'identified')
  );
}
