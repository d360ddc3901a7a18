// Writing about a pathway. At a desk, and on a phone that has the network, the node is asked at once
// so that a refusal is read while the form is still there; without network, or when the session is
// over, the same entry (same id) goes to the outbox and leaves by itself (law 2).
import type { Problem } from '../../api/client.ts';
import { say } from '../../api/client.ts';
import { send_entry } from '../../api/pathway.ts';
import { stamp } from '../../app/format.ts';
import { net } from '../../app/net.svelte.ts';
import { session } from '../../app/session.svelte.ts';
import { new_id } from '../../crypto/bytes.ts';
import { t } from '../../messages/pathway.ts';
import { meta, put_meta } from '../../store/db.ts';
import { text_of_draft, tick, type Draft } from '../../sync/draft.ts';
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

const goes_later = (problem: Problem) =>
  session.enrolled && (problem.code === 'network' || problem.code === 'unauthenticated');

/**
 * Writes entries about one person, in order. `street`: on a phone it never waits for the network.
 * They keep their ids, so that sending twice is sending once.
 */
export async function write(
  person: string,
  entries: readonly Entry[],
  where: 'desk' | 'street' = 'desk',
): Promise<Outcome> {
  const named = entries.map((entry) => ({ ...entry, id: entry.id ?? new_id(), occurred: entry.occurred ?? stamp() }));
  const on_phone = session.device?.kind === 'phone';
  if (session.enrolled && (net.offline || (where === 'street' && on_phone))) {
    return on_device(named, 0);
  }
  for (const [done, entry] of named.entries()) {
    const problem = await send_entry(person, await draft_of(entry));
    if (problem === null) continue;
    if (goes_later(problem)) return on_device(named.slice(done), done);
    const field = problem.field?.split('.').at(-1) ?? null;
    // What was read is no longer so: it is read again, the form stays.
    if (problem.rule === 'stale' || problem.code === 'conflict') void page_of(person).refresh();
    return { refused: refused_by(problem), field, done };
  }
  await page_of(person).refresh();
  return { kept: 'node' };
}

async function on_device(entries: readonly Entry[], done: number): Promise<Outcome> {
  try {
    await note(...entries);
    return { kept: 'device' };
  } catch (reason) {
    return { refused: refusal(reason), field: null, done };
  }
}

async function draft_of(entry: Entry & { id: string }): Promise<Draft<object>> {
  const hlc = tick(await meta('hlc'), Date.now());
  await put_meta('hlc', hlc);
  const draft: Draft<object> = {
    id: entry.id,
    subject: entry.subject,
    kind: entry.kind,
    version: 1,
    occurred: entry.occurred ?? stamp(),
    hlc,
    author: session.account!.id,
    locked: false,
    body: entry.body,
  };
  return JSON.parse(text_of_draft(draft)) as Draft<object>;
}
