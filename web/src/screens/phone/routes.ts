import { define } from '../../app/route.ts';

// What belongs to the phone itself: sending, settings.
export const phone_routes = define();
