// What a relay is called, and why an act was refused.
import { say, type Problem } from '../../api/client.ts';
import type { RelayAct } from '../../api/pathway.ts';
import { day_long, day_short, hour } from '../../app/format.ts';
import { t } from '../../messages/relay.ts';
import type { Written } from '../../sync/desk.ts';
import type { Shown } from './relay.ts';

export function say_rule(problem: Problem): string {
  const rules = t.m.rules as Record<string, string>;
  return (problem.rule && rules[problem.rule]) || say(problem);
}

/** Null: it went well. */
export const trouble_of = ({ problem }: Written): string | null =>
  problem ? say_rule(problem) : null;

export const state_word = (act: RelayAct): string => t.m.states[act];

/** What follows the word of the state. */
export function state_detail(view: Shown): string {
  const { standing, relay } = view;
  const last = relay.acts.find(({ entry }) => entry === standing.head)?.body;
  const on = standing.since ? t.m.on(day_short(standing.since.date)) : '';
  switch (standing.act) {
    case 'acknowledged':
    case 'proposed':
      if (!view.incoming) return t.m.referent_stays;
      return view.agreed_on
        ? t.m.agreed_on(view.shown || t.m.someone, day_short(view.agreed_on))
        : '';
    case 'accepted':
      return t.m.meeting_to_set;
    case 'meeting_set':
      return standing.meeting
        ? [
            t.m.meeting_at(day_long(standing.meeting.on), hour(standing.meeting)),
            standing.meeting.where,
          ]
            .filter(Boolean)
            .join(', ')
        : '';
    case 'meeting_held':
    case 'no_show':
      return [
        on,
        standing.act === 'no_show' && standing.no_shows > 1 ? t.m.no_shows(standing.no_shows) : '',
        said_of_meeting(view),
      ]
        .filter(Boolean)
        .join(' · ');
    case 'declined':
    case 'returned':
    case 'broken':
      return [last?.because && t.m.reasons[last.because], last?.suggestion].filter(Boolean).join(' · ');
    default:
      return on;
  }
}

function said_of_meeting({ standing, incoming }: Shown): string {
  const ours = incoming ? standing.meeting_by_receiver : standing.meeting_by_sender;
  const theirs = incoming ? standing.meeting_by_sender : standing.meeting_by_receiver;
  if (ours && !theirs) return t.m.said_by_us;
  return theirs && !ours ? t.m.said_by_them : '';
}

export function waiting_word(view: Shown): string {
  if (view.waiting === null) return '';
  return view.waiting === 'proposed' || view.waiting === 'prepared'
    ? t.m.waiting.proposed
    : t.m.waiting.other(state_word(view.waiting));
}
