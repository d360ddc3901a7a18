// Bodies of the entries of a pathway (core/pathway/entries.h) as its screens write them. Pure.
import type {
  AppointmentSet,
  AppointmentStatus,
  Barrier,
  BarrierStatus,
  EndedBecause,
  Evidence,
  ExitLine,
  ExitType,
  NotLiftedBecause,
  SaidBy,
  Situation,
  Stage,
  StepSet,
} from '../../api/pathway.ts';
import type { Schemas } from '../../api/client.ts';
import type { Entry } from '../../sync/note.ts';
import { said } from '../field/entries.ts';
import { check_months } from './vocabulary.ts';

export interface Me {
  account: string;
  organisation: string;
  team: string;
  project: string | null;
}

const entry = (kind: string, subject: string, body: object): Entry => ({ kind, subject, body });

export const opened = (person: string, me: Me, referent: string): Entry =>
  entry(
    'pathway_opened',
    person,
    said({ organisation: me.organisation, team: me.team, referent, project: me.project }),
  );

/** Compare-and-set: `claim` is the entry that named the one before. */
export const named = (person: string, me: Me, team: string, referent: string, claim: string) =>
  entry('referent_named', person, {
    after: claim,
    organisation: me.organisation,
    team,
    referent,
    interim: false,
  });

export const stage_marked = (person: string, stage: Stage, said_by: SaidBy) =>
  entry('stage_marked', person, { stage, said_by });

export const paused = (person: string, until: string | null) =>
  entry('pause_agreed', person, said({ until }));

export const attempted = (person: string, mode: Schemas['ContactMode']) =>
  entry('attempt_made', person, { mode });

export const lost = (person: string, me: Me) =>
  entry('contact_lost', person, { organisation: me.organisation });

export const ended = (person: string, because: EndedBecause) =>
  entry('following_ended', person, { because });

export const resumed = (person: string, me: Me) =>
  entry('following_resumed', person, { organisation: me.organisation });

export const barrier_changed = (
  person: string,
  me: Me,
  barrier: Barrier,
  status: BarrierStatus,
  because: NotLiftedBecause | null,
) =>
  entry(
    'barrier_changed',
    person,
    said({ organisation: me.organisation, barrier, status, because }),
  );

/** A step is written whole each time. */
export const step_set = (person: string, set: StepSet) =>
  entry('step_set', person, said({ ...set, what: set.what.trim(), result: set.result?.trim() }));

export const appointment_set = (person: string, set: AppointmentSet) =>
  entry(
    'appointment_set',
    person,
    said({ ...set, where: set.where?.trim(), about: set.about?.trim() }),
  );

export const presence = (
  person: string,
  set: AppointmentSet,
  status: AppointmentStatus,
): Entry => appointment_set(person, { ...set, status });

export const delivery = (
  person: string,
  me: Me,
  given: { service: string; barrier: Barrier | null; minutes: number | null; cost_cents: number | null },
) =>
  entry(
    'delivery',
    person,
    said({
      organisation: me.organisation,
      team: me.team,
      service: given.service.trim(),
      barrier: given.barrier,
      minutes: given.minutes,
      cost_cents: given.cost_cents,
    }),
  );

export const exit = (
  person: string,
  me: Me,
  given: { type: ExitType; from: string; evidence: Evidence; place: string },
) =>
  entry(
    'exit',
    person,
    said({
      organisation: me.organisation,
      team: me.team,
      project: me.project,
      type: given.type,
      from: given.from,
      evidence: given.evidence,
      place: given.place.trim(),
    }),
  );

export const check_in = (
  person: string,
  exit: string,
  situation: Situation,
  on: string,
  alert: string,
) => entry('check_in', person, said({ exit, situation, on, alert: alert.trim() }));

/** 1, 3 and 6 months after it began, each with what was answered for it, if anything was. */
export function checks_of(line: ExitLine): { months: number; due: string; said: Situation | null }[] {
  return check_months.map((months, n) => {
    const due = plus_months(line.declared.from, months);
    const next = check_months[n + 1];
    const until = next === undefined ? '9999' : plus_months(line.declared.from, next);
    const heard = line.checks.filter(({ on }) => on >= before(due) && on < before(until));
    return { months, due, said: heard.at(-1)?.situation ?? null };
  });
}

// A check made a little early is that check: ten days of grace.
function before(day: string): string {
  if (day === '9999') return day;
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 10);
  return at.toISOString().slice(0, 10);
}

/** The same day some months later, or the last of that month. */
export function plus_months(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  const at = new Date(Date.UTC(year, month - 1 + months, Math.min(date, last)));
  return at.toISOString().slice(0, 10);
}

/** "14:30" as minutes of the day, and back. */
export function minute_of(text: string): number | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (!found) return null;
  const minute = Number(found[1]) * 60 + Number(found[2]);
  return minute < 24 * 60 && Number(found[2]) < 60 ? minute : null;
}
