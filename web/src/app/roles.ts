// Roles of architecture.md section 5, by the code that the API uses.
export type Role =
  | 'outreach_worker'
  | 'volunteer'
  | 'reception_agent'
  | 'adviser'
  | 'solution_partner'
  | 'coordinator'
  | 'evaluator'
  | 'funder'
  | 'trainee'
  | 'dpo'
  | 'administrator';

/** Those who note in the street or at a desk: their phone holds entries, and is enrolled. */
export const writing_roles: readonly Role[] = [
  'outreach_worker',
  'volunteer',
  'reception_agent',
  'adviser',
  'coordinator',
];
