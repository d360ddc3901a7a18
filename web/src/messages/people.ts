import { area } from '../app/i18n.svelte.ts';
import fr from './fr/people.ts';

export const t = area(fr, () => import('./en/people.ts'));
