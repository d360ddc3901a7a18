import { area } from '../app/i18n.svelte.ts';
import fr from './fr/desk.ts';

export const t = area(fr, () => import('./en/desk.ts'));
