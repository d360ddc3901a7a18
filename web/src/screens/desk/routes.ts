import { define } from '../../app/route.ts';

// Desk screens: reception, indicators, quarantine, ledger, administration.
export const desk_routes = define();
