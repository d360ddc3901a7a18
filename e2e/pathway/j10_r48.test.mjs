// Le lundi de la coordination (J10), et les signalements qui viennent avant (R48).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { button, kept_offline, link, on, radio, serve, title, visit } from '../field/street.mjs';
import { check_screen, desk, phone, until } from '../lib.mjs';
import { as, get, new_id, open_as, propose, taps_of } from './acts.mjs';

let server;
let samira; // sends, from the street
before(async () => {
  server = await serve();
  samira = await open_as(server, 'samira', phone);
});
after(async () => {
  await samira.close();
  await server.close();
});

describe('J10, le lundi de la coordination', () => {
  it('relais bloqués, ruptures, ordre du jour, décisions : des initiales et aucun nom', async () => {
    const claire = await open_as(server, 'claire', desk);
    let late;
    try {
      late = await propose(samira, claire, { days_ago: 20 });
    } finally {
      await claire.close();
    }
    await as(server, 'karim', async ({ page, me }) => {
      await visit(page, '/lundi');
      const board = await get(page, '/api/v1/board');
      const view = board.stuck.find((one) => one.relay.relay === late.relay);
      assert.ok(view, 'twenty days are late');
      assert.match(view.shown, /^(\p{L}\.[ -]?){1,3}$/u);
      // Several may have the same initials: hers is the box of her own line.
      const line = page.getByRole('checkbox').nth(board.stuck.indexOf(view));
      await line.waitFor();
      await check_screen(page, 'Lundi');
      assert.ok(!(await page.content()).includes(late.person.shown), 'no name on the board');
      await line.click();
      await page.getByText('1 coché pour l’instance').waitFor();
      await link(page, 'Préparer l’instance').click();
      await title(page, 'Instance').waitFor();
      await check_screen(page, 'Instance');
      const form = page.getByRole('form', { name: `Décision pour ${view.shown}, cas 1`, exact: true });
      await form.getByRole('button', { name: 'Noter la décision' }).click();
      await form.getByText('Il faut une décision, quelqu’un et une date à venir.').waitFor();
      const taps = await taps_of(page, async () => {
        await form.getByLabel('Décision', { exact: true }).fill('Appeler la structure');
        await form.getByLabel('Qui s’en charge').selectOption({ index: 1 });
        const soon = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
        await form.getByLabel('Pour le').fill(soon);
        await form.getByRole('button', { name: 'Noter la décision' }).click();
      });
      assert.ok(taps <= 4, `${taps} taps`);
      await page.getByText(/^Appeler la structure ·/).waitFor();
      const after_it = await get(page, '/api/v1/board');
      const kept = after_it.decisions.find(({ person }) => person === late.person.id);
      assert.equal(kept?.what, 'Appeler la structure');
      assert.ok(me.organisation.id);
    }, desk);
  });

  it('l’instance s’imprime sans formulaire ni navigation', async () => {
    await as(server, 'karim', async ({ page }) => {
      await visit(page, '/lundi/instance');
      await title(page, 'Instance').waitFor();
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.getByRole('button', { name: 'Imprimer' }).isVisible(), false);
      assert.equal(await page.getByRole('navigation', { name: 'Principal' }).isVisible(), false);
      assert.equal(await page.locator('form').filter({ visible: true }).count(), 0);
      assert.ok((await page.pdf({ format: 'A4' })).length > 1_000);
    }, desk);
  });

  it('qui travaille dans la rue n’a pas ce tableau', async () => {
    await visit(samira.page, '/lundi');
    await title(samira.page, 'Pas pour ce compte').waitFor();
    const { status } = await samira.page.evaluate(async () => ({
      status: (await fetch('/api/v1/board')).status,
    }));
    assert.ok(status === 403 || status === 404, String(status));
  });
});

describe('R48, les signalements', () => {
  it('se notent sans réseau, ne sont dans aucune liste, et deviennent une rencontre', async () => {
    const { page, context, me } = samira;
    const who = `M., vélo ${new_id().slice(0, 4)}`;
    await kept_offline(page);
    await visit(page, '/signalements');
    await title(page, 'Signalements').waitFor();
    await check_screen(page, 'Signalements');
    await visit(page, '/signalements/nouveau');
    await button(page, 'Enregistrer').click();
    await page.getByText('Dites qui en parle.').waitFor();
    await check_screen(page, 'Signalement, à compléter');
    await context.setOffline(true);
    await radio(page, 'Commerce').click();
    await page.getByLabel('Comment la reconnaître').fill(who);
    await page.getByLabel('Où').fill('Gare, parvis');
    await radio(page, 'Non').click();
    await button(page, 'Enregistrer').click();
    await visit(page, '/signalements');
    const row = page.getByRole('main').locator('.rows > li').filter({ hasText: who });
    await row.getByText('Sur ce téléphone').waitFor();
    await context.setOffline(false);
    await row.getByText('Sur ce téléphone').waitFor({ state: 'detached', timeout: 60_000 });
    const team = me.teams[0].id;
    // The row no longer says that it waits as soon as it is on its way.
    let signal;
    for (let tries = 0; !signal && tries < 100; tries += 1) {
      const { rows } = await get(page, `/api/v1/signals?team=${team}`);
      signal = rows.find(({ said }) => said.who === who);
      if (!signal) await page.waitForTimeout(200);
    }
    assert.ok(signal);
    const people = () => get(page, `/api/v1/people?team=${team}`);
    assert.ok(!(await people()).rows.some(({ id }) => id === signal.person), 'not a case yet');
    await row.getByRole('button', { name: /^Rencontrée/ }).click();
    await title(page, 'Noter').waitFor();
    await page.getByText(who).first().waitFor();
    await button(page, 'Enregistrer').click();
    await visit(page, '/signalements');
    await row.waitFor({ state: 'detached' });
    await until(
      page,
      async ([of, id]) => {
        const found = await (await fetch(`/api/v1/people?team=${of}`)).json();
        return found.rows.some((one) => one.id === id);
      },
      [team, signal.person],
    );
  });
});
