import { fireEvent, render, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import DetailChips from './DetailChips.svelte';
import Fil from './Fil.svelte';
import Marks from './Marks.svelte';
import MinorAdvice from './MinorAdvice.svelte';
import Thread from './Thread.svelte';
import TouchChips from './TouchChips.svelte';
import YoungSteps from './YoungSteps.svelte';
import { empty_person } from '../person_view.ts';

describe('TouchChips', () => {
  it('has the seven services, one touch each, and a second one takes it back', async () => {
    const props = bound_props({ services: [], barriers: [] });
    render(TouchChips, props);
    const services = ['Écoute', 'Lien social', 'Hygiène', 'Collation', 'Orientation', 'Accompagnement', 'Hébergement'];
    for (const name of services) {
      const chip = screen.getByRole('button', { name });
      await fireEvent.click(chip);
      expect(chip.getAttribute('aria-pressed')).toBe('true');
    }
    expect(props.services).toEqual(['listening', 'social_bond', 'hygiene', 'snack', 'orientation', 'accompaniment', 'shelter']);
    await fireEvent.click(screen.getByRole('button', { name: 'Écoute' }));
    expect(props.services).not.toContain('listening');
  });

  it('shows five subjects, the others behind Autre; what is chosen stays in sight', async () => {
    const props = bound_props({ services: [], barriers: [] });
    render(TouchChips, props);
    expect(screen.queryByRole('button', { name: 'Garde d’enfant' })).toBeNull();
    // The last one: the services have an Autre of their own.
    await fireEvent.click(screen.getAllByRole('button', { name: 'Autre' }).at(-1)!);
    await fireEvent.click(await screen.findByRole('button', { name: 'Garde d’enfant' }));
    expect(props.barriers).toEqual(['childcare']);
    await fireEvent.click(screen.getByRole('button', { name: 'Moins' }));
    expect(screen.getByRole('button', { name: 'Garde d’enfant' }).getAttribute('aria-pressed')).toBe('true');
    expect(screen.queryByRole('button', { name: 'Horaires' })).toBeNull();
  });
});

describe('DetailChips', () => {
  it('starts with nothing said, takes one of each, and takes it back', async () => {
    const props = bound_props({ sex: null, age_band: null, acquaintance: null });
    render(DetailChips, props);
    expect(screen.queryAllByRole('radio', { checked: true })).toEqual([]);
    await fireEvent.click(screen.getByRole('radio', { name: 'Femme' }));
    await fireEvent.click(screen.getByRole('radio', { name: '18-20' }));
    await fireEvent.click(screen.getByRole('radio', { name: 'Nouvelle' }));
    expect(props).toMatchObject({ sex: 'woman', age_band: 'from_18_to_20', acquaintance: 'new' });
    await fireEvent.click(screen.getByRole('radio', { name: 'Femme' }));
    expect(props.sex).toBeNull();
  });
});

describe('drawings say the same in words', () => {
  it('the thread names each stop and where one stands', () => {
    render(Thread, {
      stops: [
        { place: 'a', name: 'Halle', is: 'walked' },
        { place: 'b', name: 'Place Neuve', is: 'here' },
        { place: 'c', name: 'Gare', is: 'ahead' },
      ],
    });
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      'Lieux de la tournée : Halle, fait ; Place Neuve, où vous êtes ; Gare, à venir',
    );
  });

  it('the strokes go by five, and are counted', () => {
    const { container } = render(Marks, { count: 7 });
    expect(screen.getByRole('img', { name: '7 bâtons' })).toBeTruthy();
    expect(container.querySelectorAll('svg')).toHaveLength(2);
    expect(container.querySelectorAll('.tie')).toHaveLength(1);
    expect(container.querySelectorAll('path:not(.tie)')).toHaveLength(6);
  });

  it('four steps, one of them now', () => {
    const { container } = render(YoungSteps, { at: 2, of: 4 });
    expect(container.querySelectorAll('circle')).toHaveLength(4);
    expect(container.querySelectorAll('circle.on')).toHaveLength(2);
    expect(container.querySelectorAll('circle.now')).toHaveLength(1);
  });
});

describe('the thread of a person', () => {
  it('goes from what comes to where it began', () => {
    const state = empty_person();
    const at = { instant: 0, date: '2026-11-20', minute: 868, offset: 60 };
    state.first_contact = '2026-09-03';
    state.contact_count = 1;
    state.recent = [{ entry: 'e', occurred: at, author: 'yann', team: 't', mode: 'street', services: ['listening'], barriers: ['mobility'], next_step: 'call_back', note: 'Repasse.', locked: false }];
    const { container } = render(Fil, { state, author_of: () => 'Yann' });
    const lines = [...container.querySelectorAll('li')].map((line) => line.textContent?.replace(/\s+/g, ' ').trim());
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('Rappeler');
    expect(lines[1]).toContain('14:28 · Yann');
    expect(lines[1]).toContain('Écoute · se déplacer');
    expect(lines[1]).toContain('Repasse.');
    expect(lines[2]).toContain('Première rencontre');
  });
});

describe('under 18', () => {
  it('119 is always in reach, and a missing CRIP is said', () => {
    render(MinorAdvice, { band: 'under_16' });
    expect(screen.getByRole('link', { name: '119' }).getAttribute('href')).toBe('tel:119');
    expect(screen.getByText('à faire relire par un juriste')).toBeTruthy();
    expect(screen.getByText(/CRIP n’est pas encore réglé/)).toBeTruthy();
  });
});

/** Properties that a component may write back to (bind:). */
function bound_props<T extends object>(values: T): any {
  const kept = { ...values } as Record<string, unknown>;
  const bound: Record<string, unknown> = {};
  for (const key of Object.keys(kept)) {
    Object.defineProperty(bound, key, {
      enumerable: true,
      configurable: true,
      get: () => kept[key],
      set: (value) => (kept[key] = value),
    });
  }
  return bound;
}
