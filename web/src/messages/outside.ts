import { area } from '../app/i18n.svelte.ts';
import fr from './fr/outside.ts';

export const t = area(fr, () => import('./en/outside.ts'));
