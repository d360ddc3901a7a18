import { area } from '../app/i18n.svelte.ts';
import fr from './fr/carnet.ts';

export const t = area(fr, () => import('./en/carnet.ts'));
