// The entries of the bars. An entry shows when its address exists and the role has it: there is
// no entry for what does not exist.
import type { IconName } from '../icons/names.ts';
import { t } from '../messages/shell.ts';
import type { Role } from './roles.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';

export interface Entry {
  path: string;
  icon: IconName;
  label: () => string;
  bar?: true; // bottom bar of the phone; otherwise the menu
  desk_only?: true;
  loud?: true; // Noter: the filled one
}

const entries: readonly Entry[] = [
  { path: '/', icon: 'today', label: () => t.m.today, bar: true },
  { path: '/jeunes', icon: 'people', label: () => t.m.people, bar: true },
  { path: '/noter', icon: 'plus', label: () => t.m.note, bar: true, loud: true },
  { path: '/carte', icon: 'map', label: () => t.m.map, bar: true },
  { path: '/accueil', icon: 'door', label: () => t.m.desk },
  { path: '/indicateurs', icon: 'chart', label: () => t.m.indicators },
  { path: '/a-verifier', icon: 'alert', label: () => t.m.to_check },
  { path: '/registre', icon: 'shield', label: () => t.m.ledger },
  { path: '/administration', icon: 'sliders', label: () => t.m.administration },
  { path: '/envois', icon: 'send', label: () => t.m.outbox },
  { path: '/compte-rendu', icon: 'doc', label: () => t.m.report },
  { path: '/reglages', icon: 'gear', label: () => t.m.settings },
  { path: '/aide', icon: 'help', label: () => t.m.help },
];

export function entries_for(role: Role | null): readonly Entry[] {
  return entries.filter((entry) => {
    const route = (routes as readonly Route[]).find(({ path }) => path === entry.path);
    if (route === undefined) return false;
    if (route.access === 'public' || role === null) return route.access !== 'open';
    return route.roles === undefined || route.roles.includes(role);
  });
}

/** The pages at the foot of every page. */
export const foot: readonly { path: string; label: () => string }[] = [
  { path: '/mentions-legales', label: () => t.m.legal },
  { path: '/donnees-personnelles', label: () => t.m.data },
  { path: '/accessibilite', label: () => t.m.accessibility },
  { path: '/version', label: () => t.m.version },
];
