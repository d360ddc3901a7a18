// Her page, as the node tells it (server/app/api/pathway.h), and what is shown first.
import type { Schemas } from '../../api/client.ts';
import type { SharedField, StepStatus } from '../../api/pathway.ts';

export interface MyStep {
  what: string;
  status: StepStatus;
  due?: string;
  with: string;
}
export interface MyAppointment {
  on: string;
  minute: number;
  where?: string;
  with: string;
}
export interface Follower {
  name: string;
  organisation: string;
  referent: boolean;
  interim: boolean;
  since?: string;
  last_contact?: string;
}
export interface MyShare {
  organisation: string;
  name: string;
  fields: SharedField[];
  until?: string;
}
export interface MyPage {
  shown: string;
  steps: MyStep[];
  appointments: MyAppointment[];
  followers: Follower[];
  shares: MyShare[];
  reads: Schemas['LedgerItem'][];
  trust_due: boolean;
}

export type Next =
  | { kind: 'appointment'; appointment: MyAppointment }
  | { kind: 'step'; step: MyStep }
  | null;

/** One thing first: the next appointment, else the first step that is not done. */
export function next_of(page: Pick<MyPage, 'steps' | 'appointments'>): Next {
  const [appointment] = [...page.appointments].sort(
    (a, b) => a.on.localeCompare(b.on) || a.minute - b.minute,
  );
  if (appointment) return { kind: 'appointment', appointment };
  const open = page.steps.filter(({ status }) => status !== 'done' && status !== 'dropped');
  const [step] = [...open].sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'));
  return step ? { kind: 'step', step } : null;
}

export const trust_instrument = 'confiance-1';
export const institutions = [
  'mission_locale',
  'france_travail',
  'town_hall',
  'school',
  'justice_police',
] as const;
export const others = ['person_with_me', 'speak_freely'] as const;
export const last = 'know_where';
export type TrustItem = (typeof institutions)[number] | (typeof others)[number] | typeof last;
export type TrustAnswers = Partial<Record<TrustItem, number | 'unknown' | null>>;

/** What is skipped, or not known to her, is not sent. */
export function answers_of(given: TrustAnswers): { item: string; value: number }[] {
  return Object.entries(given).flatMap(([item, value]) =>
    typeof value === 'number' ? [{ item, value }] : [],
  );
}
