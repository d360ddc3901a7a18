import { area } from '../app/i18n.svelte.ts';
import fr from './fr/pathway.ts';

export const t = area(fr, () => import('./en/pathway.ts'));
