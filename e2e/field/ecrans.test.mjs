// Chaque écran de la rue, dans chaque état, dans les deux langues : axe, 320 px, 200 %, nuit, clavier.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { as_worker, button, day_read, enter, link, on, open_round, people, round, serve, title, visit } from './street.mjs';
import { check_screen, choose_language, desk, phone, small } from '../lib.mjs';

let server;
before(async () => (server = await serve()));
after(() => server.close());

/** Every address of the area. */
async function screens(page) {
  const [known] = (await people(page, server)).rows;
  const card = `/jeunes/${known.id}`;
  return [
    '/',
    '/noter',
    '/rencontre',
    '/tournee/fin',
    '/veille',
    '/jeunes',
    card,
    `${card}/decrire`,
    `${card}/plus-loin`,
    '/carte',
    '/carte?vue=tournees',
    '/carte/nouveau',
    '/compte-rendu',
    '/accueil',
  ];
}

async function walk(page, name) {
  for (const path of await screens(page)) {
    await visit(page, path);
    await check_screen(page, `${name} ${path.replace(/[0-9a-f]{32}/, ':id')}`);
  }
}

async function in_french(page) {
  await enter(page, server);
  await title(page, 'Aujourd’hui').waitFor();
  await open_round(page);
}

async function in_english(page) {
  await page.goto(server.url);
  await choose_language(page, 'en');
  await page.reload();
  const { login, password } = server.account('outreach_worker');
  await page.getByLabel('Login', { exact: true }).or(page.locator('input[autocomplete=username]')).first().fill(login);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await title(page, 'Today').waitFor();
}

describe('Tous les écrans', () => {
  it('sur un téléphone, en français', () =>
    on(server, phone, async ({ page }) => {
      await in_french(page);
      await walk(page, 'téléphone');
    }));

  it('sur un téléphone, en anglais, la nuit', () =>
    on(server, { ...phone, colorScheme: 'dark' }, async ({ page }) => {
      await in_english(page);
      assert.equal(await page.locator('html').getAttribute('lang'), 'en');
      await walk(page, 'night');
    }));

  it('à 320 px', () =>
    on(server, small, async ({ page }) => {
      await in_french(page);
      await walk(page, '320 px');
    }));

  it('sur un bureau', () =>
    on(server, desk, async ({ page }) => {
      await in_french(page);
      await walk(page, 'bureau');
    }));

  it('texte à 200 % sur un bureau de 1280 px : comme à 640 px', () =>
    on(server, { viewport: { width: 640, height: 430 } }, async ({ page }) => {
      await in_french(page);
      await walk(page, '200 %');
    }));

  it('en couleurs forcées', () =>
    on(server, { ...phone, forcedColors: 'active' }, async ({ page }) => {
      await in_french(page);
      for (const path of ['/', '/noter', '/rencontre']) {
        await visit(page, path);
        await check_screen(page, `couleurs forcées ${path}`);
      }
    }));
});

describe('Les états', () => {
  it('dialogues ouverts, formulaire en erreur, liste vide, recherche sans réponse', () =>
    as_worker(server, async ({ page }) => {
      await open_round(page);
      await link(page, 'Noter').click();
      await button(page, 'Changer').click();
      await page.getByRole('dialog').waitFor();
      await check_screen(page, 'choisir un lieu');
      await page.keyboard.press('Escape');
      await button(page, 'Ajouter un alias').click();
      await button(page, 'Nouvel alias').click();
      await page.getByText('Il manque un alias.').waitFor();
      await check_screen(page, 'alias manquant');
      await page.getByLabel('Alias', { exact: true }).fill('Axel');
      await button(page, 'Créer « Axel »').click();
      await button(page, 'Autre').click();
      await page.getByRole('radio', { name: 'Rendez-vous' }).click();
      await page.getByLabel('Quand').waitFor();
      await check_screen(page, 'noter, tout ouvert');
      await button(page, 'Fermer').click();
      await page.getByText(/reprendre \?/).waitFor();
      await check_screen(page, 'brouillon proposé');
      await visit(page, '/veille');
      await button(page, 'Enregistrer').click();
      await page.getByText('Choisissez un réseau.').waitFor();
      await check_screen(page, 'veille en erreur');
      await visit(page, '/jeunes');
      await page.getByLabel('Chercher').fill('zzzz');
      await page.getByText('Personne ne commence ainsi.').waitFor();
      await check_screen(page, 'recherche sans réponse');
      await visit(page, '/');
      await page.locator('.noted button').first().click();
      await page.getByRole('dialog').waitFor();
      await check_screen(page, 'une ligne ouverte');
    }));

  it('les quatre écrans, le reçu et l’arrêt de On va plus loin ?', () =>
    as_worker(server, async ({ page }) => {
      const [known] = (await people(page, server)).rows;
      await visit(page, `/jeunes/${known.id}/plus-loin`);
      for (let screen = 1; screen <= 4; screen += 1) {
        await page.getByText(`${screen} sur 4`).waitFor();
        await check_screen(page, `écran ${screen}`);
        await button(page, 'Continuer').click();
      }
      await button(page, 'Le voir ici').waitFor();
      await check_screen(page, 'reçu demandé');
      await button(page, 'Le voir ici').click();
      await title(page, 'C’est noté').waitFor();
      await check_screen(page, 'reçu');
      await button(page, 'Terminer').click();
      await link(page, 'On va plus loin ?').waitFor();
      await visit(page, `/jeunes/${known.id}/plus-loin`);
      await page.getByRole('button', { name: /^Arrêter là/ }).click();
      await title(page, 'On s’arrête là').waitFor();
      await check_screen(page, 'arrêt');
    }));

  it('hors ligne, avec des lignes qui attendent', () =>
    as_worker(server, async ({ page, context }) => {
      await open_round(page);
      await context.setOffline(true);
      await button(page, 'Rencontre +1').click();
      await page.getByText(/Hors ligne/).waitFor();
      await check_screen(page, 'hors ligne');
    }));
});

describe('Le clavier', () => {
  it('suffit pour noter : flèches dans les choix, Échap ferme, le titre prend le focus', () =>
    as_worker(
      server,
      async ({ page }) => {
        await day_read(page);
        if (!(await round(page).isVisible())) await open_round(page);
        await link(page, 'Noter').focus();
        await page.keyboard.press('Enter');
        await title(page, 'Noter').waitFor();
        await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
        await page.getByRole('radio', { name: 'Femme' }).focus();
        await page.keyboard.press('ArrowRight');
        await page.getByRole('radio', { name: 'Homme', checked: true }).waitFor();
        await button(page, 'Changer').focus();
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
        await page.waitForFunction(() => document.activeElement?.textContent?.trim() === 'Changer');
        await button(page, 'Écoute').focus();
        await page.keyboard.press('Space');
        await button(page, 'Enregistrer').focus();
        await page.keyboard.press('Enter');
        await title(page, 'Aujourd’hui').waitFor();
      },
      desk,
    ));
});
