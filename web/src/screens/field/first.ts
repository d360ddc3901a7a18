import { define } from '../../app/route.ts';
import type { Role } from '../../app/roles.ts';
import { t } from '../../messages/shell.ts';

// Who may do what is decided by the node (core/access/rules.policy); these lists only hide.
export const street: readonly Role[] = ['outreach_worker', 'volunteer', 'adviser', 'coordinator'];
export const noting: readonly Role[] = [...street, 'reception_agent'];

// What a first visit in the street opens; known at once.
export const first_routes = define(
  {
    path: '/',
    access: 'open',
    frame: 'page',
    title: () => t.m.today,
    roles: noting,
    load: () => import('./Today.svelte'),
  },
  {
    path: '/noter',
    access: 'note',
    frame: 'task',
    title: () => t.m.note,
    roles: noting,
    load: () => import('./Noter.svelte'),
  },
  {
    path: '/rencontre',
    access: 'note',
    frame: 'task',
    title: () => t.m.screens.encounters,
    roles: noting,
    load: () => import('./Encounters.svelte'),
  },
);
