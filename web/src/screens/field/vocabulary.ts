// The closed lists of the street (core/outreach/vocabulary.h), in the order they are touched, with
// the drawing and the colour of each. Their words are in messages/fr/field.ts.
import type { Schemas } from '../../api/client.ts';
import type { IconName } from '../../icons/names.ts';

export type Sex = Schemas['Sex'];
export type AgeBand = Schemas['AgeBand'];
export type Acquaintance = Schemas['Acquaintance'];
export type ContactMode = Schemas['ContactMode'];
export type Service = Schemas['ImmediateService'];
export type Barrier = Schemas['Barrier'];
export type NextStep = Schemas['NextStep'];
export type Ambience = Schemas['Ambience'];
export type Network = Schemas['SocialNetwork'];
export type PlaceType = Schemas['PlaceType'];
export type VisitReason = Schemas['VisitReason'];

export const sexes: readonly Sex[] = ['woman', 'man', 'other'];
export const age_bands: readonly AgeBand[] = [
  'under_16',
  'from_16_to_17',
  'from_18_to_20',
  'from_21_to_25',
  'from_26_to_29',
  'from_30',
];
export const acquaintances: readonly Acquaintance[] = ['known', 'new'];
export const modes: readonly ContactMode[] = ['street', 'phone', 'network', 'site', 'home'];

export const services: readonly { value: Service; icon: IconName }[] = [
  { value: 'listening', icon: 'message' },
  { value: 'social_bond', icon: 'links' },
  { value: 'hygiene', icon: 'drop' },
  { value: 'snack', icon: 'cup' },
  { value: 'orientation', icon: 'sign' },
  { value: 'accompaniment', icon: 'walk' },
  { value: 'shelter', icon: 'bed' },
];

export interface Subject {
  value: Barrier;
  icon: IconName;
  tone?: string;
}

/** The five that are met most; the others come behind Autre. */
export const barriers: readonly Subject[] = [
  { value: 'mobility', icon: 'bus', tone: 'mobilite' },
  { value: 'housing', icon: 'home', tone: 'logement' },
  { value: 'admin_rights', icon: 'card', tone: 'droits' },
  { value: 'work_relation', icon: 'bag', tone: 'emploi' },
  { value: 'money', icon: 'coin', tone: 'argent' },
];

export const next_icons: Record<NextStep, IconName> = {
  nothing: 'check',
  meet_again: 'walk',
  call_back: 'call',
  appointment: 'cal',
};
/** Longest texts, as core/base/limits.h has them. */
export const limits = {
  note: 140,
  alias: 60,
  label: 120,
  observation: 500,
  text: 4_000,
  count: 500,
  kilometres: 1_000,
  watch_minutes: 720,
  small: 10_000,
} as const;

export const is_minor = (band: AgeBand | null | undefined): boolean =>
  band === 'under_16' || band === 'from_16_to_17';
