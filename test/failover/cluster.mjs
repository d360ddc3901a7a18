// PostgreSQL servers of a test's own: Debian's programs, a private folder and private sockets, as
// user postgres when the test runs as root; no port is opened. Three members: a primary and two
// standbys of which one must have a commit before it is answered (synchronous_standby_names), each
// flushing to the disk as in service.
//
//   const cluster = await Cluster.create(folder);
//   await cluster.lose_primary();          // kill -9, of all its processes
//   await cluster.take_over();             // the standby that received most is promoted
//   await cluster.rejoin();                // what was killed comes back as a standby
//   await cluster.destroy();
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
export const programs = join('/usr/lib/postgresql', versions.sort((a, b) => b - a)[0] ?? '15', 'bin');
const is_root = process.getuid() === 0;
const id_of = (kind) => Number(execFileSync('id', [kind, 'postgres']).toString());
export const server_user = is_root ? { uid: id_of('-u'), gid: id_of('-g') } : {};

export function give_to_server_user(path) {
  chmodSync(path, 0o700);
  if (is_root) chownSync(path, server_user.uid, server_user.gid);
}

function run(program, words) {
  const done = spawnSync(join(programs, program), words, { encoding: 'utf8', ...server_user, cwd: '/' });
  if (done.status !== 0) throw new Error(`${program}: ${done.error ?? done.stderr}`);
  return done.stdout;
}

// Children first: nothing of the machine is left to write or to answer.
export function kill_all(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  for (const one of [...children.filter(Boolean).map(Number), pid]) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // it was faster
    }
  }
}

export class Member {
  constructor(folder, name) {
    this.name = name;
    this.socket = join(folder, name);
    this.data = join(this.socket, 'data');
    mkdirSync(this.socket);
    give_to_server_user(this.socket);
  }

  connection(database = 'postgres') {
    return `host=${this.socket} user=filrouge dbname=${database} application_name=${this.name}`;
  }

  async start() {
    const log = openSync(join(this.socket, 'log'), 'a');
    this.process = spawn(
      join(programs, 'postgres'),
      ['-D', this.data, '-k', this.socket, '-c', 'listen_addresses='],
      { stdio: ['ignore', log, log], cwd: '/', ...server_user },
    );
    this.ended = new Promise((resolve) => this.process.once('exit', resolve));
    for (let tries = 0; tries < 1200; tries += 1) {
      if (this.tell('SELECT 1') === '1') return;
      await sleep(50);
    }
    throw new Error(`${this.name} does not start: ${readFileSync(join(this.socket, 'log'))}`);
  }

  // Undefined when there is no answer.
  tell(text, database = 'postgres') {
    const done = spawnSync(join(programs, 'psql'), ['-XAtqc', text, this.connection(database)], { encoding: 'utf8' });
    return done.status === 0 ? done.stdout.trim() : undefined;
  }

  async kill() {
    kill_all(this.process.pid);
    await this.ended;
  }

  async stop() {
    if (this.process === undefined || this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGINT');
    await this.ended;
  }
}

// An empty server for it.
export const make_member = (member) =>
  run('initdb', ['-D', member.data, '-U', 'filrouge', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8']);

export class Cluster {
  static async create(folder) {
    const cluster = new Cluster();
    cluster.members = ['one', 'two', 'three'].map((name) => new Member(folder, name));
    cluster.primary = cluster.members[0];
    make_member(cluster.primary);
    await cluster.primary.start();
    for (const setting of ["synchronous_commit = 'on'", "shared_buffers = '32MB'", "wal_keep_size = '256MB'", "hot_standby = 'on'"])
      cluster.primary.tell(`ALTER SYSTEM SET ${setting}`);
    await cluster.primary.stop();
    await cluster.primary.start();
    for (const member of cluster.members.slice(1)) await cluster.join(member);
    cluster.demand_standby();
    return cluster;
  }

  standbys() {
    return this.members.filter((one) => one !== this.primary);
  }

  // A commit is answered once a standby has flushed it: on the primary from here on, and on each
  // standby from the moment it is one itself (join).
  demand_standby(member = this.primary) {
    member.tell("ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (one, two, three)'");
    member.tell('SELECT pg_reload_conf()');
  }

  async join(member) {
    rmSync(member.data, { recursive: true, force: true });
    run('pg_basebackup', ['-D', member.data, '-d', this.primary.connection(), '-R', '-X', 'stream', '-c', 'fast']);
    await member.start();
    member.tell(`ALTER SYSTEM SET primary_conninfo = '${this.upstream(member)}'`);
    this.demand_standby(member);
    await this.until_streaming(member);
  }

  upstream(member) {
    return `host=${this.primary.socket} user=filrouge application_name=${member.name}`;
  }

  async until_streaming(member) {
    for (let tries = 0; tries < 1200; tries += 1) {
      const state = this.primary.tell(`SELECT state FROM pg_stat_replication WHERE application_name = '${member.name}'`);
      if (state === 'streaming') return;
      await sleep(25);
    }
    throw new Error(`${member.name} does not follow`);
  }

  async lose_primary() {
    this.killed = this.primary;
    await this.primary.kill();
  }

  // The standby that received most has every commit that was answered; the other one follows it.
  async take_over() {
    const received = (member) => BigInt(member.tell("SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')"));
    const [best, other] = this.standbys().sort((a, b) => (received(a) > received(b) ? -1 : 1));
    if (best.tell('SELECT pg_promote(true, 30)') !== 't') throw new Error(`${best.name} was not promoted`);
    this.primary = best;
    other.tell(`ALTER SYSTEM SET primary_conninfo = '${this.upstream(other)}'`);
    other.tell('SELECT pg_reload_conf()');
  }

  async rejoin() {
    await this.join(this.killed);
  }

  make_database(name) {
    this.primary.tell(`CREATE DATABASE ${name}`);
  }

  // For libpq, which finds the primary by itself.
  url(database) {
    const hosts = this.members.map((one) => one.socket).join(',');
    return `postgresql:///${database}?user=filrouge&host=${hosts}`;
  }

  async destroy() {
    await Promise.all(this.members.map((one) => one.stop()));
  }
}
