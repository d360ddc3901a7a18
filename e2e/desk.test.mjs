// Le bureau : indicateurs selon le rôle, administration à deux, quarantaine, registre, réglages et
// pages d'information. Le vrai serveur, le vrai navigateur.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  check_screen,
  choose_language,
  open_browser,
  open_desk,
  open_phone,
  desk,
  go,
  sign_in,
  signed_in,
  small,
  start_server,
} from './lib.mjs';
import { visit } from './field/street.mjs';

let server;
before(async () => {
  server = await start_server({ web: process.env.FILROUGE_WEB });
});
after(() => server.close());

const heading = (page, name) => page.getByRole('heading', { level: 1, name });

const at_desk = (role, scenario, { index = 0, options = {} } = {}) =>
  signed_in(server, server.account(role, index), () => open_desk(server, options), scenario);

async function open_figures(page) {
  await go(page, '/indicateurs');
  await heading(page, 'Indicateurs').waitFor();
  await page.locator('.plot').waitFor();
}

/** What a signed-in browser gets from an address of the API. */
const fetched = (page, path) =>
  page.evaluate(async (address) => {
    const answer = await fetch(address);
    return { status: answer.status, text: await answer.text() };
  }, path);

describe('Indicateurs', () => {
  it('la coordination lit chaque chiffre avec sa définition, N et les masqués', async () => {
    await at_desk('coordinator', async (page) => {
      await open_figures(page);
      const cards = page.locator('.fig');
      assert.equal(await cards.count(), 11);
      for (const text of ['définition v1', 'N', 'Masqués']) {
        assert.equal(await cards.filter({ hasText: text }).count(), 11, text);
      }
      await check_screen(page, 'Indicateurs');
      await page.getByRole('button', { name: 'Parcours et relais' }).click();
      await page.locator('.fig').filter({ hasText: 'Relais effectifs' }).waitFor();
      assert.equal(await cards.count(), 10);
      await check_screen(page, 'Indicateurs, parcours et relais');
    });
  });

  it('le graphique et le tableau ont les mêmes lignes, et la somme est le total', async () => {
    await at_desk('coordinator', async (page) => {
      await open_figures(page);
      // Read in one go: the plot is drawn anew when the figures of the period arrive.
      const read = () =>
        page.locator('.plot').evaluate((plot) => ({
          bars: plot.querySelectorAll('svg rect').length,
          numbers: [...plot.querySelectorAll('tbody tr td:nth-child(2)')].map((cell) => cell.textContent),
          total: plot.querySelector('tfoot td').textContent,
        }));
      await page.waitForFunction(() => document.querySelectorAll('.plot tbody tr').length > 3);
      const { bars, numbers, total } = await read();
      assert.equal(bars, numbers.length);
      const sum = numbers.reduce((whole, text) => whole + Number(text.replace(/\D/g, '')), 0);
      assert.equal(sum, Number(total.replace(/\D/g, '')));
    });
  });

  it('un mois peu fourni est masqué par paires, et le dit', async () => {
    await at_desk('evaluator', async (page) => {
      const seen = [];
      const now = new Date();
      for (let back = 10; back >= 0; back -= 1) {
        const first = new Date(Date.UTC(now.getFullYear(), now.getMonth() - back, 1));
        const period = first.toISOString().slice(0, 7);
        const { status, text } = await fetched(
          page,
          `/api/v1/figures?indicator=I03a&period=${period}&by=district&perimeter=public`,
        );
        assert.equal(status, 200);
        const figure = JSON.parse(text);
        for (const row of figure.rows) {
          assert.ok(row.masked || row.number === 0 || row.number > 10, `${period} ${row.key}`);
        }
        const masked = figure.rows.filter((row) => row.masked).length;
        if (figure.total !== undefined) assert.notEqual(masked, 1, period);
        seen.push(masked);
      }
      assert.ok(seen.some((masked) => masked > 1), 'no month is small: the test shows nothing');
    });
  });

  it('l’évaluation et le financeur ne trouvent aucune personne, par aucun chemin', async () => {
    for (const role of ['evaluator', 'funder', 'administrator']) {
      await at_desk(role, async (page) => {
        await open_figures(page);
        for (const name of ['Jeunes', 'Noter', 'Carte', 'Accueil', 'Compte rendu']) {
          assert.equal(await page.getByRole('link', { name, exact: true }).count(), 0, name);
        }
        assert.equal(await page.getByRole('link', { name: 'Ouvrir les entrées' }).count(), 0);
        const teams = JSON.parse((await fetched(page, '/api/v1/teams')).text).rows ?? [];
        const team = teams[0]?.id ?? '0'.repeat(32);
        for (const path of [
          `/api/v1/people?team=${team}`,
          `/api/v1/today?team=${team}&day=2026-11-20`,
          `/api/v1/reports/day?team=${team}&day=2026-11-20`,
          `/api/v1/figures/entries?indicator=I03a&period=2026&team=${team}`,
        ]) {
          const { status } = await fetched(page, path);
          assert.ok(status === 403 || status === 404, `${role} ${path}: ${status}`);
        }
      });
    }
  });

  it('l’équipe voit ses chiffres exacts et ouvre les entrées qui sont derrière', async () => {
    await at_desk('outreach_worker', async (page) => {
      await open_figures(page);
      await page.getByText('Chiffres exacts : ils ne sortent pas de l’équipe.').waitFor();
      const card = page.locator('.fig', { hasText: 'I01' });
      const total = Number((await card.locator('.v').textContent()).replace(/\D/g, ''));
      await card.getByRole('link', { name: 'Ouvrir les entrées' }).click();
      await heading(page, 'Entrées derrière le chiffre').waitFor();
      await page.locator('.rows li').first().waitFor();
      const rows = await page.locator('.rows li').count();
      assert.ok(rows > 0 && rows <= Math.min(total, 200));
      await check_screen(page, 'Entrées');
    });
  });

  it('la période avance et recule, et tient dans l’adresse', async () => {
    await at_desk('coordinator', async (page) => {
      await open_figures(page);
      await page.getByLabel('Pas').selectOption('quarter');
      await page.getByText(/trimestre \d{4}/).first().waitFor();
      await page.waitForURL(/periode=\d{4}-Q/);
      const period = new URL(page.url()).searchParams.get('periode');
      await page.getByRole('button', { name: 'Période précédente' }).click();
      await page.waitForURL((url) => url.searchParams.get('periode') < period);
      await page.getByLabel('Selon').selectOption('age_band');
      await page.waitForURL(/selon=age_band/);
    });
  });

  it('CSV et JSON donnent les chiffres de l’écran', async () => {
    await at_desk('coordinator', async (page) => {
      await open_figures(page);
      const csv = await fetched(page, await page.getByRole('link', { name: 'CSV' }).getAttribute('href'));
      const json = await fetched(page, await page.getByRole('link', { name: 'JSON' }).getAttribute('href'));
      assert.equal(csv.status, 200);
      const figure = JSON.parse(json.text);
      assert.match(csv.text, /définition;v1/);
      for (const row of figure.rows) {
        assert.ok(csv.text.includes(`;${row.label};${row.number ?? 'n.c.'}`), row.label);
      }
    });
  });

  it('s’imprime sans navigation', async () => {
    await at_desk('coordinator', async (page) => {
      await open_figures(page);
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.locator('.side').isVisible(), false);
      assert.equal(await page.locator('.filters').isVisible(), false);
      const pdf = await page.pdf({ format: 'A4' });
      assert.ok(pdf.length > 10_000);
    });
  });
});

describe('Administration', () => {
  const login = `lea-${Date.now().toString(36)}`;
  let code = '';

  it('une ligne vide est dite à côté du champ, et le focus y va', async () => {
    await at_desk('administrator', async (page) => {
      await go(page, '/administration?partie=organisations');
      await page.getByRole('button', { name: 'Ajouter' }).click();
      await page.getByRole('button', { name: 'Enregistrer' }).click();
      await page.getByText('Une ligne est à corriger').waitFor();
      assert.equal(await page.getByLabel('Nom', { exact: true }).getAttribute('aria-invalid'), 'true');
      await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
      await check_screen(page, 'Organisation en erreur');
    });
  });

  it('la première pose une organisation, une équipe et propose un compte', async () => {
    await at_desk('administrator', async (page) => {
      await go(page, '/administration?partie=organisations');
      await page.getByRole('button', { name: 'Ajouter' }).click();
      await page.getByLabel('Nom', { exact: true }).fill('Association des Deux Rives');
      await page.getByLabel('Nature').fill('association');
      await page.getByRole('button', { name: 'Enregistrer' }).click();
      await page.getByText('Enregistré.').waitFor();
      await page.getByText('Association des Deux Rives').waitFor();
      await check_screen(page, 'Organisations');

      await page.getByRole('link', { name: 'Équipes' }).click();
      await page.getByRole('button', { name: 'Ajouter' }).click();
      await page.getByLabel('Nom', { exact: true }).fill('Équipe des quais');
      await page.getByLabel('Organisation').selectOption({ label: 'Association des Deux Rives' });
      await page.getByRole('button', { name: 'Enregistrer' }).click();
      await page.getByText('Équipe des quais').waitFor();

      await page.getByRole('link', { name: 'Comptes' }).click();
      await page.getByRole('button', { name: 'Ajouter' }).click();
      await page.getByLabel('Identifiant').fill(login);
      await page.getByLabel('Nom affiché').fill('Léa Q.');
      await page.getByLabel('Organisation').selectOption({ label: 'Association des Deux Rives' });
      await page.getByRole('checkbox', { name: 'Équipe des quais' }).click();
      await check_screen(page, 'Compte proposé');
      await page.getByRole('button', { name: 'Enregistrer' }).click();
      const row = page.locator('.account', { hasText: login });
      await row.getByText('Une autre personne doit confirmer.').waitFor();
      assert.equal(await row.getByRole('button', { name: 'Confirmer' }).count(), 0);
    });
  });

  it('la seconde confirme et reçoit un code, montré une fois', async () => {
    await at_desk(
      'administrator',
      async (page) => {
        await go(page, '/administration?partie=accounts');
        const row = page.locator('.account', { hasText: login });
        await row.getByRole('button', { name: 'Confirmer' }).click();
        const dialog = page.getByRole('dialog', { name: 'Code d’activation' });
        code = (await dialog.locator('.code').textContent()).trim();
        assert.ok(code.length >= 16);
        await check_screen(page, 'Code');
        await dialog.getByRole('button', { name: 'Fermer' }).click();
        await row.getByText('Confirmé, pas encore ouvert').waitFor();
        assert.equal(await page.getByText(code).count(), 0);
      },
      { index: 1 },
    );
  });

  it('la personne choisit son mot de passe avec le code, qui ne sert qu’une fois', async () => {
    const browser = await open_phone(server);
    const { page } = browser;
    try {
      const activate = async (password) => {
        await page.goto(`${server.url}/activation`);
        await page.getByLabel('Identifiant').fill(login);
        await page.getByLabel('Code d’activation').fill(code);
        for (const field of await page.locator('input[autocomplete="new-password"]').all()) {
          await field.fill(password);
        }
        await page.getByRole('button', { name: 'Ouvrir mon compte' }).click();
      };
      await activate('les quais au petit matin');
      await page.waitForURL((url) => !url.pathname.startsWith('/activation'));
      await activate('une autre phrase encore');
      await page.getByText('Ce code ne convient pas').waitFor();
      await page.goto(`${server.url}/connexion`);
      await sign_in(page, { login, password: 'les quais au petit matin' });
      await heading(page, 'Aujourd’hui').waitFor();
    } finally {
      await browser.close();
    }
  });

  it('fermer un compte finit ses sessions tout de suite', async () => {
    const browser = await open_desk(server);
    const { page } = browser;
    try {
      await page.goto(`${server.url}/connexion`);
      await sign_in(page, { login, password: 'les quais au petit matin' });
      assert.equal((await fetched(page, '/api/v1/session')).status, 200);
      await at_desk('administrator', async (admin) => {
        await go(admin, '/administration?partie=accounts');
        const row = admin.locator('.account', { hasText: login });
        await row.getByRole('button', { name: 'Fermer le compte' }).click();
        await admin.getByRole('dialog').getByRole('button', { name: 'Fermer le compte' }).click();
        await row.getByText('Fermé').waitFor();
      });
      assert.equal((await fetched(page, '/api/v1/session')).status, 401);
    } finally {
      await browser.close();
    }
  });

  it('chaque partie passe la vérification d’accessibilité, aussi en anglais', async () => {
    await at_desk('administrator', async (page) => {
      for (const part of ['organisations', 'teams', 'accounts', 'projects', 'places', 'phones']) {
        await go(page, `/administration?partie=${part}`);
        await page.locator(`[aria-current=page][href$="partie=${part}"]`).waitFor();
        await page.locator('.rows li, .empty').first().waitFor();
        await check_screen(page, part);
      }
      await go(page, '/reglages');
      await page.getByRole('radio', { name: 'English' }).click();
      await heading(page, 'Settings').waitFor();
      await check_screen(page, 'Settings');
      await go(page, '/administration?partie=accounts');
      await page.getByText('An account takes two people').waitFor();
      await check_screen(page, 'Accounts');
    });
  });
});

describe('Un téléphone déclaré perdu', () => {
  it('ce qu’il envoie encore attend la coordination, qui l’admet sans le lire', async () => {
    const browser = await open_phone(server);
    const { page } = browser;
    try {
      await page.goto(server.url);
      await sign_in(page, server.account('outreach_worker'));
      await heading(page, 'Aujourd’hui').waitFor();
      await at_desk('administrator', async (admin) => {
        await go(admin, '/administration?partie=phones');
        const rows = admin.locator('.rows li');
        await rows.first().waitFor();
        const name = await rows.filter({ has: admin.getByRole('button', { name: 'Déclarer perdu' }) });
        for (let left = await name.count(); left > 0; left = await name.count()) {
          await name.first().getByRole('button', { name: 'Déclarer perdu' }).click();
          await admin.getByRole('dialog').getByRole('button', { name: 'Déclarer perdu' }).click();
          await admin.waitForFunction(
            (before) =>
              [...document.querySelectorAll('.rows button')].filter((button) =>
                button.textContent.includes('Déclarer perdu'),
              ).length < before,
            left,
          );
        }
      });
      await go(page, '/noter');
      await heading(page, 'Noter').waitFor();
      await page.getByRole('button', { name: 'Enregistrer' }).click();
      await go(page, '/envois');
      await page.getByText('À vérifier').first().waitFor();
      await at_desk('coordinator', async (coordination) => {
        await go(coordination, '/a-verifier');
        const row = coordination.locator('.rows li').first();
        await row.getByText('Rencontre').first().waitFor();
        await check_screen(coordination, 'À vérifier');
        await row.getByRole('button', { name: 'Admettre' }).click();
        await coordination.getByText('Admise').waitFor();
        await coordination.getByText('Rien n’attend d’être vérifié.').waitFor();
        await check_screen(coordination, 'À vérifier, vide');
      });
    } finally {
      await browser.close();
    }
  });
});

describe('Registre', () => {
  it('la protection des données lit qui a ouvert quoi, sans contenu', async () => {
    await at_desk('dpo', async (page) => {
      await go(page, '/registre');
      await heading(page, 'Registre des lectures').waitFor();
      await page.locator('tbody tr').first().waitFor();
      await check_screen(page, 'Registre');
    });
  });
});

describe('Réglages et pages', () => {
  it('le mot de passe se change ; l’ancien ne sert plus', async () => {
    const account = server.account('funder');
    await at_desk('funder', async (page) => {
      await go(page, '/reglages');
      await page.getByLabel('Mot de passe actuel', { exact: true }).fill('pas le bon du tout');
      await page.getByLabel('Nouveau mot de passe', { exact: true }).fill('une phrase bien à moi');
      await page.getByRole('button', { name: 'Changer', exact: true }).click();
      await page.getByText('Le mot de passe actuel ne convient pas.').waitFor();
      await page.getByLabel('Mot de passe actuel', { exact: true }).fill(account.password);
      await page.getByRole('button', { name: 'Changer', exact: true }).click();
      await page.getByText('Mot de passe changé.').waitFor();
      await check_screen(page, 'Réglages');
    });
    const browser = await open_desk(server);
    try {
      await browser.page.goto(`${server.url}/connexion`);
      await browser.page.getByLabel('Identifiant', { exact: true }).fill(account.login);
      await browser.page.getByLabel('Mot de passe', { exact: true }).fill(account.password);
      await browser.page.getByRole('button', { name: 'Se connecter' }).click();
      await browser.page.getByText('Identifiant ou mot de passe inconnu.').waitFor();
    } finally {
      await browser.close();
    }
  });

  it('le thème de nuit tient sur chaque écran du bureau', async () => {
    await at_desk('coordinator', async (page) => {
      await go(page, '/reglages');
      await page.getByRole('radio', { name: 'Nuit' }).click();
      for (const path of ['/indicateurs', '/a-verifier', '/reglages']) {
        await visit(page, path);
        await check_screen(page, `${path} la nuit`);
      }
    });
  });

  for (const [name, options] of [
    ['bureau', desk],
    ['320 px', small],
  ]) {
    it(`les pages d’information passent la vérification (${name}), dans les deux langues`, async () => {
      const browser = await open_browser(server, options);
      try {
        for (const language of ['fr', 'en']) {
          await browser.page.goto(`${server.url}/aide`);
          await choose_language(browser.page, language);
          for (const path of [
            '/aide',
            '/mentions-legales',
            '/donnees-personnelles',
            '/accessibilite',
            '/version',
            '/connexion',
          ]) {
            await browser.page.goto(`${server.url}${path}`);
            await browser.page.locator('h1').waitFor();
            assert.equal(await browser.page.locator('html').getAttribute('lang'), language);
            await check_screen(browser.page, `${path} ${language}`);
          }
        }
        assert.deepEqual(browser.faults, []);
      } finally {
        await browser.close();
      }
    });
  }

  it('les indicateurs tiennent sur 320 px et à 200 %', async () => {
    for (const options of [small, { viewport: { width: 680, height: 430 } }]) {
      await at_desk(
        'evaluator',
        async (page) => {
          await open_figures(page);
          await check_screen(page, 'Indicateurs étroits');
        },
        { options },
      );
    }
  });
});
