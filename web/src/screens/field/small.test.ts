// The small pure parts: nearest place, receipt, moment, names, remembered round, consent, report.
import { describe, expect, it } from 'vitest';
import { stamp } from '../../app/format.ts';
import type { Schemas } from '../../api/client.ts';
import type { Draft } from '../../sync/draft.ts';
import { all_answered, missing, nothing_given, only_refusals } from './consent.ts';
import { moment } from './moment.ts';
import { people_of, type PersonRow } from './names.ts';
import { metres_between, nearest } from './near.ts';
import { empty_person, next_of, reach_of, shown_name, with_drafts } from './person_view.ts';
import { receipt_number } from './receipt.ts';
import { round_to_start } from './remembered.ts';
import { day_after, in_order, is_day, outside_minutes } from './report.ts';
import { begins, search } from './search.ts';
import { round_kinds } from './round_kinds.ts';
import { known_communes } from './territory.ts';
import { advice_for, consent_wording, minor_wording } from './wording.ts';

describe('the nearest place', () => {
  const tours = { latitude_e7: 473_941_440, longitude_e7: 6_848_400 };
  const place = (id: string, lat: number, lon: number, active = true): Schemas['PlaceRow'] => ({
    id,
    name: id,
    type: 'street',
    latitude_e7: lat,
    longitude_e7: lon,
    fictitious: false,
    active,
  });

  it('is within a walk, open, and has a point', () => {
    const near = place('near', 473_945_000, 6_850_000);
    const closed = place('closed', 473_941_440, 6_848_400, false);
    const { latitude_e7: _lat, ...pointless } = place('pointless', 0, 0);
    const far = place('far', 474_800_000, 6_848_400);
    expect(nearest(tours, [far, closed, pointless, near])?.id).toBe('near');
    expect(nearest(tours, [far])).toBeNull();
  });

  it('metres are metres', () => {
    const north = { ...tours, latitude_e7: tours.latitude_e7 + 100_000 };
    expect(metres_between(tours, north)).toBeCloseTo(1113, -1);
  });
});

describe('the receipt', () => {
  it('has a number that is read out without mistake', () => {
    expect(receipt_number(new Uint8Array([0, 1, 2, 3, 31, 32, 255, 8]))).toBe('2345-Z2ZA');
    expect(receipt_number()).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
    expect(receipt_number()).not.toBe(receipt_number());
  });
});

describe('the moment of a late note', () => {
  const now = new Date(2026, 10, 20, 14, 30);
  it('is today, or yesterday when the hour has not come', () => {
    expect(moment('13:05', now)).toMatchObject({ date: '2026-11-20', minute: 785 });
    expect(moment('22:00', now)).toMatchObject({ date: '2026-11-19', minute: 1320 });
    expect(moment('', now)).toBeNull();
  });
  it('agrees with itself over both clock changes', () => {
    for (const day of [new Date(2026, 2, 29, 14), new Date(2026, 9, 25, 14)]) {
      const at = moment('01:30', day)!;
      const shown = new Date(at.instant + at.offset * 60_000).toISOString();
      expect(shown.slice(0, 10)).toBe(at.date);
      expect(Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14, 16))).toBe(at.minute);
    }
  });
});

describe('the team’s people', () => {
  const rows: PersonRow[] = [
    { id: 'p1', shown: 'Inès', level: 'identified', disputed: false, last_contact: '2026-11-01' },
    { id: 'p2', shown: 'Momo', recognise: 'casquette rouge', level: 'alias', disputed: false },
  ];
  const draft = (n: number, kind: string, subject: string, body: object): Draft => ({
    id: `d${n}`,
    kind,
    subject,
    body: body as never,
    version: 1,
    occurred: stamp(),
    hlc: `${n}.0`,
    author: 'me',
    locked: false,
  });

  it('are found by the beginning of any word, without accents', () => {
    expect(search(rows, 'ine').map(({ id }) => id)).toEqual(['p1']);
    expect(search(rows, 'CAS rou').map(({ id }) => id)).toEqual(['p2']);
    expect(search(rows, 'mo zz')).toEqual([]);
    expect(search(rows, ' ')).toHaveLength(2);
    expect(begins('Place Neuve, Sanitas', 'san pl')).toBe(true);
  });

  it('count those noted on this phone, and not those taken back', () => {
    const made = draft(1, 'person_created', 'p3', { alias: 'Lune', team: 't' });
    const met = draft(2, 'contact', 'p3', { next_step: 'call_back' });
    const [first] = people_of(rows, [met, made], 't');
    expect(first).toMatchObject({ id: 'p3', shown: 'Lune', next_step: 'call_back' });
    const back = draft(3, 'undone', 'p3', { entry: 'd1' });
    expect(people_of(rows, [back, met, made], 't')).toHaveLength(2);
    expect(people_of(rows, [made], 'another')).toHaveLength(2);
  });

  it('a card shows what this phone noted on top of what the node told', () => {
    const person = with_drafts(empty_person(), [
      draft(3, 'consent_recorded', 'p', { answers: [{ purpose: 'contact_me', basis: 'consent', agreed: true }], receipt_number: 'AB', receipt: 'paper', replaces: [] }),
      draft(2, 'identity_given', 'p', { first_name: 'Inès', reach_kind: 'phone', reach: '06', replaces: [] }),
      draft(1, 'contact', 'p', { mode: 'street', services: [], barriers: [], next_step: 'meet_again' }),
      draft(0, 'person_created', 'p', { alias: 'Lune', age_band: 'under_16' }),
    ]);
    expect(shown_name(person)).toBe('Inès');
    expect(person).toMatchObject({ level: 'identified', contact_count: 1 });
    expect(person.age_band.value).toBe('under_16');
    expect(next_of(person)).toEqual({ step: 'meet_again', on: null });
    expect(reach_of(person.reach.values[0]!.value)).toEqual({ kind: 'phone', value: '06' });
    expect(person.receipts).toMatchObject([{ number: 'AB', form: 'paper' }]);
  });

  it('two names written without seeing each other both stay on the card', () => {
    const person = with_drafts(empty_person(), [
      draft(2, 'person_described', 'p', { alias: 'Lune', replaces: [] }),
      draft(1, 'person_created', 'p', { alias: 'Luna' }),
    ]);
    expect(person.alias.values.map(({ value }) => value).sort()).toEqual(['Luna', 'Lune']);
    const chosen = with_drafts(person, [draft(3, 'person_described', 'p', { alias: 'Lune', replaces: ['d1', 'd2'] })]);
    expect(chosen.alias.values).toEqual([{ entry: 'd3', author: 'me', value: 'Lune' }]);
  });
});

describe('a round starts as the last one', () => {
  const known = {
    kinds: ['walk', 'maraude'],
    teams: ['t1', 't2'],
    projects: ['p'],
    places: ['a', 'b'],
    members: (team: string) => (team === 't2' ? ['me', 'yann'] : ['me']),
    account: 'me',
  };
  it('with what still exists', () => {
    const kept = { round_kind: 'maraude', team: 't2', project: 'gone', members: ['yann', 'left'], volunteers: 3, stops: ['b', 'gone'] };
    expect(round_to_start(kept, known)).toEqual({ round_kind: 'maraude', team: 't2', project: null, members: ['me', 'yann'], volunteers: 3, stops: ['b'] });
  });
  it('and the first time with oneself', () => {
    expect(round_to_start({}, known)).toEqual({ round_kind: 'walk', team: 't1', project: null, members: ['me'], volunteers: 0, stops: [] });
  });
  it('from kinds that the core counts with', () => {
    expect(round_kinds.length).toBeGreaterThan(5);
    expect(new Set(round_kinds.map(({ code }) => code)).size).toBe(round_kinds.length);
  });
});

describe('On va plus loin ?', () => {
  const { screens } = consent_wording;
  const told = { how: 'shown' as const, wording: 'v', receipt_number: 'N', receipt: 'screen' as const };

  it('asks four uses, each with the basis that its purpose has', () => {
    expect(screens.map(({ purpose, basis }) => [purpose, basis])).toEqual([
      ['follow_up', 'public_interest'],
      ['contact_me', 'consent'],
      ['share_with_team', 'consent'],
      ['statistics', 'public_interest'],
    ]);
  });

  it('takes silence as no for an agreement, and as nothing for a public interest', () => {
    const [entry] = all_answered('p', empty_person(), screens, {}, nothing_given, told);
    expect(entry?.body).toMatchObject({
      answers: [
        { purpose: 'contact_me', basis: 'consent', agreed: false },
        { purpose: 'share_with_team', basis: 'consent', agreed: false },
      ],
    });
  });

  it('records an objection, and the first name only with a yes to being reached', () => {
    const given = { first_name: ' Inès ', reach_kind: 'phone' as const, reach: '06 12' };
    const with_no = all_answered('p', empty_person(), screens, { statistics: false, contact_me: false }, given, told);
    expect(with_no.map(({ kind }) => kind)).toEqual(['consent_recorded']);
    const [identity, consent] = all_answered('p', empty_person(), screens, { statistics: false, contact_me: true }, given, told);
    expect(identity).toMatchObject({ kind: 'identity_given', body: { first_name: 'Inès', reach_kind: 'phone', reach: '06 12' } });
    expect((consent?.body as Schemas['ConsentRecorded']).answers).toContainEqual({ purpose: 'statistics', basis: 'public_interest', agreed: false });
  });

  it('names the answers it follows, once each', () => {
    const person = empty_person();
    const one = { basis: 'consent' as const, agreed: false, entry: 'e1', hlc: '1.0', on: '2026-11-01' };
    person.consents = [{ ...one, purpose: 'contact_me' }, { ...one, purpose: 'share_with_team' }];
    const [entry] = all_answered('p', person, screens, {}, nothing_given, told);
    expect((entry?.body as Schemas['ConsentRecorded']).replaces).toEqual(['e1']);
  });

  it('stopped on the way keeps nothing but what was refused', () => {
    const how = { how: 'read_aloud' as const, wording: 'v' };
    expect(only_refusals('p', empty_person(), screens, { contact_me: true }, how)).toEqual([]);
    const [entry] = only_refusals('p', empty_person(), screens, { follow_up: false, contact_me: true }, how);
    expect(entry?.body).toMatchObject({
      answers: [{ purpose: 'follow_up', basis: 'public_interest', agreed: false }],
      receipt: 'refused',
      receipt_number: '',
    });
  });

  it('asks for a first name, and for the number when a way by word is chosen', () => {
    const given = { ...nothing_given };
    expect(missing({}, given)).toBeNull();
    expect(missing({ contact_me: true }, given)).toBe('first_name');
    expect(missing({ contact_me: true }, { ...given, first_name: 'A', reach_kind: 'email' })).toBe('reach');
    expect(missing({ contact_me: true }, { ...given, first_name: 'A', reach_kind: 'in_person' })).toBeNull();
  });
});

describe('words for the young person', () => {
  const forbidden = /\bfreins?\b|\bNEET\b|\binvisibles?\b|public cible/i;
  it('are never those of the institution', async () => {
    const french = (await import('../../messages/fr/people.ts')).default;
    const field = (await import('../../messages/fr/field.ts')).default;
    const source = (value: unknown) =>
      JSON.stringify(value, (_key, part: unknown) => (typeof part === 'function' ? String(part) : part));
    for (const text of [consent_wording, minor_wording, french, field]) {
      expect(source(text)).not.toMatch(forbidden);
    }
  });
  it('say tu', () => {
    for (const { text } of consent_wording.screens) expect(text.fr).not.toMatch(/(?<!-)\bvous\b|\bvotre\b/i);
  });
});

describe('under 18', () => {
  it('has words for both bands, marked to be read over by a lawyer, and none for an adult', () => {
    expect(advice_for('from_16_to_17')?.options.flatMap(({ choices }) => choices)).toEqual(['mission_locale', 'cio', 'bond_kept']);
    expect(advice_for('under_16')?.options.flatMap(({ choices }) => choices)).toEqual(['cio', 'school', 'family_mediation']);
    expect(advice_for('from_18_to_20')).toBeNull();
    expect(minor_wording.notice.fr).toBe('à faire relire par un juriste');
    expect(minor_wording.danger.fr).toContain('119');
  });
});

describe('the day’s report', () => {
  it('sums the time out of doors of ended rounds, a day at most each', () => {
    const at = (instant: number) => ({ instant, date: '2026-11-20', minute: 0, offset: 0 });
    const round = (from: number, to?: number) =>
      ({ state: { started: at(from), ...(to === undefined ? {} : { ended: at(to) }) }, member_names: [], stop_names: [] }) as unknown as Schemas['ReportRound'];
    const hour = 3_600_000;
    expect(outside_minutes([round(0, hour), round(hour), round(0, 30 * hour), round(hour, 0)])).toBe(60 + 1440);
  });
  it('keeps ages in their order, the unknown last', () => {
    const lines = [{ key: 'unknown' }, { key: 'b' }, { key: 'a' }];
    expect(in_order(lines, ['a', 'b']).map(({ key }) => key)).toEqual(['a', 'b', 'unknown']);
  });
  it('goes from day to day over months and years', () => {
    expect(day_after('2026-12-31', 1)).toBe('2027-01-01');
    expect(day_after('2026-03-01', -1)).toBe('2026-02-28');
    expect(is_day('2026-02-30')).toBe(false);
    expect(is_day('2026-02-28')).toBe(true);
    expect(is_day('hier')).toBe(false);
  });
});

describe('known communes', () => {
  it('come from outlines and from places, once each', () => {
    const outline = { kind: 'commune', code: '37261', name: 'Tours', department: '37', valid_from: '2015-01-01', rings: [], fictitious: true } as Schemas['Outline'];
    const place = { id: 'p', name: 'x', type: 'street', commune: '37050', commune_name: 'Chambray-lès-Tours', fictitious: false, active: true } as Schemas['PlaceRow'];
    expect(known_communes([outline], [place, { ...place, commune: '37261', commune_name: 'Tours' }]).map(({ name }) => name)).toEqual(['Chambray-lès-Tours', 'Tours']);
  });
});
