// A pathway, its relays, the board and signals as the node tells them (server/app/api/pathway.h,
// relays.h): names for the screens, and the calls about one person.
import { api, problem_of, type Problem, type Schemas } from './client.ts';

export type AppointmentLine = Schemas['AppointmentLine'];
export type AppointmentSet = Schemas['AppointmentSet'];
export type AppointmentStatus = Schemas['AppointmentStatus'];
export type Barrier = Schemas['Barrier'];
export type BarrierLevel = Schemas['BarrierLevel'];
export type BarrierLine = Schemas['BarrierLine'];
export type BarrierStatus = Schemas['BarrierStatus'];
export type BarrierWord = Schemas['BarrierWord'];
export type Board = Schemas['Board'];
export type Decision = Schemas['Decision'];
export type DeclinedBecause = Schemas['DeclinedBecause'];
export type EndedBecause = Schemas['EndedBecause'];
export type Evidence = Schemas['Evidence'];
export type ExitLine = Schemas['ExitLine'];
export type ExitType = Schemas['ExitType'];
export type Follower = Schemas['Follower'];
export type GrantView = Schemas['GrantView'];
export type HowExplained = Schemas['HowExplained'];
export type Knot = Schemas['Knot'];
export type KnotKind = Schemas['KnotKind'];
export type MeetingPlan = Schemas['MeetingPlan'];
export type NotLiftedBecause = Schemas['NotLiftedBecause'];
export type OutsideLink = Schemas['OutsideLink'];
export type PathwayView = Schemas['PathwayView'];
export type Prescriber = Schemas['Prescriber'];
export type ReceiptForm = Schemas['ReceiptForm'];
export type Relay = Schemas['Relay'];
export type RelayAct = Schemas['RelayAct'];
export type RelayBox = Schemas['RelayBox'];
export type RelayView = Schemas['RelayView'];
export type Rupture = Schemas['Rupture'];
export type RuptureCause = Schemas['RuptureCause'];
export type SaidBy = Schemas['SaidBy'];
export type SharedField = Schemas['SharedField'];
export type SharingPurpose = Schemas['SharingPurpose'];
export type SharingView = Schemas['SharingView'];
export type SignalClosed = Schemas['SignalClosed'];
export type SignalReceived = Schemas['SignalReceived'];
export type SignalRow = Schemas['SignalRow'];
export type Situation = Schemas['Situation'];
export type Stage = Schemas['Stage'];
export type StepLine = Schemas['StepLine'];
export type StepSet = Schemas['StepSet'];
export type StepStatus = Schemas['StepStatus'];
export type Thread = Schemas['Thread'];
export type Organisation = Schemas['Reference']['organisations'][number];

export const organisations_of = (
  reference: Schemas['Reference'] | null,
): readonly Organisation[] => reference?.organisations ?? [];

type Answer<T> = { data: T } | { problem: Problem };
const told = <T>({ data, error }: { data?: T; error?: unknown }): Answer<T> =>
  data ? { data } : { problem: problem_of(error) };
const of = (person: string) => ({ params: { path: { person } } });

export const read_pathway = async (person: string) =>
  told(await api.GET('/api/v1/people/{person}/pathway', of(person)));
export const read_thread = async (person: string) =>
  told(await api.GET('/api/v1/people/{person}/thread', of(person)));
export const read_followers = async (person: string) =>
  told(await api.GET('/api/v1/people/{person}/followers', of(person)));
export const read_sharing = async (person: string) =>
  told(await api.GET('/api/v1/people/{person}/sharing', of(person)));
