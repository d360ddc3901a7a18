// J03. Les personnes : une liste, une fiche, On va plus loin ?, moins de 18 ans, l'effacement.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  all_sent,
  as_worker,
  button,
  day_read,
  dialog,
  enter,
  kept_offline,
  link,
  on,
  people,
  person,
  radio,
  serve,
  title,
  visit,
} from './street.mjs';
import { desk } from '../lib.mjs';

let server;
before(async () => (server = await serve()));
after(() => server.close());

/** A new alias of the scenario, noted and received; her card is open. */
async function met(page, alias, choices = []) {
  await day_read(page);
  await link(page, 'Noter').click();
  await button(page, 'Ajouter un alias').click();
  await page.getByLabel('Alias', { exact: true }).fill(alias);
  await page.getByLabel(/Pour la ou le reconnaître/).fill('bonnet vert');
  await button(page, `Créer « ${alias} »`).click();
  for (const choice of choices) await choice(page).click();
  await button(page, 'Enregistrer').click();
  await title(page, 'Aujourd’hui').waitFor();
  await all_sent(page);
  await open_card(page, alias);
  return page.url().split('/').at(-1);
}

async function open_card(page, name) {
  await link(page, 'Jeunes').click();
  await page.getByLabel('Chercher').fill(name);
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).first().click();
  await title(page, name).waitFor();
}

const tab = (page, name) => page.getByRole('tab', { name, exact: true });

const go_on = (page) => button(page, 'Continuer').click();

describe('La liste et la fiche', () => {
  it('se cherche par le début du nom ou de ce qui aide à reconnaître, sans réseau', () =>
    as_worker(server, async ({ page, context }) => {
      await met(page, 'Wilou');
      assert.ok(await kept_offline(page));
      await context.setOffline(true);
      await link(page, 'Retour à la liste').click();
      await page.getByLabel('Chercher').fill('bonn wil');
      await page.getByText('1 personne', { exact: true }).waitFor();
      await page.getByLabel('Chercher').fill('wilx');
      await page.getByText('Personne ne commence ainsi.').waitFor();
      await button(page, 'Effacer la recherche').click();
    }));

  it('Noter avec elle reprend la personne, et le fil s’allonge', () =>
    as_worker(server, async ({ page }) => {
      const id = await met(page, 'Pistache', [(p) => button(p, 'Écoute')]);
      await button(page, 'Noter').click();
      await page.getByRole('main').getByText('Pistache').waitFor();
      await radio(page, 'Rappeler').click();
      await page.getByLabel('Note').fill('Veut passer le code.');
      await page.getByText('Il ou elle peut lire cette note.').waitFor();
      await button(page, 'Enregistrer').click();
      await title(page, 'Pistache').waitFor();
      await page.getByText('Veut passer le code.').waitFor();
      await all_sent(page);
      const { state } = await person(page, server, id);
      assert.equal(state.contact_count, 2);
      assert.equal(state.recent[0].note, 'Veut passer le code.');
      await link(page, 'Aujourd’hui').click();
      await page.getByRole('link', { name: 'Rappeler Pistache' }).waitFor();
    }));

  it('une note de 141 caractères n’existe pas', () =>
    as_worker(server, async ({ page }) => {
      await met(page, 'Longue');
      await button(page, 'Noter').click();
      await page.getByLabel('Note').pressSequentially('x'.repeat(145), { delay: 0 });
      assert.equal((await page.getByLabel('Note').inputValue()).length, 140);
      await page.getByText('140 / 140').waitFor();
    }));

  it('Décrire change l’alias ; qui a lu est écrit', () =>
    as_worker(server, async ({ page }) => {
      const id = await met(page, 'Brouille');
      await link(page, 'Décrire').click();
      await page.getByLabel('Alias', { exact: true }).fill('Brouillard');
      await radio(page, '26-29').click();
      await button(page, 'Enregistrer').click();
      await title(page, 'Brouillard').waitFor();
      await all_sent(page);
      const { state } = await person(page, server, id);
      assert.deepEqual(state.alias.values.map(({ value }) => value), ['Brouillard']);
      assert.equal(state.age_band.value, 'from_26_to_29');
      await tab(page, 'Qui suit').click();
      await button(page, 'Afficher').click();
      await page.getByText(/a ouvert la fiche/).first().waitFor();
    }));

  it('deux alias écrits sans se voir restent tous deux, et un humain choisit', () =>
    as_worker(server, async ({ page, context }) => {
      await met(page, 'Double');
      const id = page.url().split('/').at(-1);
      await on(server, desk, async (mate) => {
        await enter(mate.page, server, server.account('outreach_worker', 1));
        await mate.page.getByRole('link', { name: 'Jeunes' }).click();
        await visit(mate.page, `/jeunes/${id}/decrire`);
        await mate.page.getByLabel('Alias', { exact: true }).waitFor();
        await visit(page, `/jeunes/${id}/decrire`);
        await page.getByLabel('Alias', { exact: true }).waitFor();
        await mate.page.getByLabel('Alias', { exact: true }).fill('Doublon');
        await button(mate.page, 'Enregistrer').click();
        await title(mate.page, 'Jeunes').waitFor();
        await all_sent(mate.page);
      });
      await page.getByLabel('Alias', { exact: true }).fill('Doublette');
      await button(page, 'Enregistrer').click();
      await page.getByLabel('Alias', { exact: true }).waitFor({ state: 'detached' });
      await all_sent(page);
      await visit(page, '/jeunes');
      await visit(page, `/jeunes/${id}`);
      await page.getByText('Laquelle garder ?').waitFor();
      await page.getByRole('button', { name: /Garder.*Doublette/ }).click();
      await page.getByText('Laquelle garder ?').waitFor({ state: 'detached' });
      await all_sent(page);
      const { state } = await person(page, server, id);
      assert.deepEqual(state.alias.values.map(({ value }) => value), ['Doublette']);
      assert.equal(context.pages().length, 1);
    }));
});

describe('On va plus loin ?', () => {
  it('quatre écrans, rien de coché, prénom et moyen de la joindre, reçu neutre avec un numéro', () =>
    as_worker(server, async ({ page }) => {
      const id = await met(page, 'Lune', [(p) => radio(p, '18-20')]);
      await link(page, 'On va plus loin ?').click();
      for (let screen = 1; screen <= 4; screen += 1) {
        await page.getByText(`${screen} sur 4`).waitFor();
        assert.equal(await page.getByRole('radio', { checked: true }).count(), 0);
        const basis = page.getByText(/^Mission d’intérêt public|^Accord : tu peux le retirer/);
        assert.equal(await basis.count(), 1);
        assert.doesNotMatch(await page.locator('body').innerText(), /\bfrein|NEET|invisible|public cible/i);
        if (screen === 2) {
          await radio(page, 'Oui, je veux bien').click();
          await go_on(page);
          await page.getByText('Il manque ton prénom').waitFor();
          await page.getByLabel('Ton prénom').fill('Inès');
          await radio(page, 'Téléphone').click();
          await page.getByLabel('Ton numéro').fill('06 12 34 56 78');
        }
        if (screen === 3) await radio(page, 'Non').click();
        if (screen === 4) await radio(page, 'Je m’oppose').click();
        await go_on(page);
      }
      await button(page, 'Le voir ici').click();
      await title(page, 'C’est noté').waitFor();
      const number = (await page.getByText(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/).innerText()).trim();
      const receipt = await page.getByRole('main').innerText();
      assert.doesNotMatch(receipt, /association|mission locale|prévention|médiation/i);
      await page.getByRole('main').getByText('Pour tout arrêter').waitFor();
      await button(page, 'Terminer').click();
      await title(page, 'Inès').waitFor();
      await tab(page, 'Partages').click();
      await page.getByText(`Reçu ${number}`).waitFor();
      await all_sent(page);
      const { state } = await person(page, server, id);
      assert.equal(state.level, 'identified');
      const said = Object.fromEntries(state.consents.map(({ purpose, agreed }) => [purpose, agreed]));
      assert.deepEqual(said, { contact_me: true, share_with_team: false, statistics: false });
      assert.equal(state.receipts[0].number, number);
    }));

  it('s’arrêter à chaque écran garde l’alias', () =>
    as_worker(server, async ({ page }) => {
      const id = await met(page, 'Comète');
      for (let stop = 1; stop <= 5; stop += 1) {
        await link(page, 'On va plus loin ?').click();
        await page.getByText('1 sur 4').waitFor();
        for (let screen = 1; screen < stop; screen += 1) await go_on(page);
        await button(page, 'Arrêter là, je reste « Comète »').click();
        await page.getByText('Tu restes « Comète ». Rien d’autre n’est noté.').waitFor();
        await button(page, 'Fermer').click();
        await title(page, 'Comète').waitFor();
      }
      await all_sent(page);
      const { state } = await person(page, server, id);
      assert.equal(state.level, 'alias');
      assert.deepEqual(state.consents, []);
    }));

  it('ce qu’elle a refusé avant de s’arrêter est gardé : la restriction l’emporte', () =>
    as_worker(server, async ({ page }) => {
      const id = await met(page, 'Refus');
      await link(page, 'On va plus loin ?').click();
      await radio(page, 'Je m’oppose').click();
      await go_on(page);
      await button(page, 'Arrêter là, je reste « Refus »').click();
      await page.getByText('Ce que tu as refusé est noté.').waitFor();
      await button(page, 'Fermer').click();
      await tab(page, 'Partages').click();
      await page.getByText(/s’oppose, le/).waitFor();
      await all_sent(page);
      const { state } = await person(page, server, id);
      assert.deepEqual(state.consents.map(({ purpose, agreed }) => [purpose, agreed]), [['follow_up', false]]);
    }));

  it('le reçu se refuse, et se fait sans réseau', () =>
    as_worker(server, async ({ page, context }) => {
      const id = await met(page, 'Sobre');
      assert.ok(await kept_offline(page));
      await context.setOffline(true);
      await link(page, 'On va plus loin ?').click();
      for (let screen = 1; screen <= 4; screen += 1) await go_on(page);
      await button(page, 'Pas de reçu').click();
      await title(page, 'Sobre').waitFor();
      await tab(page, 'Partages').click();
      await page.getByText(/refusé/).waitFor();
      await context.setOffline(false);
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await all_sent(page);
      const { state } = await person(page, server, id);
      assert.equal(state.receipts[0].form, 'refused');
    }));
});

describe('Moins de 18 ans', () => {
  it('16-17 : les deux choix, le 119 et la CRIP, un acte sans contenu', () =>
    as_worker(server, async ({ page }) => {
      const id = await met(page, 'Mino', [(p) => radio(p, '16-17')]);
      await page.getByRole('button', { name: /Moins de 18 ans/ }).click();
      await page.getByText('16-17 ans : obligation de formation').waitFor();
      await page.getByText('à faire relire par un juriste').waitFor();
      await link(page, '119').waitFor();
      await page.getByRole('link', { name: /^CRIP \d/ }).waitFor();
      await page.getByText('Rien n’est noté. Rien ne part tout seul.').waitFor();
      await page.getByRole('button', { name: /Informé·e, lien gardé/ }).click();
      await button(page, 'Information préoccupante transmise').click();
      await page.getByLabel('Destinataire').fill('CRIP 37');
      await button(page, 'Enregistrer').click();
      await page.getByText(/Information préoccupante transmise : CRIP 37/).waitFor();
      await page.getByRole('listitem').filter({ hasText: 'Informé·e, lien gardé' }).waitFor();
      await all_sent(page);
      const { state } = await person(page, server, id);
      assert.equal(state.minor_acts.length, 2);
      assert.ok(state.minor_acts.some(({ choice }) => choice === 'bond_kept'));
      assert.ok(state.minor_acts.some(({ recipient }) => recipient === 'CRIP 37'));
    }));

  it('moins de 16 ans : obligation scolaire, dès la note ; rien pour un adulte', () =>
    as_worker(server, async ({ page }) => {
      await link(page, 'Noter').click();
      await radio(page, '18-20').click();
      await page.getByRole('radio', { name: '18-20', exact: true, checked: true }).waitFor();
      assert.equal(await button(page, 'Moins de 18 ans : repères').count(), 0);
      await radio(page, '-16').click();
      await button(page, 'Moins de 18 ans : repères').click();
      await dialog(page, 'Moins de 18 ans').getByText('obligation scolaire').waitFor();
      await dialog(page, 'Moins de 18 ans').getByText('Mineur en danger').waitFor();
      await page.keyboard.press('Escape');
      await dialog(page, 'Moins de 18 ans').waitFor({ state: 'hidden' });
    }));
});

describe('Effacer sur demande', () => {
  it('dit qui le demande, détruit, et la personne n’est plus nulle part', () =>
    as_worker(server, async ({ page }) => {
      const id = await met(page, 'Effacée');
      await button(page, 'Effacer sur demande').click();
      const box = dialog(page, 'Effacer cette personne ?');
      await box.getByRole('button', { name: 'Effacer', exact: true }).click();
      await page.getByText('Dites qui le demande.').waitFor();
      await box.getByRole('radio', { name: 'La personne' }).click();
      await box.getByRole('button', { name: 'Effacer', exact: true }).click();
      await title(page, 'Jeunes').waitFor();
      assert.deepEqual((await people(page, server, 'Effacée')).rows, []);
      const gone = await page.request.get(`${server.url}/api/v1/people/${id}`);
      assert.ok(gone.status() >= 400);
      await page.getByLabel('Chercher').fill('Effacée');
      await page.getByText('Personne ne commence ainsi.').waitFor();
    }));
});
