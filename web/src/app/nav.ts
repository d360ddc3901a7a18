// The entries of the bars. An entry shows when the policy opens its rule to the role
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
  bar?: true; // bottom bar of the phone; otherwise its menu
  loud?: true; // Noter: the filled one
  count?: () => number; // what waits there for an answer
}

const entries: readonly Entry[] = [
  { path: '/', icon: 'today', label: () => t.m.today, rules: ['today.read'], bar: true },
  { path: '/jeunes', icon: 'people', label: () => t.m.people, rules: ['person.list'], bar: true },
  {
    path: '/noter',
    icon: 'plus',
    label: () => t.m.note,
    rules: ['encounter.write'],
    locked: true,
    bar: true,
    loud: true,
  },
  {
    path: '/relais',
    icon: 'relay',
    label: () => t.m.relays,
    rules: ['relay.read'],
    bar: true,
    count: () => day.to_answer,
  },
  { path: '/carte', icon: 'map', label: () => t.m.map, rules: ['today.read'], bar: true },
  { path: '/lundi', icon: 'list', label: () => t.m.monday, rules: ['board.read'] },
  { path: '/signalements', icon: 'sign', label: () => t.m.signals, rules: ['signal.read'] },
  { path: '/accueil', icon: 'door', label: () => t.m.desk, rules: ['visit.write'] },
  {
    path: '/indicateurs',
    icon: 'chart',
    label: () => t.m.indicators,
    rules: ['figures.read', 'figures.read_team'],
  },
  { path: '/a-verifier', icon: 'alert', label: () => t.m.to_check, rules: ['quarantine.read'] },
  { path: '/registre', icon: 'shield', label: () => t.m.ledger, rules: ['ledger.read'] },
  {
    path: '/administration',
    icon: 'sliders',
    label: () => t.m.administration,
    rules: ['organisation.read', 'project.write'],
  },
  {
    path: '/envois',
    icon: 'send',
    label: () => t.m.outbox,
    rules: ['encounter.write'],
    locked: true,
  },
  { path: '/compte-rendu', icon: 'doc', label: () => t.m.report, rules: ['day_report.read'] },
  { path: '/reglages', icon: 'gear', label: () => t.m.settings, rules: ['account.password'] },
  { path: '/aide', icon: 'help', label: () => t.m.help, locked: true },
];

/** `may` is null on a locked phone: what can be written without reading. */
export function entries_for(may: ((rule: string) => boolean) | null): readonly Entry[] {
  return entries.filter((entry) =>
    may === null ? entry.locked : (entry.rules?.some(may) ?? true),
  );
}

/** Where a role begins: Aujourd'hui for those who note, else the first page it has. */
export function home_for(may: (rule: string) => boolean): string {
  return entries_for(may)[0]?.path ?? '/aide';
}

/** The pages at the foot of every page. */
export const foot: readonly { path: string; label: () => string }[] = [
  { path: '/mentions-legales', label: () => t.m.legal },
  { path: '/donnees-personnelles', label: () => t.m.data },
  { path: '/accessibilite', label: () => t.m.accessibility },
  { path: '/version', label: () => t.m.version },
];
