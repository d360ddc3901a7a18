// Whose hand writes: the account, its organisation, and the team that follows.
import { session } from '../../app/session.svelte.ts';
import { field } from '../field/field.svelte.ts';
import type { PersonState } from '../field/person_view.ts';
import type { Me } from './entries.ts';

/** Null: nobody is signed in. A partner in no team writes steps and relays, which name none. */
export function me_about(person: PersonState): Me | null {
  const { account } = session;
  const own = account?.teams.map(({ id }) => id) ?? [];
  if (!account) return null;
  const team = person.team && own.includes(person.team) ? person.team : (field.team ?? own[0] ?? '');
  return {
    account: account.id,
    organisation: account.organisation,
    team,
    project: person.project ?? null,
  };
}

export interface Colleague {
  id: string;
  name: string;
  team: string;
  /** May hold a pathway: a volunteer or a reception agent does not. */
  may_follow: boolean;
}

/** Everybody of the own teams, oneself first. */
export function colleagues(me: Me): Colleague[] {
  const found = new Map<string, Colleague>();
  const teams = [...field.teams].sort((a, b) => Number(b.id === me.team) - Number(a.id === me.team));
  for (const team of teams) {
    for (const { id, name } of team.members) {
      const may_follow = team.referents.some((one) => one.id === id);
      if (!found.has(id)) found.set(id, { id, name, team: team.id, may_follow });
    }
  }
  const self = { id: me.account, name: session.account?.name ?? '', team: me.team, may_follow: true };
  const others = [...found.values()].filter(({ id }) => id !== me.account);
  return [found.get(me.account) ?? self, ...others];
}
