import { area } from '../app/i18n.svelte.ts';
import fr from './fr/shell.ts';

export const t = area(fr, () => import('./en/shell.ts'));
