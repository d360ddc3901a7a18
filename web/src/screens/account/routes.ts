import { define } from '../../app/route.ts';

// Signing in, activation by a one-time code, changing one's password.
export const account_routes = define();
