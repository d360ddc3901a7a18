import { area } from '../app/i18n.svelte.ts';
import fr from './fr/relay.ts';

export const t = area(fr, () => import('./en/relay.ts'));
