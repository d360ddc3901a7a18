import { define } from '../../app/route.ts';

// Field screens: today, rounds, noter, encounters, people, map, day report.
export const field_routes = define();
