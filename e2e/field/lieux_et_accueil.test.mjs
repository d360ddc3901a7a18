// La carte (lieux, tournées) et l'accueil d'un site.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  all_sent,
  as_worker,
  button,
  day_read,
  enter,
  kept_offline,
  link,
  on,
  open_round,
  radio,
  serve,
  taps_of,
  title,
  today,
  visit,
} from './street.mjs';
import { phone } from '../lib.mjs';

let server;
before(async () => (server = await serve()));
after(() => server.close());

const in_tours = { geolocation: { latitude: 47.3941, longitude: 0.6848 }, permissions: ['geolocation'] };
const at_sea = { geolocation: { latitude: 46.2, longitude: -4.5 }, permissions: ['geolocation'] };
const places = async (page) => {
  const answer = await page.request.get(`${server.url}/api/v1/reference`);
  return (await answer.json()).places;
};

describe('Carte', () => {
  it('un lieu nouveau prend le point du téléphone, et sa commune se trouve sans réseau', () =>
    as_worker(
      server,
      async ({ page, context }) => {
        await day_read(page);
        assert.ok(await kept_offline(page));
        const [known] = (await places(page)).filter(({ latitude_e7, fictitious }) => latitude_e7 && fictitious);
        await context.setGeolocation({
          latitude: known.latitude_e7 / 1e7,
          longitude: known.longitude_e7 / 1e7,
        });
        await context.setOffline(true);
        await link(page, 'Carte').click();
        await link(page, 'Ajouter un lieu').click();
        await page.getByLabel('Nom').fill('Banc du platane');
        await page.getByLabel('Quel genre de lieu').selectOption('square');
        await button(page, 'Prendre la position de ce téléphone').click();
        await page.getByText('Le point est pris.').waitFor();
        await page.getByText(`Commune : ${known.commune_name}`).waitFor();
        await page.getByText('contours fictifs').waitFor();
        await button(page, 'Enregistrer').click();
        await title(page, 'Carte').waitFor();
        await page.getByText('Banc du platane').waitFor();
        await context.setOffline(false);
        await page.evaluate(() => dispatchEvent(new Event('online')));
        await all_sent(page);
        const made = (await places(page)).find(({ name }) => name === 'Banc du platane');
        assert.equal(made.commune, known.commune);
        assert.equal(made.district, known.district);
        assert.equal(made.type, 'square');
      },
      in_tours,
    ));

  it('où aucun contour n’est chargé, la commune est demandée et le QPV est inconnu, jamais hors QPV', () =>
    as_worker(
      server,
      async ({ page }) => {
        await visit(page, '/carte/nouveau');
        await page.getByLabel('Nom').fill('Jetée');
        await button(page, 'Prendre la position de ce téléphone').click();
        await page.getByText('Le point est pris.').waitFor();
        await page.getByText('aucun contour n’est chargé ici').waitFor();
        await button(page, 'Enregistrer').click();
        await title(page, 'Aujourd’hui').waitFor();
        await link(page, 'Carte').click();
        await page.getByRole('link', { name: /Jetée.*commune à préciser · QPV inconnu/ }).click();
        await page.getByLabel('Commune').fill('Tours');
        await page.getByRole('button', { name: /^Tours\s*37261/ }).click();
        await page.getByText(/Commune choisie : Tours/).waitFor();
        await button(page, 'Enregistrer').click();
        await title(page, 'Carte').waitFor();
        await all_sent(page);
        const made = (await places(page)).find(({ name }) => name === 'Jetée');
        assert.equal(made.commune, '37261');
      },
      at_sea,
    ));

  it('un lieu se ferme et n’est plus proposé', () =>
    as_worker(server, async ({ page }) => {
      await link(page, 'Carte').click();
      await page.getByLabel('Chercher un lieu').fill('bords');
      await page.getByRole('link', { name: /^Bords du Cher/ }).click();
      const name = await page.getByLabel('Nom').inputValue();
      await page.getByRole('checkbox', { name: /Ce lieu est ouvert/ }).click();
      await button(page, 'Enregistrer').click();
      await title(page, 'Carte').waitFor();
      await page.getByLabel('Chercher un lieu').fill(name);
      await page.getByText('fermé').first().waitFor();
      await link(page, 'Noter').click();
      await button(page, 'Changer').click();
      await page.getByRole('dialog').getByText('Gare de Tours, parvis', { exact: true }).waitFor();
      assert.equal(await page.getByRole('dialog').getByText(name, { exact: true }).count(), 0);
    }));

  it('les tournées se lisent, la plus récente d’abord, sans compter par personne', () =>
    as_worker(server, async ({ page }) => {
      await open_round(page);
      await all_sent(page);
      await link(page, 'Carte').click();
      await radio(page, 'Tournées').click();
      const first = page.locator('summary').first();
      await first.getByText('en cours').waitFor();
      await page.locator('summary').nth(1).click();
      await page.locator('details[open] dd').first().waitFor();
      const open = await page.locator('details[open]').innerText();
      assert.match(open, /Avec/);
      assert.doesNotMatch(open, /par personne|classement/i);
    }));
});

describe('Accueil', () => {
  const as_agent = (scenario) =>
    on(server, phone, async (browser) => {
      await enter(browser.page, server, server.account('reception_agent'));
      await day_read(browser.page);
      await visit(browser.page, '/accueil');
      await title(browser.page, 'Accueil').waitFor();
      await scenario(browser);
    });
  const total = async (page) => Number(await page.locator('.tally output').innerText());
  const shows = (page, wanted) =>
    page.waitForFunction(
      (text) => document.querySelector('.tally output')?.textContent === text,
      String(wanted),
    );

  it('un geste un passage, un motif en un geste, moins de cinq secondes, et Annuler', () =>
    as_agent(async ({ page }) => {
      const mine = async () =>
        (await today(page, server)).rows.filter(
          ({ kind, own, undone }) => kind === 'visit' && own && !undone,
        );
      const known = (await mine()).length;
      const before = await total(page);
      const started = Date.now();
      const taps = await taps_of(page, async () => {
        await button(page, 'Passage +1').click();
        await button(page, 'Recherche d’emploi').click();
      });
      assert.equal(taps, 2);
      await shows(page, before + 2);
      assert.ok(Date.now() - started < 10_000);
      await button(page, 'Annuler').click();
      await shows(page, before + 1);
      await all_sent(page);
      const visits = await mine();
      assert.equal(visits.length, known + 1);
      assert.equal(visits[0].body.named, false);
    }));

  it('un alias s’ajoute au passage suivant, et à lui seul', () =>
    as_agent(async ({ page }) => {
      const before = await total(page);
      await button(page, 'Ajouter un alias').click();
      await page.getByLabel('Alias', { exact: true }).fill('Visiteur');
      await button(page, 'Créer « Visiteur »').click();
      await page.getByText('Le prochain passage est celui de Visiteur.').waitFor();
      await button(page, 'Droits, papiers').click();
      await page.getByText('Le prochain passage').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: /Visiteur/ }).waitFor();
      await button(page, 'Passage +1').click();
      await shows(page, before + 2);
      await all_sent(page);
      const visits = (await today(page, server)).rows.filter(({ kind, own, undone }) => kind === 'visit' && own && !undone);
      assert.deepEqual(visits.slice(0, 2).map(({ body }) => body.named), [false, true]);
    }));
});
