// Recevoir un relais (J07). Le vrai serveur, le vrai navigateur.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { button, dialog, kept_offline, link, on, radio, serve, title, visit } from '../field/street.mjs';
import { check_screen, desk, phone, small } from '../lib.mjs';
import { as, get, open_as, propose, row_of, taps_of, write } from './acts.mjs';

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

const at_relays = async (page) => {
  await visit(page, '/relais');
  await title(page, 'Relais').waitFor();
  await page.getByText(/^À jour du/).waitFor();
};
const box = (page) => get(page, '/api/v1/relays');
const every = ({ to_answer, late, received, sent }) => [...to_answer, ...late, ...received, ...sent];
const told = async (page, relay) => every(await box(page)).find((one) => one.relay.relay === relay);

describe('J07, recevoir un relais', () => {
  it('le relais à répondre vient d’abord, avec ce qui est partagé, et s’accepte d’un geste', async () => {
    await as(server, 'claire', async (claire) => {
      const { page } = claire;
      const { relay, person } = await propose(samira, claire, { fields: ['alias', 'goals'] });
      await at_relays(page);
      const group = page.getByRole('region', { name: 'À répondre d’abord' });
      const row = group.locator(`[data-relay="${relay}"]`);
      await row.getByText('Reçu').first().waitFor(); // opening the box says that it arrived
      await row.getByText('Partagé avec vous : alias, envies').waitFor();
      await check_screen(page, 'Relais');
      const sent = await told(samira.page, relay);
      assert.equal(sent.standing.act, 'acknowledged');
      const taps = await taps_of(page, () => row.getByRole('button', { name: 'Accepter' }).click());
      assert.equal(taps, 1);
      await row_of(page, relay).getByText('rendez-vous à trois à fixer').waitFor();
      assert.equal((await told(samira.page, relay)).standing.act, 'accepted');
      assert.equal(person.id, (await told(page, relay)).person);
    }, desk);
  });

  it('un refus prend trois gestes ; qui envoyait lit le motif et l’autre piste', async () => {
    await as(server, 'claire', async (claire) => {
      const { page } = claire;
      const { relay } = await propose(samira, claire);
      await at_relays(page);
      const row = row_of(page, relay);
      await row.getByRole('button', { name: 'Refuser…' }).waitFor();
      const taps = await taps_of(page, async () => {
        await row.getByRole('button', { name: 'Refuser…' }).click();
        await radio(page, 'Complet').click();
        await check_screen(page, 'Refuser');
        await dialog(page, 'Pourquoi ?').getByLabel('Une autre piste').fill('Le CCAS, rue Nationale');
        await button(page, 'Refuser').click();
      });
      assert.equal(taps, 3);
      await dialog(page, 'Pourquoi ?').waitFor({ state: 'detached' });
      await at_relays(samira.page);
      await row_of(samira.page, relay).getByText('Complet · Le CCAS, rue Nationale').waitFor();
    }, phone);
  });

  it('sans motif, rien n’est refusé et la fenêtre reste', async () => {
    await as(server, 'claire', async (claire) => {
      const { page } = claire;
      const { relay } = await propose(samira, claire);
      await at_relays(page);
      await row_of(page, relay).getByRole('button', { name: 'Refuser…' }).click();
      await button(page, 'Refuser').click();
      await page.getByText('Choisissez un motif.').waitFor();
      assert.notEqual((await told(page, relay)).standing.act, 'declined');
    }, phone);
  });

  it('rendez-vous fixé, tenu, pris en charge : le référent ne change qu’à la fin', async () => {
    await as(server, 'claire', async (claire) => {
      const { page, me } = claire;
      const { relay, person } = await propose(samira, claire);
      const referent = async () =>
        (await get(samira.page, `/api/v1/people/${person.id}/pathway`)).referent;
      const before_it = (await referent()).account;
      await at_relays(page);
      await row_of(page, relay).getByRole('button', { name: 'Accepter' }).click();
      await row_of(page, relay).getByRole('button', { name: 'Fixer le rendez-vous' }).click();
      const form = dialog(page, 'Rendez-vous à trois');
      await form.getByRole('button', { name: 'Fixer' }).click();
      await form.getByText('Il faut un jour à venir et une heure.').waitFor();
      const today = await page.evaluate(() => {
        const now = new Date();
        return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
      });
      await form.getByLabel('Jour').fill(today);
      await form.getByLabel('Heure').fill('23:30');
      await form.getByLabel('Lieu').fill('Place Neuve');
      await check_screen(page, 'Fixer le rendez-vous');
      await form.getByRole('button', { name: 'Fixer' }).click();
      await row_of(page, relay).getByRole('button', { name: 'Il a eu lieu' }).click();
      await row_of(page, relay).getByRole('button', { name: 'Prendre en charge' }).waitFor();
      assert.equal((await referent()).account, before_it, 'released only when taken over');
      await row_of(page, relay).getByRole('button', { name: 'Prendre en charge' }).click();
      await check_screen(page, 'Prendre en charge');
      await dialog(page, 'Prendre en charge').getByRole('button', { name: 'Prendre en charge' }).click();
      await row_of(page, relay).getByText('Pris en charge').first().waitFor();
      assert.equal((await referent()).account, me.account);
      await at_relays(samira.page);
      await row_of(samira.page, relay).getByText('Pris en charge').first().waitFor();
    }, desk);
  });

  it('deux réponses qui se croisent : la seconde lit où en est le relais', async () => {
    await as(server, 'claire', async (claire) => {
      const { page, me } = claire;
      const { relay, person } = await propose(samira, claire);
      await at_relays(page);
      const row = row_of(page, relay);
      await row.getByText('Reçu').first().waitFor();
      const { standing } = await told(samira.page, relay);
      const own = samira.me.organisation.id;
      await write(samira, person.id, 'relay', {
        relay,
        act: 'cancelled',
        after: standing.head,
        organisation: own,
      });
      assert.notEqual(own, me.organisation.id);
      await row.getByRole('button', { name: 'Accepter' }).click();
      await page.getByText('Quelqu’un a répondu entre-temps').waitFor();
      await row.getByRole('button', { name: 'Accepter' }).waitFor({ state: 'detached' });
    }, desk);
  });

  it('sans réseau, la réponse reste sur ce téléphone et part avec le réseau', async () => {
    await as(server, 'claire', async (claire) => {
      const { page, context, me } = claire;
      assert.ok(me.account);
      const { relay } = await propose(samira, claire);
      await kept_offline(page);
      await at_relays(page);
      await row_of(page, relay).getByText('Reçu').first().waitFor();
      await context.setOffline(true);
      await row_of(page, relay).getByRole('button', { name: 'Accepter' }).click();
      await row_of(page, relay).getByText('sur ce téléphone, part dès le réseau').waitFor();
      await check_screen(page, 'Relais hors ligne');
      assert.equal((await told(samira.page, relay)).standing.act, 'acknowledged');
      await context.setOffline(false);
      await row_of(page, relay).getByText('rendez-vous à trois à fixer').waitFor({ timeout: 60_000 });
      assert.equal((await told(samira.page, relay)).standing.act, 'accepted');
    }, phone);
  });

  it('la barre porte le nombre à répondre', async () => {
    const claire = await open_as(server, 'claire', phone);
    try {
      await propose(samira, claire);
    } finally {
      await claire.close();
    }
    await as(server, 'claire', async ({ page }) => {
      const count = page.getByRole('navigation', { name: 'Principal' }).locator('.count');
      await count.waitFor();
      const waiting = (await box(page)).to_answer.length;
      assert.equal(await count.textContent(), `${waiting} à répondre`);
    }, phone);
  });

  it('à 320 px et en anglais, tout se lit et se touche', async () => {
    await as(server, 'claire', async (claire) => {
      const { page } = claire;
      await propose(samira, claire);
      await at_relays(page);
      await page.getByRole('button', { name: 'Accepter' }).first().waitFor();
      await check_screen(page, 'Relais, 320 px');
      await page.locator('summary').first().click();
      await check_screen(page, 'Relais, 320 px, plus');
      await visit(page, '/reglages');
      await page.getByRole('radio', { name: 'English' }).click();
      await visit(page, '/relais');
      await title(page, 'Relays').waitFor();
      await button(page, 'Accept').first().waitFor();
      await check_screen(page, 'Relays, 320 px');
    }, small);
  });

  it('hors plateforme : le lien seul ne montre rien, le code ouvre une fois, la réponse arrive', async () => {
    const { relay } = await propose(samira, null, { outside: 'Le Foyer', need: 'Une chambre.' });
    const { page } = samira;
    await at_relays(page);
    const row = row_of(page, relay);
    await row.getByRole('button', { name: 'Lien pour l’organisation' }).click();
    const sheet = dialog(page, 'Lien pour l’organisation');
    await sheet.getByRole('button', { name: 'Préparer le lien' }).click();
    const address = await sheet.getByLabel('Lien à envoyer').inputValue();
    const code = (await sheet.locator('.code').innerText()).replace(/\D/g, '');
    await check_screen(page, 'Lien');
    await page.emulateMedia({ media: 'print' });
    const printed = await page.evaluate(() => document.body.innerText);
    await page.emulateMedia({ media: 'screen' });
    assert.ok(!printed.replace(/\D/g, '').includes(code), 'the code is never printed');
    await sheet.getByRole('button', { name: 'Fermer' }).click();
    assert.match(address, /\/reponse#[0-9A-Za-z_-]{16,}$/);

    await on(server, phone, async ({ page: outside }) => {
      await outside.goto(address);
      await title(outside, 'Une réponse est attendue').waitFor();
      assert.equal(new URL(outside.url()).hash, '');
      assert.ok(!(await outside.content()).includes('Une chambre'));
      await check_screen(outside, 'Réponse, fermée');
      const wrong = code === '000000' ? '111112' : '000000';
      await outside.getByLabel('Code, six chiffres').fill(wrong);
      await button(outside, 'Ouvrir la demande').click();
      await outside.getByRole('alert').waitFor();
      await outside.getByLabel('Code, six chiffres').fill(code);
      await button(outside, 'Ouvrir la demande').click();
      await title(outside, 'La demande').waitFor();
      await outside.getByText('Une chambre.').waitFor();
      await check_screen(outside, 'Réponse, ouverte');
      await outside.getByLabel('Un mot, si vous voulez').fill('Une place dès lundi');
      await button(outside, 'Nous pouvons').click();
      await title(outside, 'C’est transmis. Merci.').waitFor();
      assert.ok(!(await outside.content()).includes('Une chambre'));
      await check_screen(outside, 'Réponse, transmise');
      // Once: the same link and code open nothing any more.
      await outside.goto('about:blank');
      await outside.goto(address);
      await outside.getByLabel('Code, six chiffres').fill(code);
      await button(outside, 'Ouvrir la demande').click();
      await outside.getByRole('alert').waitFor();
    });
    assert.equal((await told(page, relay)).standing.act, 'accepted');
  });
});
