// What a knot of the thread says: a first line and a second one. `what` is a word of a closed list
// or a short text, by kind (server/app/api/pathway.h).
import type { Knot } from '../../api/pathway.ts';
import { t } from '../../messages/pathway.ts';
import { t as words } from '../../messages/field.ts';
import { t as handing } from '../../messages/handing.ts';
import { t as plan } from '../../messages/plan.ts';

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
      const agreed = what === 'validated' ? t.m.point_validated : t.m.point_not_validated;
      return { what: t.m.knots.diagnosis, detail: joined(agreed, by) };
    }
    case 'relay':
      return { what: of(handing.m.acts, what) ?? t.m.knots.relay, detail: joined(detail, by) };
    case 'meeting':
      return { what: t.m.knots.meeting, detail: joined(detail, by) };
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
      return { what: of(t.m.sides, what) ?? t.m.knots.ended, detail: joined(by) };
    case 'step':
      return { what: detail || t.m.knots.step, detail: joined(of(plan.m.step_statuses, what), by) };
    case 'appointment': {
      const state = what === 'planned' ? null : of(plan.m.appointment_statuses, what);
      return { what: detail || t.m.knots.appointment, detail: joined(state, by) };
    }
    case 'agreed':
      return { what: t.m.knots.agreed, detail: joined(of(handing.m.purposes, what), by) };
    default:
      return { what: t.m.knots[kind], detail: joined(detail, by) };
  }
}
