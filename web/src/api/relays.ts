// What server/app/api/pathway.h answers with: pathways, relays, the board, signals. `read` and
// `send` are `api.GET` and `api.POST` for these addresses.
import type { LocalStamp } from '../app/format.ts';
import { api, type Schemas } from './client.ts';

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
export type DeclinedBecause =
  | 'full'
  | 'not_our_public'
  | 'not_our_area'
  | 'other_better'
  | 'no_answer'
  | 'other';
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
export type StepStatus = 'proposed' | 'accepted' | 'running' | 'done' | 'dropped';

export interface MeetingPlan {
  on: string;
  minute: number;
  where?: string;
}

/** Body of the kind "relay" (core/relay/entries.h). */
export interface Relay {
  relay: string;
  act: RelayAct;
  after?: string;
  organisation: string;
  to?: string;
  to_outside?: string;
  need?: string;
  step?: string;
  consent?: string;
  because?: DeclinedBecause;
  suggestion?: string;
  meeting?: MeetingPlan;
  referent?: string;
  team?: string;
}

export interface ActDone {
  entry: string;
  hlc: string;
  occurred: LocalStamp;
  author: string;
  body: Relay;
}
export interface RelayStanding {
  act: RelayAct;
  head: string;
  from: string;
  sender: string;
  to?: string;
  since?: LocalStamp;
  proposed?: LocalStamp;
  taken_over?: LocalStamp;
  meeting?: MeetingPlan;
  meeting_by_sender?: RelayAct;
  meeting_by_receiver?: RelayAct;
  no_shows: number;
  crossed: boolean;
}
export interface RelayView {
  person: string;
  shown: string;
  relay: { relay: string; acts: ActDone[] };
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
export interface RelayBox {
  to_answer: RelayView[];
  late: RelayView[];
  received: RelayView[];
  sent: RelayView[];
}

export type RuptureCause =
  | 'no_contact'
  | 'relay_unanswered'
  | 'no_successor'
  | 'interim_over'
  | 'meeting_disputed';
export interface Rupture {
  person: string;
  initials: string;
  cause: RuptureCause;
  since: string;
  days: number;
  referent: string;
  organisation: string;
}
export interface Decision {
  person: string;
  initials: string;
  step: string;
  what: string;
  owner: string;
  due?: string;
  status: StepStatus;
}
export interface Board {
  day: string;
  ruptures: Rupture[];
  stuck: RelayView[];
  decisions: Decision[];
  owners: Schemas['Named'][];
}

export type Prescriber =
  | 'mission_locale'
  | 'france_travail'
  | 'school'
  | 'prevention'
  | 'mediator'
  | 'social_service'
  | 'association'
  | 'health'
  | 'justice'
  | 'landlord'
  | 'shopkeeper'
  | 'employer'
  | 'family'
  | 'peer'
  | 'herself'
  | 'other';
export interface SignalReceived {
  team: string;
  project?: string;
  prescriber: Prescriber;
  prescriber_label?: string;
  who: string;
  where?: string;
  need?: string;
  person_told: boolean;
}
export type SignalClosed = 'not_found' | 'already_followed' | 'refused' | 'error';
export interface SignalRow {
  person: string;
  said: SignalReceived;
  on: string;
  by: string;
}

export interface OutsideLink {
  token: string;
  code: string;
  until: string;
}

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;
interface Asked {
  params?: { path?: Record<string, string>; query?: Record<string, string> };
  body?: object;
}
export const read = api.GET as unknown as <T>(path: string, asked?: Asked) => Answer<T>;
export const send = api.POST as unknown as <T>(path: string, asked?: Asked) => Answer<T>;
