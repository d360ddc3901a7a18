// The closed lists of the pathway (core/pathway/vocabulary.h) in the order they are touched, with
// the drawing and the colour of each subject. Their words are in messages/fr/pathway.ts.
import type {
  Barrier,
  EndedBecause,
  Evidence,
  ExitType,
  NotLiftedBecause,
  SharedField,
} from '../../api/pathway.ts';
import type { IconName } from '../../icons/names.ts';

export interface Tile {
  barrier: Barrier;
  icon: IconName;
  tone: string;
}

/** Ten in sight; the others open under them. */
export const tiles: readonly Tile[] = [
  { barrier: 'mobility', icon: 'bus', tone: 'mobilite' },
  { barrier: 'admin_rights', icon: 'card', tone: 'droits' },
  { barrier: 'housing', icon: 'home', tone: 'logement' },
  { barrier: 'money', icon: 'coin', tone: 'argent' },
  { barrier: 'health', icon: 'heart', tone: 'sante' },
  { barrier: 'literacy', icon: 'letters', tone: 'langue' },
  { barrier: 'digital', icon: 'laptop', tone: 'numerique' },
  { barrier: 'family', icon: 'people', tone: 'famille' },
  { barrier: 'schedule', icon: 'clock', tone: 'formation' },
  { barrier: 'self_esteem', icon: 'plant', tone: 'confiance' },
];
export const more_tiles: readonly Tile[] = [
  { barrier: 'work_relation', icon: 'bag', tone: 'emploi' },
  { barrier: 'skills', icon: 'learn', tone: 'formation' },
  { barrier: 'language', icon: 'globe', tone: 'langue' },
  { barrier: 'childcare', icon: 'family', tone: 'famille' },
  { barrier: 'isolation', icon: 'links', tone: 'confiance' },
  { barrier: 'representations', icon: 'eye', tone: 'emploi' },
  { barrier: 'temporality', icon: 'wait', tone: 'formation' },
  { barrier: 'mental_health', icon: 'mind', tone: 'sante' },
  { barrier: 'disability', icon: 'wheel', tone: 'sante' },
  { barrier: 'legal', icon: 'scales', tone: 'droits' },
  { barrier: 'other', icon: 'more', tone: 'ink-2' },
];
const all_tiles = new Map([...tiles, ...more_tiles].map((tile) => [tile.barrier, tile]));
export const tile_of = (barrier: Barrier): Tile =>
  all_tiles.get(barrier) ?? { barrier, icon: 'more', tone: 'ink-2' };
export const barriers: readonly Barrier[] = [...all_tiles.keys()];

/** Read by the referent alone, unless she ticked them for somebody. */
const restricted: readonly Barrier[] = ['health', 'mental_health', 'disability', 'legal'];
export const is_restricted = (barrier: Barrier): boolean => restricted.includes(barrier);

export const first_barriers_max = 3;
export const goals_max = 5;
/** A relay's check (R98): months after the situation began. */
export const check_months: readonly number[] = [1, 3, 6];

export const not_lifted: readonly NotLiftedBecause[] = [
  'no_offer',
  'too_long',
  'too_expensive',
  'too_far',
  'not_eligible',
  'refused',
  'other',
];
export const endings: readonly EndedBecause[] = [
  'situation_found',
  'refused',
  'moved',
  'other_support',
  'age',
  'error',
  'death',
  'other',
];
export const evidences: readonly Evidence[] = [
  'declared',
  'contract_seen',
  'employer',
  'certificate',
];
/** Domain 6.4, by what somebody looks for in a long list. */
export const exit_groups: Record<'work' | 'training' | 'support' | 'end', readonly ExitType[]> = {
  work: [
    'cdi',
    'cdd_6_months',
    'cdd_shorter',
    'interim_6_months',
    'interim_shorter',
    'apprenticeship',
    'subsidised_contract',
    'inclusion_enterprise',
    'adapted_enterprise',
    'public_service',
    'own_business',
  ],
  training: [
    'qualifying_training',
    'preparatory_training',
    'back_to_school',
    'civic_service',
    'second_chance',
  ],
  support: ['cej', 'pacea', 'mainstream_support', 'right_opened', 'care_or_housing'],
  end: ['moved', 'refused', 'lost_contact', 'prison', 'death', 'error'],
};

export const shared_fields: readonly SharedField[] = [
  'goals',
  'first_name',
  'alias',
  'surname',
  'reach',
  'age_band',
  'barriers',
  'steps',
  'appointments',
  'exits',
  'contacts',
  'health',
  'mental_health',
  'disability',
  'legal',
];

export const nil = '0'.repeat(32);
