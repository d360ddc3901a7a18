import { area } from '../app/i18n.svelte.ts';
import fr from './fr/account.ts';

export const t = area(fr, () => import('./en/account.ts'));
