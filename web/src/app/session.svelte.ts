// Who is signed in, and whether the list is open.
//   absent  nobody has signed in on this device yet
//   locked  the device is enrolled: it can write, it shows nothing
//   open    signed in: the list is readable (`keyless` on a desk after a reload: from the node only)
import { api, problem_of, use_csrf, type Problem, type Schemas } from '../api/client.ts';
import { from_hex, hex } from '../crypto/bytes.ts';
import { derive } from '../crypto/day_key.ts';
import { check_vanished, drop_meta, meta, put_meta, type Context, type Device } from '../store/db.ts';
import * as keyring from '../store/keyring.ts';
import { unfinished } from '../store/unfinished.svelte.ts';
import { open_offline, open_signed_in, rewrap, vault_of_login, type Profile } from '../store/vault.ts';
import { day } from '../sync/day.svelte.ts';
import { engine } from '../sync/engine.ts';
import { own } from '../sync/own.svelte.ts';
import { net } from './net.svelte.ts';
import { writing_roles, type Role } from './roles.ts';
import { wide } from './wide.svelte.ts';

export interface Account {
  id: string;
  login: string;
  name: string;
  role: Role;
  organisation: string;
  organisation_name: string;
  teams: readonly Schemas['Named'][];
  rules: readonly string[];
}

class Session {
  phase = $state<'starting' | 'absent' | 'locked' | 'open'>('starting');
  account = $state.raw<Account | null>(null);
  demo = $state(false);
  /** This device holds entries: it can be locked, and writes whoever is signed in. */
  enrolled = $state(false);
  /** Where notes go: team, open round, the word for a person. Known when locked too. */
  context = $state.raw<Context | null>(null);
  /** The dialog that names the unsent rows before signing out. */
  leaving = $state(false);
  /** The login that signed in here last, to be offered again. */
  last_login = $state('');
  #device: Device | null = null;
  #watch: ReturnType<typeof setInterval> | undefined;

  async start(): Promise<void> {
    net.store_gone = await check_vanished();
    const [device, node, context] = await Promise.all([
      meta('device'),
      meta('node'),
      meta('context'),
    ]);
    this.#device = device ?? null;
    this.enrolled = device !== undefined;
    this.context = context ?? null;
    this.demo = node?.demo ?? false;
    this.phase = device ? 'locked' : 'absent';
    this.last_login = localStorage.getItem('last-login') ?? '';
    await day.start();
    unfinished.start();
    engine.start((cursor) => this.#pull(cursor));
    const closing = await meta('close_session');
    if (closing) void this.#close_session();
    else if (localStorage.getItem('desk-session') !== null) await this.#resume();
  }

  /**
   * Refreshes the day for the machine. A session that is over must not hold back what waits to be
   * sent: the list stays as it is, the frame asks for the password, and the pull counts as done.
   */
  async #pull(cursor: number): Promise<number | null> {
    if (this.phase !== 'open') return cursor;
    if (await day.refresh()) return Math.max(cursor, 1);
    return net.session_over ? cursor : null;
  }

  /** A desk keeps its session over a reload; what only the password opens stays closed. */
  async #resume(): Promise<void> {
    const { data } = await api.GET('/api/v1/session');
    if (data) await this.#opened(data);
    else localStorage.removeItem('desk-session');
  }

  /** Null when it went well. Without network, the phone's own vault answers. */
  async sign_in(login: string, password: string): Promise<Problem | null> {
    const vault = await vault_of_login(login);
    const early = vault && {
      salt: vault.salt,
      key: derive(password, from_hex(vault.salt)),
    };
    const { data, error } = await api.POST('/api/v1/session', {
      body: { login: login.trim(), password },
    });
    if (!data) {
      const problem = problem_of(error);
      if (problem.code !== 'network' || !vault) return problem;
      const profile = await open_offline(vault, password);
      if (!profile) return { status: 401, code: 'unauthenticated' };
      await this.#opened(profile);
      return null;
    }
    use_csrf(data.csrf);
    const problem = await this.#enrol(data);
    if (problem) return problem;
    if (this.#device) await open_signed_in(data, password, early);
    await this.#remember(data);
    await this.#opened(data);
    return null;
  }

  /** The first sign-in of a writing role gives this device a key that can only write. */
  async #enrol(profile: Profile): Promise<Problem | null> {
    const { data: node, error } = await api.GET('/api/v1/node');
    if (!node) return problem_of(error);
    await put_meta('node', node);
    this.demo = node.demo;
    const role = profile.role as Role;
    if (this.#device && !net.device_refused) return null;
    if (!writing_roles.includes(role)) return null;
    const coarse = matchMedia('(pointer: coarse)').matches;
    const kind = wide.now && !coarse ? 'desk' : 'phone';
    const made = await api.POST('/api/v1/devices', {
      body: { label: device_label() },
    });
    if (!made.data) return problem_of(made.error);
    this.#device = { id: made.data.device, token: made.data.token, kind };
    await put_meta('device', this.#device);
    this.enrolled = true;
    void navigator.storage?.persist?.();
    return null;
  }

  async #remember(profile: Profile): Promise<void> {
    this.last_login = profile.login;
    localStorage.setItem('last-login', profile.login);
    if (this.#device?.kind === 'phone') await put_meta('close_session', true);
    else localStorage.setItem('desk-session', '1');
    if (!this.#device) return;
    const before = await meta('context');
    const teams = profile.teams.map(({ id }) => id);
    const same = before?.account === profile.account ? before : undefined;
    const keys = keyring.held();
    await this.set_context({
      account: profile.account,
      public_key: keys ? hex(keys.box.public_key) : (same?.public_key ?? ''),
      organisation: profile.organisation.id,
      team: same?.team && teams.includes(same.team) ? same.team : (teams[0] ?? null),
      person_word: profile.person_word,
      crip: profile.crip ?? null,
      round: before?.round && teams.includes(before.round.team) ? before.round : null,
    });
  }

  async set_context(context: Context): Promise<void> {
    this.context = context;
    await put_meta('context', context);
  }

  async #opened(profile: Profile): Promise<void> {
    use_csrf(profile.csrf);
    this.account = {
      id: profile.account,
      login: profile.login,
      name: profile.display_name,
      role: profile.role as Role,
      organisation: profile.organisation.id,
      organisation_name: profile.organisation.name,
      teams: profile.teams,
      rules: profile.rules,
    };
    keyring.set_open(true);
    net.session_over = false;
    await Promise.all([own.open(), day.open()]);
    this.phase = 'open';
    if (this.#device) void engine.signed_in();
    clearInterval(this.#watch);
    this.#watch = setInterval(() => {
      if (keyring.is_over()) void this.lock();
    }, 30_000);
  }

  /** May the role do this? Hides entries only: the server decides. */
  may(rule: string): boolean {
    return this.account?.rules.includes(rule) ?? false;
  }

  /** Closes the list: what is written stays, nothing can be read here until the next sign-in. */
  async lock(): Promise<void> {
    await unfinished.flush();
    unfinished.forget();
    keyring.drop();
    own.close();
    day.close();
    clearInterval(this.#watch);
    localStorage.removeItem('desk-session');
    this.account = null;
    net.session_over = false;
    this.phase = this.#device ? 'locked' : 'absent';
    await put_meta('close_session', true);
    void this.#close_session();
  }

  /** The node's session ends too, now or when the network is back: a closed phone reads nothing. */
  async #close_session(): Promise<void> {
    const { data } = await api.GET('/api/v1/session');
    if (data) {
      use_csrf(data.csrf);
      const { response } = await api.DELETE('/api/v1/session');
      if (!response.ok) return;
    } else if (net.offline) {
      return;
    }
    if (this.phase !== 'open') await drop_meta('close_session');
  }

  /** A new password, chosen by its owner; what this phone keeps follows it. */
  async change_password(current: string, password: string): Promise<Problem | null> {
    const { error, response } = await api.POST('/api/v1/password', { body: { current, password } });
    if (!response.ok) return problem_of(error);
    const { data } = await api.GET('/api/v1/session');
    if (data) {
      use_csrf(data.csrf);
      await rewrap(data, password);
    }
    return null;
  }

  ask_to_leave(): void {
    if (net.waiting > 0) this.leaving = true;
    else void this.lock();
  }
}

/** "Chrome, Android": what "Mes téléphones" shows; nothing that names a person. */
function device_label(): string {
  const agent = navigator.userAgent;
  const browser = /Firefox/.test(agent) ? 'Firefox' : /Edg/.test(agent) ? 'Edge' : /Chrome/.test(agent) ? 'Chrome' : 'Safari';
  const system = /Android/.test(agent) ? 'Android' : /iPhone|iPad/.test(agent) ? 'iOS' : /Windows/.test(agent) ? 'Windows' : /Mac/.test(agent) ? 'macOS' : 'Linux';
  return `${browser}, ${system}`;
}

export const session = new Session();
