// Faire le point as it is touched: a tile turns dotted, straight, loop, knot; two voices; at most
// three to begin with. Pure: it gives the body of a "diagnosis" entry.
import type {
  Barrier,
  BarrierLevel,
  BarrierLine,
  PathwayView,
  SaidBy,
} from '../../api/pathway.ts';
import { barriers, first_barriers_max, goals_max } from './vocabulary.ts';

export type Voice = Partial<Record<Barrier, BarrierLevel>>;
export interface PointForm {
  person: Voice;
  professional: Voice;
  first: Barrier[];
  goals: string[];
}

const cycle: readonly BarrierLevel[] = ['not_explored', 'none', 'light', 'blocking'];

/** One touch: the next of dotted, straight, loop, knot, and round again. */
export function turned(level: BarrierLevel): BarrierLevel {
  return cycle[(cycle.indexOf(level) + 1) % cycle.length]!;
}

export const level_of = (voice: Voice, barrier: Barrier): BarrierLevel =>
  voice[barrier] ?? 'not_explored';

/** As the last sitting left it: what has not changed needs no touch. */
export function form_of(view: Pick<PathwayView, 'barriers' | 'goals'> | null): PointForm {
  const form: PointForm = { person: {}, professional: {}, first: [], goals: [''] };
  for (const line of view?.barriers ?? []) {
    if (line.by_person !== 'not_explored') form.person[line.barrier] = line.by_person;
    if (line.by_professional !== 'not_explored') {
      form.professional[line.barrier] = line.by_professional;
    }
    if (line.first) form.first.push(line.barrier);
  }
  if (view && view.goals.length > 0) form.goals = [...view.goals];
  return form;
}

/** The tile turns; what is no longer in the way is no longer first. */
export function touched(form: PointForm, by: SaidBy, barrier: Barrier): PointForm {
  const voice = { ...form[by], [barrier]: turned(level_of(form[by], barrier)) };
  const next = { ...form, [by]: voice };
  return { ...next, first: next.first.filter((one) => weighs(next, one)) };
}

/** Somebody says that it is in the way: it can be chosen to begin with. */
export function weighs(form: PointForm, barrier: Barrier): boolean {
  return [form.person, form.professional].some((voice) =>
    ['light', 'blocking'].includes(level_of(voice, barrier)),
  );
}

const rank: Record<BarrierLevel, number> = { blocking: 0, light: 1, none: 2, not_explored: 3 };

/** What can come first: her knots before her loops, and her words before the professional's. */
export function candidates(form: PointForm): Barrier[] {
  const weight = (one: Barrier) =>
    rank[level_of(form.person, one)] * 10 + rank[level_of(form.professional, one)];
  return barriers.filter((one) => weighs(form, one)).sort((a, b) => weight(a) - weight(b));
}

export function chosen_first(form: PointForm, barrier: Barrier): PointForm {
  if (form.first.includes(barrier)) {
    return { ...form, first: form.first.filter((one) => one !== barrier) };
  }
  if (form.first.length >= first_barriers_max) return form;
  return { ...form, first: [...form.first, barrier] };
}

export interface DiagnosisBody {
  lines: { barrier: Barrier; level: BarrierLevel; said_by: SaidBy }[];
  first: Barrier[];
  goals: string[];
  validated: boolean;
}

/**
 * The sitting as it stands on the screen. "Pas encore parlé" is written only where something was
 * said before and was taken back: a subject nobody opened stays unsaid.
 */
export function diagnosis_of(
  form: PointForm,
  before: readonly BarrierLine[],
  validated: boolean,
): DiagnosisBody {
  const known = new Map(before.map((line) => [line.barrier, line]));
  const lines: DiagnosisBody['lines'] = [];
  for (const barrier of barriers) {
    for (const said_by of ['person', 'professional'] as const) {
      const level = level_of(form[said_by], barrier);
      const was = known.get(barrier)?.[said_by === 'person' ? 'by_person' : 'by_professional'];
      if (level === 'not_explored' && (was ?? 'not_explored') === 'not_explored') continue;
      lines.push({ barrier, level, said_by });
    }
  }
  const goals = form.goals.map((goal) => goal.trim()).filter(Boolean).slice(0, goals_max);
  return { lines, first: [...form.first], goals, validated };
}
