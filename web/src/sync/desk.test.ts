// At a desk a refusal is read at once; without network the same entry, under the same id, waits.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const posts: { id: string; hlc: string }[] = [];
let answer: () => { error?: unknown; response: Response };
vi.mock('../api/client.ts', async (original) => ({
  ...(await original<typeof import('../api/client.ts')>()),
  api: {
    POST: async (_path: string, asked: { body: { draft: { id: string; hlc: string } } }) => {
      posts.push(asked.body.draft);
      return answer();
    },
  },
}));
const noted: { id: string; kind: string }[] = [];
vi.mock('./note.ts', () => ({
  note: async (...entries: { id: string; kind: string }[]) => noted.push(...entries),
}));
vi.mock('../app/session.svelte.ts', () => ({
  session: { enrolled: true, account: { id: '0a'.repeat(16) } },
}));
const { write_now } = await import('./desk.ts');
const { session } = await import('../app/session.svelte.ts');

const ok = () => ({ response: new Response('{}') });
const network = () => ({
  error: { status: 0, code: 'network' },
  response: new Response(null, { status: 503 }),
});
const entry = (kind: string) => ({ kind, subject: '0b'.repeat(16), body: {} });

beforeEach(() => {
  posts.length = 0;
  noted.length = 0;
  answer = ok;
});
afterEach(() => {
  (session as { enrolled: boolean }).enrolled = true;
});

describe('an entry at a desk', () => {
  it('is posted, each later than the one before', async () => {
    expect(await write_now(entry('a'), entry('b'))).toEqual({ done: 2 });
    expect(posts.length).toBe(2);
    const [one, two] = posts.map(({ hlc }) => hlc.split('.').map(Number) as [number, number]);
    expect(two![0] > one![0] || (two![0] === one![0] && two![1] > one![1])).toBe(true);
    expect(noted).toEqual([]);
  });

  it('a refusal is read, and what follows is not sent', async () => {
    answer = () => ({
      error: { status: 409, code: 'refused', rule: 'stale' },
      response: new Response(null, { status: 409 }),
    });
    expect(await write_now(entry('a'), entry('b'))).toMatchObject({
      problem: { rule: 'stale' },
      done: 0,
    });
    expect(posts.length).toBe(1);
    expect(noted).toEqual([]);
  });

  it('without network it waits on the device, under the same id', async () => {
    answer = network;
    expect(await write_now(entry('a'), entry('b'))).toEqual({ kept: true, done: 0 });
    expect(noted.map(({ kind }) => kind)).toEqual(['a', 'b']);
    expect(noted[0]!.id).toBe(posts[0]!.id);
  });

  it('a device that holds no entry says that the network is away', async () => {
    (session as { enrolled: boolean }).enrolled = false;
    answer = network;
    expect(await write_now(entry('a'))).toMatchObject({ problem: { code: 'network' } });
    expect(noted).toEqual([]);
  });
});
