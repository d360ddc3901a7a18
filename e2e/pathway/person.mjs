// What the journeys of a pathway share: somebody met in the scenario, her page, its parts, and what
// the node keeps of her.
import assert from 'node:assert/strict';
import { all_sent, button, day_read, link, my_team, title } from '../field/street.mjs';

export const tab = (page, name) => page.getByRole('tab', { name });
export const checkbox = (page, name) => page.getByRole('checkbox', { name });

/** A new alias, noted and received; her page is open. Gives her id. */
export async function met(page, alias) {
  await day_read(page);
  await link(page, 'Noter').click();
  await button(page, 'Ajouter un alias').click();
  await page.getByLabel('Alias', { exact: true }).fill(alias);
  await button(page, `Créer « ${alias} »`).click();
  await button(page, 'Enregistrer').click();
  await title(page, 'Aujourd’hui').waitFor();
  await all_sent(page);
  await link(page, 'Jeunes').click();
  await page.getByLabel('Chercher').fill(alias);
  await page.getByRole('link', { name: new RegExp(`^${alias}`) }).first().click();
  await title(page, alias).waitFor();
  await page.getByText('Pas encore de référent').waitFor();
  return new URL(page.url()).pathname.split('/').at(-1);
}

/** With a referent: whoever is signed in. */
export async function followed(page, alias) {
  const id = await met(page, alias);
  await button(page, 'Ouvrir un parcours').click();
  const box = page.getByRole('dialog', { name: 'Ouvrir un parcours' });
  await box.getByRole('button', { name: 'Ouvrir un parcours' }).click();
  await page.getByText('est référent·e').waitFor();
  return id;
}

async function get(page, server, path) {
  const answer = await page.request.get(server.url + path);
  assert.equal(answer.status(), 200, path);
  return answer.json();
}
export const pathway = (page, server, id) => get(page, server, `/api/v1/people/${id}/pathway`);
export const sharing = (page, server, id) => get(page, server, `/api/v1/people/${id}/sharing`);
export const receivers = async (page, server) =>
  (await get(page, server, '/api/v1/reference')).organisations;
export { my_team };

/** Back in the network: what waited has left. */
export async function online_again(page, context) {
  await context.setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await all_sent(page);
}

/** Words that no screen shown to her may have. */
export async function respectful(page) {
  const text = await page.locator('body').innerText();
  assert.doesNotMatch(text, /\bfreins?\b|NEET|invisible|public cible/i);
}
