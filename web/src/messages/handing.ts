import { area } from '../app/i18n.svelte.ts';
import fr from './fr/handing.ts';

export const t = area(fr, () => import('./en/handing.ts'));
