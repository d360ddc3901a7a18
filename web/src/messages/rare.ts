import { area } from '../app/i18n.svelte.ts';
import fr from './fr/rare.ts';

export const t = area(fr, () => import('./en/rare.ts'));
