// What a touch on a relay asks for: an act of its rules, or something beside it.
import type { RelayAct } from '../../api/pathway.ts';

export type Wish = RelayAct | 'remind' | 'outside' | 'other_way';

/** Done at the touch, with nothing to add: the others open a dialog. */
export const at_once: readonly Wish[] = ['accepted', 'meeting_held', 'no_show', 'kept'];
