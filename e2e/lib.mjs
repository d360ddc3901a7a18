// What every browser journey needs: the real program on a copy of a freshly filled demo folder,
// the Chromium of Debian with a fresh profile, signing in, and the checks that hold on any screen.
//
//   const server = await start_server();           // tours; server.url, server.sign_in('volunteer')
//   const { page, close } = await open_phone(server);
//   await sign_in(page, server.account('outreach_worker'));
//   await check_screen(page, 'Aujourd’hui');
//
// FILROUGE_SLOW=6: pages compute six times slower and wait longer for the API, to bring races out.
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const from_web = createRequire(join(root, 'web/package.json'));
const load = (name) => import(pathToFileURL(from_web.resolve(name)).href);
const { chromium } = (await load('playwright-core')).default ?? (await load('playwright-core'));
const axe_source = readFileSync(from_web.resolve('axe-core/axe.min.js'), 'utf8');

export const site = process.env.FILROUGE_WEB ?? join(root, 'build/web');
export const program = process.env.FILROUGE_PROGRAM ?? join(root, 'build/release/filrouge');
const slowness = Number(process.env.FILROUGE_SLOW ?? 1);
const chromium_path = process.env.CHROMIUM ?? '/usr/bin/chromium';
const chromium_flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
export const desk = { viewport: { width: 1360, height: 860 } };
export const small = { ...phone, viewport: { width: 320, height: 640 } };

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

/** A demo folder, filled once for each state of the program and copied for each use. */
function demo_folder(tenant) {
  const made = statSync(program).mtimeMs.toString(36);
  const kept = join(root, 'build/e2e', `${tenant}-${made}`);
  const list = `${kept}.sign-ins`;
  if (!existsSync(list)) {
    mkdirSync(join(root, 'build/e2e'), { recursive: true });
    rmSync(kept, { recursive: true, force: true });
    const text = execFileSync(program, ['demo', '--data', kept, '--tenant', tenant, '--no-serve'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    writeFileSync(list, text);
  }
  const folder = mkdtempSync(join(tmpdir(), 'filrouge-e2e-'));
  const data = join(folder, 'data');
  cpSync(kept, data, { recursive: true });
  return { folder, data, sign_ins: readFileSync(list, 'utf8') };
}

function accounts_of(text) {
  return [...text.matchAll(/^login=(\S+) password=(\S+) role=(\S+)$/gm)].map(
    ([, login, password, role]) => ({ login, password, role }),
  );
}

/** The real program, serving. `stop` and `start` are for bad days; `close` removes the folder. */
export async function start_server({ tenant = 'tours', web = site } = {}) {
  const { folder, data, sign_ins } = demo_folder(tenant);
  const accounts = accounts_of(sign_ins);
  const port = await free_port();
  const url = `http://127.0.0.1:${port}`;
  let child = null;
  const server = {
    url,
    data,
    accounts,
    account(role, index = 0) {
      const found = accounts.filter((account) => account.role === role)[index];
      if (!found) throw new Error(`no account with the role ${role}`);
      return found;
    },
    async start() {
      const args = ['serve', '--data', data, '--listen', `127.0.0.1:${port}`];
      child = spawn(program, [...args, '--web', web], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const until = Date.now() + 20_000;
      while (Date.now() < until) {
        const answer = await fetch(`${url}/api/v1/health`).catch(() => null);
        if (answer?.ok) return;
        if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('the program does not answer');
    },
    async stop(signal = 'SIGTERM') {
      if (child === null || child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      await ended;
      child = null;
    },
    async close() {
      await server.stop('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** A page of a fresh browser. `profile` keeps its files in a folder of yours (relaunch, theft). */
export async function open_browser(server, options = phone, profile = undefined) {
  const settings = { locale: 'fr-FR', timezoneId: 'Europe/Paris', ...options };
  const launch = { executablePath: chromium_path, args: chromium_flags };
  const browser = profile ? null : await chromium.launch(launch);
  const context = profile
    ? await chromium.launchPersistentContext(profile, { ...launch, ...settings })
    : await browser.newContext(settings);
  context.setDefaultTimeout(30_000);
  await context.addInitScript(count_unanswered);
  if (slowness > 1) await slow_down(context);
  const page = context.pages()[0] ?? (await context.newPage());
  const faults = watch(context, server);
  return {
    page,
    context,
    faults,
    async close() {
      await context.close();
      await browser?.close();
    },
  };
}

async function slow_down(context) {
  const slow_page = async (page) => {
    const tools = await context.newCDPSession(page);
    await tools.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  };
  context.on('page', slow_page);
  await Promise.all(context.pages().map(slow_page));
  await context.route('**/api/**', async (route) => {
    await sleep(50 * slowness);
    await route.continue().catch(() => undefined); // the browser closed meanwhile
  });
}

export const open_phone = (server, options = {}) => open_browser(server, { ...phone, ...options });
export const open_desk = (server, options = {}) => open_browser(server, { ...desk, ...options });

/** Runs in each page: counts what it has asked for and has no answer to yet. */
function count_unanswered() {
  const ask = globalThis.fetch;
  globalThis.unanswered = 0;
  globalThis.fetch = async (...what) => {
    globalThis.unanswered += 1;
    try {
      return await ask(...what);
    } finally {
      globalThis.unanswered -= 1;
    }
  };
}

/** What the page has asked for is answered, and drawn. */
export const settled = (page) =>
  until(page, async () => {
    if (globalThis.unanswered > 0) return false;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return globalThis.unanswered === 0;
  });

/** Collects what must never happen: a script error, a broken policy, a request to elsewhere. */
function watch(context, server) {
  const faults = [];
  const of_page = (page) => {
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      if (/Content Security Policy|Refused to/.test(text)) faults.push(`policy: ${text}`);
    });
  };
  context.pages().forEach(of_page);
  context.on('page', of_page);
  context.on('request', (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && !url.startsWith(server.url)) faults.push(`elsewhere: ${url}`);
  });
  return faults;
}

export async function sign_in(page, { login, password }, path = '/') {
  if (!page.url().startsWith('http')) await page.goto(path);
  await page.getByLabel('Identifiant', { exact: true }).fill(login);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page
    .getByRole('heading', { level: 1, name: 'Se connecter' })
    .waitFor({ state: 'detached' });
}

/** A fresh browser of that account; nothing that must never happen may have happened. */
export async function signed_in(server, account, open, scenario) {
  const browser = await open(server);
  try {
    await browser.page.goto(`${server.url}/connexion`);
    await sign_in(browser.page, account);
    await scenario(browser.page, browser);
    if (browser.faults.length > 0) throw new Error(browser.faults.join(' | '));
  } finally {
    await browser.close();
  }
}

/** Follows a link to an address of the app: the list stays open. */
export function go(page, path) {
  return page.evaluate((to) => {
    const link = document.createElement('a');
    link.href = to;
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
}

/** Waits for a true answer of the page to a question that takes time: waitForFunction would take the
 *  promise for it. */
export async function until(page, ask, about) {
  const last = Date.now() + 30_000;
  while (!(await page.evaluate(ask, about))) {
    if (Date.now() > last) throw new Error(`never true: ${ask}`);
    await sleep(50);
  }
}

/** To look at: with PICTURES=folder, the page as it is now. */
export async function picture(page, name) {
  const folder = process.env.PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** What holds on every screen in every state: axe, no sideways scroll, one h1, targets of 44 px. */
export async function screen_faults(page) {
  await settled(page);
  await page.evaluate(axe_source);
  return page.evaluate(async () => {
    const found = [];
    // A row half under the bottom bar is a matter of scrolling, not of size.
    const flat = new CSSStyleSheet();
    flat.replaceSync('.bar, .foot, .undo-place { position: static !important; }');
    document.adoptedStyleSheets = [flat];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await globalThis.axe.run(document, { runOnly: tags });
    for (const { id, nodes } of violations) {
      found.push(
        `${id}: ${nodes
          .map(({ target }) => target.join(' '))
          .slice(0, 3)
          .join(', ')}`,
      );
    }
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over > 0) found.push(`scrolls sideways by ${over} px`);
    const titles = document.querySelectorAll('h1').length;
    if (titles !== 1) found.push(`${titles} h1`);
    for (const target of document.querySelectorAll('button, a[href], input, select, textarea')) {
      const box = target.getBoundingClientRect();
      if (box.width === 0 || target.closest('[inert]') || target.matches('.skip')) continue;
      // A link inside a sentence is exempt (WCAG 2.5.8).
      const inline = target.matches('a') && getComputedStyle(target).display === 'inline';
      if (!inline && (box.height < 43.5 || box.width < 43.5)) {
        const name = target.getAttribute('aria-label') ?? target.textContent.trim();
        found.push(`small target ${Math.round(box.width)}x${Math.round(box.height)}: ${name}`);
      }
    }
    document.adoptedStyleSheets = [];
    return found;
  });
}

export async function check_screen(page, name) {
  const found = await screen_faults(page);
  if (found.length > 0) throw new Error(`${name}: ${found.join(' | ')}`);
}

export async function choose_language(page, language) {
  await page.evaluate((wanted) => localStorage.setItem('language', wanted), language);
}
