import { define } from '../../app/route.ts';
import { t as shell } from '../../messages/shell.ts';

// What belongs to the phone itself.
export const phone_routes = define({
  path: '/envois',
  access: 'note',
  frame: 'page',
  title: () => shell.m.outbox,
  load: () => import('./Outbox.svelte'),
});
