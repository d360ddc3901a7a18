// What starting, joining and ending a round does: the entry is written, and the phone remembers
// which round its notes go to.
import { hour } from '../../app/format.ts';
import { session } from '../../app/session.svelte.ts';
import { t } from '../../messages/street.ts';
import { note } from '../../sync/note.ts';
import { undo } from '../../ui/undo.svelte.ts';
import { forget_round, take_back } from './acts.ts';
import { round_ended, round_started, type EndForm, type RoundForm } from './round_entries.ts';
import { field, remember_place } from './field.svelte.ts';

export async function start_round(form: RoundForm): Promise<void> {
  const [draft] = await note(round_started(form));
  const { context } = session;
  if (!draft || !context) return;
  await session.set_context({
    ...context,
    team: form.team,
    round: {
      id: draft.subject,
      kind: form.round_kind,
      team: form.team,
      project: form.project,
      place: form.stops[0] ?? null,
      started: draft.occurred,
    },
  });
  remember_place(form.stops[0] ?? null);
}

export async function end_round(round: string, form: EndForm): Promise<void> {
  const [draft] = await note(round_ended(round, form));
  await forget_round(round);
  if (!draft) return;
  undo.offer(t.m.ended_at(hour(draft.occurred)), async () => {
    await take_back([draft]);
    await join_round(round);
  });
}

export async function join_round(id: string): Promise<void> {
  const round = field.rounds.find((one) => one.id === id);
  const { context } = session;
  if (!round || !context) return;
  const { kind, team, project, started } = round;
  await session.set_context({ ...context, round: { id, kind, team, project, started, place: round.at } });
}
