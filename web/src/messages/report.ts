import { area } from '../app/i18n.svelte.ts';
import fr from './fr/report.ts';

export const t = area(fr, () => import('./en/report.ts'));
