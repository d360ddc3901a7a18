// Two bars of the web, measured in the real browser against the real server; JSON on one line:
//   lcp_slow_3g_ms      first visit, 50 KB/s, 400 ms latency, CPU 4x slower, 390x844: median of 5
//   offline_relaunch_ms from a started browser with the server down to the closed list: median of 5
// Used by script/bench. FILROUGE_E2E_URL takes a server that already runs (first bar only).
import { setTimeout as sleep } from 'node:timers/promises';
import { open_phone, sign_in, start_server } from './lib.mjs';

const times = 5;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function first_visit(server) {
  const { page, context, close } = await open_phone(server);
  const tools = await context.newCDPSession(page);
  await tools.send('Network.enable');
  await tools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50 * 1024,
    uploadThroughput: 50 * 1024,
  });
  await tools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(() => {
    globalThis.painted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.painted = entry.startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
  await page.goto(server.url, { timeout: 60_000 });
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: 60_000 });
  await sleep(1_000);
  const painted = await page.evaluate(() => Math.round(globalThis.painted));
  await close();
  return painted;
}

async function relaunches(server) {
  const { page, close } = await open_phone(server);
  await page.goto(server.url);
  await sign_in(page, server.account('outreach_worker'));
  await page.getByRole('heading', { level: 1, name: 'Aujourd’hui' }).waitFor();
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  await sleep(1_000);
  await server.stop();
  const found = [];
  for (let i = 0; i < times; i += 1) {
    const before = performance.now();
    await page.goto(server.url);
    await page.getByRole('heading', { level: 1, name: 'La liste est fermée' }).waitFor();
    found.push(Math.round(performance.now() - before));
  }
  await close();
  return found;
}

const running = process.env.FILROUGE_E2E_URL;
const server = running ? { url: running } : await start_server();
const visits = [];
for (let i = 0; i < times; i += 1) visits.push(await first_visit(server));
const result = { lcp_slow_3g_ms: median(visits), lcp_slow_3g_all_ms: visits };
if (!running) {
  const found = await relaunches(server);
  Object.assign(result, { offline_relaunch_ms: median(found), offline_relaunch_all_ms: found });
  await server.close();
}
console.log(JSON.stringify(result));
