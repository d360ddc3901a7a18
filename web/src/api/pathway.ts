// A pathway as the node tells it (server/app/api/pathway.h), and the calls that read it. The types
// stand here by hand only until schema.ts, written by the program, has them: then each is
// `Schemas['...']`, and the calls are typed by their paths.
import type { LocalStamp } from '../app/format.ts';
import type { Draft } from '../sync/draft.ts';
import { api, problem_of, type Problem, type Schemas } from './client.ts';

export type Barrier = Schemas['Barrier'] | 'health' | 'mental_health' | 'disability' | 'legal';
export type Role = Schemas['Role'];
export type ReceiptForm = Schemas['ReceiptForm'];
export type HowExplained = Schemas['HowExplained'];

export type Stage =
  | 'spotted'
  | 'hooked'
  | 'trusted'
  | 'diagnosed'
  | 'co_built'
  | 'remobilising'
  | 'in_relay'
  | 'in_solution'
  | 'stabilised';
export type SideState = 'none' | 'paused' | 'lost_contact' | 'refused' | 'closed';
export type EndedBecause =
  | 'refused'
  | 'situation_found'
  | 'moved'
  | 'other_support'
  | 'age'
  | 'death'
  | 'error'
  | 'other';
export type BarrierLevel = 'not_explored' | 'none' | 'light' | 'blocking';
export type SaidBy = 'person' | 'professional';
export type BarrierStatus = 'open' | 'in_progress' | 'lifted' | 'worked_around' | 'not_lifted';
export type NotLiftedBecause =
  | 'no_offer'
  | 'too_long'
  | 'too_expensive'
  | 'too_far'
  | 'refused'
  | 'not_eligible'
  | 'other';
export type StepStatus = 'proposed' | 'accepted' | 'running' | 'done' | 'dropped';
export type AppointmentStatus = 'planned' | 'kept' | 'missed' | 'cancelled';
export type ExitType =
  | 'cdi'
  | 'cdd_6_months'
  | 'cdd_shorter'
  | 'interim_6_months'
  | 'interim_shorter'
  | 'subsidised_contract'
  | 'inclusion_enterprise'
  | 'adapted_enterprise'
  | 'apprenticeship'
  | 'own_business'
  | 'public_service'
  | 'qualifying_training'
  | 'preparatory_training'
  | 'back_to_school'
  | 'civic_service'
  | 'second_chance'
  | 'cej'
  | 'pacea'
  | 'mainstream_support'
  | 'right_opened'
  | 'care_or_housing'
  | 'moved'
  | 'refused'
  | 'lost_contact'
  | 'prison'
  | 'death'
  | 'error';
export type Evidence = 'declared' | 'contract_seen' | 'employer' | 'certificate';
export type Situation = 'holds' | 'ended' | 'unknown';
export type SharedField =
  | 'alias'
  | 'first_name'
  | 'surname'
  | 'reach'
  | 'age_band'
  | 'barriers'
  | 'health'
  | 'mental_health'
  | 'disability'
  | 'legal'
  | 'goals'
  | 'steps'
  | 'appointments'
  | 'exits'
  | 'contacts';
export type SharingPurpose = 'relay' | 'follow_together' | 'case_meeting';
export type RelayAct =
  | 'prepared'
  | 'proposed'
  | 'acknowledged'
  | 'accepted'
  | 'declined'
  | 'meeting_set'
  | 'meeting_held'
  | 'no_show'
  | 'taken_over'
  | 'kept'
  | 'broken'
  | 'returned'
  | 'cancelled'
  | 'withdrawn';
export type KnotKind =
  | 'met'
  | 'identified'
  | 'agreed'
  | 'diagnosis'
  | 'step'
  | 'appointment'
  | 'relay'
  | 'meeting'
  | 'referent'
  | 'situation'
  | 'check'
  | 'pause'
  | 'ended'
  | 'contact';

export interface Named {
  id: string;
  name: string;
}
export interface ReferentView {
  name: string;
  organisation: string;
  account: string;
  organisation_id: string;
  since: string;
  interim: boolean;
  until?: string;
  mine: boolean;
}
export interface StageView {
  stage: Stage;
  since?: string;
  provisional: boolean;
  side: SideState;
  until?: string;
}
export interface BarrierWord {
  by: { occurred: LocalStamp };
  said?: { barrier: Barrier; level: BarrierLevel; said_by: SaidBy };
  changed?: { barrier: Barrier; status: BarrierStatus; because?: NotLiftedBecause };
}
export interface BarrierLine {
  barrier: Barrier;
  by_person: BarrierLevel;
  by_professional: BarrierLevel;
  status?: BarrierStatus;
  first: boolean;
  restricted: boolean;
  on: string;
  history: BarrierWord[];
}
export interface StepSet {
  step: string;
  organisation: string;
  account?: string;
  what: string;
  barrier?: Barrier;
  status: StepStatus;
  person_agrees: boolean;
  due?: string;
  result?: string;
  by_meeting: boolean;
}
export interface StepLine {
  set: StepSet;
  organisation: string;
  who?: string;
  since: string;
  mine: boolean;
  late: boolean;
}
export interface AppointmentSet {
  appointment: string;
  organisation: string;
  account: string;
  on: string;
  minute: number;
  where?: string;
  about?: string;
  status: AppointmentStatus;
}
export interface AppointmentLine {
  set: AppointmentSet;
  organisation: string;
  who: string;
  mine: boolean;
}
export interface ExitDeclared {
  organisation: string;
  team: string;
  project?: string;
  type: ExitType;
  from: string;
  evidence: Evidence;
  place?: string;
}
export interface CheckIn {
  exit: string;
  situation: Situation;
  on: string;
  alert?: string;
}
export interface ExitLine {
  exit: string;
  declared: ExitDeclared;
  organisation: string;
  checks: CheckIn[];
  next_check?: string;
  holds: boolean;
  stable: boolean;
}
export interface MeetingPlan {
  on: string;
  minute: number;
  where?: string;
}
export interface RelayStanding {
  act: RelayAct;
  head: string;
  from: string;
  to?: string;
  meeting?: MeetingPlan;
  meeting_by_sender?: RelayAct;
  meeting_by_receiver?: RelayAct;
  no_shows: number;
  crossed: boolean;
}
export type DeclinedBecause =
  | 'full'
  | 'not_our_public'
  | 'not_our_area'
  | 'other_better'
  | 'no_answer'
  | 'other';
export interface RelayBody {
  act: RelayAct;
  organisation: string;
  because?: DeclinedBecause;
  suggestion?: string;
}
export interface RelayView {
  person: string;
  shown: string;
  relay: {
    relay: string;
    acts: { entry: string; occurred: LocalStamp; body: RelayBody }[];
  };
  standing: RelayStanding;
  from: string;
  from_who: string;
  to: string;
  need?: string;
  due?: string;
  days_late: number;
  incoming: boolean;
  awaited: boolean;
  shared: SharedField[];
  agreed_on?: string;
  can: string[];
}
export interface PathwayView {
  person: string;
  shown: string;
  level: Schemas['IdentityLevel'];
  stage: StageView;
  referent?: ReferentView;
  claim: string;
  to_reunite: boolean;
  barriers: BarrierLine[];
  goals: string[];
  diagnosed?: string;
  validated: boolean;
  steps: StepLine[];
  appointments: AppointmentLine[];
  exits: ExitLine[];
  relays: RelayView[];
  attempts: number;
  lost_allowed: boolean;
}
export interface Knot {
  kind: KnotKind;
  on: string;
  minute?: number;
  to_come: boolean;
  organisation: string;
  with?: string;
  who: string;
  what: string;
  detail?: string;
}
export interface Thread {
  organisations: Named[];
  holders: string[];
  knots: Knot[];
}
export interface Follower {
  name: string;
  organisation: string;
  role?: Role;
  referent: boolean;
  interim: boolean;
  since?: string;
  last_contact?: string;
}
export interface Grant {
  entry: string;
  on: string;
  agreed: {
    purpose: SharingPurpose;
    organisation: string;
    fields: SharedField[];
    until?: string;
    how: HowExplained;
    wording: string;
    receipt_number: string;
    receipt: ReceiptForm;
    replaces: string[];
  };
}
export interface GrantView {
  grant: Grant;
  organisation: string;
  live: boolean;
}
export interface Withdrawal {
  entry: string;
  on: string;
  organisation?: string;
}
export interface SharingView {
  grants: GrantView[];
  withdrawals: Withdrawal[];
}

/** Who can be chosen as a receiver: the reference, which a phone keeps. */
export interface Organisation extends Named {
  kind: string;
}
export const organisations_of = (
  reference: Schemas['Reference'] | null,
): readonly Organisation[] =>
  (reference as { organisations?: Organisation[] } | null)?.organisations ?? [];

type Answer<T> = { data: T } | { problem: Problem };

// openapi-fetch checks paths against schema.ts, which does not have these yet.
type Loose = (
  path: string,
  given: { params: { path: Record<string, string> }; body?: unknown },
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

async function get<T>(what: string, person: string): Promise<Answer<T>> {
  const call = api.GET as unknown as Loose;
  const { data, error } = await call(`/api/v1/people/{person}/${what}`, {
    params: { path: { person } },
  });
  return data ? { data: data as T } : { problem: problem_of(error) };
}

export const read_pathway = (person: string) => get<PathwayView>('pathway', person);
export const read_thread = (person: string) => get<Thread>('thread', person);
export const read_followers = (person: string) => get<{ rows: Follower[] }>('followers', person);
export const read_sharing = (person: string) => get<SharingView>('sharing', person);

/** One entry of a signed-in desk; its id makes it idempotent. Null: it is kept by the node. */
export async function send_entry(person: string, draft: Draft<object>): Promise<Problem | null> {
  const call = api.POST as unknown as Loose;
  const { error, response } = await call('/api/v1/people/{person}/entries', {
    params: { path: { person } },
    body: { person, draft },
  });
  return response?.ok ? null : problem_of(error);
}
