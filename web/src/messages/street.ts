import { area } from '../app/i18n.svelte.ts';
import fr from './fr/street.ts';

export const t = area(fr, () => import('./en/street.ts'));
