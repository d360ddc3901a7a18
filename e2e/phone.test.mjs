// Le téléphone lui-même : connexion, liste fermée, envois, mise à jour, panne. Le vrai serveur,
// le vrai navigateur.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  check_screen,
  choose_language,
  open_browser,
  open_desk,
  open_phone,
  phone,
  sign_in,
  site,
  small,
  start_server,
  until,
} from './lib.mjs';

let server;
let web;
const folders = [];
const scratch = (name) => {
  const folder = mkdtempSync(join(tmpdir(), `filrouge-${name}-`));
  folders.push(folder);
  return folder;
};

before(async () => {
  // A copy of the site, because one scenario publishes a new version of it.
  web = scratch('site');
  cpSync(site, web, { recursive: true });
  server = await start_server({ web });
});
after(async () => {
  await server.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const worker = () => server.account('outreach_worker');
const heading = (page, name) => page.getByRole('heading', { level: 1, name });
const plus_one = (page) => page.getByRole('button', { name: 'Rencontre +1' });

async function on_phone(scenario, options = {}, profile = undefined) {
  const browser = await open_browser(server, { ...phone, ...options }, profile);
  try {
    await scenario(browser);
    assert.deepEqual(browser.faults, []);
  } finally {
    await browser.close();
  }
}

async function first_sign_in(page, account = worker()) {
  await page.goto(server.url);
  await sign_in(page, account);
  await heading(page, 'Aujourd’hui').waitFor();
}

/** The worker has all its files: from here a relaunch needs no network. */
const shell_kept = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const names = await caches.keys();
    return names.some((name) => name.startsWith('shell-'));
  });

async function count_locked(page, times) {
  await page.goto(`${server.url}/rencontre`);
  for (let i = 1; i <= times; i += 1) {
    await plus_one(page).click();
    await page.locator('output').getByText(String(i), { exact: true }).waitFor();
  }
}

async function add_alias(page, alias, sign) {
  await page.getByRole('button', { name: 'Ajouter un alias' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Alias', { exact: true }).fill(alias);
  if (sign) await dialog.getByLabel(/^Pour la ou le reconnaître/).fill(sign);
  await dialog.getByRole('button', { name: `Créer « ${alias} »` }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** SIGKILL for every process of the browser that holds this profile, and no other. */
async function kill_browser(profile, context) {
  const gone = new Promise((resolve) => context.once('close', resolve));
  for (const pid of readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (line.includes(profile)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // gone meanwhile
    }
  }
  await gone; // closing while it goes would be an error
}

const note_field = (page) => page.locator('textarea');
const states = (page) => page.locator('.rows .state').allInnerTexts();

describe('La connexion', () => {
  it('un mot de passe faux est refusé sans dire lequel des deux l’est', () =>
    on_phone(async ({ page }) => {
      await page.goto(server.url);
      await page.getByText('Démonstration').waitFor(); // from the first visit on
      await check_screen(page, 'connexion');
      await page.getByLabel('Identifiant', { exact: true }).fill(worker().login);
      await page.getByLabel('Mot de passe', { exact: true }).fill('pas le bon du tout');
      await page.getByRole('button', { name: 'Se connecter' }).click();
      await page.getByRole('alert').getByText('Identifiant ou mot de passe inconnu.').waitFor();
      await check_screen(page, 'connexion refusée');
    }));

  it('la première reconnaît le téléphone et ouvre la liste ; la barre a cinq entrées', () =>
    on_phone(async ({ page }) => {
      await first_sign_in(page);
      const bar = page.getByRole('navigation', { name: 'Principal' }).getByRole('link');
      assert.deepEqual(
        (await bar.allInnerTexts()).map((text) => text.trim()),
        ['Aujourd’hui', 'Jeunes', 'Noter', 'Relais', 'Carte'],
      );
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('link', { name: 'Envois', exact: true }).waitFor();
      await check_screen(page, 'menu');
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => document.activeElement?.ariaLabel === 'Menu');
    }));

  it('une page demandée d’abord est celle qui s’ouvre après, et le titre prend le focus', () =>
    on_phone(async ({ page }) => {
      await page.goto(`${server.url}/envois`);
      await sign_in(page, worker());
      await heading(page, 'Envois').waitFor();
      await page.getByRole('link', { name: 'Fil rouge' }).first().click();
      await heading(page, 'Aujourd’hui').waitFor();
      await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
      await page.waitForFunction(() => document.title === 'Aujourd’hui · Fil rouge');
    }));
});

describe('La liste fermée', () => {
  it('le cadenas ferme ; on note, on compte, on voit l’heure et l’état, rien d’autre', () =>
    on_phone(async ({ page }) => {
      await first_sign_in(page);
      await page.getByRole('button', { name: 'Fermer la liste' }).click();
      await heading(page, 'La liste est fermée').waitFor();
      await check_screen(page, 'liste fermée');
      await page.goto(`${server.url}/jeunes`);
      await heading(page, 'La liste est fermée').waitFor();
      await count_locked(page, 2);
      await page.goto(`${server.url}/envois`);
      await heading(page, 'Envois').waitFor();
      await page.waitForFunction(() => {
        const rows = [...document.querySelectorAll('.rows .state')];
        return rows.length > 0 && rows.every((row) => /Envoyé/.test(row.textContent));
      });
      assert.equal((await states(page)).length, 2);
      await check_screen(page, 'envois fermés');
    }));

  it('recharger ferme, et la session du serveur finit aussi', () =>
    on_phone(async ({ page }) => {
      await first_sign_in(page);
      await page.reload();
      await heading(page, 'La liste est fermée').waitFor();
      await until(page, async () => (await fetch('/api/v1/session')).status === 401);
    }));

  it('ce qui est noté fermé est confirmé d’un geste à la connexion suivante', () =>
    on_phone(async ({ page }) => {
      await first_sign_in(page);
      await page.getByRole('button', { name: 'Fermer la liste' }).click();
      await count_locked(page, 1);
      await page.goto(server.url);
      await page.getByRole('button', { name: 'Ouvrir la liste' }).click();
      await sign_in(page, worker());
      await page.getByRole('button', { name: 'Oui, je confirme' }).click();
      await page.getByRole('button', { name: 'Oui, je confirme' }).waitFor({ state: 'detached' });
    }));
});

describe('Sans réseau', () => {
  it('se relance, s’ouvre au mot de passe, garde ce qui est noté, l’envoie au retour', () =>
    on_phone(async ({ page }) => {
      await first_sign_in(page);
      await until(page, async () => (await caches.keys()).length > 0);
      assert.ok(await shell_kept(page));
      await server.stop();
      try {
        const before = Date.now();
        await page.goto(server.url);
        await heading(page, 'La liste est fermée').waitFor();
        assert.ok(Date.now() - before < 4_000, 'relaunch');
        await page.getByRole('button', { name: 'Ouvrir la liste' }).click();
        await page.getByLabel('Mot de passe', { exact: true }).fill('un autre mot de passe');
        await page.getByRole('button', { name: 'Se connecter' }).click();
        await page.getByText('n’ouvre pas la liste de ce téléphone').waitFor();
        await sign_in(page, worker());
        await heading(page, 'Aujourd’hui').waitFor();
        await count_locked(page, 1); // a deep link: closed again, and it still writes
        await page.goto(`${server.url}/envois`);
        await page.getByText('Sur ce téléphone', { exact: true }).waitFor();
        await page.getByText('Hors ligne · 1 à envoyer').waitFor();
        await check_screen(page, 'envois hors ligne');
      } finally {
        await server.start();
      }
      // By itself after a few seconds; by the button at once.
      const now = page.getByRole('button', { name: 'Envoyer maintenant' });
      await now.click({ timeout: 2_000 }).catch(() => undefined);
      await page.getByText('Envoyé', { exact: true }).waitFor();
    }));

  it('le navigateur tué après cinq notes : les cinq sont là, et partent une fois', async () => {
    const profile = scratch('profil');
    await server.stop();
    await server.start();
    await on_phone(
      async ({ page, context }) => {
        await first_sign_in(page);
        await until(page, async () => (await caches.keys()).length > 0);
        await shell_kept(page);
        await server.stop();
        await page.getByRole('button', { name: 'Fermer la liste' }).click();
        await count_locked(page, 5);
        await kill_browser(profile, context);
      },
      {},
      profile,
    );
    await on_phone(
      async ({ page }) => {
        await page.goto(`${server.url}/envois`);
        await page.waitForFunction(() => document.querySelectorAll('.rows .state').length === 5);
        await server.start();
        const now = page.getByRole('button', { name: 'Envoyer maintenant' });
        await now.click({ timeout: 2_000 }).catch(() => undefined);
        await page.waitForFunction(
          () => document.querySelectorAll('.rows .state.sent').length === 5,
        );
      },
      {},
      profile,
    );
  });

  it('deux onglets : ce que l’un note, l’autre le voit partir', () =>
    on_phone(async ({ page, context }) => {
      await first_sign_in(page);
      const other = await context.newPage();
      await other.goto(`${server.url}/rencontre`);
      await plus_one(other).click();
      await page.getByRole('link', { name: 'Fil rouge' }).first().click();
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('link', { name: 'Envois', exact: true }).click();
      await heading(page, 'Envois').waitFor();
      await page.getByText('Envoyé', { exact: true }).waitFor();
      assert.equal((await states(page)).length, 1);
    }));
});

describe('Une nouvelle version', () => {
  it('attend qu’on la prenne, et ne perd pas le brouillon commencé', () =>
    on_phone(async ({ page }) => {
      await first_sign_in(page);
      await until(page, async () => (await navigator.serviceWorker.ready).active !== null);
      await page.reload(); // now under the worker
      await page.getByRole('button', { name: 'Ouvrir la liste' }).click();
      await sign_in(page, worker());
      await heading(page, 'Aujourd’hui').waitFor();
      const worker_file = join(web, 'sw.js');
      const old = readFileSync(worker_file, 'utf8');
      const fresh = old.replace(/const version = "[^"]*"/, 'const version = "e2e"');
      assert.notEqual(fresh, old);
      for (const name of ['sw.js.br', 'sw.js.gz']) rmSync(join(web, name), { force: true });
      writeFileSync(worker_file, fresh);
      await page.getByRole('link', { name: 'Noter', exact: true }).click();
      await add_alias(page, 'Plume');
      await note_field(page).fill('Commencé avant la mise à jour');
      await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
      await until(page, async () => (await navigator.serviceWorker.ready).waiting !== null);
      assert.equal(await note_field(page).inputValue(), 'Commencé avant la mise à jour');
      await page.getByRole('button', { name: 'Fermer', exact: true }).click();
      await page.getByText('Nouvelle version prête').waitFor();
      await check_screen(page, 'nouvelle version');
      const reloaded = page.waitForEvent('load');
      await page.getByRole('button', { name: 'Mettre à jour' }).click();
      await reloaded;
      await heading(page, 'La liste est fermée').waitFor();
      assert.deepEqual(
        (await page.evaluate(() => caches.keys())).filter((name) => name.startsWith('shell-')),
        ['shell-e2e'],
      );
      await page.getByRole('button', { name: 'Ouvrir la liste' }).click();
      await sign_in(page, worker());
      await heading(page, 'Aujourd’hui').waitFor();
      await page.getByRole('link', { name: 'Noter', exact: true }).click();
      await page.getByRole('button', { name: 'Reprendre', exact: true }).click();
      await page.waitForFunction(() =>
        [...document.querySelectorAll('textarea')].some((t) => /mise à jour/.test(t.value)),
      );
    }));
});

describe('Ce qui vaut sur tout écran', () => {
  const pages = ['/activation', '/connexion', '/aide', '/mentions-legales', '/accessibilite'];
  for (const language of ['fr', 'en']) {
    it(`aucune faute automatique, rien de plus large que l’écran (${language}, 320 px)`, () =>
      on_phone(async ({ page }) => {
        await page.goto(`${server.url}/aide`);
        await choose_language(page, language);
        for (const path of pages) {
          await page.goto(server.url + path);
          await page.getByRole('heading', { level: 1 }).waitFor();
          assert.equal(await page.evaluate(() => document.documentElement.lang), language);
          await check_screen(page, `${path} ${language}`);
        }
      }, small));
  }

  it('une adresse inconnue le dit ; un fichier ou une API absents ne rendent pas la page', () =>
    on_phone(async ({ page }) => {
      await page.goto(`${server.url}/nulle-part`);
      await heading(page, 'Page introuvable').waitFor();
      for (const path of ['/assets/absent.js', '/api/v1/absent']) {
        const answer = await fetch(server.url + path, { headers: { accept: 'text/html' } });
        assert.equal(answer.status, 404, path);
        assert.doesNotMatch(await answer.text(), /<div id="app">/);
      }
    }));

  it('un poste de bureau garde sa session au rechargement, et la perd quand on ferme', async () => {
    const browser = await open_desk(server);
    try {
      const { page } = browser;
      await first_sign_in(page);
      await page.reload();
      await heading(page, 'Aujourd’hui').waitFor();
      await check_screen(page, 'bureau');
      await page.getByRole('button', { name: 'Se déconnecter' }).click();
      await heading(page, 'La liste est fermée').waitFor();
      await page.reload();
      await heading(page, 'La liste est fermée').waitFor();
      assert.deepEqual(browser.faults, []);
    } finally {
      await browser.close();
    }
  });

  it('une évaluatrice commence par les chiffres : elle n’a ni liste ni Noter', async () => {
    const browser = await open_phone(server);
    try {
      const { page } = browser;
      await page.goto(server.url);
      await sign_in(page, server.account('evaluator'));
      await page.waitForURL(`${server.url}/indicateurs`);
      await heading(page, 'Indicateurs').waitFor();
      assert.equal(await page.getByRole('link', { name: 'Noter', exact: true }).count(), 0);
      await page.goto(`${server.url}/jeunes`);
      await heading(page, 'Pas pour ce compte').waitFor();
    } finally {
      await browser.close();
    }
  });
});
