// The pathway as the node told it, and on top of it what this phone noted and the node has not
// answered for yet. Only for showing: the node folds again by the rules of core.
import type {
  AppointmentSet,
  BarrierLine,
  PathwayView,
  StepSet,
} from '../../api/pathway.ts';
import type { Draft } from '../../sync/draft.ts';
import type { DiagnosisBody } from './tiles.ts';
import { is_restricted, nil } from './vocabulary.ts';

export function empty_view(person: string): PathwayView {
  return {
    person,
    shown: '',
    level: 'alias',
    stage: { stage: 'spotted', provisional: false, side: 'none' },
    claim: nil,
    to_reunite: false,
    barriers: [],
    goals: [],
    validated: false,
    steps: [],
    appointments: [],
    exits: [],
    relays: [],
    attempts: 0,
    lost_allowed: false,
  };
}

const shown_kinds = ['diagnosis', 'step_set', 'appointment_set', 'attempt_made', 'pause_agreed'];

/** `drafts` newest first. Null: nothing was told and nothing waits. */
export function with_drafts(
  view: PathwayView | null,
  drafts: readonly Draft[],
  person: string,
): PathwayView | null {
  const shown = drafts.filter(({ kind }) => shown_kinds.includes(kind));
  if (view === null && shown.length === 0) return null;
  return [...shown].reverse().reduce(with_draft, view ?? empty_view(person));
}

function with_draft(view: PathwayView, draft: Draft): PathwayView {
  switch (draft.kind) {
    case 'diagnosis':
      return with_diagnosis(view, draft);
    case 'step_set': {
      const set = draft.body as unknown as StepSet;
      const before = view.steps.find((line) => line.set.step === set.step);
      const line = {
        organisation: '',
        since: draft.occurred.date,
        mine: true,
        late: false,
        ...before,
        set,
      };
      return {
        ...view,
        steps: before ? view.steps.map((one) => (one === before ? line : one)) : [...view.steps, line],
      };
    }
    case 'appointment_set': {
      const set = draft.body as unknown as AppointmentSet;
      const before = view.appointments.find((one) => one.set.appointment === set.appointment);
      const line = { organisation: '', who: '', mine: true, ...before, set };
      return {
        ...view,
        appointments: before
          ? view.appointments.map((one) => (one === before ? line : one))
          : [line, ...view.appointments],
      };
    }
    case 'attempt_made':
      return { ...view, attempts: view.attempts + 1 };
    default: {
      const until = (draft.body as { until?: string }).until;
      const { until: _before, ...stage } = view.stage;
      return { ...view, stage: { ...stage, side: until ? 'paused' : 'none', ...(until ? { until } : {}) } };
    }
  }
}

function with_diagnosis(view: PathwayView, draft: Draft): PathwayView {
  const body = draft.body as unknown as DiagnosisBody;
  const on = draft.occurred.date;
  const lines = new Map(view.barriers.map((line) => [line.barrier, { ...line, first: false }]));
  for (const { barrier, level, said_by } of body.lines) {
    const line: BarrierLine = lines.get(barrier) ?? {
      barrier,
      by_person: 'not_explored',
      by_professional: 'not_explored',
      first: false,
      restricted: is_restricted(barrier),
      on,
      history: [],
    };
    const voice = said_by === 'person' ? { by_person: level } : { by_professional: level };
    const by = { author: draft.author, entry: draft.id, hlc: draft.hlc, occurred: draft.occurred };
    const word = { by, said: { barrier, level, said_by } };
    lines.set(barrier, { ...line, ...voice, on, history: [...line.history, word] });
  }
  const first = new Set(body.first);
  return {
    ...view,
    barriers: [...lines.values()].map((line) => ({ ...line, first: first.has(line.barrier) })),
    goals: [...body.goals],
    diagnosed: on,
    validated: body.validated,
  };
}
