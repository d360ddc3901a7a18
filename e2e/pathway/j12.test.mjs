// Le carnet de la jeune (J12) : sa carte, son code, ce qu’elle lit et ce qu’elle arrête.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { button, kept_offline, on, radio, serve, title, visit } from '../field/street.mjs';
import { check_screen, desk, open_browser, phone, small } from '../lib.mjs';
import { get, new_id, open_as, post, propose, write, taps_of } from './acts.mjs';

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
      const taps = await taps_of(page, async () => {
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
