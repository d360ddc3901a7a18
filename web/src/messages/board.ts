import { area } from '../app/i18n.svelte.ts';
import fr from './fr/board.ts';

export const t = area(fr, () => import('./en/board.ts'));
