import { define } from '../../app/route.ts';
import type { Role } from '../../app/roles.ts';
import { t } from '../../messages/shell.ts';
import { noting, street } from './first.ts';

// These lists hide only, as those of first.ts.
const following: readonly Role[] = [
  'outreach_worker',
  'adviser',
  'reception_agent',
  'solution_partner',
];
const handing: readonly Role[] = ['outreach_worker', 'adviser', 'solution_partner'];
const proposing: readonly Role[] = ['outreach_worker', 'adviser'];
const placing: readonly Role[] = ['outreach_worker', 'adviser', 'coordinator'];

// Rounds, watch, people, map, day report, reception: known with the rest of the addresses.
export const field_routes = define(
  {
    path: '/tournee',
    access: 'open',
    frame: 'task',
    title: () => t.m.screens.start_round,
    roles: street,
    load: () => import('./RoundStart.svelte'),
  },
  {
    path: '/tournee/fin',
    access: 'open',
    frame: 'task',
    title: () => t.m.screens.end_round,
    roles: street,
    load: () => import('./RoundEnd.svelte'),
  },
  {
    path: '/veille',
    access: 'open',
    frame: 'task',
    title: () => t.m.screens.watch,
    roles: ['outreach_worker', 'adviser', 'coordinator'],
    load: () => import('./Watch.svelte'),
  },
  {
    path: '/jeunes',
    access: 'open',
    frame: 'page',
    title: () => t.m.people,
    roles: following,
    load: () => import('./People.svelte'),
  },
  {
    path: '/jeunes/:id',
    access: 'open',
    frame: 'page',
    title: () => t.m.screens.card,
    roles: following,
    load: () => import('./Person.svelte'),
  },
  {
    path: '/jeunes/:id/decrire',
    access: 'open',
    frame: 'task',
    title: () => t.m.screens.describe,
    roles: following,
    load: () => import('./Describe.svelte'),
  },
  {
    path: '/jeunes/:id/plus-loin',
    access: 'open',
    frame: 'bare',
    title: () => t.m.screens.further,
    roles: proposing,
    load: () => import('./Further.svelte'),
  },
  {
    path: '/jeunes/:id/point',
    access: 'open',
    frame: 'task',
    title: () => t.m.screens.point,
    roles: proposing,
    load: () => import('../pathway/Point.svelte'),
  },
  {
    path: '/jeunes/:id/relais',
    access: 'open',
    frame: 'task',
    title: () => t.m.screens.pass_relay,
    roles: handing,
    load: () => import('../pathway/PassRelay.svelte'),
  },
  {
    path: '/carte',
    access: 'open',
    frame: 'page',
    title: () => t.m.map,
    roles: noting,
    load: () => import('./Map.svelte'),
  },
  {
    path: '/carte/nouveau',
    access: 'open',
    frame: 'task',
    title: () => t.m.screens.place_new,
    roles: placing,
    load: () => import('./PlaceEdit.svelte'),
  },
  {
    path: '/carte/lieu/:id',
    access: 'open',
    frame: 'task',
    title: () => t.m.screens.place,
    roles: placing,
    load: () => import('./PlaceEdit.svelte'),
  },
  {
    path: '/compte-rendu',
    access: 'open',
    frame: 'page',
    title: () => t.m.report,
    roles: placing,
    load: () => import('./DayReport.svelte'),
  },
  {
    path: '/accueil',
    access: 'open',
    frame: 'page',
    title: () => t.m.desk,
    roles: ['reception_agent', 'outreach_worker', 'adviser', 'coordinator'],
    load: () => import('./Reception.svelte'),
  },
);
