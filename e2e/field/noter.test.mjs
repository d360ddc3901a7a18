// J01. Noter dans la rue : sans réseau, sans nom, en quelques gestes ; puis les chiffres comptent.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  all_sent,
  as_worker,
  button,
  dialog,
  drafts_kept,
  figure,
  kept_offline,
  link,
  open_round,
  radio,
  round,
  rows,
  serve,
  taps_of,
  title,
  today,
} from './street.mjs';

let server;
before(async () => (server = await serve()));
after(() => server.close());

const noter = (page) => link(page, 'Noter').click();
const save = async (page) => {
  await button(page, 'Enregistrer').click();
  await title(page, 'Aujourd’hui').waitFor();
};
const newest = async (page) => rows(page).first().innerText();

describe('Le nombre de gestes, tournée ouverte', () => {
  it('Noter, Enregistrer : 2, et c’est une rencontre, pas une personne', () =>
    as_worker(server, async ({ page }) => {
      await open_round(page);
      const before = (await figure(page, server, 'encounters')).total;
      const taps = await taps_of(page, async () => {
        await noter(page);
        await save(page);
      });
      assert.equal(taps, 2);
      assert.match(await newest(page), /1 rencontre/);
      await all_sent(page);
      assert.equal((await figure(page, server, 'encounters')).total, before + 1);
    }));

  it('âge, sexe, service, ce qui bloque : 6', () =>
    as_worker(server, async ({ page }) => {
      await open_round(page);
      const taps = await taps_of(page, async () => {
        await noter(page);
        await radio(page, '18-20').click();
        await radio(page, 'Femme').click();
        await button(page, 'Écoute').click();
        await button(page, 'Se déplacer').click();
        await save(page);
      });
      assert.equal(taps, 6);
      await all_sent(page);
      const [row] = (await today(page, server)).rows.filter(({ own }) => own);
      assert.equal(row.kind, 'encounter');
      const { age_band, sex, services, barriers, round: of, place } = row.body;
      assert.deepEqual(
        { age_band, sex, services, barriers },
        { age_band: 'from_18_to_20', sex: 'woman', services: ['listening'], barriers: ['mobility'] },
      );
      assert.match(of, /^[0-9a-f]{32}$/);
      assert.match(place, /^[0-9a-f]{32}$/);
    }));

  it('Rencontre +1 : 1', () =>
    as_worker(server, async ({ page }) => {
      await open_round(page);
      const taps = await taps_of(page, () => button(page, 'Rencontre +1').click());
      assert.equal(taps, 1);
      await link(page, '1 rencontre').waitFor();
    }));

  it('Dupliquer, Enregistrer : 2', () =>
    as_worker(server, async ({ page }) => {
      await open_round(page);
      await noter(page);
      await button(page, 'Une de plus').click();
      await button(page, 'Collation').click();
      await save(page);
      const taps = await taps_of(page, async () => {
        await button(page, 'Dupliquer').click();
        await title(page, 'Noter').waitFor();
        await save(page);
      });
      assert.equal(taps, 2);
      const texts = await rows(page).allInnerTexts();
      assert.equal(texts.filter((text) => /Deux personnes\s+Collation/.test(text)).length, 2);
    }));
});

describe('Sans réseau', () => {
  it('six rencontres à 700 ms le geste, dont un alias de six lettres : moins de 60 s, rien de perdu', () =>
    as_worker(server, async ({ page, context }) => {
      await open_round(page);
      assert.ok(await kept_offline(page));
      await all_sent(page);
      const before = (await figure(page, server, 'encounters')).total;
      await context.setOffline(true);
      const tap = async (target) => {
        await page.waitForTimeout(700);
        await target.click();
      };
      const started = Date.now();
      for (const [age, sex, known] of [
        ['16-17', 'Homme', 'Déjà croisée'],
        ['18-20', 'Femme', 'Nouvelle'],
        ['21-25', 'Homme', 'Nouvelle'],
        ['18-20', 'Homme', 'Déjà croisée'],
        ['26-29', 'Femme', 'Nouvelle'],
      ]) {
        await tap(link(page, 'Noter'));
        await tap(radio(page, age));
        await tap(radio(page, sex));
        await tap(radio(page, known));
        await tap(button(page, 'Enregistrer'));
      }
      await tap(link(page, 'Noter'));
      await tap(button(page, 'Ajouter un alias'));
      await page.getByLabel('Alias', { exact: true }).and(page.locator(':focus')).waitFor();
      await page.keyboard.type('Tokyos', { delay: 700 });
      await tap(button(page, 'Créer « Tokyos »'));
      await tap(button(page, 'Se déplacer'));
      await tap(button(page, 'Papiers'));
      await tap(button(page, 'Enregistrer'));
      await title(page, 'Aujourd’hui').waitFor();
      const seconds = (Date.now() - started) / 1000;
      assert.ok(seconds <= 60, `${seconds} s`);

      const texts = (await rows(page).allInnerTexts()).join('\n');
      assert.match(texts, /Tokyos\s+Se déplacer · papiers\s+Sur ce téléphone/);
      assert.match(texts, /5 rencontres/);
      await context.setOffline(false);
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await all_sent(page);
      assert.match(await newest(page), /Envoyé/);
      assert.equal((await figure(page, server, 'encounters')).total, before + 5);
      const contact = (await today(page, server)).rows.find(({ person }) => person === 'Tokyos');
      assert.deepEqual(contact.body.barriers, ['mobility', 'admin_rights']);
    }));
});

describe('Reprendre et annuler', () => {
  it('Annuler après Rencontre +1 est une nouvelle entrée, et le compte redescend', () =>
    as_worker(server, async ({ page }) => {
      await open_round(page);
      await all_sent(page);
      const before = (await figure(page, server, 'encounters')).total;
      await button(page, 'Rencontre +1').click();
      await button(page, 'Rencontre +1').click();
      await link(page, '2 rencontres').waitFor();
      await button(page, 'Annuler').click();
      await link(page, '1 rencontre').waitFor();
      await all_sent(page);
      assert.equal((await figure(page, server, 'encounters')).total, before + 1);
      const mine = (await today(page, server)).rows.filter(({ own, undone }) => own && undone);
      assert.equal(mine.length, 1);
    }));

  it('Annuler plus tard, depuis la ligne, défait aussi la personne qu’elle avait créée', () =>
    as_worker(server, async ({ page }) => {
      await open_round(page);
      await noter(page);
      await button(page, 'Ajouter un alias').click();
      await page.getByLabel('Alias', { exact: true }).fill('Fugace');
      await button(page, 'Créer « Fugace »').click();
      await save(page);
      await page.getByRole('button', { name: /Fugace/ }).click();
      await dialog(page, 'Fugace').getByRole('button', { name: 'Annuler' }).click();
      await dialog(page, 'Fugace').waitFor({ state: 'detached' });
      await page.getByText('Fugace').waitFor({ state: 'detached' });
      await link(page, 'Jeunes').click();
      await page.getByLabel('Chercher').fill('Fugace');
      await page.getByText('Personne ne commence ainsi.').waitFor();
    }));

  it('la dernière rencontre se précise sans compter deux fois', () =>
    as_worker(server, async ({ page }) => {
      await open_round(page);
      await button(page, 'Rencontre +1').click();
      await link(page, '1 rencontre').click();
      await title(page, 'Rencontres').waitFor();
      await radio(page, 'Femme').click();
      await radio(page, '21-25').click();
      await button(page, 'Rencontre +1').click();
      await page.getByText('2 bâtons').or(page.getByLabel('2 bâtons')).first().waitFor();
      await button(page, 'Retour').click();
      await link(page, '2 rencontres').waitFor();
      await all_sent(page);
      const mine = (await today(page, server)).rows.filter(
        ({ own, undone, body }) => own && !undone && body.round,
      );
      const latest = mine.slice(0, 2).map(({ body }) => [body.sex, body.age_band]);
      assert.deepEqual(latest.sort(), [['woman', 'from_21_to_25'], [undefined, undefined]].sort());
    }));

  it('un brouillon fermé est proposé, jamais remis tout seul', () =>
    as_worker(server, async ({ page }) => {
      await noter(page);
      await button(page, 'Hygiène').click();
      await page.getByText('Brouillon gardé').waitFor();
      await button(page, 'Fermer').click();
      await page.getByText(/^Brouillon de \d\d:\d\d, reprendre/).waitFor();
      await noter(page);
      await button(page, 'Reprendre').waitFor();
      assert.equal(await button(page, 'Hygiène').getAttribute('aria-pressed'), 'false');
      await button(page, 'Reprendre').click();
      await page.getByRole('button', { name: 'Hygiène', exact: true, pressed: true }).waitFor();
      await save(page);
      await page.getByText(/reprendre \?/).waitFor({ state: 'detached' });
      await drafts_kept(page, 0);
    }));

  it('un brouillon survit à la fermeture de la liste et revient à son auteur', () =>
    as_worker(server, async ({ page }) => {
      await noter(page);
      await button(page, 'Ajouter un alias').click();
      await page.getByLabel('Alias', { exact: true }).fill('Inachevé');
      await button(page, 'Créer « Inachevé »').click();
      await page.getByLabel('Note').fill('Revient mardi.');
      await page.getByText('Brouillon gardé').waitFor();
      await page.reload();
      await button(page, 'Ouvrir la liste').or(title(page, 'Noter')).first().waitFor();
      await page.goto(server.url);
      await button(page, 'Ouvrir la liste').click();
      const { sign_in } = await import('../lib.mjs');
      await sign_in(page, server.account('outreach_worker'));
      await link(page, 'Reprendre').click();
      await button(page, 'Reprendre').click();
      await page.getByText('Inachevé').waitFor();
      assert.equal(await page.getByLabel('Note').inputValue(), 'Revient mardi.');
    }));
});

describe('Téléphone verrouillé', () => {
  it('on note, rien ne se relit, et l’auteur confirme d’un geste à la connexion suivante', () =>
    as_worker(server, async ({ page }) => {
      await open_round(page);
      await button(page, 'Fermer la liste').click();
      await title(page, 'La liste est fermée').waitFor();
      await link(page, 'Noter').click();
      await button(page, 'Ajouter un alias').click();
      await page.getByLabel('Alias', { exact: true }).fill('Nuit');
      await button(page, 'Créer « Nuit »').waitFor();
      assert.equal(await dialog(page, 'Ajouter un alias').getByText('Déjà dans la liste').count(), 0);
      await button(page, 'Créer « Nuit »').click();
      await button(page, 'Hébergement').click();
      await button(page, 'Enregistrer').click();
      await title(page, 'La liste est fermée').waitFor();
      await page.getByText(/^Noté à .* scellé$/).waitFor();
      assert.equal(await page.getByText('Nuit').count(), 0);
      await button(page, 'Ouvrir la liste').click();
      const { sign_in } = await import('../lib.mjs');
      await sign_in(page, server.account('outreach_worker'));
      await page.getByText('Une note a été prise téléphone verrouillé. Est-elle de vous ?').waitFor();
      await round(page).waitFor();
      assert.match((await rows(page).allInnerTexts()).join('\n'), /Nuit[\s\S]*Noté téléphone verrouillé/);
      await button(page, 'Oui, je confirme').click();
      await page.getByText('téléphone verrouillé').first().waitFor({ state: 'detached' });
      await all_sent(page);
      const noted = (await today(page, server)).rows.find(({ person }) => person === 'Nuit');
      assert.equal(noted.unconfirmed, false);
    }));
});
