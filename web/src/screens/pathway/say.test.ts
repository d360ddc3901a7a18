// What a knot of the thread says, and that a sheet in her hands has no word that is not hers.
import { describe, expect, it } from 'vitest';
import type { Knot, KnotKind } from '../../api/pathway.ts';
import handing_en from '../../messages/en/handing.ts';
import pathway_en from '../../messages/en/pathway.ts';
import plan_en from '../../messages/en/plan.ts';
import handing from '../../messages/fr/handing.ts';
import pathway from '../../messages/fr/pathway.ts';
import plan from '../../messages/fr/plan.ts';
import { say_knot } from './say.ts';
import { say_fields } from './share.ts';
import { subjects } from './subjects.ts';

const knot = (kind: KnotKind, what: string, more: Partial<Knot> = {}): Knot => ({
  kind,
  what,
  on: '2026-11-14',
  to_come: false,
  organisation: 'a',
  who: 'Claire',
  ...more,
});

describe('a knot of the thread', () => {
  it('says in words what happened, with whom', () => {
    expect(say_knot(knot('referent', 'taken_over'))).toEqual({ what: 'Claire prend la suite', detail: '' });
    expect(say_knot(knot('referent', 'interim')).detail).toBe('par intérim');
    expect(say_knot(knot('relay', 'kept', { detail: 'Le code' }))).toEqual({
      what: 'Tenu à 30 jours',
      detail: 'Le code · avec Claire',
    });
    expect(say_knot(knot('diagnosis', 'validated')).detail).toBe('validé à deux · avec Claire');
    expect(say_knot(knot('step', 'running', { detail: 'Carte vitale' }))).toEqual({
      what: 'Carte vitale',
      detail: 'En cours · avec Claire',
    });
    expect(say_knot(knot('appointment', 'planned', { detail: 'Séance de code' })).what).toBe('Séance de code');
    expect(say_knot(knot('appointment', 'missed'))).toEqual({
      what: 'Rendez-vous',
      detail: 'pas venu·e · avec Claire',
    });
    expect(say_knot(knot('situation', 'cdi', { detail: 'Luynes', who: '' }))).toEqual({
      what: 'CDI',
      detail: 'Luynes',
    });
    expect(say_knot(knot('ended', 'refused', { who: '' })).what).toBe('N’a pas souhaité, c’est son choix');
    expect(say_knot(knot('contact', 'street', { who: '' })).what).toBe('Rue');
  });

  it('says subjects and fields in the middle of a sentence', () => {
    expect(subjects(['mobility', 'admin_rights'])).toBe('se déplacer, les papiers');
    expect(say_fields([])).toBe('se rencontrer seulement');
    expect(say_fields(['first_name', 'reach'])).toBe('Son prénom · pour la ou le joindre');
  });

  it('never a word that marks her', () => {
    const french = [pathway, plan, handing].flatMap(texts);
    const english = [pathway_en, plan_en, handing_en].flatMap(texts);
    expect(french.length).toBeGreaterThan(200);
    expect(french.filter((one) => /\bfreins?\b|NEET|invisible|public cible/i.test(one))).toEqual([]);
    expect(english.filter((one) => /\bbarriers?\b|NEET|invisible/i.test(one))).toEqual([]);
  });
});

/** Every sentence of a catalogue; those that take words, as they are written. */
function texts(catalogue: object): string[] {
  return Object.values(catalogue).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null ? texts(value) : [String(value)],
  );
}
