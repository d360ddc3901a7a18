// Two organisations, several teams, and every role three times: in the team that is asked about, in
// another team of its organisation, and in another organisation. Served for the tests of this
// folder; made once a file.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { root, session, sign_ins, run, small_tenant, start } from '../cli/program.mjs';

export const roles = ['outreach_worker', 'volunteer', 'reception_agent', 'adviser', 'solution_partner',
  'coordinator', 'evaluator', 'funder', 'trainee', 'dpo', 'administrator'];
export const places = ['team', 'organisation', 'other'];
const team_of = { team: 'dehors', organisation: 'audincourt', other: 'ailleurs' };

function widened(tenant) {
  tenant.organisations.push({ key: 'autre', name: 'Autre', kind: 'inclusion', person_word: 'jeune' });
  tenant.teams.push({ key: 'ailleurs', organisation: 'autre', name: 'Équipe d’ailleurs' });
  // Two administrators found a consortium: here they are two of ours.
  tenant.accounts = tenant.accounts.filter((one) => one.role !== 'administrator');
  for (const role of roles)
    for (const place of places)
      tenant.accounts.push({ login: `${role}-${place}`.replaceAll('_', '-'), password: `phrase de ${role} ${place}`.replaceAll(' ', '-'),
        name: `${role} ${place}`, role, organisation: place === 'other' ? 'autre' : 'ideis', teams: [team_of[place]] });
  for (let i = 0; i < 8; i += 1)
    tenant.accounts.push({ login: `partant-${i}`, password: `une-phrase-qui-part-${i}`, name: `Partant ${i}`,
      role: 'volunteer', organisation: 'ideis', teams: ['dehors'] });
  return tenant;
}

export async function consortium() {
  const path = mkdtempSync(join(tmpdir(), 'filrouge-liars-'));
  const data = join(path, 'demo');
  const made = run(['demo', '--data', data, '--tenant', small_tenant(path, widened), '--no-serve']);
  if (made.status !== 0) throw new Error(made.stderr);
  const node = { data, path, server: await start(['serve', '--data', data]) };
  node.url = node.server.url;
  after(async () => {
    await node.server.stop();
    rmSync(path, { recursive: true, force: true });
  });
  const accounts = sign_ins(made.stdout);
  node.sign_in = async (login) => {
    const account = accounts.find((one) => one.login === login);
    const signed = await session(node.url, account);
    if (signed.status !== 200) throw new Error(`${login}: ${signed.status} ${JSON.stringify(signed.info)}`);
    return signed;
  };
  // Killed and started again on the same port: sessions are gone.
  node.kill = async () => {
    await node.server.kill();
    node.server = await start(['serve', '--data', data], { listen: new URL(node.url).host });
  };
  node.members = async (wanted = () => true) => {
    const members = [];
    for (const role of roles)
      for (const place of places.filter((one) => wanted(role, one)))
        members.push({ role, place, name: `${role}-${place}`, signed: await node.sign_in(`${role}-${place}`.replaceAll('_', '-')) });
    return members;
  };
  return node;
}

// The policy file, read here by a few lines of its own.
export function policy() {
  const lines = readFileSync(join(root, 'core/access/rules.policy'), 'utf8').split('\n');
  return lines
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter((words) => words.length >= 3)
    .map(([rule, relation, ...open]) => ({ rule, relation, open }));
}
