// The entries of the bottom bar, and the pages at the foot; the others are in menu.ts, fetched with
// what shows them. An entry shows when the policy opens its rule to the role
// (core/access/rules.policy, told by the session); the node decides in any case.
import type { IconName } from '../icons/names.ts';
import { t } from '../messages/shell.ts';
import { day } from '../sync/day.svelte.ts';

export interface Entry {
  path: string; // a test holds them against the routes
  icon: IconName;
  label: () => string;
  /** One of these opens it; absent: everybody. */
  rules?: readonly string[];
  /** Also on a locked phone. */
  locked?: true;
  loud?: true; // Noter: the filled one
  count?: () => number; // what waits there for an answer
}

export type May = ((rule: string) => boolean) | null;

export const bar: readonly Entry[] = [
  { path: '/', icon: 'today', label: () => t.m.today, rules: ['today.read'] },
  { path: '/jeunes', icon: 'people', label: () => t.m.people, rules: ['person.list'] },
  {
    path: '/noter',
    icon: 'plus',
    label: () => t.m.note,
    rules: ['encounter.write'],
    locked: true,
    loud: true,
  },
  {
    path: '/relais',
    icon: 'relay',
    label: () => t.m.relays,
    rules: ['relay.read'],
    count: () => day.to_answer,
  },
  { path: '/carte', icon: 'map', label: () => t.m.map, rules: ['today.read'] },
];

/** `may` is null on a locked phone: what can be written without reading. */
export function shown(entries: readonly Entry[], may: May): readonly Entry[] {
  return entries.filter((entry) =>
    may === null ? entry.locked : (entry.rules?.some(may) ?? true),
  );
}

/** The pages at the foot of every page. */
export const foot: readonly { path: string; label: () => string }[] = [
  { path: '/mentions-legales', label: () => t.m.legal },
  { path: '/donnees-personnelles', label: () => t.m.data },
  { path: '/accessibilite', label: () => t.m.accessibility },
  { path: '/version', label: () => t.m.version },
];
