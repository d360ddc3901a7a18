// Entries written as a desk writes them, so that a journey can begin where another one ends: a
// person of the team, her pathway, her agreement, a relay on its way.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { enter } from '../field/street.mjs';
import { open_browser } from '../lib.mjs';

export const new_id = () => randomBytes(16).toString('hex');
const day_ms = 86_400_000;

/** A signed-in browser with what the API needs; closed by the caller. */
export async function open_as(server, login, options = {}) {
  const account = server.accounts.find((one) => one.login === login);
  assert.ok(account, login);
  const browser = await open_browser(server, options);
  await enter(browser.page, server, account);
  const me = await get(browser.page, '/api/v1/session');
  return { ...browser, me };
}

/** In a fresh browser of that account; nothing that must never happen may have happened. */
export async function as(server, login, scenario, options = {}) {
  const browser = await open_as(server, login, options);
  try {
    await scenario(browser);
    assert.deepEqual(browser.faults, []);
  } finally {
    await browser.close();
  }
}

export async function get(page, path) {
  const { status, body } = await page.evaluate(async (address) => {
    const answer = await fetch(address);
    return { status: answer.status, body: await answer.json().catch(() => null) };
  }, path);
  assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`);
  return body;
}

export async function post(page, path, body, wanted = 200) {
  const answer = await page.evaluate(
    async ([address, sent]) => {
      const session = await (await fetch('/api/v1/session')).json();
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-filrouge-csrf': session.csrf },
        body: JSON.stringify(sent),
      });
      return { status: answer.status, body: await answer.json().catch(() => null) };
    },
    [path, body],
  );
  assert.equal(answer.status, wanted, `${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Only what a finger does counts, from here on. */
export async function taps_of(page, act) {
  await page.evaluate(() => {
    globalThis.taps = 0;
    if (globalThis.counting) return;
    globalThis.counting = true;
    addEventListener('click', (event) => event.isTrusted && (globalThis.taps += 1), true);
  });
  await act();
  return page.evaluate(() => globalThis.taps);
}

let last = 0;
/** One entry about a person, as noted `days_ago` days ago. */
export async function write({ page, me }, person, kind, body, days_ago = 0) {
  const instant = Date.now() - days_ago * day_ms;
  last = Math.max(last + 1, instant);
  const wall = new Date(instant + 3_600_000).toISOString();
  const draft = {
    id: new_id(),
    subject: person,
    kind,
    version: 1,
    occurred: {
      instant,
      date: wall.slice(0, 10),
      minute: Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16)),
      offset: 60,
    },
    hlc: `${days_ago > 0 ? instant : last}.0`,
    author: me.account,
    locked: false,
    body,
  };
  await post(page, `/api/v1/people/${person}/entries`, { person, draft });
  return draft.id;
}

/** Somebody of the own team whom no relay of these tests has taken yet. */
const taken = new Set();
export async function somebody({ page, me }) {
  const { rows } = await get(page, `/api/v1/people?team=${me.teams[0].id}`);
  for (const row of rows) {
    if (taken.has(row.id)) continue;
    taken.add(row.id);
    const { relays } = await get(page, `/api/v1/people/${row.id}/pathway`);
    if (relays.length === 0) return row;
  }
  throw new Error('nobody is left in this team');
}

/** Agreed by her, proposed to the other organisation; in the past when it must be late. */
export async function propose(sender, receiver, { days_ago = 0, need, fields, outside } = {}) {
  const { me } = sender;
  const person = await somebody(sender);
  const own = me.organisation.id;
  const pathway = await get(sender.page, `/api/v1/people/${person.id}/pathway`);
  if (!pathway.referent) {
    await write(
      sender,
      person.id,
      'pathway_opened',
      { organisation: own, team: me.teams[0].id, referent: me.account },
      days_ago + 1,
    );
  }
  const consent = await write(
    sender,
    person.id,
    'sharing_agreed',
    {
      purpose: 'relay',
      organisation: outside ? '0'.repeat(32) : receiver.me.organisation.id,
      fields: fields ?? ['alias', 'first_name', 'goals'],
      how: 'shown',
      wording: 'e2e',
      receipt_number: 'ABCD-EFGH',
      receipt: 'screen',
      replaces: [],
    },
    days_ago,
  );
  const relay = new_id();
  await write(
    sender,
    person.id,
    'relay',
    {
      relay,
      act: 'proposed',
      organisation: own,
      ...(outside ? { to_outside: outside } : { to: receiver.me.organisation.id }),
      need: need ?? 'Souhaite quelqu’un du quartier pour ses démarches.',
      consent,
    },
    days_ago,
  );
  return { person, relay };
}

export const row_of = (page, relay) => page.locator(`[data-relay="${relay}"]`);
