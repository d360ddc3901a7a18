import { area } from '../app/i18n.svelte.ts';
import fr from './fr/pages.ts';

export const t = area(fr, () => import('./en/pages.ts'));
