// What a row says: a first line and a second one, in the language of the interface.
import { minutes } from '../../app/format.ts';
import { t } from '../../messages/field.ts';
import type { IconName } from '../../icons/names.ts';
import { field } from './field.svelte.ts';
import type { Line, Tally } from './lines.ts';
import { kind_label } from './round_kinds.ts';
import { next_icons, type Barrier, type NextStep, type Service, type VisitReason } from './vocabulary.ts';

export interface Said {
  what: string;
  detail: string;
}

const joined = (...parts: (string | null | undefined | false)[]) =>
  parts.filter((part) => typeof part === 'string' && part !== '').join(' · ');

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** "Écoute · se déplacer" */
export function touched(body: Record<string, unknown>): string {
  const services = ((body['services'] as Service[] | undefined) ?? []).map((one) => t.m.services[one] ?? one);
  const barriers = ((body['barriers'] as Barrier[] | undefined) ?? []).map((one) => (t.m.barriers as Record<string, string>)[one] ?? one);
  return joined(...[...services, ...barriers].map((word, index) => (index === 0 ? word : lower(word))));
}

export function say_line(line: Line): Said {
  const { body } = line;
  const place = field.place_name(body['place'] as string | undefined);
  const author = line.author === null ? null : t.m.by(line.author);
  const locked = line.unconfirmed ? t.m.locked_noted : null;
  switch (line.kind) {
    case 'encounter': {
      const what = t.m.persons(Number(body['count'] ?? 1));
      return { what, detail: joined(touched(body) || place, author, locked) };
    }
    case 'contact': {
      const next = body['next_step'] as NextStep | undefined;
      const then = next && next !== 'nothing' ? t.m.next_steps[next] : null;
      const detail = touched(body) || then || place;
      return { what: line.person ?? t.m.someone, detail: joined(detail, author, locked) };
    }
    case 'watch_session': {
      const spent = minutes(Number(body['minutes'] ?? 0));
      const detail = t.m.watch_detail(spent, Number(body['replies'] ?? 0));
      return { what: t.m.watch, detail: joined(detail, author, locked) };
    }
    case 'visit': {
      const reason = body['reason'] as VisitReason | undefined;
      const detail = joined(reason && t.m.reasons[reason], author, locked);
      return { what: line.person ?? t.m.visit, detail };
    }
    case 'round_ended': {
      const refusals = Number(body['refusals'] ?? 0);
      const count = refusals > 0 ? t.m.refused(refusals) : null;
      return { what: t.m.round_done, detail: joined(count, author, locked) };
    }
    default: {
      const words: Record<string, string> = {
        consent_recorded: t.m.consent_row,
        minor_informed: t.m.minor_row,
        concern_reported: t.m.concern_row,
      };
      return { what: line.person ?? t.m.someone, detail: joined(words[line.kind], author, locked) };
    }
  }
}

export function say_tally(tally: Tally): Said {
  const only = tally.places === 1 ? field.place_name(tally.lines[0]?.body['place'] as string) : null;
  const detail = only ?? (tally.places > 1 ? t.m.places_count(tally.places) : '');
  return { what: t.m.encounters(tally.count), detail };
}

export const next_icon = (step: NextStep): IconName => next_icons[step];

/** "Tournée à pied" of an open round. */
export const say_kind = kind_label;
