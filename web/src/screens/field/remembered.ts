// A round starts as the last one did: kind, team, mates, project, stops. Ids of the organisation's
// own people and places only; kept on this device by account.
import type { RoundForm } from './round_entries.ts';

const key = (account: string) => `field-round ${account}`;

export function remember_round(account: string, form: RoundForm): void {
  localStorage.setItem(key(account), JSON.stringify(form));
}

export function remembered_round(account: string): Partial<RoundForm> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(account)) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

interface Known {
  kinds: readonly string[];
  teams: readonly string[];
  projects: readonly string[];
  places: readonly string[];
  members: (team: string) => readonly string[];
  account: string;
}

/** Only what still exists; the account itself is always on its own round. */
export function round_to_start(kept: Partial<RoundForm>, known: Known): RoundForm {
  const team = kept.team && known.teams.includes(kept.team) ? kept.team : (known.teams[0] ?? '');
  const mates = known.members(team);
  const members = (kept.members ?? []).filter((id) => mates.includes(id));
  if (!members.includes(known.account)) members.unshift(known.account);
  const kind = kept.round_kind;
  return {
    round_kind: kind && known.kinds.includes(kind) ? kind : (known.kinds[0] ?? ''),
    team,
    project: kept.project && known.projects.includes(kept.project) ? kept.project : null,
    members,
    volunteers: Math.max(0, Math.min(200, kept.volunteers ?? 0)),
    stops: (kept.stops ?? []).filter((id) => known.places.includes(id)),
  };
}
