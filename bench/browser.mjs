// What a phone sees: the largest content on slow 3G with a processor four times slower, and the
// relaunch with no network. Median of three fresh profiles.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const round = (number) => Number(number.toFixed(2));
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// As Chromium's own "Slow 3G": 400 ms there and back, 400 kbit/s each way.
const slow_3g = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

async function largest_paint(open_phone, server) {
  const { page, context, close } = await open_phone(server);
  const wire = await context.newCDPSession(page);
  await wire.send('Network.enable');
  await wire.send('Network.emulateNetworkConditions', slow_3g);
  await wire.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(() => {
    globalThis.largest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.largest = entry.startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
  await page.goto(server.url, { waitUntil: 'load', timeout: 60_000 });
  await page.waitForTimeout(3_000);
  const largest = await page.evaluate(() => globalThis.largest);
  await close();
  return largest / 1000;
}

// The app was opened once and closed; it is opened again with the network gone.
async function offline_relaunch({ open_browser, phone, sign_in }, server) {
  const profile = mkdtempSync(join(tmpdir(), 'filrouge-profile-'));
  try {
    const first = await open_browser(server, phone, profile);
    await first.page.goto(server.url);
    await sign_in(first.page, server.account('outreach_worker'));
    await first.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await first.page.waitForTimeout(3_000);
    await first.close();
    const second = await open_browser(server, phone, profile);
    await second.context.setOffline(true);
    const begun = performance.now();
    await second.page.goto(server.url, { waitUntil: 'commit' });
    await second.page.getByRole('heading', { level: 1 }).first().waitFor();
    const seconds = (performance.now() - begun) / 1000;
    await second.close();
    return seconds;
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

export async function measure_browser(bench) {
  const e2e = await import('../e2e/lib.mjs');
  const server = await e2e.start_server();
  try {
    const paints = [];
    for (let i = 0; i < 3; i += 1) paints.push(await largest_paint(e2e.open_phone, server));
    bench.line('LCP, 3G lente, processeur 4x plus lent', round(median(paints)), 's', '<= 2.5', 'interface 7');
    const relaunches = [];
    for (let i = 0; i < 3; i += 1) relaunches.push(await offline_relaunch(e2e, server));
    bench.line('relance sans réseau', round(median(relaunches)), 's', '<= 1', 'interface 7');
  } finally {
    await server.close();
  }
}
