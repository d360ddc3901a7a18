// What deploy/ promises, tried: the release program behind Caddy with a local authority, and the
// systemd unit read by systemd itself.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { folder, program, root, run, start } from '../cli/program.mjs';

async function free_port() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function start_caddy(t, home, upstream) {
  const port = await free_port();
  const child = spawn('caddy', ['run', '--adapter', 'caddyfile', '--config',
    join(root, 'deploy/Caddyfile.local')], {
    env: {
      PATH: process.env.PATH,
      HOME: home,
      XDG_DATA_HOME: join(home, 'data'),
      XDG_CONFIG_HOME: join(home, 'config'),
      FILROUGE_PORT: `${port}`,
      FILROUGE_UPSTREAM: upstream,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  t.after(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const authority = join(home, 'data/caddy/pki/authorities/local/root.crt');
  const url = `https://localhost:${port}`;
  for (let waited = 0; waited < 30_000; waited += 100) {
    if (existsSync(authority) && curl(authority, `${url}/api/v1/health`).status === 0) {
      return { url, authority };
    }
    await sleep(100);
  }
  throw new Error(`caddy does not answer: ${said}`);
}

// Headers and body of an answer, through the machine's curl: what a stranger would try.
function curl(authority, ...words) {
  const trust = authority === '' ? [] : ['--cacert', authority];
  const done = spawnSync('curl', ['--silent', '--show-error', '--include', '--max-time', '20',
    '--noproxy', '*', ...trust, ...words], { encoding: 'utf8' });
  return { status: done.status, text: done.stdout, err: done.stderr };
}

test('HTTPS with a local authority: page, session cookie, and no trust without it', async (t) => {
  const home = folder(t);
  const data = join(home, 'demo');
  const made = run(['demo', '--data', data, '--no-serve']);
  assert.equal(made.status, 0, made.stderr);
  const account = made.stdout.match(/^login=(\S+) password=(\S+) role=/m);
  const server = await start(['serve', '--data', data]);
  t.after(() => server.stop());
  const { url, authority } = await start_caddy(t, home, new URL(server.url).host);

  const page = curl(authority, `${url}/`, '-H', 'Accept: text/html');
  assert.match(page.text, /^HTTP\/2 200/);
  assert.match(page.text, /^strict-transport-security: max-age=31536000/m);
  assert.match(page.text, /^content-security-policy: default-src 'none'/m);
  assert.equal(curl('', `${url}/`).status, 60, 'a browser without the authority refuses');

  const jar = join(home, 'cookies');
  const body = join(home, 'sign-in.json');
  writeFileSync(body, JSON.stringify({ login: account[1], password: account[2] }));
  const opened = curl(authority, `${url}/api/v1/session`, '-c', jar, '-H', `Origin: ${url}`, '-H',
    'Content-Type: application/json', '--data', `@${body}`);
  assert.match(opened.text, /^HTTP\/2 20\d/, opened.text);
  assert.match(
    opened.text,
    /^set-cookie: __Host-filrouge=[^;]+; Path=\/; Secure; HttpOnly; SameSite=Strict/m,
  );
  const again = curl(authority, `${url}/api/v1/session`, '-b', jar);
  assert.match(again.text, /^HTTP\/2 200/);
  assert.ok(again.text.includes(`"login":"${account[1]}"`));
  assert.match(curl(authority, `${url}/api/v1/session`).text, /^HTTP\/2 401/);
});

test('the proxy for a real name is a valid configuration', () => {
  const done = spawnSync('caddy', ['adapt', '--adapter', 'caddyfile', '--config',
    join(root, 'deploy/Caddyfile'), '--validate'], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  assert.match(done.stdout, /"dial":"127\.0\.0\.1:8080"/);
});

test('systemd reads the unit without a remark, and finds it well closed', (t) => {
  if (spawnSync('systemd-analyze', ['--version']).status !== 0) {
    t.skip('no systemd on this machine');
    return;
  }
  const unit = readFileSync(join(root, 'deploy/filrouge.service'), 'utf8');
  const here = join(folder(t), 'filrouge.service');
  writeFileSync(here, unit.replace('/usr/local/bin/filrouge', program));
  const read = spawnSync('systemd-analyze', ['verify', '--man=no', here], { encoding: 'utf8' });
  const about = read.stderr.split('\n').filter((line) => line.includes('filrouge.service'));
  assert.deepEqual(about, []);
  const closed = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', here], {
    encoding: 'utf8',
  });
  assert.equal(closed.status, 0, closed.stdout.split('\n').slice(-3).join('\n'));
});
