import { define } from '../../app/route.ts';
import { t } from '../../messages/shell.ts';

// Pages that anyone reads, signed in or not.
export const page_routes = define(
  {
    path: '/mentions-legales',
    access: 'public',
    frame: 'page',
    title: () => t.m.legal,
    load: () => import('./Legal.svelte'),
  },
  {
    path: '/donnees-personnelles',
    access: 'public',
    frame: 'page',
    title: () => t.m.data,
    load: () => import('./PersonalData.svelte'),
  },
  {
    path: '/accessibilite',
    access: 'public',
    frame: 'page',
    title: () => t.m.accessibility_page,
    load: () => import('./Accessibility.svelte'),
  },
  {
    path: '/version',
    access: 'public',
    frame: 'page',
    title: () => t.m.version,
    load: () => import('./Version.svelte'),
  },
  {
    path: '/aide',
    access: 'public',
    frame: 'page',
    title: () => t.m.help,
    load: () => import('./Help.svelte'),
  },
);
