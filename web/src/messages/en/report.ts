import type { Catalogue } from '../../app/i18n.svelte.ts';
import type fr from '../fr/report.ts';

const many = (count: number, one: string, more: string) => (count === 1 ? one : more);

const en: Catalogue<typeof fr> = {
  title: 'Day report',
  day: 'Day',
  day_before: 'Day before',
  day_after: 'Day after',
  outside: 'out of doors',
  encounters: (count) => many(count, 'encounter', 'encounters'),
  contacts: (count) => many(count, 'contact', 'contacts'),
  watch: 'social media watch',
  refusals: 'refusals',
  visits: (count) => many(count, 'visit', 'visits'),
  new_persons: (count, known) =>
    `${known} ${many(known, 'person followed was seen', 'people followed were seen')}, ${count} of them new.`,
  the_day: 'The day',
  hour: 'Time',
  where: 'Where',
  what: 'What',
  met: 'Encounters',
  watch_line: (minutes, replies, conversations) =>
    `${minutes}, ${replies} ${many(replies, 'reply', 'replies')}, ${conversations} ${many(conversations, 'conversation opened', 'conversations opened')}`,
  round_line: (kind, who, volunteers) =>
    `${kind}, ${who} ${many(who, 'person', 'people')}${volunteers > 0 ? ` and ${volunteers} ${many(volunteers, 'volunteer', 'volunteers')}` : ''}`,
  open: 'going on',
  services: 'Done on the spot',
  service: 'Service',
  number: 'Number',
  barriers: 'What stands in the way, in what was said',
  barrier: 'Subject',
  times: 'Times',
  ages: 'Age',
  sexes: 'Sex',
  places: 'Places',
  place: 'Place',
  unknown: 'unknown',
  nothing_said: 'Nothing noted.',
  territory: 'About the area',
  ambience: 'Atmosphere',
  kilometres: 'km',
  team_words: 'Added by the team',
  team_hint: 'Corrects and completes what is written here. No name, no alias.',
  save: 'Save',
  print: 'Print',
  saved_at: (hour) => `Noted at ${hour}`,
  pending: 'What you added is on this phone and leaves with the network.',
  empty: 'Nothing was noted that day.',
  offline: 'The report is read with the network. What is noted is kept.',
  not_sent: (count) =>
    count === 1
      ? '1 entry is still on this phone: it is not counted here.'
      : `${count} entries are still on this phone: they are not counted here.`,
  printed: 'Printed without name or alias. Written from the entries of the team.',
  none_named: 'No name',
  definitions: 'The indicators are made from the same entries.',

  desk_title: 'Reception',
  visit_plus: 'Visit +1',
  visit_reason: 'Or with a reason, in one touch',
  visit_today: (count) => `${many(count, 'visit', 'visits')} today`,
  visit_with: (name) => `The next visit is that of ${name}.`,
  visit_by_reason: 'By reason',
  no_reason: 'No reason given',
  add_alias: 'Add an alias',
  remove_alias: (name) => `Remove ${name}`,
  site: 'Site',
  no_site: 'No site is set for this team: choose a place.',
  counted_at: (hour) => `Visit counted at ${hour}`,
  visit_rule: 'A visit is a count, not a person, unless an alias is added.',
  last_visits: 'Last visits',
  no_visit: 'No visit today.',
};

export default en;
