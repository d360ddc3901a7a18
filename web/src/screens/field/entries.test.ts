import { describe, expect, it } from 'vitest';
import { stamp } from '../../app/format.ts';
import type { Draft } from '../../sync/draft.ts';
import { text_of_draft } from '../../sync/draft.ts';
import {
  collection_of,
  empty_note,
  entries_of,
  one_more,
  taken_back,
  type Where,
} from './entries.ts';
import { note_like } from './duplicate.ts';
import { with_what_it_made } from './line_acts.ts';
import { made_precise } from './precise.ts';
import { round_ended, round_started, visit, watch_session } from './round_entries.ts';

const id = (n: number) => n.toString(16).padStart(32, '0');
const on_round: Where = { team: id(1), round: id(2), place: id(3), project: null };
const off_round: Where = { team: id(1), round: null, place: null, project: null };

function draft(kind: string, subject: string, body: Record<string, unknown>, n = 9): Draft {
  const base = { version: 1, occurred: stamp(), hlc: `${n}.0`, author: id(8), locked: false };
  return { id: id(n), subject, kind, body, ...base };
}

describe('Noter', () => {
  it('records an encounter without a person, on the round, and never a person', () => {
    const [entry, ...rest] = entries_of(empty_note(on_round));
    expect(rest).toEqual([]);
    expect(entry).toEqual({
      kind: 'encounter',
      subject: on_round.round,
      count: 1,
      body: {
        count: 1,
        team: id(1),
        round: id(2),
        place: id(3),
        mode: 'street',
        services: [],
        barriers: [],
      },
    });
  });

  it('records it on the team outside a round', () => {
    const [entry] = entries_of(empty_note(off_round));
    expect(entry?.subject).toBe(id(1));
    expect(entry?.body).not.toHaveProperty('round');
    expect(entry?.body).not.toHaveProperty('place');
    expect(collection_of(entry!)).toBe('team');
  });

  it('keeps what was touched and leaves out what nobody said', () => {
    const form = empty_note(on_round);
    form.sex = 'woman';
    form.age_band = 'from_18_to_20';
    form.services = ['listening'];
    form.barriers = ['mobility'];
    form.next_step = 'meet_again'; // of nobody: there is nobody to meet again
    form.note = 'rien';
    const body = entries_of(form)[0]!.body as Record<string, unknown>;
    expect(body).toMatchObject({ sex: 'woman', age_band: 'from_18_to_20', services: ['listening'] });
    expect(body['barriers']).toEqual(['mobility']);
    for (const key of ['acquaintance', 'next_step', 'note', 'project']) {
      expect(body).not.toHaveProperty(key);
    }
  });

  it('records a contact, and creates the person first when the alias is new', () => {
    const form = empty_note(on_round);
    form.person = { id: id(5), shown: 'Momo', alias: 'Momo', recognise: 'casquette' };
    form.age_band = 'from_16_to_17';
    form.next_step = 'call_back';
    form.next_on = '2026-11-23';
    form.note = '  repasse vendredi ';
    const [made, contact] = entries_of(form);
    expect(made).toMatchObject({
      kind: 'person_created',
      subject: id(5),
      body: { alias: 'Momo', recognise: 'casquette', team: id(1), age_band: 'from_16_to_17' },
    });
    expect(contact).toMatchObject({
      kind: 'contact',
      subject: id(5),
      body: { next_step: 'call_back', next_on: '2026-11-23', note: 'repasse vendredi' },
    });
    expect(contact?.body).not.toHaveProperty('age_band');
    expect(contact?.body).not.toHaveProperty('count');
  });

  it('describes a known person only when something was said of her', () => {
    const form = empty_note(on_round);
    form.person = { id: id(5), shown: 'Momo' };
    expect(entries_of(form).map(({ kind }) => kind)).toEqual(['contact']);
    form.sex = 'man';
    const [said] = entries_of(form);
    expect(said).toMatchObject({ kind: 'person_described', body: { sex: 'man', replaces: [] } });
  });

  it('drops the date of a next step that is nothing', () => {
    const form = empty_note(on_round);
    form.person = { id: id(5), shown: 'Momo' };
    form.next_step = 'nothing';
    form.next_on = '2026-11-23';
    expect(entries_of(form)[0]!.body).not.toHaveProperty('next_on');
  });

  it('stands at the moment that was said', () => {
    const form = empty_note(on_round);
    form.at = { ...stamp(), minute: 61 };
    expect(entries_of(form)[0]!.occurred?.minute).toBe(61);
  });

  it('writes text without null', () => {
    const entry = entries_of(empty_note(on_round))[0]!;
    const text = text_of_draft(draft(entry.kind, entry.subject, entry.body as never));
    expect(text).not.toContain('null');
  });
});

describe('Dupliquer', () => {
  it('takes all of an encounter but the moment', () => {
    const body = { count: 2, team: id(1), round: id(7), mode: 'phone', services: ['snack'], sex: 'man' };
    const form = note_like({ kind: 'encounter', subject: id(7), body }, on_round, null);
    expect(form).toMatchObject({ count: 2, mode: 'phone', services: ['snack'], sex: 'man', at: null });
    expect(form.where).toEqual(on_round);
    expect(form.person).toBeNull();
  });

  it('keeps the person of a contact, not her note nor her date', () => {
    const body = { mode: 'street', barriers: ['housing'], note: 'secret', next_step: 'appointment', next_on: '2026-11-30' };
    const form = note_like({ kind: 'contact', subject: id(5), body }, on_round, 'Momo');
    expect(form.person).toEqual({ id: id(5), shown: 'Momo' });
    expect(form).toMatchObject({ note: '', next_on: null, barriers: ['housing'] });
  });
});

describe('Rencontre +1', () => {
  it('counts one and says nothing else', () => {
    expect(one_more(on_round).body).toEqual({
      count: 1,
      team: id(1),
      round: id(2),
      place: id(3),
      services: [],
      barriers: [],
    });
  });

  it('made more precise: the first is taken back, another stands at its moment', () => {
    const first = draft('encounter', id(2), { count: 1, team: id(1), round: id(2), sex: 'man' });
    const [back, again] = made_precise(first, { sex: 'woman', age_band: null, acquaintance: 'new' });
    expect(back).toEqual({
      kind: 'undone',
      subject: id(2),
      body: { entry: first.id, collection: 'round' },
    });
    expect(again?.occurred).toEqual(first.occurred);
    expect(again?.body).toEqual({
      count: 1,
      team: id(1),
      round: id(2),
      sex: 'woman',
      acquaintance: 'new',
    });
  });
});

describe('Annuler', () => {
  it.each([
    ['encounter', { round: id(2) }, 'round'],
    ['encounter', {}, 'team'],
    ['watch_session', {}, 'team'],
    ['visit', { named: false }, 'place'],
    ['visit', { named: true }, 'person'],
    ['contact', {}, 'person'],
    ['round_started', {}, 'round'],
    ['place_set', {}, 'place'],
  ])('%s %o is of a %s', (kind, body, collection) => {
    expect(taken_back(draft(kind, id(4), body)).body).toEqual({ entry: id(9), collection });
  });

  it('takes the person back with the contact that brought her', () => {
    const made = draft('person_created', id(5), { alias: 'Momo' }, 10);
    const contact = draft('contact', id(5), {}, 11);
    expect(with_what_it_made(contact, [contact, made])).toEqual([contact, made]);
  });

  it('but not when something else was noted about her', () => {
    const made = draft('person_created', id(5), { alias: 'Momo' }, 10);
    const contact = draft('contact', id(5), {}, 11);
    const other = draft('contact', id(5), {}, 12);
    expect(with_what_it_made(contact, [other, contact, made])).toEqual([contact]);
  });
});

describe('rounds, watch, visits', () => {
  it('starts with kind, team, members, volunteers and stops', () => {
    const form = { round_kind: 'walk', team: id(1), project: null, members: [id(8)], volunteers: 2, stops: [id(3)] };
    const entry = round_started(form);
    expect(entry.subject).toMatch(/^[0-9a-f]{32}$/);
    expect(entry.body).toEqual({ round_kind: 'walk', team: id(1), members: [id(8)], volunteers: 2, stops: [id(3)] });
  });

  it('ends with refusals; the rest only when said', () => {
    const form = { refusals: 0, ambience: null, kilometres: null, observation: '  ' };
    expect(round_ended(id(2), form).body).toEqual({ refusals: 0 });
  });

  it('a watch session has no field for a handle', () => {
    const form = { network: 'snapchat' as const, minutes: 25, replies: 4, conversations: 1, project: null };
    const { body, subject } = watch_session(id(1), form);
    expect(subject).toBe(id(1));
    expect(Object.keys(body).sort()).toEqual(['conversations', 'minutes', 'network', 'replies', 'team']);
  });

  it('a visit is of the place, or of the person who is named', () => {
    const form = { place: id(3), team: id(1), project: null, reason: null, person: null };
    expect(visit(form)).toEqual([
      { kind: 'visit', subject: id(3), body: { place: id(3), team: id(1), count: 1, named: false } },
    ]);
    const named = visit({ ...form, reason: 'rights', person: { id: id(5), shown: 'Aya', alias: 'Aya' } });
    expect(named.map(({ kind }) => kind)).toEqual(['person_created', 'visit']);
    expect(named[1]).toMatchObject({ subject: id(5), body: { named: true, reason: 'rights' } });
  });
});
