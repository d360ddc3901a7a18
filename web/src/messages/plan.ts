import { area } from '../app/i18n.svelte.ts';
import fr from './fr/plan.ts';

export const t = area(fr, () => import('./en/plan.ts'));
