import { area } from '../app/i18n.svelte.ts';
import fr from './fr/signals.ts';

export const t = area(fr, () => import('./en/signals.ts'));
