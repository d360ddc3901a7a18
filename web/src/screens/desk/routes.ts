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
);
