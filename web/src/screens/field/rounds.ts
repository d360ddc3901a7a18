// The open rounds as this phone knows them: what the node told of the day, and on top of it what
// was noted here since. A round is counted once however many places it has.
import type { Schemas } from '../../api/client.ts';
import type { LocalStamp } from '../../app/format.ts';
import type { OpenRoundContext } from '../../store/db.ts';
import type { Draft } from '../../sync/draft.ts';

export interface Round {
  id: string;
  kind: string;
  team: string;
  project: string | null;
  members: readonly string[];
  volunteers: number;
  stops: readonly string[]; // in walking order
  at: string | null; // where it stands
  started: LocalStamp;
  moved: number; // when it came there
}

export function round_of_state(id: string, state: Schemas['RoundState']): Round | null {
  if (!state.started || !state.team) return null;
  return {
    id,
    kind: state.round_kind,
    team: state.team,
    project: state.project ?? null,
    members: state.members,
    volunteers: state.volunteers,
    stops: state.stops,
    at: state.at ?? state.stops[0] ?? null,
    started: state.started,
    moved: state.moved?.instant ?? state.started.instant,
  };
}

function round_of_draft(draft: Draft): Round {
  const body = draft.body as unknown as Schemas['RoundStarted'];
  const stops = body.stops ?? [];
  return {
    id: draft.subject,
    kind: body.round_kind,
    team: body.team,
    project: body.project ?? null,
    members: body.members ?? [],
    volunteers: body.volunteers ?? 0,
    stops,
    at: stops[0] ?? null,
    started: draft.occurred,
    moved: draft.occurred.instant,
  };
}

/** Oldest draft first; an end or an undone start closes the round whatever order they came in. */
export function open_rounds(
  told: readonly Schemas['OpenRound'][],
  drafts: readonly Draft[],
): Round[] {
  const rounds = new Map<string, Round>();
  for (const { id, state } of told) {
    const round = round_of_state(id, state);
    if (round) rounds.set(id, round);
  }
  const undone = undone_entries(drafts);
  const mine = [...drafts].reverse().filter((draft) => !undone.has(draft.id));
  for (const draft of mine) {
    if (draft.kind === 'round_started' && !rounds.has(draft.subject)) {
      rounds.set(draft.subject, round_of_draft(draft));
    }
  }
  for (const draft of mine) {
    if (draft.kind === 'round_moved') move(rounds, draft);
  }
  for (const draft of drafts) {
    const ended = draft.kind === 'round_ended' && !undone.has(draft.id);
    const never = draft.kind === 'round_started' && undone.has(draft.id);
    if (ended || never) rounds.delete(draft.subject);
  }
  return [...rounds.values()].sort((a, b) => b.started.instant - a.started.instant);
}

function move(rounds: Map<string, Round>, draft: Draft): void {
  const round = rounds.get(draft.subject);
  const place = draft.body['place'] as string;
  if (!round || draft.occurred.instant < round.moved) return;
  const stops = round.stops.includes(place) ? round.stops : [...round.stops, place];
  rounds.set(round.id, { ...round, stops, at: place, moved: draft.occurred.instant });
}

export function undone_entries(drafts: readonly Draft[]): Set<string> {
  return new Set(
    drafts.filter(({ kind }) => kind === 'undone').map(({ body }) => body['entry'] as string),
  );
}

/**
 * The round that notes of this phone go to. What the phone remembers of it is enough while the
 * list is closed or the node is out of reach; a round that somebody else ended is over here too.
 * Without one, the newest open round that has the account among its members.
 */
export function current_round(
  remembered: OpenRoundContext | null,
  rounds: readonly Round[],
  drafts: readonly Draft[],
  told_at: number | null,
  account: string | null,
): Round | null {
  if (remembered === null) return rounds.find(({ members }) => members.includes(account!)) ?? null;
  const known = rounds.find(({ id }) => id === remembered.id);
  if (known) return known;
  const ended = drafts.some((d) => d.kind === 'round_ended' && d.subject === remembered.id);
  const over = told_at !== null && told_at > remembered.started.instant;
  if (ended || over) return null;
  const { id, kind, team, project, place, started } = remembered;
  const stops = place ? [place] : [];
  const rest = { members: [], volunteers: 0, stops, at: place, moved: started.instant };
  return { id, kind, team, project, started, ...rest };
}

export interface Stop {
  place: string;
  is: 'walked' | 'here' | 'ahead';
}

/** The stops as the thread draws them: walked up to here, dotted ahead. */
export function stops_of(round: Pick<Round, 'stops' | 'at'>): Stop[] {
  const here = round.at === null ? -1 : round.stops.indexOf(round.at);
  return round.stops.map((place, index) => ({
    place,
    is: index === here ? 'here' : index < here ? 'walked' : 'ahead',
  }));
}

/** At most so many are drawn: the first, where one stands with its neighbours, and the last. */
export function few_stops(stops: readonly Stop[], most = 4): Stop[] {
  if (stops.length <= most) return [...stops];
  const here = Math.max(
    0,
    stops.findIndex(({ is }) => is === 'here'),
  );
  const keep = new Set([0, stops.length - 1, here]);
  for (const near of [here + 1, here - 1, 1, 2, stops.length - 2]) {
    if (keep.size < most && near >= 0 && near < stops.length) keep.add(near);
  }
  return stops.filter((_, index) => keep.has(index));
}
