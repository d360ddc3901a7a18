// What the bottom bar of a phone does not hold: its menu, and the rest of the desk's left bar.
import { t } from '../messages/shell.ts';
import { bar, shown, type Entry, type May } from './nav.ts';

export const rest: readonly Entry[] = [
  { path: '/lundi', icon: 'list', label: () => t.m.monday, rules: ['board.read'] },
  { path: '/signalements', icon: 'sign', label: () => t.m.signals, rules: ['signal.write'] },
  { path: '/accueil', icon: 'door', label: () => t.m.desk, rules: ['visit.write'] },
  {
    path: '/indicateurs',
    icon: 'chart',
    label: () => t.m.indicators,
    rules: ['figures.read', 'figures.read_team'],
  },
  {
    path: '/rapprochements',
    icon: 'links',
    label: () => t.m.comparisons,
    rules: ['comparison.review'],
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

export const entries_for = (may: May): readonly Entry[] => shown([...bar, ...rest], may);

/** Where a role begins: Aujourd'hui for those who note, else the first page it has. */
export function home_for(may: (rule: string) => boolean): string {
  return entries_for(may)[0]?.path ?? '/aide';
}
