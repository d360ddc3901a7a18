// The same drill with Patroni: etcd and three members of Debian's packages on loopback, one standby
// always synchronous. The machine of the primary is lost (kill -9 of Patroni and of PostgreSQL):
// noticing it takes the ttl of the leader's key, then Patroni promotes by itself.
// PATRONI_FAILOVERS times (1); FILROUGE_PATRONI, FILROUGE_ETCD: where the packages were unpacked;
// ports from PATRONI_PORT (54100). Last line: N passed, N failed.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../cli/program.mjs';
import { give_to_server_user, kill_all, programs, server_user } from './cluster.mjs';
import { drill } from './drill.mjs';

const first_port = Number(process.env.PATRONI_PORT ?? 54100);
const patroni_package = process.env.FILROUGE_PATRONI ?? join(root, 'build/patroni');
const etcd_package = process.env.FILROUGE_ETCD ?? join(root, 'build/etcd-server');
const etcd_port = first_port;

// Loss of the machine to promotion: the ttl, at most. loop_wait + 2 x retry_timeout <= ttl.
const bootstrap = `
    ttl: 12
    loop_wait: 2
    retry_timeout: 5
    maximum_lag_on_failover: 1048576
    primary_start_timeout: 0
    synchronous_mode: true
    synchronous_mode_strict: true
    postgresql:
      use_pg_rewind: true
      use_slots: true
      parameters:
        synchronous_commit: "on"
        shared_buffers: 32MB
        max_connections: 60
        wal_keep_size: 256MB`;

class Member {
  constructor(folder, number) {
    this.name = `member${number}`;
    this.folder = join(folder, this.name);
    this.port = first_port + 10 + number;
    this.api = first_port + 20 + number;
    mkdirSync(this.folder);
    give_to_server_user(this.folder);
    this.config = join(this.folder, 'patroni.yml');
    writeFileSync(
      this.config,
      `scope: filrouge
name: ${this.name}
restapi: {listen: 127.0.0.1:${this.api}, connect_address: 127.0.0.1:${this.api}}
etcd3: {hosts: 127.0.0.1:${etcd_port}}
bootstrap:
  dcs:${bootstrap}
  initdb: [{encoding: UTF8}, {locale: C.UTF-8}, {auth: trust}]
  pg_hba: ["local all all trust", "host all all 127.0.0.1/32 trust", "host replication all 127.0.0.1/32 trust"]
postgresql:
  listen: 127.0.0.1:${this.port}
  connect_address: 127.0.0.1:${this.port}
  data_dir: ${this.folder}/data
  bin_dir: ${programs}
  pgpass: ${this.folder}/pgpass
  authentication:
    superuser: {username: filrouge, password: filrouge}
    replication: {username: follower, password: follower}
    rewind: {username: rewinder, password: rewinder}
  parameters: {unix_socket_directories: "${this.folder}"}
  remove_data_directory_on_rewind_failure: true
  remove_data_directory_on_diverged_timelines: true
`,
      { mode: 0o644 },
    );
  }

  start(code) {
    const log = openSync(join(this.folder, 'log'), 'a');
    this.process = spawn('/usr/bin/python3', ['-m', 'patroni', this.config], {
      stdio: ['ignore', log, log],
      cwd: '/',
      env: { PYTHONPATH: code, PATH: process.env.PATH, LANG: 'C.UTF-8' },
      ...server_user,
    });
    this.ended = new Promise((resolve) => this.process.once('exit', resolve));
  }

  // Patroni and its PostgreSQL, which is no child of it, at once.
  async kill() {
    const postmaster = Number(readFileSync(join(this.folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
    this.process.kill('SIGKILL');
    kill_all(postmaster);
    await this.ended;
  }

  async stop() {
    this.process.kill('SIGTERM'); // stops its PostgreSQL, too
    await this.ended;
  }

  tell(text, database = 'postgres') {
    const connection = `host=${this.folder} port=${this.port} user=filrouge dbname=${database} connect_timeout=2`;
    const done = spawnSync(join(programs, 'psql'), ['-XAtqc', text, connection], { encoding: 'utf8' });
    return done.status === 0 ? done.stdout.trim() : undefined;
  }

  async role() {
    try {
      const answer = await fetch(`http://127.0.0.1:${this.api}/patroni`, { signal: AbortSignal.timeout(2000) });
      return await answer.json();
    } catch {
      return {};
    }
  }
}

class PatroniCluster {
  static async create(folder) {
    const cluster = new PatroniCluster();
    cluster.code = join(folder, 'code'); // readable by the server's user, wherever the checkout is
    cpSync(join(patroni_package, 'usr/lib/python3/dist-packages'), cluster.code, { recursive: true });
    const log = openSync(join(folder, 'etcd.log'), 'a');
    const client = `http://127.0.0.1:${etcd_port}`;
    const peer = `http://127.0.0.1:${etcd_port + 1}`;
    cluster.etcd = spawn(
      join(etcd_package, 'usr/bin/etcd'),
      ['--data-dir', join(folder, 'etcd'), '--listen-client-urls', client, '--advertise-client-urls', client,
        '--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`],
      { stdio: ['ignore', log, log] },
    );
    cluster.members = [1, 2, 3].map((number) => new Member(folder, number));
    for (const member of cluster.members) {
      member.start(cluster.code);
      if (member === cluster.members[0]) await cluster.until(() => cluster.find_primary(), 'the first member leads');
    }
    await cluster.whole();
    return cluster;
  }

  async until(what, name, seconds = 180) {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(200)) if (await what()) return;
    throw new Error(`in vain: ${name}\n${this.members.map((one) => readFileSync(join(one.folder, 'log'), 'utf8').slice(-3000)).join('\n--\n')}`);
  }

  async find_primary() {
    for (const member of this.members) {
      const { role, state } = await member.role();
      if (/^(master|primary)$/.test(role) && state === 'running' && member.tell('SELECT pg_is_in_recovery()') === 'f') {
        this.primary = member;
        return true;
      }
    }
    return false;
  }

  // Two standbys follow and one of them is waited for.
  async whole() {
    await this.until(async () => {
      if (!(await this.find_primary())) return false;
      const states = this.primary.tell("SELECT count(*), count(*) FILTER (WHERE sync_state = 'sync') FROM pg_stat_replication WHERE state = 'streaming'");
      return states === '2|1';
    }, 'two standbys, one of them synchronous');
  }

  make_database(name) {
    this.primary.tell(`CREATE DATABASE ${name}`);
  }

  url(database) {
    const hosts = this.members.map(() => '127.0.0.1').join(',');
    return `postgresql:///${database}?user=filrouge&host=${hosts}&port=${this.members.map((one) => one.port).join(',')}`;
  }

  async lose_primary() {
    this.killed = this.primary;
    await this.killed.kill();
  }

  async take_over() {
    const others = this.members.filter((one) => one !== this.killed);
    await this.until(async () => {
      const found = await this.find_primary();
      return found && others.includes(this.primary);
    }, 'another member leads');
  }

  async rejoin() {
    this.killed.start(this.code);
    await this.whole();
  }

  async destroy() {
    for (const member of this.members) await member.stop();
    this.etcd.kill('SIGTERM');
  }
}

await drill({
  row: 'patroni',
  failovers: Number(process.env.PATRONI_FAILOVERS ?? 1),
  make_cluster: (folder) => PatroniCluster.create(folder),
});
