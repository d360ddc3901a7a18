// What a knot of the thread says: a first line and a second one. `what` is a word of a closed list
// or a short text, by kind (server/app/api/pathway.h).
import type { Knot } from '../../api/pathway.ts';
import { t } from '../../messages/pathway.ts';
import { t as words } from '../../messages/field.ts';
import { t as handing } from '../../messages/handing.ts';
import { t as plan } from '../../messages/plan.ts';
import { subjects } from './subjects.ts';

const of = (list: object, word: string): string | null =>
  (list as Record<string, string>)[word] ?? null;

const joined = (...parts: (string | null | undefined)[]): string =>
  parts.filter(Boolean).join(' · ');

export function say_knot(knot: Knot): { what: string; detail: string } {
  const { kind, what, who, detail } = knot;
  const by = who ? t.m.with(who) : null;
  switch (kind) {
    case 'contact':
      return { what: of(words.m.modes, what) ?? t.m.knots.contact, detail: joined(detail, by) };
    case 'met':
      return { what: t.m.knots.met, detail: joined(what ? t.m.under_name(what) : null, detail, by) };
    case 'diagnosis': {
      const first = [what, detail ?? ''].join(',').split(',').map((one) => one.trim());
      const known = first.filter((one) => of(t.m.barriers, one) !== null);
      return {
        what: t.m.knots.diagnosis,
        detail: joined(known.length > 0 ? t.m.first_of(subjects(known)) : null, by),
      };
    }
    case 'relay':
      return { what: of(handing.m.acts, what) ?? t.m.knots.relay, detail: joined(detail, by) };
    case 'meeting':
      return { what: t.m.knots.meeting, detail: joined(of(handing.m.acts, what), detail, by) };
    case 'referent':
      return {
        what: who ? t.m.takes_over(who) : t.m.knots.referent,
        detail: joined(what === 'interim' ? t.m.interim : null, detail),
      };
    case 'situation':
      return { what: of(plan.m.exit_types, what) ?? what, detail: joined(detail, by) };
    case 'check':
      return { what: t.m.knots.check, detail: joined(of(plan.m.situations, what), detail, by) };
    case 'ended':
      return { what: t.m.knots.ended, detail: joined(of(plan.m.endings, what), by) };
    case 'step':
      return {
        what: of(plan.m.step_statuses, what) ?? (what || t.m.knots.step),
        detail: joined(detail ? (of(plan.m.step_statuses, detail) ?? detail) : null, by),
      };
    case 'appointment': {
      const state = of(plan.m.appointment_statuses, what);
      return {
        what: state ? t.m.knots.appointment : what || t.m.knots.appointment,
        detail: joined(state, detail ? (of(plan.m.appointment_statuses, detail) ?? detail) : null, by),
      };
    }
    default:
      return { what: t.m.knots[kind] ?? what, detail: joined(detail, by) };
  }
}
