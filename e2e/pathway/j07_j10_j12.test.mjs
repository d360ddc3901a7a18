// Recevoir un relais (J07), le lundi de la coordination (J10), le carnet de la jeune (J12), et les
// signalements qui viennent avant (R48). Le vrai serveur, le vrai navigateur.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { button, dialog, kept_offline, link, on, radio, serve, taps_of, title, visit } from '../field/street.mjs';
import { check_screen, desk, phone, small } from '../lib.mjs';
import { as, get, new_id, open_as, post, propose, row_of, write } from './acts.mjs';

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
      assert.ok(await row.getByText('Partagé avec vous : alias, envies').isVisible());
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
      await row_of(page, relay).getByText('Annulé').waitFor();
      await page.getByText('Quelqu’un a répondu entre-temps').waitFor();
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
      assert.equal(await count.innerText(), `${waiting} à répondre`);
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
      await page.getByText('Relais bloqués').first().waitFor();
      await check_screen(page, 'Lundi');
      assert.ok(!(await page.content()).includes(late.person.shown), 'no name on the board');
      const box_of = page.getByRole('row', { name: new RegExp(`^${view.shown.replaceAll('.', '\\.')}`) });
      await box_of.getByRole('checkbox').first().click();
      await page.getByText('1 coché pour l’instance').waitFor();
      await link(page, 'Préparer l’instance').click();
      await title(page, 'Instance').waitFor();
      await check_screen(page, 'Instance');
      const form = page.getByRole('form', { name: `Décision pour ${view.shown}` }).first();
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
    const { rows } = await get(page, `/api/v1/signals?team=${team}`);
    const signal = rows.find(({ said }) => said.who === who);
    assert.ok(signal);
    const people = () => get(page, `/api/v1/people?team=${team}`);
    assert.ok(!(await people()).rows.some(({ id }) => id === signal.person), 'not a case yet');
    await row.getByRole('button', { name: /^Rencontrée/ }).click();
    await title(page, 'Noter').waitFor();
    await page.getByText(who).first().waitFor();
    await button(page, 'Enregistrer').click();
    await visit(page, '/signalements');
    await row.waitFor({ state: 'detached' });
    await page.waitForFunction(
      async ([of, id]) => {
        const found = await (await fetch(`/api/v1/people?team=${of}`)).json();
        return found.rows.some((one) => one.id === id);
      },
      [team, signal.person],
      { timeout: 30_000 },
    );
  });
});

describe('J12, le carnet', () => {
  const code = '482915';
  let card; // address
  let person;
  let claire;
  before(async () => {
    claire = await open_as(server, 'claire', desk);
    ({ person } = await propose(samira, claire, { fields: ['first_name', 'appointments'] }));
    const own = samira.me.organisation.id;
    await write(samira, person.id, 'step_set', {
      step: new_id(),
      organisation: own,
      account: samira.me.account,
      what: 'Passer le code',
      status: 'running',
      person_agrees: true,
      by_meeting: false,
    });
  });
  after(() => claire.close());

  it('la carte se fait avec elle : code choisi, jamais imprimé, dessin montré une fois', async () => {
    const { page } = samira;
    await visit(page, `/jeunes/${person.id}/carnet`);
    await title(page, 'Ta carte').waitFor();
    await check_screen(page, 'Ta carte');
    await page.getByLabel('Ton code, six chiffres').fill('123456');
    await page.getByLabel('Encore une fois').fill('123456');
    await button(page, 'Faire la carte').click();
    await page.getByText('Ce code est trop facile à deviner').waitFor();
    await page.getByLabel('Ton code, six chiffres').fill(code);
    await page.getByLabel('Encore une fois').fill('482916');
    await button(page, 'Faire la carte').click();
    await page.getByText('Les deux codes ne sont pas pareils.').waitFor();
    await page.getByLabel('Encore une fois').fill(code);
    await button(page, 'Faire la carte').click();
    await title(page, 'Ta carte est prête').waitFor();
    await check_screen(page, 'Ta carte est prête');
    card = await page.locator('.phone .address').innerText();
    await page.emulateMedia({ media: 'print' });
    const printed = await page.evaluate(() => document.body.innerText);
    await page.emulateMedia({ media: 'screen' });
    assert.ok(printed.includes('Mon carnet'));
    assert.ok(!printed.includes(code) && !printed.includes(person.shown));
    assert.ok(!(await page.content()).includes(code), 'the code is on no screen afterwards');
    await button(page, 'Terminer').click();
  });

  /** Her phone, fresh; quick exit leads elsewhere, and nothing else does. */
  async function her_phone(scenario, options = phone) {
    const elsewhere = 'https://meteofrance.com/';
    const { open_browser } = await import('../lib.mjs');
    const browser = await open_browser(server, options);
    await browser.context.route(`${elsewhere}**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>Météo</title>' }),
    );
    try {
      await scenario(browser.page, browser.context);
      const faults = browser.faults.filter((fault) => fault !== `elsewhere: ${elsewhere}`);
      assert.deepEqual(faults, []);
    } finally {
      await browser.close();
    }
  }

  async function open_page(page, typed = code) {
    await page.goto(card);
    await title(page, 'Mon carnet').waitFor();
    await page.getByLabel('Ton code, six chiffres').fill(typed);
    await button(page, 'Ouvrir').click();
  }
  const hello = (page) => page.getByRole('heading', { level: 1, name: /^Bonjour/ });
  const kept = (page) =>
    page.evaluate(async () => ({
      stored: Object.keys(localStorage),
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }));
  const nothing = { stored: [], databases: 0, caches: 0, workers: 0 };

  it('sans code, l’adresse et le titre ne disent rien', async () => {
    await her_phone(async (page) => {
      await page.goto(card);
      await title(page, 'Mon carnet').waitFor();
      assert.equal(await page.title(), 'Mon carnet');
      assert.equal(new URL(page.url()).hash, '', 'the token leaves the address at once');
      const html = await page.content();
      for (const name of [person.shown, 'Fil rouge', claire.me.organisation.name]) {
        assert.ok(!html.includes(name), name);
      }
      await check_screen(page, 'Mon carnet, fermé');
    });
  });

  it('un code faux n’ouvre rien et le dit simplement', async () => {
    await her_phone(async (page) => {
      await open_page(page, '739154');
      await page.getByRole('alert').waitFor();
      assert.ok((await page.getByRole('alert').innerText()).includes('Après cinq codes faux'));
      await check_screen(page, 'Mon carnet, code faux');
    });
  });

  it('elle lit ses étapes, qui la suit, ce qu’elle partage et qui a lu ; rien ne reste', async () => {
    await her_phone(async (page) => {
      await open_page(page);
      await hello(page).waitFor();
      for (const text of ['Passer le code', 'Qui te suit', 'Ce que tu partages', 'Qui a lu tes pages']) {
        await page.getByText(text).first().waitFor();
      }
      await page.getByText(`Avec ${claire.me.organisation.name}`).waitFor();
      assert.doesNotMatch(
        await page.getByRole('main').innerText(),
        /\bfreins?\b|\bNEET\b|invisible|public cible/i,
      );
      assert.equal(await page.title(), 'Mon carnet');
      await check_screen(page, 'Mon carnet');
      await page.getByRole('button', { name: 'Texte plus grand' }).click();
      await check_screen(page, 'Mon carnet, texte plus grand');
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { level: 1, name: /^Hello/ }).waitFor();
      await check_screen(page, 'My notebook');
      await page.getByRole('button', { name: 'This is not my phone' }).click();
      await title(page, 'It is closed').waitFor();
      await check_screen(page, 'My notebook, closed');
      assert.deepEqual(await kept(page), nothing);
      await page.reload();
      await page.getByText(/Scanne ta carte|Scan your card/).waitFor();
    }, small);
  });

  it('elle arrête le partage en deux gestes, et c’est arrêté pour l’autre équipe', async () => {
    await her_phone(async (page) => {
      await open_page(page);
      await hello(page).waitFor();
      const taps = await taps_counted(page, async () => {
        await page.getByRole('button', { name: /^Arrêter le partage/ }).first().click();
        await button(page, 'Oui, arrêter').click();
      });
      assert.equal(taps, 2);
      await page.getByText('C’est arrêté, tout de suite et partout.').waitFor();
      await page.getByText('Tu ne partages rien avec une autre équipe.').waitFor();
      await check_screen(page, 'Mon carnet, partage arrêté');
    });
    const { grants } = await get(samira.page, `/api/v1/people/${person.id}/sharing`);
    assert.ok(grants.length > 0 && grants.every(({ live }) => !live));
  });

  async function taps_counted(page, act) {
    await page.evaluate(() => {
      globalThis.taps = 0;
      addEventListener('click', (event) => event.isTrusted && (globalThis.taps += 1), true);
    });
    await act();
    return page.evaluate(() => globalThis.taps);
  }

  it('elle répond aux questions ou les passe ; « ça me paraît bizarre » part', async () => {
    await her_phone(async (page) => {
      await open_page(page);
      await hello(page).waitFor();
      await button(page, 'Voir les questions').click();
      await title(page, 'Quelques questions, si tu veux').waitFor();
      await check_screen(page, 'Confiance');
      const first = page.getByRole('group', { name: 'la mission locale' });
      await first.getByRole('radio', { name: '7', exact: true }).click();
      await button(page, 'Envoyer').click();
      await page.getByText('Merci. C’est envoyé.').waitFor();
      assert.equal(await button(page, 'Voir les questions').count(), 0, 'never chased');
      await button(page, 'Ça me paraît bizarre').click();
      await check_screen(page, 'Bizarre');
      await page.getByLabel('Dis-le avec tes mots, si tu veux').fill('Je ne connais pas ce nom');
      await button(page, 'Prévenir').click();
      await page.getByText('C’est envoyé. Quelqu’un va regarder.').waitFor();
    });
    // Hidden from those who work with her.
    const texts = JSON.stringify([
      await get(samira.page, `/api/v1/people/${person.id}`),
      await get(samira.page, `/api/v1/people/${person.id}/pathway`),
    ]);
    assert.ok(!texts.includes('Je ne connais pas ce nom'));
  });

  it('quitter vite remplace la page, oublie tout, et le retour ne la montre pas', async () => {
    await her_phone(async (page) => {
      await page.goto('about:blank');
      await page.goto(card);
      await page.getByRole('checkbox', { name: /C’est mon téléphone/ }).click();
      await page.getByLabel('Ton code, six chiffres').fill(code);
      await button(page, 'Ouvrir').click();
      await hello(page).waitFor();
      assert.deepEqual((await kept(page)).stored, ['carnet'], 'the card only, and only unasked never');
      await button(page, 'Quitter vite').click();
      await page.waitForURL('https://meteofrance.com/');
      await page.goBack();
      assert.equal(page.url(), 'about:blank');
      await page.goto(`${server.url}/mon-carnet`);
      await page.getByText('Scanne ta carte').waitFor();
      assert.deepEqual(await kept(page), nothing);
    });
  });

  it('la touche Échap quitte aussi, sur chaque page', async () => {
    await her_phone(async (page) => {
      for (const go of [
        async () => {},
        async () => {
          await page.getByLabel('Ton code, six chiffres').fill(code);
          await button(page, 'Ouvrir').click();
          await hello(page).waitFor();
        },
      ]) {
        await page.goto('about:blank');
        await page.goto(card);
        await title(page, 'Mon carnet').waitFor();
        await go();
        await page.keyboard.press('Escape');
        await page.waitForURL('https://meteofrance.com/');
      }
    });
  });

  it('cinq codes faux ferment la carte, même avec le bon ensuite', async () => {
    await her_phone(async (page) => {
      await page.goto(card);
      for (const wrong of ['739151', '739152', '739153', '739154', '739155']) {
        await page.getByLabel('Ton code, six chiffres').fill(wrong);
        await button(page, 'Ouvrir').click();
        await page.getByRole('alert').waitFor();
        await page.waitForFunction(() => !document.querySelector('form button[disabled]'));
      }
      await page.getByLabel('Ton code, six chiffres').fill(code);
      await button(page, 'Ouvrir').click();
      await page.getByRole('alert').waitFor();
      assert.equal(await hello(page).count(), 0);
    });
    const again = await post(samira.page, `/api/v1/people/${person.id}/card`, {
      person: person.id,
      code: '915482',
    });
    assert.match(again.token, /^[0-9A-Za-z_-]{22,}$/, 'made again face to face');
  });

  it('le téléphone d’une équipe n’en garde rien et montre la même page', async () => {
    const { page } = samira;
    await kept_offline(page);
    const other = await samira.context.newPage();
    await other.goto(`${server.url}/mon-carnet`);
    await title(other, 'Mon carnet').waitFor();
    assert.equal(await other.title(), 'Mon carnet');
    await other.close();
    const names = await page.evaluate(async () => {
      const found = [];
      for (const name of await caches.keys()) {
        for (const { url } of await (await caches.open(name)).keys()) found.push(url);
      }
      return found;
    });
    assert.ok(names.length > 0 && names.every((url) => !/mon-carnet|reponse/.test(url)));
  });
});
