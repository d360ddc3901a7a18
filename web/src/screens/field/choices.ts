// The closed lists that are not needed to draw Aujourd'hui and Noter: fetched with the screens and
// dialogs that offer them (core/outreach/vocabulary.h).
import type { IconName } from '../../icons/names.ts';
import type {
  Ambience,
  Network,
  NextStep,
  PlaceType,
  Subject,
  VisitReason,
} from './vocabulary.ts';

export const more_barriers: readonly Subject[] = [
  { value: 'language', icon: 'globe', tone: 'langue' },
  { value: 'literacy', icon: 'letters', tone: 'langue' },
  { value: 'digital', icon: 'laptop', tone: 'numerique' },
  { value: 'skills', icon: 'learn', tone: 'formation' },
  { value: 'childcare', icon: 'family', tone: 'famille' },
  { value: 'family', icon: 'people', tone: 'famille' },
  { value: 'self_esteem', icon: 'plant', tone: 'confiance' },
  { value: 'isolation', icon: 'links', tone: 'confiance' },
  { value: 'representations', icon: 'eye', tone: 'emploi' },
  { value: 'schedule', icon: 'clock', tone: 'emploi' },
  { value: 'temporality', icon: 'wait' },
  { value: 'other', icon: 'more' },
];

export const next_steps: readonly NextStep[] = ['nothing', 'meet_again', 'call_back', 'appointment'];
export const ambiences: readonly Ambience[] = ['calm', 'lively', 'tense', 'empty'];
export const networks: readonly Network[] = [
  'instagram',
  'snapchat',
  'tiktok',
  'discord',
  'whatsapp',
  'facebook',
  'other',
];

export const place_types: readonly PlaceType[] = [
  'street',
  'square',
  'hall',
  'estate',
  'station',
  'shopping_centre',
  'market',
  'school_gate',
  'skate_park',
  'stadium',
  'sport_event',
  'event',
  'social_centre',
  'youth_centre',
  'mobile_stop',
  'inclusion_enterprise',
  'partner_site',
  'own_site',
  'other',
];
const indoors: readonly PlaceType[] = [
  'social_centre',
  'youth_centre',
  'inclusion_enterprise',
  'partner_site',
  'own_site',
];
export function place_icon(type: PlaceType): IconName {
  if (type === 'mobile_stop') return 'van';
  if (type === 'own_site') return 'door';
  if (indoors.includes(type)) return 'building';
  return 'pin';
}

export const visit_reasons: readonly { value: VisitReason; icon: IconName }[] = [
  { value: 'information', icon: 'info' },
  { value: 'appointment', icon: 'cal' },
  { value: 'workshop', icon: 'people' },
  { value: 'job_search', icon: 'bag' },
  { value: 'rights', icon: 'card' },
  { value: 'digital_access', icon: 'laptop' },
  { value: 'rest', icon: 'cup' },
  { value: 'other', icon: 'more' },
];
