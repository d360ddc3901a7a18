// How long one answer about a person takes in a full folder: 20,000 persons and 500,000 entries, one
// of the persons with 300 entries of her own, 50 relays open. The 99th percentile of 300 requests,
// and the memory of the program after them.
import { join } from 'node:path';
import { resident_megabytes } from './node.mjs';
import { new_id, Phone } from '../test/liars/phone.mjs';
import { run_json, session } from '../test/cli/program.mjs';

const asked = 300;
const round = (number) => Number(number.toFixed(1));

function fill(bench, persons, entries) {
  const { login, password } = bench.accounts[0];
  // Each load makes two hundred persons.
  const loads = Math.ceil(persons / 200);
  for (let i = 0; i < loads; i += 1) {
    const done = run_json(['device', 'load', '--url', bench.server.url, '--login', login, '--password', password,
      '--clients', '8', '--contacts', String(Math.ceil(entries / loads)), '--batch', '200',
      '--acked', join(bench.path, 'acked.txt')]);
    if (done.status !== 0) throw new Error(done.stderr);
    bench.entries += done.answer.acknowledged + 200;
  }
}

// A step of the plan at a time, so that the state is as long as it can become.
async function one_with_many(phone, team, organisation, entries) {
  const person = phone.person('Zéphyrine', team);
  phone.open_pathway(person, team, organisation);
  const steps = Array.from({ length: 40 }, new_id);
  for (let i = 2; i < entries; i += 1) {
    if (i % 3) phone.contact(person, team, `note ${i}`);
    else phone.note('step_set', person, { step: steps[i % 40], organisation, what: `étape ${i}`,
      status: 'running', person_agrees: true, by_meeting: false });
  }
  await phone.send();
  return person;
}

async function relays(phone, team, organisation, to, number) {
  for (let i = 0; i < number; i += 1) {
    const person = phone.person(`Relais${i}`, team);
    phone.contact(person, team, 'vue');
    phone.open_pathway(person, team, organisation);
    phone.relay(person, organisation, to, ['alias']);
  }
  await phone.send();
}

async function percentile(reader, path) {
  const times = [];
  for (let i = 0; i < asked; i += 1) {
    const begun = performance.now();
    const { status } = await reader.get(path);
    times.push(performance.now() - begun);
    if (status !== 200) throw new Error(`${path}: ${status}`);
  }
  times.sort((a, b) => a - b);
  return round(times[Math.floor(asked * 0.99) - 1]);
}

export async function measure_pathway(bench) {
  fill(bench, bench.quick ? 2_000 : 20_000, bench.quick ? 50_000 : 500_000);
  const reader = await session(bench.server.url, bench.accounts[0]);
  const team = reader.info.teams[0].id;
  const organisation = reader.info.organisation.id;
  const { body } = await reader.get('/api/v1/reference');
  const phone = await Phone.enrol(bench.server.url, reader);
  const person = await one_with_many(phone, team, organisation, 300);
  await relays(phone, team, organisation, body.organisations[0].id, 50);
  const refused = phone.notes.find((note) => note.result.receipt !== 'accepted');
  if (refused) throw new Error(JSON.stringify(refused.result));
  for (const [what, path, bar] of [
    ['une personne de 300 entrées, sa fiche, p99', `people/${person}`, '<= 20'],
    ['... son parcours', `people/${person}/pathway`, '<= 20'],
    ['... son fil', `people/${person}/thread`, '<= 20'],
    ['... son histoire', `people/${person}/history`, '<= 20'],
    ['relais à traiter, 50 ouverts, p99', 'relays', '<= 20'],
    ['recherche d’un nom, 20 000 personnes, p99', `people?team=${team}&query=zephy`, '<= 30'],
  ])
    bench.line(what, await percentile(reader, `/api/v1/${path}`), 'ms', bar);
  bench.line('mémoire, 500 000 entrées, après ces lectures', round(resident_megabytes(bench.server.process)),
    'MB', '<= 120');
}
