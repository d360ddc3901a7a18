// J02. La tournée : démarrer, changer de lieu, terminer ; la veille réseaux ; le compte rendu du jour.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  all_sent,
  as_worker,
  button,
  day_read,
  dialog,
  enter,
  figure,
  kept_offline,
  link,
  on,
  open_round,
  radio,
  round,
  rows,
  serve,
  taps_of,
  title,
  today,
  visit,
} from './street.mjs';
import { desk } from '../lib.mjs';

let server;
before(async () => (server = await serve()));
after(() => server.close());

describe('La tournée', () => {
  it('se démarre, change de lieu et se termine sans réseau, et compte une seule fois', () =>
    as_worker(server, async ({ page, context }) => {
      await day_read(page);
      assert.ok(await kept_offline(page));
      const before = (await figure(page, server, 'I01')).total;
      await context.setOffline(true);
      await open_round(page);
      await page.getByRole('img', { name: /Place Neuve, Sanitas, où vous êtes/ }).waitFor();
      await button(page, 'Rencontre +1').click();
      await button(page, 'Changer de lieu').click();
      await dialog(page, 'Où').getByRole('button', { name: 'Gare de Tours' }).click();
      await page.getByRole('img', { name: /Place Neuve, Sanitas, fait ; Gare de Tours, parvis, où vous êtes/ }).waitFor();
      await button(page, 'Rencontre +1').click();
      await link(page, '2 rencontres').click();
      await page.getByText('Gare de Tours, parvis').first().waitFor();
      assert.match(await page.getByRole('region', { name: 'Par lieu' }).innerText(), /Gare de Tours, parvis\s*1\s*Place Neuve, Sanitas\s*1|Place Neuve, Sanitas\s*1\s*Gare de Tours, parvis\s*1/);
      await button(page, 'Retour').click();
      await link(page, 'Terminer la tournée').click();
      await page.getByText(/2 rencontres · 2 lieux/).waitFor();
      await button(page, 'Un refus de plus').click();
      await radio(page, 'Calme').click();
      await page.getByLabel('Sur le territoire').fill('Sortie des cours, beaucoup de monde.');
      await button(page, 'Terminer la tournée').click();
      await page.getByText('Pas de tournée en cours').waitFor();
      await page.getByText(/^Tournée terminée à/).waitFor();
      assert.match((await rows(page).allInnerTexts()).join('\n'), /Tournée terminée\s+1 refus\s+Sur ce téléphone/);
      await context.setOffline(false);
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await all_sent(page);
      assert.equal((await figure(page, server, 'I01')).total, before + 1);
    }));

  it('se souvient de la dernière : la seconde se démarre en deux gestes', () =>
    as_worker(server, async ({ page }) => {
      await open_round(page, ['Bords du Cher', 'Place Neuve, Sanitas']);
      await link(page, 'Terminer la tournée').click();
      await button(page, 'Terminer la tournée').click();
      const taps = await taps_of(page, async () => {
        await link(page, 'Démarrer une tournée').click();
        await button(page, 'Démarrer une tournée').click();
        await round(page).waitFor();
      });
      assert.equal(taps, 2);
      await page.getByRole('img', { name: /Bords du Cher, où vous êtes/ }).waitFor();
    }));

  it('Annuler la fin rouvre la tournée', () =>
    as_worker(server, async ({ page }) => {
      await open_round(page);
      await link(page, 'Terminer la tournée').click();
      await button(page, 'Terminer la tournée').click();
      await link(page, 'Démarrer une tournée').waitFor();
      await button(page, 'Annuler').click();
      await round(page).waitFor();
    }));

  it('démarrée ailleurs par la même personne, elle est là à la connexion ; celle d’un collègue se rejoint', () =>
    as_worker(server, async ({ page }) => {
      await open_round(page);
      await all_sent(page);
      await on(server, desk, async (second) => {
        await enter(second.page, server);
        await round(second.page).waitFor();
      });
      await on(server, desk, async (mate) => {
        await enter(mate.page, server, server.account('outreach_worker', 1));
        await button(mate.page, 'Rejoindre').click();
        await round(mate.page).waitFor();
        await button(mate.page, 'Rencontre +1').click();
        await link(mate.page, '1 rencontre').waitFor();
        await all_sent(mate.page);
      });
    }));

  it('le plus proche est choisi par la position, qui ne part nulle part', () =>
    as_worker(
      server,
      async ({ page }) => {
        await open_round(page);
        const sent = [];
        page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
        await button(page, 'Changer de lieu').click();
        await dialog(page, 'Où').getByRole('button', { name: 'Le plus proche' }).click();
        await dialog(page, 'Où').waitFor({ state: 'detached' });
        await all_sent(page);
        assert.deepEqual(sent.filter((text) => text.includes('47.39')), []);
      },
      { geolocation: { latitude: 47.3941, longitude: 0.6848 }, permissions: ['geolocation'] },
    ));
});

describe('Veille réseaux', () => {
  it('réseau, minutes, réponses, conversations : aucun champ pour un pseudonyme', () =>
    as_worker(server, async ({ page }) => {
      const before = (await figure(page, server, 'I02')).total;
      await link(page, 'Veille réseaux').click();
      await title(page, 'Veille réseaux').waitFor();
      assert.equal(await page.locator('main input, main textarea').count(), 0);
      await button(page, 'Enregistrer').click();
      await page.getByText('Choisissez un réseau.').waitFor();
      await radio(page, 'Snapchat').click();
      await radio(page, '25').click();
      await button(page, 'Une réponse de plus').click();
      await button(page, 'Enregistrer').click();
      await title(page, 'Aujourd’hui').waitFor();
      assert.match((await rows(page).allInnerTexts()).join('\n'), /Veille réseaux\s+25 min · 1 réponse/);
      await all_sent(page);
      assert.equal((await figure(page, server, 'I02')).total, before + 1);
      const row = (await today(page, server)).rows.find(({ kind, own }) => kind === 'watch_session' && own);
      assert.deepEqual(Object.keys(row.body).sort(), ['conversations', 'minutes', 'network', 'replies', 'team']);
    }));
});

describe('Compte rendu du jour', () => {
  it('est écrit depuis les entrées, complété par l’équipe, imprimé sans nom ni alias', () =>
    as_worker(server, async ({ page }) => {
      await open_round(page);
      await link(page, 'Noter').click();
      await button(page, 'Ajouter un alias').click();
      await page.getByLabel('Alias', { exact: true }).fill('Zébulon');
      await button(page, 'Créer « Zébulon »').click();
      await button(page, 'Écoute').click();
      await button(page, 'Enregistrer').click();
      await title(page, 'Aujourd’hui').waitFor();
      await all_sent(page);
      const asked = [];
      page.on('request', (request) => request.url().includes('/reports/day') && asked.push(request));
      await visit(page, '/compte-rendu');
      await page.getByRole('region', { name: 'La journée' }).waitFor();
      await page.getByRole('cell', { name: 'Écoute' }).waitFor();
      await page.getByLabel('Ajouts de l’équipe').fill('Un commerçant propose d’afficher les horaires.');
      // "Noté à" may still be in sight from the note before.
      const sent = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/sync') && answer.ok());
      await button(page, 'Enregistrer').click();
      await sent;
      assert.ok(asked.length <= 4, `${asked.length} questions: an answer is no reason to ask again`);
      assert.doesNotMatch(await page.locator('article').innerText(), /Zébulon/);
      await page.reload();
      await page.goto(`${server.url}/compte-rendu`);
      const { sign_in } = await import('../lib.mjs');
      await button(page, 'Ouvrir la liste').click();
      await sign_in(page, server.account('outreach_worker'));
      const words = page.getByLabel('Ajouts de l’équipe');
      await words.waitFor();
      await page.waitForFunction(() => document.querySelector('#team-words')?.value.includes('commerçant'));
      await visit(page, '/compte-rendu');
      await button(page, 'Jour d’avant').click();
      await page.waitForURL(/\?jour=/);
      await page.getByRole('region', { name: 'La journée' }).waitFor();
      const pdf = await page.pdf({ preferCSSPageSize: true });
      const pages = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? [];
      assert.equal(pages.length, 1);
      await page.emulateMedia({ media: 'print' });
      assert.equal(await button(page, 'Imprimer').isVisible(), false);
    }));

  it('un jour sans rien le dit, et demain n’existe pas', () =>
    as_worker(server, async ({ page }) => {
      await visit(page, '/compte-rendu?jour=2000-01-02');
      await page.getByText('Rien n’est noté ce jour-là.').waitFor();
      await visit(page, '/compte-rendu');
      await page.getByRole('button', { name: 'Jour d’après', exact: true, disabled: true }).waitFor();
    }));
});
