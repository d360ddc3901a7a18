// Un alias donne son prénom : déjà connue d’une équipe de l’organisation ? Ailleurs, c’est l’équipe
// qui suit quelqu’un du même nom qui l’apprend, et elle seule. Le vrai serveur, le vrai navigateur.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { session } from '../test/cli/program.mjs';
import { Phone } from '../test/liars/phone.mjs';
import { check_screen, go, open_desk, open_phone, picture, signed_in, start_server } from './lib.mjs';

let server;
const noted = {};
before(async () => {
  server = await start_server({ web: process.env.FILROUGE_WEB });
  // Claire, elsewhere, follows Ombeline Vauquelin; so does Inès, of another team of Samira's organisation.
  noted.elsewhere = await identified(server.account('adviser', 0), 'Zéphyr', 'Ombeline', 'Vauquelin');
  noted.before = await identified(server.account('outreach_worker', 2), 'Ondine', 'Ombeline', 'Vauqelin');
  noted.last = await identified(server.account('outreach_worker', 0), 'Quartz', 'Ombeline', 'Vauquelin');
});
after(() => server?.close());

async function identified(account, alias, first_name, surname) {
  const signed = await session(server.url, account);
  const phone = await Phone.enrol(server.url, signed);
  const person = phone.person(alias, signed.info.teams[0].id);
  phone.note('identity_given', person, { first_name, surname, born: '2006-05-04', replaces: [] });
  await phone.send();
  for (const note of phone.notes) assert.equal(note.result.receipt, 'accepted', JSON.stringify(note.result));
  return person;
}

const asked = (page) => page.getByRole('region', { name: 'Déjà connue d’une équipe ?' });

describe('déjà connue ?', { concurrency: false }, () => {
  it('la question porte sur l’organisation, et rien d’autre', () =>
    signed_in(server, server.account('outreach_worker', 0), open_phone, async (page) => {
      await go(page, `/jeunes/${noted.last}`);
      await asked(page).waitFor();
      assert.equal(await asked(page).getByRole('listitem').count(), 1, 'nobody of elsewhere');
      await asked(page).getByText(/Équipe Cher et Rabière, depuis le/).waitFor();
      await asked(page).getByText('nom proche, même date de naissance').waitFor();
      await check_screen(page, 'déjà connue ?');
      await picture(page, '8-deja-connue');
      await page.getByRole('link', { name: 'Relais', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Relais' }).waitFor();
      await page.getByText(/^À jour du/).waitFor();
      assert.equal(await page.getByText(/Un partenaire cherche à joindre/).count(), 0);
    }));

  it('une autre équipe l’apprend, et dit l’avoir vu', () =>
    signed_in(server, server.account('adviser', 0), open_desk, async (page) => {
      await page.getByRole('link', { name: /^Relais/ }).click();
      const notice = page.getByRole('listitem').filter({ hasText: 'Un partenaire cherche à joindre Ombeline' });
      await notice.getByText('Prévention spécialisée 37 demande à être appelée.').waitFor();
      await check_screen(page, 'un partenaire cherche');
      await picture(page, '9-un-partenaire-cherche');
      await notice.getByRole('button', { name: /^Vu/ }).click();
      await notice.waitFor({ state: 'detached' });
    }));

  it('« même personne » relie les deux, et s’annule', () =>
    signed_in(server, server.account('outreach_worker', 0), open_phone, async (page) => {
      // First, for the offer to undo lasts ten seconds.
      const signed = await session(server.url, server.account('outreach_worker', 0));
      await go(page, `/jeunes/${noted.last}`);
      await asked(page).getByRole('button', { name: /^Même personne/ }).click();
      await page.getByText('Reliée à Ombeline.').first().waitFor();
      await asked(page).waitFor({ state: 'detached' });
      const links = async () => (await signed.get(`/api/v1/people/${noted.last}`)).body.state.links;
      assert.deepEqual((await links()).map(({ other, linked }) => [other, linked]), [[noted.before, true]]);
      await page.getByRole('button', { name: 'Annuler' }).click();
      await asked(page).waitFor(); // asked again once the node has answered
      assert.equal((await links())[0].linked, false);
      await asked(page).getByRole('button', { name: /^Non/ }).click();
      await page.getByText('Ombeline est quelqu’un d’autre.').waitFor();
      await asked(page).waitFor({ state: 'detached' });
    }));
});
