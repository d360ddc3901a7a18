import { area } from '../app/i18n.svelte.ts';
import fr from './fr/field.ts';

export const t = area(fr, () => import('./en/field.ts'));
