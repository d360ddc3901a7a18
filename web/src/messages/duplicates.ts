import { area } from '../app/i18n.svelte.ts';
import fr from './fr/duplicates.ts';

export const t = area(fr, () => import('./en/duplicates.ts'));
