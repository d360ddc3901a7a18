// Who is signed in, and whether the list is open.
//   absent  nobody has signed in on this device yet
//   locked  the device is enrolled: it can write, it shows nothing
//   open    signed in: the list is readable (after a reload on a desk: from the node only)
// Signing in itself is in entrance.ts, fetched when it is needed.
import { api, use_csrf, type Problem, type Schemas } from '../api/client.ts';
import { check_vanished, meta, put_meta, type Context, type Device } from '../store/db.ts';
import * as keyring from '../store/keyring.ts';
import { unfinished } from '../store/unfinished.svelte.ts';
import { day } from '../sync/day.svelte.ts';
import { outbox } from '../sync/outbox.svelte.ts';
import { own } from '../sync/own.svelte.ts';
import { sender } from '../sync/sender.ts';
import { net } from './net.svelte.ts';
import type { Role } from './roles.ts';

export interface Account {
  id: string;
  login: string;
  name: string;
  role: Role;
  organisation: string;
  organisation_name: string;
  teams: readonly Schemas['Named'][];
  rules: readonly string[];
  stop_contact: string | null;
}

const entrance = () => import('./entrance.ts');
const work = () => import('./work.ts');

class Session {
  phase = $state<'starting' | 'absent' | 'locked' | 'open'>('starting');
  account = $state.raw<Account | null>(null);
  demo = $state(false);
  /** Where notes go: team, open round, the word for a person. Known when locked too. */
  context = $state.raw<Context | null>(null);
  device = $state.raw<Device | null>(null);
  /** The login that signed in here last, to be offered again. */
  last_login = $state('');
  /** The dialog that names the unsent rows before signing out. */
  leaving = $state(false);
  #watch: ReturnType<typeof setInterval> | undefined;

  /** This device holds entries: it can be locked, and writes whoever is signed in. */
  get enrolled(): boolean {
    return this.device !== null;
  }

  /** What this device knows by itself; a desk asks the node whether its session lives. */
  async start(): Promise<void> {
    net.store_gone = await check_vanished();
    const [device, node, context, closing] = await Promise.all([
      meta('device'),
      meta('node'),
      meta('context'),
      meta('close_session'),
    ]);
    this.device = device ?? null;
    this.context = context ?? null;
    this.demo = node?.demo ?? false;
    this.last_login = localStorage.getItem('last-login') ?? '';
    await Promise.all([day.start(), outbox.reload()]);
    if (this.phase !== 'open') this.phase = device ? 'locked' : 'absent';
    if (!closing && localStorage.getItem('desk-session') !== null) await this.#resume();
  }

  /** After the first paint: sending, and closing on the node what was closed here. */
  async work(): Promise<void> {
    unfinished.start();
    document.addEventListener('visibilitychange', () => this.#check_hours());
    await (await work()).start_work();
  }

  /** A desk keeps its session over a reload; what only the password opens stays closed. */
  async #resume(): Promise<void> {
    const { data } = await api.GET('/api/v1/session');
    if (data) await this.opened(data);
    else if (!net.offline) localStorage.removeItem('desk-session');
  }

  /** Null when it went well. Without network, the phone's own vault answers. */
  async sign_in(login: string, password: string): Promise<Problem | null> {
    return (await entrance()).sign_in(login, password);
  }

  /** A new password, chosen by its owner; what this phone keeps follows it. */
  async change_password(current: string, password: string): Promise<Problem | null> {
    return (await entrance()).change_password(current, password);
  }

  async set_context(context: Context): Promise<void> {
    this.context = context;
    await put_meta('context', context);
  }

  /** The list opens: called by the entrance, with what the node (or the vault) says of us. */
  async opened(profile: Schemas['SessionInfo']): Promise<void> {
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
      stop_contact: profile.stop_contact ?? null,
    };
    keyring.set_open(true);
    net.session_over = false;
    await Promise.all([own.open(), day.open()]);
    this.phase = 'open';
    if (this.device) void sender().then((engine) => engine.signed_in(profile.epoch));
    clearInterval(this.#watch);
    this.#watch = setInterval(() => this.#check_hours(), 30_000);
  }

  /** Twelve hours are over, perhaps while the phone slept. */
  #check_hours(): void {
    if (this.phase === 'open' && keyring.is_over()) void this.lock();
  }

  /** May the role do this? Hides entries only: the server decides. */
  may = (rule: string): boolean => this.account?.rules.includes(rule) ?? false;

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
    net.older_waits = false;
    this.phase = this.device ? 'locked' : 'absent';
    await put_meta('close_session', true);
    void work().then(({ close_session }) => close_session());
  }

  ask_to_leave(): void {
    if (net.waiting > 0) this.leaving = true;
    else void this.lock();
  }
}

export const session = new Session();
