import { area } from '../app/i18n.svelte.ts';
import fr from './fr/errors.ts';

export const t = area(fr, () => import('./en/errors.ts'));
