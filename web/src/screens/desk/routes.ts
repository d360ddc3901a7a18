import { define } from '../../app/route.ts';
import { t } from '../../messages/shell.ts';

// Desk screens: reception, indicators, quarantine, ledger, administration.
export const desk_routes = define(
  {
    path: '/indicateurs',
    access: 'open',
    frame: 'page',
    title: () => t.m.indicators,
    roles: [
      'outreach_worker',
      'adviser',
      'reception_agent',
      'coordinator',
      'evaluator',
      'funder',
      'dpo',
      'administrator',
    ],
    load: () => import('./figures/Indicators.svelte'),
  },
  {
    path: '/indicateurs/entrees',
    access: 'open',
    frame: 'page',
    title: () => t.m.indicators,
    roles: ['outreach_worker', 'adviser', 'coordinator'],
    load: () => import('./figures/FigureEntries.svelte'),
  },
  {
    path: '/rapprochements',
    access: 'open',
    frame: 'page',
    title: () => t.m.comparisons,
    roles: ['coordinator', 'adviser'],
    load: () => import('./comparison/Comparisons.svelte'),
  },
  {
    path: '/rapprochements/:id',
    access: 'open',
    frame: 'page',
    title: () => t.m.comparisons,
    roles: ['coordinator', 'adviser'],
    load: () => import('./comparison/ComparisonPage.svelte'),
  },
  {
    path: '/a-verifier',
    access: 'open',
    frame: 'page',
    title: () => t.m.to_check,
    roles: ['coordinator'],
    load: () => import('./Quarantine.svelte'),
  },
  {
    path: '/registre',
    access: 'open',
    frame: 'page',
    title: () => t.m.ledger,
    roles: ['dpo'],
    load: () => import('./Ledger.svelte'),
  },
  {
    path: '/administration',
    access: 'open',
    frame: 'page',
    title: () => t.m.administration,
    roles: ['administrator', 'coordinator'],
    load: () => import('./admin/Admin.svelte'),
  },
  {
    path: '/reglages',
    access: 'open',
    frame: 'page',
    title: () => t.m.settings,
    load: () => import('./Settings.svelte'),
  },
);
