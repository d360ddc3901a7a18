import { define } from '../../app/route.ts';
import type { Role } from '../../app/roles.ts';
import { t } from '../../messages/shell.ts';

// These lists hide only: the node decides (core/access/rules.policy).
const relaying: readonly Role[] = ['outreach_worker', 'adviser', 'solution_partner', 'coordinator'];
const signalled: readonly Role[] = [
  'outreach_worker',
  'volunteer',
  'adviser',
  'reception_agent',
  'coordinator',
];

// Relays, the coordinator's Monday, inbound signals, the young person's card.
export const relay_routes = define(
  {
    path: '/relais',
    access: 'open',
    frame: 'page',
    title: () => t.m.relays,
    roles: relaying,
    load: () => import('./Relays.svelte'),
  },
  {
    path: '/lundi',
    access: 'open',
    frame: 'page',
    title: () => t.m.monday,
    roles: ['coordinator'],
    load: () => import('../board/Board.svelte'),
  },
  {
    path: '/lundi/instance',
    access: 'open',
    frame: 'page',
    title: () => t.m.monday,
    roles: ['coordinator'],
    load: () => import('../board/CaseMeeting.svelte'),
  },
  {
    path: '/signalements',
    access: 'open',
    frame: 'page',
    title: () => t.m.signals,
    roles: signalled,
    load: () => import('../signals/Signals.svelte'),
  },
  {
    path: '/signalements/nouveau',
    access: 'note',
    frame: 'task',
    title: () => t.m.signals,
    roles: signalled,
    load: () => import('../signals/SignalForm.svelte'),
  },
  {
    path: '/jeunes/:id/carnet',
    access: 'open',
    frame: 'bare',
    title: () => t.m.screens.card,
    roles: ['outreach_worker', 'adviser'],
    load: () => import('../carnet/Card.svelte'),
  },
);
