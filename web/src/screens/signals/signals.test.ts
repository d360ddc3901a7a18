import { describe, expect, it } from 'vitest';
import type { SignalRow } from '../../api/pathway.ts';
import { stamp } from '../../app/format.ts';
import { empty_signal, missing_of, signal_entry, with_own } from './signals.ts';

const form = { ...empty_signal(), prescriber: 'shopkeeper' as const, who: ' M., vélo vert ' };

describe('a signal', () => {
  it('needs who speaks, how to recognise her, and whether she knows', () => {
    expect(missing_of(empty_signal())).toEqual(['prescriber', 'who', 'told']);
    expect(missing_of({ ...form, told: 'no' })).toEqual([]);
    expect(missing_of({ ...form, prescriber: 'herself' })).toEqual([]);
  });

  it('holds what was said and nothing else', () => {
    expect(signal_entry('p1', 't1', { ...form, told: 'no', where: ' ' })).toEqual({
      kind: 'signal_received',
      subject: 'p1',
      body: { team: 't1', prescriber: 'shopkeeper', who: 'M., vélo vert', person_told: false },
    });
  });
});

describe('the list', () => {
  const row = (person: string): SignalRow => ({
    person,
    said: { team: 't1', prescriber: 'peer', who: person, person_told: true },
    on: '2026-11-20',
    by: 'Samira',
  });
  const draft = (kind: string, subject: string, body: object = {}) => ({
    id: `d-${kind}-${subject}`,
    kind,
    subject,
    occurred: stamp(),
    body: body as Record<string, unknown>,
  });

  it('adds those of this phone, of this team', () => {
    const drafts = [
      draft('signal_received', 'p9', { team: 't1', prescriber: 'peer', who: 'Y', person_told: true }),
      draft('signal_received', 'p8', { team: 't2', prescriber: 'peer', who: 'Z', person_told: true }),
      draft('signal_received', 'p1', { team: 't1', prescriber: 'peer', who: 'X', person_told: true }),
    ];
    const rows = with_own([row('p1')], drafts, 't1', 'Moi');
    expect(rows.map(({ person, id }) => [person, id !== null])).toEqual([
      ['p1', false],
      ['p9', true],
    ]);
  });

  it('whoever was met, or closed, here is in it no more', () => {
    const drafts = [draft('person_created', 'p1'), draft('signal_closed', 'p2')];
    const rows = with_own([row('p1'), row('p2'), row('p3')], drafts, 't1', 'Moi');
    expect(rows.map(({ person }) => person)).toEqual(['p3']);
  });
});
