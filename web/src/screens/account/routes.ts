import { define } from '../../app/route.ts';
import { t } from '../../messages/account.ts';
import { t as shell } from '../../messages/shell.ts';

// Signing in, and the first password by a one-time code.
export const account_routes = define(
  {
    path: '/connexion',
    access: 'public',
    frame: 'bare',
    title: () => shell.m.sign_in,
    load: () => import('./SignIn.svelte'),
  },
  {
    path: '/activation',
    access: 'public',
    frame: 'bare',
    title: () => t.m.activation_title,
    load: () => import('./Activation.svelte'),
  },
);
