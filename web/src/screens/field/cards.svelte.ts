// Cards opened on this page, in memory only: gone when the list closes. Each opening is a row in
// the access ledger of the node, so a card is asked for when it is looked at, and not before.
import { api, problem_of, type Problem, type Schemas } from '../../api/client.ts';
import { session } from '../../app/session.svelte.ts';

export interface Loaded {
  card: Schemas['PersonCard'];
  at: number;
}

const kept = new Map<string, Loaded>();

$effect.root(() => {
  $effect(() => {
    if (session.phase !== 'open') kept.clear();
  });
});

export const kept_card = (person: string): Loaded | null => kept.get(person) ?? null;

export async function load_card(person: string): Promise<Loaded | Problem> {
  const at = Date.now();
  const { data, error } = await api.GET('/api/v1/people/{person}', { params: { path: { person } } });
  if (!data) return problem_of(error);
  const loaded = { card: data, at };
  kept.set(person, loaded);
  return loaded;
}

export function drop_card(person: string): void {
  kept.delete(person);
}
