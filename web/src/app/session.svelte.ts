// Who is signed in, and whether the list is open.
//   absent  nobody has signed in on this device yet
//   locked  the device is enrolled: it can write, it shows nothing
//   open    signed in: the list is readable
import { api, problem_of, type Problem } from '../api/client.ts';
import type { Role } from './roles.ts';

export interface Account {
  id: string;
  login: string;
  name: string;
  role: Role;
  organisation: string;
  organisation_name: string;
  teams: readonly string[];
}

class Session {
  phase = $state<'starting' | 'absent' | 'locked' | 'open'>('starting');
  account = $state.raw<Account | null>(null);
  demo = $state(false);
  enrolled = $state(false);
  /** The dialog that names the unsent rows before signing out. */
  leaving = $state(false);

  async start(): Promise<void> {
    const { data } = await api.GET('/api/v1/session');
    if (data) this.#opened(data);
    else this.phase = 'absent';
  }

  async sign_in(login: string, password: string): Promise<Problem | null> {
    const { data, error } = await api.POST('/api/v1/session', { body: { login, password } });
    if (!data) return problem_of(error);
    this.#opened(data);
    return null;
  }

  #opened(data: {
    account: string;
    login: string;
    display_name: string;
    role: string;
    organisation: string;
    organisation_name: string;
    teams: string[];
    demo: boolean;
  }): void {
    this.account = {
      id: data.account,
      login: data.login,
      name: data.display_name,
      role: data.role as Role,
      organisation: data.organisation,
      organisation_name: data.organisation_name,
      teams: data.teams,
    };
    this.demo = data.demo;
    this.phase = 'open';
  }

  lock(): void {
    this.account = null;
    this.phase = 'locked';
  }

  ask_to_leave(): void {
    this.leaving = true;
  }
}

export const session = new Session();
