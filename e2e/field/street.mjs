// What the street journeys share: signing in on a phone, an open round, a hand that counts its taps,
// and the figures as the node counts them.
import assert from 'node:assert/strict';
import { go, open_browser, phone, sign_in, start_server, until } from '../lib.mjs';

/** The demo consortium, served with the built site (or another one, to try a build). */
export const serve = (options = {}) =>
  start_server({ ...(process.env.FILROUGE_WEB ? { web: process.env.FILROUGE_WEB } : {}), ...options });

export const title = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });
export const button = (page, name) => page.getByRole('button', { name, exact: true });
export const link = (page, name) => page.getByRole('link', { name, exact: true });
export const radio = (page, name) => page.getByRole('radio', { name, exact: true });
export const dialog = (page, name) => page.getByRole('dialog', { name });
export const rows = (page) => page.getByRole('main').locator('.noted > li');

/** Runs a scenario in a fresh browser; nothing that must never happen may have happened. */
export async function on(server, options, scenario) {
  const browser = await open_browser(server, options);
  try {
    await count_taps(browser.context);
    await read_store(browser.context);
    await scenario(browser);
    assert.deepEqual(browser.faults, []);
  } finally {
    await browser.close();
  }
}

export async function enter(page, server, account = server.account('outreach_worker')) {
  await page.goto(server.url);
  await sign_in(page, account);
  await page.locator('h1').waitFor({ timeout: 30_000 });
}

/** Signed in as an outreach worker, on a phone, with Aujourd'hui in sight. */
export const as_worker = (server, scenario, options = {}) =>
  on(server, { ...phone, ...options }, async (browser) => {
    await enter(browser.page, server);
    await title(browser.page, 'Aujourd’hui').waitFor();
    await scenario(browser);
  });

/** Opens an address of the app as a link would, and waits until its screen is there. */
export async function visit(page, path) {
  await page.evaluate((to) => {
    const stays = location.pathname === new URL(to, location.href).pathname;
    globalThis.left = stays ? null : document.querySelector('h1');
  }, path);
  await go(page, path);
  await page.waitForFunction((to) => {
    const title = document.querySelector('h1');
    return location.pathname + location.search === to && title && title !== globalThis.left;
  }, path);
}

/** The day as the node tells it is in sight, with its hour. */
export const day_read = (page) => page.getByText(/^À jour du/).waitFor();

export async function open_round(page, stops = ['Place Neuve, Sanitas', 'Gare de Tours, parvis']) {
  await day_read(page);
  if (await round(page).isVisible()) await end_round(page); // that of the scenario before
  await link(page, 'Démarrer une tournée').click();
  await title(page, 'Démarrer une tournée').waitFor();
  for (const stop of stops) {
    await button(page, 'Ajouter un lieu').click();
    await dialog(page, 'Ajouter un lieu').getByRole('button', { name: stop }).click();
  }
  await button(page, 'Démarrer une tournée').click();
  await round(page).waitFor();
}

export async function end_round(page) {
  await link(page, 'Terminer la tournée').click();
  await title(page, 'Terminer la tournée').waitFor();
  await button(page, 'Terminer la tournée').click();
  await link(page, 'Démarrer une tournée').waitFor();
}

export const round = (page) => page.getByRole('region', { name: 'Tournée en cours', exact: true });

/** Only what a finger does counts: trusted clicks, whatever they fall on. */
async function count_taps(context) {
  await context.addInitScript(() => {
    globalThis.taps = 0;
    addEventListener('click', (event) => event.isTrusted && (globalThis.taps += 1), true);
  });
}

export async function taps_of(page, act) {
  await page.evaluate(() => (globalThis.taps = 0));
  await act();
  return page.evaluate(() => globalThis.taps);
}

/** The files of the app are kept on the phone: from here no network is needed. */
export const kept_offline = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    for (let tries = 0; tries < 100; tries += 1) {
      const names = await caches.keys();
      if (names.some((name) => name.startsWith('shell-'))) return true;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return false;
  });

/** For every page: what the phone keeps, all of a store or the one of a key. */
async function read_store(context) {
  await context.addInitScript(() => {
    const of = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    globalThis.kept = async (store, key) => {
      const db = await of(indexedDB.open('filrouge'));
      const rows = db.transaction(store).objectStore(store);
      const found = await of(key === undefined ? rows.getAll() : rows.get(key));
      db.close();
      return found;
    };
  });
}

/** The node has received all that this phone wrote, and no row in sight says otherwise. */
export const all_sent = (page) =>
  until(page, async () => {
    const written = await globalThis.kept('outbox');
    const sync = await globalThis.kept('meta', 'sync');
    const states = new Map(sync?.rows.map(({ id, state }) => [id, state]));
    return (
      written.every(({ id }) => states.get(id) === 'sent') &&
      document.querySelectorAll('.state.on_device, .state.sending').length === 0
    );
  });

/** So many forms that were begun are kept on this phone. */
export const drafts_kept = (page, wanted) =>
  until(page, async (count) => (await globalThis.kept('drafts')).length === count, wanted);

async function get(page, server, path) {
  const answer = await page.request.get(server.url + path);
  assert.equal(answer.status(), 200, path);
  return answer.json();
}

export const my_team = async (page, server) =>
  (await get(page, server, '/api/v1/session')).teams[0].id;

/** A figure of the own team for this month, as the node counts it now. */
export async function figure(page, server, indicator, by = undefined) {
  const team = await my_team(page, server);
  const month = await page.evaluate(() => {
    const now = new Date(Date.now() - 5 * 3_600_000); // a day runs from 05:00
    return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}`;
  });
  const query = new URLSearchParams({ indicator, period: month, team, ...(by ? { by } : {}) });
  return get(page, server, `/api/v1/figures?${query}`);
}

export async function today(page, server) {
  const team = await my_team(page, server);
  const day = await page.evaluate(() => {
    const now = new Date(Date.now() - 5 * 3_600_000);
    const two = (value) => String(value).padStart(2, '0');
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  });
  return get(page, server, `/api/v1/today?${new URLSearchParams({ team, day })}`);
}

export const person = (page, server, id) => get(page, server, `/api/v1/people/${id}`);
export const people = async (page, server, query = '') => {
  const team = await my_team(page, server);
  return get(page, server, `/api/v1/people?${new URLSearchParams({ team, ...(query ? { query } : {}) })}`);
};
