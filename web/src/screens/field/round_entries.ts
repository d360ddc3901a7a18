// Entries of rounds, of the social-media watch and of the reception desk (core/outreach/entries.h).
import type { Schemas } from '../../api/client.ts';
import { new_id } from '../../crypto/bytes.ts';
import type { Entry } from '../../sync/note.ts';
import { said, type Chosen } from './entries.ts';

export interface RoundForm {
  round_kind: string;
  team: string;
  project: string | null;
  members: string[];
  volunteers: number;
  stops: string[];
}

export function round_started(form: RoundForm, id = new_id()): Entry {
  return { kind: 'round_started', subject: id, body: said({ ...form }) };
}

export interface EndForm {
  refusals: number;
  ambience: Schemas['Ambience'] | null;
  kilometres: number | null;
  observation: string;
}

export function round_ended(round: string, form: EndForm): Entry {
  const observation = form.observation.trim();
  return { kind: 'round_ended', subject: round, body: said({ ...form, observation }) };
}

export interface WatchForm {
  network: Schemas['SocialNetwork'] | null;
  minutes: number;
  replies: number;
  conversations: number;
  project: string | null;
}

/** Never a handle, a profile or a name: there is no field for one (R22). */
export function watch_session(team: string, form: WatchForm): Entry {
  return {
    kind: 'watch_session',
    subject: team,
    body: said({ team, ...form, network: form.network ?? 'other' }),
  };
}

export interface VisitForm {
  place: string;
  team: string;
  project: string | null;
  reason: Schemas['VisitReason'] | null;
  person: Chosen | null;
}

export function visit(form: VisitForm): Entry[] {
  const { place, team, project, reason, person } = form;
  const body = said({ place, team, project, reason, count: 1, named: person !== null });
  const entries: Entry[] = [{ kind: 'visit', subject: person?.id ?? place, body }];
  if (person?.alias !== undefined) {
    const made = said({ alias: person.alias, team, project, recognise: person.recognise });
    entries.unshift({ kind: 'person_created', subject: person.id, body: made });
  }
  return entries;
}
