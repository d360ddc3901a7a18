import { area } from '../app/i18n.svelte.ts';
import fr from './fr/comparison.ts';

export const t = area(fr, () => import('./en/comparison.ts'));
