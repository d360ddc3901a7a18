// Entries about a person whose refusal must be read at once: a signed-in desk posts them one by
// one and shows what the node says. Without network a device that holds entries keeps them in its
// outbox instead, under the same id, so that an answer that was lost doubles nothing.
//   const done = await write_now({ kind: 'relay', subject: person, body });
//   if (done.problem) trouble = say_rule(done.problem); else if (done.kept) ... on this phone
import { api, problem_of, type Problem } from '../api/client.ts';
import { stamp } from '../app/format.ts';
import { session } from '../app/session.svelte.ts';
import { new_id } from '../crypto/bytes.ts';
import { meta, put_meta } from '../store/db.ts';
import { tick, type Draft } from './draft.ts';
import { note, type Entry } from './note.ts';

// The network is away, or the session is over: the device's own key still sends.
const later = ['network', 'unauthenticated'];

/** `done`: of the entries, how many the node has before a refusal or a line that is away. */
export type Written = { problem?: Problem; kept?: true; done: number };

export async function write_now(...entries: Entry[]): Promise<Written> {
  const named = entries.map((entry) => ({
    ...entry,
    id: entry.id ?? new_id(),
    occurred: entry.occurred ?? stamp(),
  }));
  for (const [done, entry] of named.entries()) {
    const problem = await post(entry);
    if (problem && session.enrolled && later.includes(problem.code)) {
      await note(...named.slice(done));
      return { kept: true, done };
    }
    if (problem) return { problem, done };
  }
  return { done: named.length };
}

async function post(entry: Entry & Required<Pick<Entry, 'id' | 'occurred'>>) {
  const hlc = tick(await meta('hlc'), Date.now());
  await put_meta('hlc', hlc);
  const draft: Draft = {
    id: entry.id,
    subject: entry.subject,
    kind: entry.kind,
    version: 1,
    occurred: entry.occurred,
    hlc,
    author: session.account?.id ?? '',
    locked: false,
    body: entry.body as Draft['body'],
  };
  const { error, response } = await api.POST('/api/v1/people/{person}/entries', {
    params: { path: { person: entry.subject } },
    body: { person: entry.subject, draft },
  });
  return response.ok ? null : problem_of(error);
}
