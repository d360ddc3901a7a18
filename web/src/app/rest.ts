// The addresses that a first visit in the street does not need.
import { account_routes } from '../screens/account/routes.ts';
import { desk_routes } from '../screens/desk/routes.ts';
import { field_routes } from '../screens/field/routes.ts';
import { page_routes } from '../screens/pages/routes.ts';
import { phone_routes } from '../screens/phone/routes.ts';
import { relay_routes } from '../screens/relay/routes.ts';

export const rest_routes = [
  ...field_routes,
  ...relay_routes,
  ...phone_routes,
  ...account_routes,
  ...desk_routes,
  ...page_routes,
];
