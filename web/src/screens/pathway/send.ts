// Writing about a pathway. At a desk, and on a phone that has the network, the node is asked at once
// so that a refusal is read while the form is still there; without network, or when the session is
// over, the same entry (same id) goes to the outbox and leaves by itself (law 2).
import type { Problem } from '../../api/client.ts';
import { say } from '../../api/client.ts';
import { net } from '../../app/net.svelte.ts';
import { session } from '../../app/session.svelte.ts';
import { t } from '../../messages/pathway.ts';
import { write_now } from '../../sync/desk.ts';
import { note, type Entry } from '../../sync/note.ts';
import { refusal } from '../field/acts.ts';
import { page_of } from './page.svelte.ts';

export interface Kept {
  kept: 'node' | 'device';
}
export interface Refused {
  refused: string; // a sentence
  field: string | null; // of the form, when the node named one
  done: number; // entries before it that were kept
}
export type Outcome = Kept | Refused;
export const is_kept = (outcome: Outcome): outcome is Kept => 'kept' in outcome;

/** The sentence of a refusal: its rule's, else its code's. */
export function refused_by(problem: Problem): string {
  const rules = t.m.rules as Record<string, string>;
  return (problem.rule && rules[problem.rule]) || say(problem);
}

/**
 * Writes entries about one person, in order. `street`: on a phone it never waits for the network.
 * They keep their ids, so that sending twice is sending once.
 */
export async function write(
  person: string,
  entries: readonly Entry[],
  where: 'desk' | 'street' = 'desk',
): Promise<Outcome> {
  const on_phone = session.device?.kind === 'phone';
  try {
    if (session.enrolled && (net.offline || (where === 'street' && on_phone))) {
      await note(...entries);
      return { kept: 'device' };
    }
    const { problem, kept, done } = await write_now(...entries);
    if (kept) return { kept: 'device' };
    if (problem) {
      const field = problem.field?.split('.').at(-1) ?? null;
      // What was read is no longer so: it is read again, the form stays.
      if (problem.rule === 'stale' || problem.code === 'conflict') void page_of(person).refresh();
      return { refused: refused_by(problem), field, done };
    }
  } catch (reason) {
    return { refused: refusal(reason), field: null, done: 0 };
  }
  await page_of(person).refresh();
  return { kept: 'node' };
}
