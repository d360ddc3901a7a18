// Screens that stand in the way of an address: closed list, sign-in, unknown address.
import type { Route } from '../app/route.ts';
import { t } from '../messages/shell.ts';

type Gate = Pick<Route, 'frame' | 'load' | 'title'>;

export const gate_screens = {
  sign_in: {
    frame: 'bare',
    title: () => t.m.sign_in,
    load: () => import('../screens/account/SignIn.svelte'),
  },
  locked: {
    frame: 'bare',
    title: () => t.m.brand,
    load: () => import('../screens/phone/Locked.svelte'),
  },
  not_found: {
    frame: 'page',
    title: () => t.m.not_found_title,
    load: () => import('../screens/pages/NotFound.svelte'),
  },
  not_yours: {
    frame: 'page',
    title: () => t.m.not_yours_title,
    load: () => import('../screens/pages/NotYours.svelte'),
  },
  load_failed: {
    frame: 'page',
    title: () => t.m.load_failed_title,
    load: () => import('../screens/pages/LoadFailed.svelte'),
  },
} as const satisfies Record<string, Gate>;
