import { area } from '../app/i18n.svelte.ts';
import fr from './fr/figures.ts';

export const t = area(fr, () => import('./en/figures.ts'));
