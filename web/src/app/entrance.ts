// Signing in: the node says who we are; the first time it gives this device a key that can only
// write, and the password opens (or makes) what this phone keeps to read.
import { api, problem_of, use_csrf, type Problem } from '../api/client.ts';
import { from_hex, hex } from '../crypto/bytes.ts';
import { derive } from '../crypto/day_key.ts';
import { meta, put_meta } from '../store/db.ts';
import * as keyring from '../store/keyring.ts';
import {
  has_older,
  open_offline,
  open_signed_in,
  rewrap,
  vault_of_login,
  type Profile,
} from '../store/vault.ts';
import { net } from './net.svelte.ts';
import { writing_roles, type Role } from './roles.ts';
import { session } from './session.svelte.ts';
import { wide } from './wide.svelte.ts';

export async function sign_in(login: string, password: string): Promise<Problem | null> {
  const vault = await vault_of_login(login);
  // The key is worked out while the node answers.
  const early = vault && { salt: vault.salt, key: derive(password, from_hex(vault.salt)) };
  await (await import('./work.ts')).closed();
  // A phone that the node knows has tries of its own: whoever guesses elsewhere locks nobody out.
  const known = session.device && { authorization: `Device ${session.device.token}` };
  const { data, error } = await api.POST('/api/v1/session', {
    body: { login: login.trim(), password },
    ...(known ? { headers: known } : {}),
  });
  if (!data) {
    const problem = problem_of(error);
    if (problem.code !== 'network' || !vault) return problem;
    const profile = await open_offline(vault, password);
    if (!profile) return { status: 401, code: 'unauthenticated' };
    await session.opened(profile);
    return null;
  }
  use_csrf(data.csrf);
  const problem = await enrol(data);
  if (problem) return problem;
  if (session.device) await open_signed_in(data, password, early);
  await remember(data);
  net.older_waits = await has_older();
  await session.opened(data);
  return null;
}

async function enrol(profile: Profile): Promise<Problem | null> {
  const { data: node, error } = await api.GET('/api/v1/node');
  if (!node) return problem_of(error);
  await put_meta('node', node);
  session.demo = node.demo;
  if (session.device && !net.device_refused) return null;
  if (!writing_roles.includes(profile.role as Role)) return null;
  const made = await api.POST('/api/v1/devices', { body: { label: device_label() } });
  if (!made.data) return problem_of(made.error);
  const coarse = matchMedia('(pointer: coarse)').matches;
  const kind = wide.now && !coarse ? 'desk' : 'phone';
  session.device = { id: made.data.device, token: made.data.token, kind };
  await put_meta('device', session.device);
  void navigator.storage?.persist?.();
  return null;
}

async function remember(profile: Profile): Promise<void> {
  session.last_login = profile.login;
  localStorage.setItem('last-login', profile.login);
  // A phone ends its session when it is locked or reloaded; a desk goes on with it.
  if (session.device?.kind === 'phone') await put_meta('close_session', true);
  else localStorage.setItem('desk-session', '1');
  if (!session.device) return;
  const before = await meta('context');
  const same = before?.account === profile.account ? before : undefined;
  const teams = profile.teams.map(({ id }) => id);
  const keys = keyring.held();
  await session.set_context({
    account: profile.account,
    public_key: keys ? hex(keys.box.public_key) : (same?.public_key ?? ''),
    organisation: profile.organisation.id,
    team: same?.team && teams.includes(same.team) ? same.team : (teams[0] ?? null),
    person_word: profile.person_word,
    crip: profile.crip ?? null,
    round: before?.round && teams.includes(before.round.team) ? before.round : null,
  });
}

export async function change_password(current: string, password: string): Promise<Problem | null> {
  const { error, response } = await api.POST('/api/v1/password', { body: { current, password } });
  if (!response.ok) return problem_of(error);
  const { data } = await api.GET('/api/v1/session');
  if (data) {
    use_csrf(data.csrf);
    await rewrap(data, password);
  }
  return null;
}

/** "Chrome, Android": what "Mes téléphones" shows; nothing that names a person. */
function device_label(): string {
  const agent = navigator.userAgent;
  const first = (names: [RegExp, string][]) => names.find(([shape]) => shape.test(agent))?.[1];
  const browser = first([
    [/Firefox/, 'Firefox'],
    [/Edg/, 'Edge'],
    [/Chrome/, 'Chrome'],
    [/Safari/, 'Safari'],
  ]);
  const system = first([
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac/, 'macOS'],
    [/Linux/, 'Linux'],
  ]);
  return [browser, system].filter(Boolean).join(', ') || 'Navigateur';
}
