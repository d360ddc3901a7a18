// Un téléphone volé : tous les fichiers du navigateur, relus après un vrai usage. Des personnes
// (THIEVES_PLANTED, 500) avec un nom, une note et un numéro chacune sont dans la liste de l’équipe ;
// on les lit, on en note une. Liste ouverte, fermée, douze heures après, puis après des
// effacements : rien ne se retrouve.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { tell } from '../test/soak/evidence.mjs';
import { canaries, drafts_of, enrol, holds, readable, size } from '../test/thieves/phone.mjs';
import { open_browser, phone, sign_in, start_server } from './lib.mjs';

const planted = canaries(size('THIEVES_PLANTED', 500));
const twelve_hours = '12:05:00';
const looked = [];
let server;
let sender;
let worker;
let folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'filrouge-vol-'));
  server = await start_server();
  worker = server.account('outreach_worker');
  sender = await enrol(server, worker);
  const team = sender.session.info.teams[0].id;
  await sender.send(planted.persons.flatMap((person) => drafts_of(sender, team, person)));
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const heading = (page, name) => page.getByRole('heading', { level: 1, name });

// What a thief reads now: a copy, as the files of an open browser change.
function thief(profile, moment) {
  const copy = join(folder, `copie-${moment}`);
  // Files may come and go meanwhile; what can be copied is what a thief gets.
  spawnSync('cp', ['-a', profile, copy]);
  const { found, files, bytes } = readable([copy], planted);
  const words = holds([copy], worker.password);
  assert.ok(files > 50, `${files} files`);
  looked.push(`${moment} (${files} files, ${Math.round(bytes / 1024)} KiB)`);
  assert.deepEqual(found, [], moment);
  assert.deepEqual(words, [], `mot de passe, ${moment}`);
  rmSync(copy, { recursive: true, force: true });
}

describe('Un téléphone volé', () => {
  it('rien de ce qui a été lu ou noté ne se retrouve dans ses fichiers', async () => {
    const profile = join(folder, 'profil');
    const { page, context, faults, close } = await open_browser(server, phone, profile);
    try {
      await page.clock.install();
      await page.goto(server.url);
      await sign_in(page, worker);
      await heading(page, 'Aujourd’hui').waitFor();
      await page.getByText(planted.mark).first().waitFor();
      // The list, a search, a card with its history.
      await page.getByRole('link', { name: /^(Jeunes|Personnes)$/ }).first().click();
      await page.getByText(planted.mark).first().waitFor();
      await page.getByRole('searchbox').fill(planted.persons[7].first_name);
      await page.clock.runFor(1_000);
      await page.getByRole('link', { name: new RegExp(planted.persons[7].first_name) }).first().click();
      await page.getByText(planted.persons[7].note).first().waitFor();
      // One more, noted by hand, with the pause at which the draft is kept.
      await page.goBack();
      await page.getByRole('link', { name: 'Noter', exact: true }).first().click();
      await heading(page, 'Noter').waitFor();
      await page.getByRole('button', { name: 'Ajouter un alias' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Alias', { exact: true }).fill(`${planted.mark}main`);
      await dialog.getByRole('button', { name: /^Créer/ }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.locator('textarea').fill(`${planted.mark} écrit à la main`);
      await page.clock.runFor(2_000);
      await page.getByText('Brouillon gardé').waitFor();
      thief(profile, 'note commencée');
      await page.getByRole('button', { name: 'Enregistrer' }).click();
      await heading(page, /^(Jeunes|Personnes)$/).waitFor(); // back where she came from
      await page.getByRole('link', { name: 'Aujourd’hui' }).first().click();
      await heading(page, 'Aujourd’hui').waitFor();
      await page.getByText(`${planted.mark}main`).first().waitFor();
      await page.clock.runFor(5_000);
      await new Promise((wake) => setTimeout(wake, 1_000));
      thief(profile, 'liste ouverte');

      // Twelve hours later it has closed by itself.
      await page.clock.fastForward(twelve_hours);
      await heading(page, 'La liste est fermée').waitFor();
      assert.ok(!(await page.content()).includes(planted.mark), 'nothing is left on the screen');
      thief(profile, 'douze heures après');

      // Somebody is erased; the list is opened, read and closed again.
      for (const person of planted.persons.slice(1, 4)) {
        const erased = await sender.session.post(`/api/v1/people/${person.id}/erasure`, { asked_by: 'person' });
        assert.equal(erased.status, 200);
      }
      await page.getByRole('button', { name: 'Ouvrir la liste' }).click();
      await sign_in(page, worker);
      await page.getByRole('link', { name: /^(Jeunes|Personnes)$/ }).first().click();
      await page.getByText(planted.mark).first().waitFor();
      await page.getByRole('button', { name: 'Fermer la liste' }).click();
      await heading(page, 'La liste est fermée').waitFor();
      thief(profile, 'liste fermée, après des effacements');
    } finally {
      assert.deepEqual(faults, []);
      await context.close();
      await close().catch(() => undefined);
    }
    thief(profile, 'téléphone éteint');
    tell('planted_browser', 3 * planted.persons.length, 0, looked.join(', '));
  });
});
