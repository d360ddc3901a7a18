import { area } from '../app/i18n.svelte.ts';
import fr from './fr/young.ts';

export const t = area(fr, () => import('./en/young.ts'));
