import type { Catalogue } from '../../app/i18n.svelte.ts';
import type fr from '../fr/board.ts';

const many = (count: number, one: string, more: string) => (count === 1 ? one : more);

const en: Catalogue<typeof fr> = {
  title: 'Monday',
  lead: 'What waits for somebody. Initials, no content.',
  print: 'Print',
  stuck: 'Stuck relays',
  stuck_lead: 'beyond the agreed time',
  stuck_none: 'No relay waits beyond its time.',
  ticked: (count) => `${count} ticked for the meeting`,
  on_agenda: (initials) => `${initials} on the agenda`,
  agenda_column: 'On the agenda',
  case: 'Case',
  to_from: 'To, from',
  from: (organisation) => `from ${organisation}`,
  where: 'Where it stands',
  waits: 'Waits since',
  action: 'Action',
  late: (days) => `${days} ${many(days, 'day', 'days')} late`,

  ruptures: 'Ruptures',
  by_cause: (count) => `${count}, by cause`,
  ruptures_none: 'No rupture: nobody is lost between two teams.',
  causes: {
    no_contact: 'No contact beyond the rule',
    relay_unanswered: 'Relay unanswered beyond its time',
    no_successor: 'Referent leaving, successor to be named',
    interim_over: 'Acting referent, time is over',
    meeting_disputed: 'Meeting disputed between two teams',
  },
  open: 'Open',
  shut: 'Close',
  rupture_line: (days, referent, organisation) =>
    [`for ${days} ${many(days, 'day', 'days')}`, referent, organisation]
      .filter(Boolean)
      .join(' · '),
  pauses: 'Agreed pauses are not ruptures: they have a return date.',

  meeting: 'Case meeting',
  meeting_lead: 'The agenda is written with what you tick.',
  prepare: 'Prepare the meeting',
  agenda: {
    decisions: (count) => `Earlier decisions: ${count} in progress`,
    relays: (initials) => `Stuck relays: ${initials}`,
    successors: (count) => `${count} ${many(count, 'successor', 'successors')} to be named`,
    disputed: (initials) => `Disputed meetings: ${initials}`,
    lost: (initials) => `No contact: ${initials}`,
  },
  agenda_empty: 'Nothing on the agenda.',
  minutes: (count) => `${count} min`,
  total: (count) => `${count} in all`,

  case_title: 'Case meeting',
  case_lead: 'Cases by their initials. Each decision has somebody and a date.',
  back: 'Back to Monday',
  before: 'Earlier decisions',
  before_none: 'No decision in progress.',
  cases: 'Cases',
  cases_none: 'No case ticked. Go back to Monday to tick some.',
  why: {
    relay: (to, days) => `relay to ${to}, ${days} ${many(days, 'day', 'days')} late`,
  },
  decision: 'Decision',
  decision_of: (initials, place) => `Decision for ${initials}, case ${place}`,
  owner: 'Who takes care of it',
  due: 'By',
  decide: 'Note the decision',
  decided: (what, owner, due) => `${what} · ${owner} · ${due}`,
  missing: 'A decision, somebody and a day to come are needed.',
  no_owner: 'No account to give a decision to.',
  taken: 'Decisions taken',
  choose: 'Choose',
  statuses: {
    proposed: 'to do',
    accepted: 'accepted',
    running: 'in progress',
    done: 'kept',
    dropped: 'dropped',
  },
  not_here_yet: 'This board is read with the network.',
};

export default en;
