import { area } from '../app/i18n.svelte.ts';
import fr from './fr/phone.ts';

export const t = area(fr, () => import('./en/phone.ts'));
