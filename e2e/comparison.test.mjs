// Rapprochements : de deux fichiers CSV à la liste imprimée pour la réunion. Les listes sont
// inventées par le programme lui-même (`filrouge link --generate`). Le vrai serveur, le vrai
// navigateur. PICTURES=FOLDER keeps a picture of each screen.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { session } from '../test/cli/program.mjs';
import { check_screen, open_desk, picture, program, settled, signed_in, start_server } from './lib.mjs';

let server;
let folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'filrouge-lists-'));
  execFileSync(program, ['link', '--generate', join(folder, 'lists'), '--rows', '240', '--seed', '7'], { stdio: 'ignore' });
  // A line that takes no part, and one whose date does not exist.
  const path = join(folder, 'lists/a.csv');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  lines.push('A998,998,Zoé,Ligne courte', 'A999,999,Zoé,DUJARDIN,31/02/2006,F,37000,Tours,,');
  writeFileSync(path, `${lines.join('\n')}\n`);
  add_namesakes();
  server = await start_server({ web: process.env.FILROUGE_WEB });
  await join_adviser();
});
after(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Twelve who share name and sex with somebody of the other list, and nothing else: for a human. */
function add_namesakes() {
  const given = ['Lina', 'Noé', 'Jade', 'Hugo', 'Inès', 'Malo', 'Rose', 'Yanis', 'Alma', 'Tom', 'Éva', 'Sacha'];
  const surnames = ['Bertin', 'Caron', 'Dumas', 'Fabre', 'Giraud', 'Humbert', 'Jacquet', 'Lacroix', 'Meunier', 'Navarro', 'Olivier', 'Perrot'];
  const two = (number) => String(number).padStart(2, '0');
  for (const [list, later, home] of [['a', 0, '37000,Tours'], ['b', 3, '59000,Lille']]) {
    const row = (name, i) => {
      const born = `${10 + i + later}/${two(3 + later)}/${2001 + (i % 6) + later}`;
      const phone = `06${two(i + 20 * later)}${two((i * 37 + 31 * later) % 100)}${two((i * 53 + 17 * later) % 100)}${two(i * 7 + later)}`;
      return `${list.toUpperCase()}9${two(i)},${900 + i + 20 * later},${name},${surnames[i]},${born},F,${home},${phone},\n`;
    };
    appendFileSync(join(folder, `lists/${list}.csv`), given.map(row).join(''));
  }
}

/** An adviser of the coordinator's own organisation, made as accounts are: by two people. */
async function join_adviser() {
  const [one, other] = await Promise.all(
    [0, 1].map((index) => session(server.url, server.account('administrator', index))),
  );
  const { rows } = (await one.get('/api/v1/accounts')).body;
  const mate = rows.find(({ login }) => login === server.account('coordinator').login);
  const proposed = await one.post('/api/v1/accounts', {
    account: {
      login: 'relectrice',
      display_name: 'Relectrice',
      role: 'adviser',
      organisation: mate.organisation.id,
      teams: mate.teams.map(({ id }) => id),
    },
  });
  const confirmed = await other.post(`/api/v1/accounts/${proposed.body.id}/confirm`, {});
  const password = 'deux-lignes-une-personne';
  const { code } = confirmed.body;
  const activated = await fetch(`${server.url}/api/v1/activation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'relectrice', code, password }),
  });
  assert.equal(activated.status, 200, await activated.text());
  server.accounts.push({ login: 'relectrice', password, role: 'reviewer' });
}

const button = (page, name) => page.getByRole('button', { name });
async function eventually(ask, what) {
  const last = Date.now() + 30_000;
  while (!(await ask())) {
    if (Date.now() > last) throw new Error(`never: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
const heading = (page, name) => page.getByRole('heading', { level: 1, name });

const as = (role, scenario) => signed_in(server, server.account(role), open_desk, scenario);

const said = (page) => page.getByRole('status').filter({ hasText: /\S/ }).first();

async function fill_list(page, file, name, role) {
  await button(page, 'Ajouter une liste').click();
  const dialog = page.getByRole('dialog', { name: 'Ajouter une liste' });
  await dialog.getByLabel('Fichier CSV').setInputFiles(join(folder, 'lists', file));
  await dialog.getByLabel('Nom de la liste').fill(name);
  await dialog.getByRole('radio', { name: role }).click();
  await check_screen(page, `ajouter ${name}`);
  await button(dialog, 'Envoyer').click();
}

async function send_list(page, file, name, role) {
  await fill_list(page, file, name, role);
  await page.getByRole('region', { name: `Colonnes de « ${name} »` }).waitFor();
}

/** Every word of the page's own storage, to find what must never be kept. */
const kept = (page) =>
  page.evaluate(async () => {
    const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of db.objectStoreNames) {
        const rows = await new Promise((resolve, reject) => {
          const request = db.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        found.push(JSON.stringify(rows));
      }
      db.close();
    }
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) found.push(request.url);
    return found.join('\n');
  });

describe('de deux fichiers à la liste imprimée', { concurrency: false }, () => {
  let address;

  it('une coordinatrice ouvre un rapprochement, avec sa finalité', () =>
    as('coordinator', async (page) => {
      await page.getByRole('link', { name: 'Rapprochements' }).click();
      await heading(page, 'Rapprochements').waitFor();
      await page.getByText('Aucun rapprochement en cours.').waitFor();
      await check_screen(page, 'Rapprochements, vide');
      await button(page, 'Nouveau rapprochement').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('À quoi sert ce rapprochement').selectOption('other');
      await button(dialog, 'Ouvrir').click();
      await dialog.getByText('Dites à quoi il sert, et jusqu’à quand.').waitFor();
      await check_screen(page, 'Nouveau rapprochement');
      await dialog.getByLabel('À quoi sert ce rapprochement').selectOption('school_exits_meeting');
      await button(dialog, 'Ouvrir').click();
      await heading(page, 'Réunion sur les sorties scolaires (PSAD)').waitFor();
      await page.getByText(/Finalité déclarée : Réunion sur les sorties scolaires/).waitFor();
      address = new URL(page.url()).pathname;
      await check_screen(page, 'Rapprochement, vide');
    }));

  it('un long envoi s’arrête sans rien laisser, puis passe en plusieurs morceaux', () =>
    as('coordinator', async (page) => {
      await open_it(page);
      const [titles, ...rows] = readFileSync(join(folder, 'lists/b.csv'), 'utf8').trimEnd().split('\n');
      const many = Array.from({ length: 40 }, (_, i) => rows.map((row) => row.replace(',', `-${i},`))).flat();
      writeFileSync(join(folder, 'lists/longue.csv'), `${[titles, ...many].join('\n')}\n`);
      const pieces = [];
      let held = true;
      await page.route('**/pieces/*', async (route) => {
        pieces.push(new URL(route.request().url()).pathname.split('/').at(-1));
        while (held && pieces.length > 1) await page.waitForTimeout(50);
        await route.continue();
      });
      await fill_list(page, 'longue.csv', 'Longue', 'Connue d’un partenaire');
      await page.getByText(/^Envoi : \d+ %/).waitFor();
      while (pieces.length < 2) await page.waitForTimeout(50);
      await button(page, 'Arrêter').click();
      held = false;
      await page.getByText('Envoi arrêté. Rien n’a été gardé.').waitFor();
      await button(page, 'Ajouter une liste').waitFor(); // the lists are read again
      assert.equal(await page.getByRole('listitem').filter({ hasText: 'Longue' }).count(), 0);
      pieces.length = 0;
      await fill_list(page, 'longue.csv', 'Longue', 'Connue d’un partenaire');
      await page.getByRole('region', { name: 'Colonnes de « Longue »' }).waitFor();
      assert.ok(pieces.length > 2, `${pieces.length} pieces`);
      assert.deepEqual(pieces, pieces.map((_, i) => String(i)), 'one after the other');
      await button(page, 'C’est bien cela').click();
      await page.getByText('La liste est prête.').waitFor();
      const row = page.getByRole('listitem').filter({ hasText: /Longue.*lignes/ });
      assert.equal(Number(/([\d\s]+) lignes/.exec(await row.innerText())[1].replace(/\D/g, '')), many.length);
      await button(row, /Retirer/).click();
      await button(page.getByRole('dialog'), 'Retirer').click();
      await row.waitFor({ state: 'detached' });
    }));

  it('envoie deux listes, vérifie les colonnes, et compare', () =>
    as('coordinator', async (page) => {
      await open_it(page);
      await send_list(page, 'a.csv', 'Sorties scolaires', 'À regarder');
      const columns = page.getByRole('region', { name: /^Colonnes de/ });
      await columns.getByText('Lignes refusées : 1').waitFor();

      await columns.getByText(/Ligne .* : il manque des cellules/).waitFor();
      await columns.getByText(/Naissance : .*valeurs illisibles/).waitFor();
      assert.equal(await columns.getByLabel('Sens de la colonne nom', { exact: true }).inputValue(), 'surname');
      assert.equal(await columns.getByLabel('Sens de la colonne personne').inputValue(), '');
      await check_screen(page, 'Colonnes');

      assert.equal(await button(page, 'Comparer').isDisabled(), true);
      await button(columns, 'C’est bien cela').click();
      await page.getByText('La liste est prête.').waitFor();
      await send_list(page, 'b.csv', 'Mission locale', 'Connue d’un partenaire');
      await button(page, 'C’est bien cela').click();
      await page.getByRole('listitem').filter({ hasText: /Mission locale.*lignes/ }).waitFor();
      await picture(page, '2-listes');
      await button(page, 'Comparer').click();
      await page.getByText('Comparaison terminée.').waitFor();
      await page.getByRole('heading', { name: 'Qui est connu, qui ne l’est de personne' }).waitFor();
      await page.getByRole('heading', { name: 'Par commune' }).waitFor();
      await check_screen(page, 'Résultat');
      await picture(page, '3-resultat');
      const cells = await page.locator('.plot tbody td.n, .plot tfoot td.n').allTextContents();
      const numbers = cells.filter((_, index) => index % 2 === 0).map((text) => Number(text.replace(/\D/g, '')));
      assert.equal(numbers[0] + numbers[1] + numbers[2], numbers[3]);
      assert.ok(numbers[2] > 0, 'somebody is known to nobody');
      const csv = await page.evaluate(async (path) => (await fetch(path)).text(), await page.getByRole('link', { name: /Comptes pour l’extérieur/ }).getAttribute('href'));
      assert.match(csv, /n\.c\.|\d/);
    }));

  it('une conseillère relit d’une touche, et reprend son dernier avis', () =>
    as('reviewer', async (page) => {
      await open_it(page);
      await page.getByRole('tab', { name: /À relire/ }).click();
      const place = page.getByText(/^Paire \d+ sur \d+$/);
      await place.waitFor();
      await check_screen(page, 'À relire');
      await picture(page, '4-a-relire');
      assert.equal(await button(page, /Signaler|Terminer et effacer/).count(), 0, 'she manages nothing');
      const first = await page.locator('.pair').innerText();
      const before = await place.innerText();
      await page.keyboard.press('m');
      await said(page).filter({ hasText: 'Noté : même personne.' }).waitFor();
      await page.keyboard.press('z');
      await said(page).filter({ hasText: 'Dernier avis repris.' }).waitFor();
      await settled(page);
      assert.equal(await place.innerText(), before);
      assert.equal(await page.locator('.pair').innerText(), first, 'the same pair is back');
      await page.keyboard.press('?');
      await said(page).filter({ hasText: 'Elle attend le second avis' }).waitFor();
      await settled(page);
      await page.getByRole('checkbox', { name: /Touches du clavier/ }).click();
      const shown = await page.locator('.pair, .empty').first().innerText();
      const sent = [];
      page.on('request', (request) => /\/pairs/.test(request.url()) && sent.push(request.url()));
      await page.keyboard.press('d');
      await settled(page);
      assert.deepEqual(sent, [], 'keys are off');
      assert.equal(await page.locator('.pair, .empty').first().innerText(), shown);
    }));

  it('ses touches vont plus vite que le réseau, et rien ne se perd', () =>
    as('reviewer', async (page) => {
      const words = [];
      let slow = true;
      let asked = 0;
      await page.route(/\/pairs(\?|$)/, async (route) => {
        const request = route.request();
        if (request.method() === 'GET') {
          asked += 1;
          if (asked === 1) return route.abort();
        } else words.push(request.postDataJSON());
        if (request.method() === 'POST' && slow) await new Promise((done) => setTimeout(done, 400));
        await route.continue();
      });
      await open_it(page);
      await page.getByRole('tab', { name: /À relire/ }).click();
      await page.getByRole('alert').waitFor();
      await button(page, 'Réessayer').click();
      const place = page.getByText(/^Paire \d+ sur \d+$/);
      await place.waitFor();
      assert.equal(await page.getByRole('alert').count(), 0);
      const shown = () => page.locator('.pair').innerText();
      const of = await place.innerText();
      const seen = [await shown()];
      const begun = asked;
      // Three words before the first has arrived: each is for the pair that is on the screen.
      for (const key of ['m', 'd', '?']) {
        await page.keyboard.press(key);
        await eventually(async () => (await shown()) !== seen.at(-1), 'the next pair');
        seen.push(await shown());
      }
      await eventually(async () => (await place.innerText()) === of.replace('Paire 1 ', 'Paire 4 '), 'three are done');
      await eventually(() => words.length === 3, 'three words');
      assert.deepEqual(words.map(({ verdict }) => verdict), ['same', 'different', 'unsure']);
      assert.equal(new Set(words.map(({ pair }) => pair)).size, 3);
      await said(page).filter({ hasText: 'second avis' }).waitFor();
      await settled(page);
      assert.equal(asked, begun, 'a word does not ask for the whole page again');
      // Without a network the pair comes back, with a reason.
      slow = false;
      await page.route(/\/pairs$/, (route) => (route.request().method() === 'POST' ? route.abort() : route.fallback()));
      await page.keyboard.press('m');
      await page.getByRole('alert').waitFor();
      await eventually(async () => (await shown()) === seen[3], 'the pair is back');
      await page.unroute(/\/pairs$/);
      await page.keyboard.press('d');
      await said(page).filter({ hasText: 'Noté : deux personnes.' }).waitFor();
    }));

  it('la coordination donne le second avis', () =>
    as('coordinator', async (page) => {
      await open_it(page);
      await page.getByRole('tab', { name: /Second avis/ }).click();
      await page.getByText(/^Paire \d+ sur \d+$/).waitFor();
      await check_screen(page, 'Second avis');
      await button(page, 'Deux personnes').click();
      await said(page).filter({ hasText: 'Noté : deux personnes.' }).waitFor();
    }));

  it('signale à une équipe, imprime pour la réunion ; rien n’est gardé ici', () =>
    as('coordinator', async (page) => {
      await open_it(page);
      await page.getByRole('tab', { name: 'Connus de personne' }).click();
      const rows = page.locator('tbody tr');
      await rows.first().waitFor();
      const name = await rows.first().getByRole('rowheader').innerText();
      await rows.nth(0).getByRole('checkbox').check();
      await rows.nth(1).getByRole('checkbox').check();
      await page.getByText('2 choisies').waitFor();
      await check_screen(page, 'Connus de personne');
      await picture(page, '5-connus-de-personne');
      await button(page, 'Signaler à une équipe').click();
      const dialog = page.getByRole('dialog', { name: 'Signaler 2 personnes ?' });
      await button(dialog, 'Signaler').click();
      await dialog.getByText('Choisissez une équipe.').waitFor();
      await dialog.getByLabel('Équipe').selectOption({ index: 1 });
      await button(dialog, 'Signaler').click();
      await page.getByText('2 signalements faits.').waitFor();
      await rows.filter({ hasText: 'déjà signalée' }).nth(1).waitFor();

      await page.evaluate(() => (globalThis.print = () => (globalThis.printed = true)));
      await button(page, 'Imprimer pour la réunion').click();
      await page.waitForFunction(() => globalThis.printed);
      await page.emulateMedia({ media: 'print' });
      const sheet = page.locator('.sheet');
      const paper = await sheet.innerText();
      assert.match(paper, /Réunion sur les sorties scolaires/);
      assert.match(paper, /à détruire le \d/);
      for (const head of ['Personne', 'Commune', 'Contact', 'Qui appelle', 'Décision', 'Date']) assert.ok(paper.includes(head), head);
      assert.ok(paper.includes(name), 'whoever is on the screen is on the paper');
      const people = Number(/(\d+) personnes/.exec(paper)[1]);
      assert.equal(await sheet.locator('tbody tr').count(), people);
      assert.equal(await page.locator('#app').isVisible(), false, 'nothing is printed around it');
      await picture(page, '6-papier');
      await page.emulateMedia({ media: 'screen' });
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));

      const surname = name.split(' ').at(-1);
      assert.ok(!(await kept(page)).includes(surname), 'no row of a list on this device');
    }));

  it('en anglais et sur un écran étroit, rien ne dépasse', () =>
    as('coordinator', async (page) => {
      await page.getByRole('link', { name: 'Réglages' }).click();
      await page.getByRole('radio', { name: 'English' }).click();
      await page.setViewportSize({ width: 800, height: 700 });
      await page.getByRole('link', { name: 'Comparisons' }).click();
      await heading(page, 'Comparisons').waitFor();
      await check_screen(page, 'narrow, the list');
      await page.getByRole('link', { name: /Meeting on school leavers/ }).click();
      await page.getByText(/^Declared purpose/).waitFor();
      for (const name of ['Lists', 'Result', 'To review', 'Second opinion', 'Known to nobody']) {
        await page.getByRole('tab', { name }).click();
        await page.getByRole('tabpanel', { name }).locator('> *').first().waitFor();
        await check_screen(page, `narrow, ${name}`);
      }
    }));

  it('terminer efface, et dit ce qui reste', () =>
    as('coordinator', async (page) => {
      await open_it(page);
      await button(page, 'Terminer et effacer').click();
      const dialog = page.getByRole('dialog', { name: 'Terminer ce rapprochement ?' });
      await dialog.getByText('Les fichiers et toutes leurs lignes').waitFor();
      await dialog.getByText('Un compte sans nom : listes, lignes, paires relues').waitFor();
      await check_screen(page, 'Terminer');
      await picture(page, '7-terminer');
      await button(dialog, 'Terminer').click();
      await page.getByText('Aucun rapprochement en cours.').waitFor();
      const answer = await page.evaluate(async (path) => (await fetch(path)).status, `/api/v1/comparisons/${address.split('/').at(-1)}`);
      assert.equal(answer, 404);
    }));
});

/** From the menu, as one comes to it. */
async function open_it(page) {
  await page.getByRole('link', { name: 'Rapprochements' }).click();
  await page.getByRole('link', { name: /Réunion sur les sorties scolaires/ }).click();
  await page.getByRole('tablist').waitFor();
}
