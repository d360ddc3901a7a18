// J03, J04, J06. Un parcours s'ouvre et quelqu'un tient le fil ; on fait le point à deux ; on passe
// le relais avec son accord, même sans réseau ; elle peut tout arrêter.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  all_sent,
  as_worker,
  button,
  dialog,
  drafts_kept,
  enter,
  kept_offline,
  link,
  on,
  radio,
  serve,
  taps_of,
  title,
  visit,
} from '../field/street.mjs';
import { check_screen, choose_language, desk, phone, small } from '../lib.mjs';
import {
  checkbox,
  followed,
  met,
  online_again,
  pathway,
  receivers,
  respectful,
  sharing,
  tab,
} from './person.mjs';

let server;
before(async () => (server = await serve()));
after(() => server.close());

const tabs = ['Fil', 'Point', 'Parcours', 'Relais', 'Qui suit', 'Partages'];
const tile = (page, name) => page.getByRole('button', { name: new RegExp(`^${name}`) });
const touch = async (page, name, times) => {
  for (let n = 0; n < times; n += 1) await tile(page, name).click();
};

describe('J03. Quelqu’un tient le fil', () => {
  it('un alias suffit : avant il y a une équipe, après il y a une personne référente, et une seule', () =>
    as_worker(server, async ({ page }) => {
      const id = await met(page, 'Plume');
      assert.equal((await pathway(page, server, id)).referent, undefined);
      await button(page, 'Ouvrir un parcours').click();
      const box = dialog(page, 'Ouvrir un parcours');
      await box.getByText('quelqu’un tient le fil de Plume').waitFor();
      await box.getByRole('button', { name: 'Ouvrir un parcours' }).click();
      await page.getByText('est référent·e').waitFor();
      const { referent, level } = await pathway(page, server, id);
      assert.equal(level, 'alias');
      assert.equal(referent.mine, true);
      await tab(page, 'Qui suit').click();
      await page.getByRole('tabpanel').getByText('référent·e', { exact: false }).first().waitFor();
      await tab(page, 'Fil').click();
      await page.getByText(/prend la suite/).waitFor();
    }));

  it('la personne référente passe le fil dans l’équipe, et personne n’est sans', () =>
    as_worker(server, async ({ page }) => {
      const id = await followed(page, 'Galet');
      const before = (await pathway(page, server, id)).referent.name;
      await page.getByRole('button', { name: /^Changer.*référent/ }).click();
      const box = dialog(page, 'Nommer un référent');
      await box.getByRole('button', { name: 'Nommer un référent' }).click();
      await box.getByText('Choisissez une personne.').waitFor();
      // Un rôle qui ne suit personne est refusé en mots, et le choix reste ouvert.
      let other = '';
      for (const name of await box.getByRole('radio').allInnerTexts()) {
        other = name;
        await radio(page, name).click();
        const answer = page.waitForResponse(/\/entries$/);
        await box.getByRole('button', { name: `Nommer ${name}` }).click();
        if ((await answer).ok()) break;
        await box.getByText('Ce rôle ne suit pas de personnes.').waitFor();
        assert.equal((await pathway(page, server, id)).referent.name, before);
      }
      await box.waitFor({ state: 'hidden' });
      const { referent } = await pathway(page, server, id);
      assert.equal(referent.name, other);
      assert.notEqual(referent.name, before);
    }));
});

describe('J04. Faire le point', () => {
  it('à deux voix, sans réseau, en 25 gestes au plus ; trois sujets d’abord, ses mots, validé à deux', () =>
    as_worker(server, async ({ page, context }) => {
      const id = await followed(page, 'Lagune');
      assert.ok(await kept_offline(page));
      await tab(page, 'Point').click();
      await page.getByText('Le point n’a pas encore été fait ensemble.').waitFor();
      await context.setOffline(true);
      const taps = await taps_of(page, async () => {
        await link(page, 'Faire le point').click();
        await title(page, 'Faire le point').waitFor();
        await respectful(page);
        await touch(page, 'Se déplacer', 3);
        await touch(page, 'Les papiers', 2);
        await touch(page, 'Se loger', 1);
        await touch(page, 'L’argent', 2);
        await touch(page, 'L’ordinateur', 1);
        await touch(page, 'La famille', 1);
        await touch(page, 'Les horaires', 2);
        await page.getByRole('radio', { name: /dit$/ }).last().click();
        await touch(page, 'Se déplacer', 3);
        await touch(page, 'La confiance', 2);
        await button(page, 'Par quoi on commence ?').click();
        await button(page, 'Valider à deux').waitFor();
        await respectful(page);
        await tile(page, 'Se déplacer').click();
        await tile(page, 'Les papiers').click();
        await page.getByLabel(/^Ce que je veux/).fill('Passer mon permis avant l’été.');
        await button(page, 'Valider à deux').click();
      });
      assert.ok(taps <= 25, `${taps} gestes`);
      await tab(page, 'Point').waitFor();
      await page.getByText('Sur ce téléphone, part dès le réseau').waitFor();
      await page.getByText('« Passer mon permis avant l’été. »').waitFor();
      await online_again(page, context);
      const seen = await pathway(page, server, id);
      const said = Object.fromEntries(
        seen.barriers.map((line) => [line.barrier, [line.by_person, line.by_professional]]),
      );
      assert.deepEqual(said.mobility, ['blocking', 'blocking']);
      assert.deepEqual(said.admin_rights, ['light', 'not_explored']);
      assert.deepEqual(said.self_esteem, ['not_explored', 'light']);
      assert.deepEqual(said.housing, ['none', 'not_explored']);
      const first = seen.barriers.filter((line) => line.first).map((line) => line.barrier);
      assert.deepEqual(first.sort(), ['admin_rights', 'mobility']);
      assert.deepEqual(seen.goals, ['Passer mon permis avant l’été.']);
      assert.equal(seen.validated, true);
      assert.equal(seen.stage.stage, 'diagnosed');
    }));

  it('pas plus de trois d’abord ; un sujet vit, se lève, et peut revenir', () =>
    as_worker(server, async ({ page }) => {
      const id = await followed(page, 'Brume');
      await tab(page, 'Point').click();
      await link(page, 'Faire le point').click();
      for (const name of ['Se déplacer', 'Les papiers', 'Se loger', 'L’argent']) {
        await touch(page, name, 3);
      }
      await button(page, 'Par quoi on commence ?').click();
      for (const name of ['Se déplacer', 'Les papiers', 'Se loger']) await tile(page, name).click();
      await page.getByText('D’abord : 3 sur 3').waitFor();
      assert.ok(await tile(page, 'L’argent').isDisabled());
      await button(page, 'Valider à deux').click();
      await tab(page, 'Point').waitFor();
      await all_sent(page);
      await page.getByRole('button', { name: /Se loger$/ }).click();
      const box = dialog(page, 'Se loger');
      await box.getByRole('radio', { name: 'Pas levé' }).click();
      await box.getByRole('button', { name: 'Enregistrer' }).click();
      await box.getByText('Dites pourquoi, en un mot.').waitFor();
      await box.getByRole('radio', { name: 'rien de disponible' }).click();
      await box.getByRole('button', { name: 'Enregistrer' }).click();
      await box.waitFor({ state: 'hidden' });
      const line = async () =>
        (await pathway(page, server, id)).barriers.find(({ barrier }) => barrier === 'housing');
      assert.equal((await line()).status, 'not_lifted');
      await page.getByRole('button', { name: /Pas levé.*Se loger$/ }).click();
      await dialog(page, 'Se loger').getByRole('radio', { name: 'On y travaille' }).click();
      await dialog(page, 'Se loger').getByRole('button', { name: 'Enregistrer' }).click();
      await dialog(page, 'Se loger').waitFor({ state: 'hidden' });
      assert.equal((await line()).status, 'in_progress');
    }));

  it('un point commencé est gardé, et se reprend', () =>
    as_worker(server, async ({ page }) => {
      await followed(page, 'Écume');
      await tab(page, 'Point').click();
      await link(page, 'Faire le point').click();
      await touch(page, 'Se déplacer', 2);
      await drafts_kept(page, 1);
      await button(page, 'Retour').click();
      await tab(page, 'Point').waitFor();
      await tab(page, 'Point').click();
      await link(page, 'Faire le point').click();
      await page.getByRole('button', { name: /^Se déplacer.*Un peu/ }).waitFor();
    }));
});

describe('Le parcours', () => {
  const add = async (page, name, fill) => {
    await button(page, name).click();
    const box = page.getByRole('dialog');
    await box.waitFor();
    await fill(box);
    await box.locator('.dialog-actions .btn.main').click();
    return box;
  };

  it('un pas accepté, un rendez-vous et sa présence en un geste, une situation et ses nouvelles', () =>
    on(server, desk, async ({ page }) => {
      await enter(page, server);
      await title(page, 'Aujourd’hui').waitFor();
      const id = await followed(page, 'Rivage');
      await tab(page, 'Parcours').click();
      const step = await add(page, 'Ajouter un pas', async (box) => {
        await box.getByLabel('Quoi').fill('Refaire la carte vitale');
        await box.getByRole('checkbox', { name: 'La personne est d’accord' }).click();
        await box.getByRole('radio', { name: 'En cours' }).click();
      });
      await step.waitFor({ state: 'hidden' });
      await page.getByText('Refaire la carte vitale', { exact: true }).waitFor();
      const today = await page.evaluate(() => new Date().toLocaleDateString('sv-SE'));
      const meeting = await add(page, 'Ajouter un rendez-vous', async (box) => {
        await box.getByLabel('Jour').fill(today);
        await box.getByLabel('Heure').fill('23:45');
      });
      await meeting.waitFor({ state: 'hidden' });
      const taps = await taps_of(page, () => page.getByRole('button', { name: /^Présent·e/ }).click());
      assert.equal(taps, 1);
      await page.getByText(/venu·e$/).waitFor();
      const exit = await add(page, 'Noter une situation', async (box) => {
        await box.getByLabel('Laquelle').selectOption('cdi');
        await box.getByLabel('Depuis le').fill('2020-01-01');
      });
      // Refusée à la lecture : la phrase est là, le formulaire reste.
      await exit.getByText('Cette date vient avant la première rencontre.').waitFor();
      await exit.getByLabel('Depuis le').fill(today);
      await exit.locator('.dialog-actions .btn.main').click();
      await exit.waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: /^Prendre des nouvelles/ }).click();
      const check = dialog(page, 'Est-ce que ça tient ?');
      await check.getByRole('radio', { name: 'Ça tient' }).click();
      await check.getByRole('button', { name: 'Enregistrer' }).click();
      await check.waitFor({ state: 'hidden' });
      const seen = await pathway(page, server, id);
      assert.equal(seen.steps[0].set.status, 'running');
      assert.equal(seen.steps[0].set.person_agrees, true);
      assert.equal(seen.appointments[0].set.status, 'kept');
      assert.equal(seen.exits[0].declared.type, 'cdi');
      assert.equal(seen.exits[0].checks.length, 1);
      assert.equal(seen.stage.stage, 'in_solution');
    }));

  it('un jour passé est refusé en mots, rien n’est perdu ; une pause n’est pas une alarme', () =>
    on(server, desk, async ({ page }) => {
      await enter(page, server);
      await title(page, 'Aujourd’hui').waitFor();
      const id = await followed(page, 'Dune');
      await tab(page, 'Parcours').click();
      const meeting = await add(page, 'Ajouter un rendez-vous', async (box) => {
        await box.getByLabel('Jour').fill('2020-03-02');
        await box.getByLabel('Heure').fill('10:00');
        await box.getByLabel(/^À propos de/).fill('Le code');
      });
      await meeting.getByText('Ce jour est passé.').waitFor();
      assert.equal(await meeting.getByLabel(/^À propos de/).inputValue(), 'Le code');
      await page.keyboard.press('Escape');
      await button(page, 'Faire une pause').click();
      const pause = dialog(page, 'Une pause, convenue ensemble');
      const back = await page.evaluate(() =>
        new Date(Date.now() + 20 * 86_400_000).toLocaleDateString('sv-SE'),
      );
      await pause.getByLabel('On se revoit le').fill(back);
      await pause.getByRole('button', { name: 'Faire une pause' }).click();
      await pause.waitFor({ state: 'hidden' });
      await page.getByText('En pause, c’est convenu').first().waitFor();
      assert.equal((await pathway(page, server, id)).stage.side, 'paused');
      await button(page, 'Finir la pause').click();
      await page.getByText('En pause, c’est convenu').first().waitFor({ state: 'detached' });
      await button(page, 'Terminer le suivi').click();
      const end = dialog(page, 'Terminer le suivi');
      await end.getByRole('radio', { name: 'N’a plus souhaité' }).click();
      await end.getByRole('button', { name: 'Terminer le suivi' }).click();
      await end.waitFor({ state: 'hidden' });
      await button(page, 'Reprendre le suivi').waitFor();
    }));
});

describe('J06. Passer le relais', () => {
  it('quatre gestes, rien de coché d’avance, et rien ne part sans son accord', () =>
    as_worker(server, async ({ page }) => {
      const id = await followed(page, 'Sillage');
      const [to] = await receivers(page, server);
      const taps = await taps_of(page, async () => {
        await link(page, 'Passer le relais').click();
        await page.getByRole('button', { name: to.name }).click();
        await checkbox(page, /est d’accord/).waitFor();
        assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 0);
        await respectful(page);
        await checkbox(page, /est d’accord/).click();
        await button(page, 'Envoyer').click();
        await page.getByText('Le relais est parti.').waitFor();
      });
      assert.equal(taps, 4);
      await page.getByText(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/).waitFor();
      await button(page, 'Fermer').click();
      await title(page, 'Sillage').waitFor();
      const { relays, referent } = await pathway(page, server, id);
      assert.equal(relays.length, 1);
      assert.equal(relays[0].standing.act, 'proposed');
      assert.equal(relays[0].standing.to, to.id);
      assert.equal(referent.mine, true);
      const { grants } = await sharing(page, server, id);
      assert.deepEqual(grants[0].grant.agreed.fields, []);
    }));

  it('sans accord, le bouton le dit et rien ne part ; ce qui est coché change l’accord', () =>
    as_worker(server, async ({ page }) => {
      const id = await followed(page, 'Marée');
      const [to] = await receivers(page, server);
      await link(page, 'Passer le relais').click();
      await page.getByRole('button', { name: to.name }).click();
      await button(page, 'Envoyer').click();
      await page.getByText('Sans son accord, rien ne part.').waitFor();
      await checkbox(page, /est d’accord pour rencontrer/).click();
      await checkbox(page, /^Son surnom/).click();
      assert.equal(await checkbox(page, /est d’accord pour cette ligne/).isChecked(), false);
      await checkbox(page, /est d’accord pour cette ligne/).click();
      await page.getByLabel('Ce qu’on demande').fill('Le code, le soir');
      await button(page, 'Envoyer').click();
      await page.getByText('Le relais est parti.').waitFor();
      const { grants } = await sharing(page, server, id);
      assert.deepEqual(grants[0].grant.agreed.fields, ['alias']);
      const { relays } = await pathway(page, server, id);
      assert.equal(relays[0].need, 'Le code, le soir');
      // Un second relais vers le même lieu : refusé en mots, le formulaire reste.
      await button(page, 'Fermer').click();
      await title(page, 'Marée').waitFor();
      await link(page, 'Passer le relais').first().click();
      await page.getByRole('button', { name: to.name }).click();
      await checkbox(page, /est d’accord/).click();
      await button(page, 'Envoyer').click();
      await page.getByText('Un relais est déjà en cours pour cela.').waitFor();
      assert.equal((await pathway(page, server, id)).relays.length, 1);
    }));

  it('sans réseau c’est une intention sur ce téléphone, et elle devient le relais', () =>
    as_worker(server, async ({ page, context }) => {
      const id = await followed(page, 'Courant');
      const [to] = await receivers(page, server);
      assert.ok(await kept_offline(page));
      await context.setOffline(true);
      await link(page, 'Passer le relais').click();
      await page.getByRole('button', { name: to.name }).click();
      await checkbox(page, /est d’accord/).click();
      await button(page, 'Envoyer').click();
      await page.getByText('Sur ce téléphone, part dès le réseau.').waitFor({ timeout: 20_000 });
      await button(page, 'Fermer').click();
      await title(page, 'Courant').waitFor();
      await tab(page, 'Relais').click();
      await page.getByText('Sur ce téléphone, part dès le réseau', { exact: true }).waitFor();
      await online_again(page, context);
      const { relays } = await pathway(page, server, id);
      assert.deepEqual(relays.map(({ standing }) => standing.act), ['proposed']);
    }));

  it('elle arrête un relais, et un partage en deux gestes : il cesse aussitôt', () =>
    as_worker(server, async ({ page }) => {
      const id = await followed(page, 'Falaise');
      const [to] = await receivers(page, server);
      await link(page, 'Passer le relais').click();
      await page.getByRole('button', { name: to.name }).click();
      await checkbox(page, /^Son surnom/).click();
      await checkbox(page, /est d’accord/).click();
      await button(page, 'Envoyer').click();
      await page.getByText('Le relais est parti.').waitFor();
      await button(page, 'Fermer').click();
      await tab(page, 'Partages').click();
      await page.getByText(to.name).first().waitFor();
      const taps = await taps_of(page, async () => {
        await page.getByRole('button', { name: /^Arrêter ce partage/ }).click();
        await button(page, 'Arrêter maintenant').click();
      });
      assert.equal(taps, 2);
      await page.getByText('C’est noté sur ce téléphone').waitFor();
      await all_sent(page);
      assert.equal((await sharing(page, server, id)).grants[0].live, false);
      await tab(page, 'Relais').click();
      await button(page, 'La personne arrête ce relais').click();
      await dialog(page, 'Arrêter ce relais ?').getByRole('button', { name: 'Arrêter' }).click();
      await page.getByText('Retiré par la personne', { exact: true }).waitFor();
      const { relays, referent } = await pathway(page, server, id);
      assert.equal(relays[0].standing.act, 'withdrawn');
      assert.equal(referent.mine, true);
    }));

  it('les feuilles imprimées sont neutres : ni menu, ni nom du programme, initiale seule', () =>
    as_worker(server, async ({ page }) => {
      await page.evaluate(() => (globalThis.print = () => undefined));
      await followed(page, 'Horizon');
      const [to] = await receivers(page, server);
      await link(page, 'Passer le relais').click();
      await page.getByRole('button', { name: to.name }).click();
      await checkbox(page, /est d’accord/).click();
      await button(page, 'Envoyer').click();
      await page.getByText('Le relais est parti.').waitFor();
      const number = (await page.getByText(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/).innerText()).trim();
      const sheet = page.locator('.sheet');
      const printed = async (act) => {
        await act();
        await page.emulateMedia({ media: 'print' });
        await sheet.waitFor();
        const text = await page.evaluate(() => document.body.innerText);
        await page.emulateMedia({ media: 'screen' });
        await page.evaluate(() => dispatchEvent(new Event('afterprint')));
        await sheet.waitFor({ state: 'detached' });
        assert.doesNotMatch(text, /Fil rouge|Noter|Démonstration/);
        return text;
      };
      assert.match(await printed(() => button(page, 'Imprimer').click()), new RegExp(number));
      await button(page, 'Fermer').click();
      await tab(page, 'Relais').click();
      const relay = await printed(() => button(page, 'Fiche relais').click());
      assert.match(relay, /H\./);
      assert.doesNotMatch(relay, /Horizon/);
      await tab(page, 'Parcours').click();
      assert.match(await printed(() => button(page, 'Imprimer').click()), /Mon parcours/);
    }));
});

describe('Chaque partie de la fiche, dans chaque état', () => {
  async function walk(page, id, name, english = false) {
    const names = english
      ? ['Thread', 'Review', 'Pathway', 'Relays', 'Who follows', 'Sharing']
      : tabs;
    for (const one of names) {
      await tab(page, one).click();
      const parts = page.getByRole('tabpanel', { name: one }).locator('> *');
      await parts.filter({ visible: true }).first().waitFor();
      await check_screen(page, `${name} ${one}`);
    }
    for (const part of ['point', 'relais']) {
      await visit(page, `/jeunes/${id}/${part}`);
      await check_screen(page, `${name} ${part}`);
    }
  }

  it('sur un téléphone, à 320 px, sur un bureau, la nuit, en anglais', () =>
    as_worker(server, async ({ page }) => {
      const id = await followed(page, 'Phare');
      await tab(page, 'Parcours').click();
      await button(page, 'Ajouter un pas').click();
      await page.getByLabel('Quoi').fill('Le code');
      await check_screen(page, 'ajouter un pas');
      await dialog(page, 'Un pas').getByRole('button', { name: 'Enregistrer' }).click();
      await dialog(page, 'Un pas').waitFor({ state: 'hidden' });
      for (const form of ['Ajouter un rendez-vous', 'Noter une situation', 'Noter un service rendu', 'Noter un essai', 'Faire une pause', 'Terminer le suivi']) {
        await button(page, form).click();
        await page.getByRole('dialog').waitFor();
        await check_screen(page, form);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
      }
      await walk(page, id, 'téléphone');
      for (const [options, name] of [
        [small, '320 px'],
        [desk, 'bureau'],
        [{ ...phone, colorScheme: 'dark' }, 'nuit'],
      ]) {
        await on(server, options, async (other) => {
          await enter(other.page, server);
          await visit(other.page, `/jeunes/${id}`);
          await tab(other.page, 'Fil').waitFor();
          await walk(other.page, id, name);
        });
      }
      await on(server, phone, async (other) => {
        await other.page.goto(server.url);
        await choose_language(other.page, 'en');
        await other.page.reload();
        const { login, password } = server.account('outreach_worker');
        await other.page.locator('input[autocomplete=username]').first().fill(login);
        await other.page.locator('input[type=password]').fill(password);
        await other.page.keyboard.press('Enter');
        await title(other.page, 'Today').waitFor();
        await visit(other.page, `/jeunes/${id}`);
        await tab(other.page, 'Thread').waitFor();
        await walk(other.page, id, 'English', true);
      });
    }));

  it('les parties se parcourent au clavier, et l’adresse les garde', () =>
    on(server, desk, async ({ page }) => {
      await enter(page, server);
      await title(page, 'Aujourd’hui').waitFor();
      await followed(page, 'Rocher');
      await tab(page, 'Fil').focus();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('tab', { name: 'Point', selected: true }).waitFor();
      await page.waitForURL(/\?onglet=point$/);
      await page.keyboard.press('End');
      await page.getByRole('tab', { name: 'Partages', selected: true }).waitFor();
      assert.equal(await radio(page, 'Fil').count(), 0);
    }));
});
