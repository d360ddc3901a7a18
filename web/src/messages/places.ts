import { area } from '../app/i18n.svelte.ts';
import fr from './fr/places.ts';

export const t = area(fr, () => import('./en/places.ts'));
