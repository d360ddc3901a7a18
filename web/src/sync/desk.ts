// Entries about a person whose refusal must be read at once: a signed-in desk posts them one by
// one and shows what the node says. Without network a device that holds entries keeps them in its
// outbox instead, under the same id, so that an answer that was lost doubles nothing.
//   const done = await write_now({ kind: 'relay', subject: person, body });
//   if (done.problem) trouble = say_rule(done.problem); else if (done.kept) ... on this phone
import { problem_of, type Problem } from '../api/client.ts';
import { send } from '../api/relays.ts';
import { stamp } from '../app/format.ts';
import { session } from '../app/session.svelte.ts';
import { new_id } from '../crypto/bytes.ts';
import { meta, put_meta } from '../store/db.ts';
import { tick, type Draft } from './draft.ts';
import { note, type Entry } from './note.ts';

// The network is away, or the session is over: the device's own key still sends.
const later = ['network', 'unauthenticated'];

export type Written = { problem?: Problem; kept?: true };

export async function write_now(...entries: Entry[]): Promise<Written> {
  const rest = entries.map((entry) => ({
    ...entry,
    id: entry.id ?? new_id(),
    occurred: entry.occurred ?? stamp(),
  }));
  while (rest.length > 0) {
    const problem = await post(rest[0]!);
    if (problem && session.enrolled && later.includes(problem.code)) {
      await note(...rest);
      return { kept: true };
    }
    if (problem) return { problem };
    rest.shift();
  }
  return {};
}

async function post(entry: Entry & Required<Pick<Entry, 'id' | 'occurred'>>) {
  const hlc = tick(await meta('hlc'), Date.now());
  await put_meta('hlc', hlc);
  const draft: Draft<object> = {
    id: entry.id,
    subject: entry.subject,
    kind: entry.kind,
    version: 1,
    occurred: entry.occurred,
    hlc,
    author: session.account?.id ?? '',
    locked: false,
    body: entry.body,
  };
  const { error, response } = await send('/api/v1/people/{person}/entries', {
    params: { path: { person: entry.subject } },
    body: { person: entry.subject, draft },
  });
  return response.ok ? null : problem_of(error);
}
