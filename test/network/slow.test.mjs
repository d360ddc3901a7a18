// Slow headers, slow bodies, slow readers, and connections that do nothing (T29): they are kept
// waiting while an honest client measures. NETWORK_SLOW (600) attackers for NETWORK_SLOW_SECONDS
// (8), NETWORK_IDLE (4,000) idle connections. Bars: honest p99 <= 500 ms, no honest failure,
// memory <= +200 MiB.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  descriptors, honest_client, left_open, mebibytes, open_socket, resident, size, target_node, warm,
} from './attack.mjs';
import { tell } from '../soak/evidence.mjs';

const attackers = size('NETWORK_SLOW', 600);
const seconds = size('NETWORK_SLOW_SECONDS', 8);
const idle = size('NETWORK_IDLE', 4_000);
const p99_ms_max = 500;
const mebibytes_max = 200;
const target = await target_node(['outreach_worker']);

const post_head = 'POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
const attacks = {
  // One byte of a header every half second, for ever.
  headers: (socket) => {
    socket.write(`${post_head}X-Slow: `);
    return setInterval(() => socket.write('x'), 500);
  },
  // The largest body there may be, promised and sent byte by byte.
  promised: (socket) => {
    socket.write(`${post_head}Content-Length: ${512 << 10}\r\n\r\n`);
    return setInterval(() => socket.write('x'), 500);
  },
  // The same, but for its last byte sent at once.
  held: (socket) => {
    socket.write(`${post_head}Content-Length: ${512 << 10}\r\n\r\n${' '.repeat((512 << 10) - 1)}`);
    return undefined;
  },
  // Asks for much, fifty times, and never reads.
  readers: (socket) => {
    socket.pause();
    socket.write('GET /api/v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(50));
    return undefined;
  },
};

// Keeps `count` attackers busy until told to stop: who is closed comes back.
function attack(kind, count) {
  let over = false;
  const sockets = new Set();
  const begin = () => {
    if (over) return;
    const socket = open_socket(target);
    sockets.add(socket);
    let beat;
    socket.once('connect', () => (beat = attacks[kind](socket)));
    socket.on('data', () => {});
    if (kind === 'readers') socket.pause();
    socket.once('close', () => {
      clearInterval(beat);
      sockets.delete(socket);
      if (!over) setTimeout(begin, 100);
    });
  };
  for (let i = 0; i < count; i += 1) begin();
  return () => {
    over = true;
    for (const socket of sockets) socket.destroy();
  };
}

async function judged(what, begin) {
  await warm(target);
  const before = { open: descriptors(target), memory: resident(target) };
  const honest = honest_client(target);
  await honest.ready;
  const stop = begin();
  let most = 0;
  for (let i = 0; i < seconds * 4; i += 1) {
    await sleep(250);
    most = Math.max(most, resident(target) - before.memory);
  }
  const held = descriptors(target) - before.open;
  const seen = await honest.stop();
  stop();
  tell('slow', held, seen.failed + seen.refused, `${what}: ${seen.count} honest requests, p99 ${seen.p99} ms (bar 500), +${mebibytes(most)} MiB (bar 200)`);
  assert.equal(seen.failed + seen.refused, 0, JSON.stringify(seen.failures));
  assert.ok(seen.count > seconds, `${seen.count} honest requests`);
  assert.ok(seen.p99 <= p99_ms_max, `p99 ${seen.p99} ms`);
  assert.ok(mebibytes(most) <= mebibytes_max, `+${mebibytes(most)} MiB`);
  assert.equal(await left_open(target, before.open, 15), 0);
  return held;
}

for (const [kind, what] of [['headers', 'slow headers'], ['promised', 'slow bodies'], ['held', 'bodies held back'], ['readers', 'slow readers']])
  test(`${attackers / 2} connections with ${what}`, { timeout: 600_000 + seconds * 1000 }, () =>
    judged(what, () => attack(kind, attackers / 2)));

test(`${attackers} slow connections of every kind at once`, { timeout: 600_000 + seconds * 1000 }, () =>
  judged('all at once', () => {
    const kinds = Object.keys(attacks);
    const stops = kinds.map((kind) => attack(kind, attackers / kinds.length));
    return () => stops.forEach((stop) => stop());
  }));

test(`${idle} connections that do nothing`, { timeout: 600_000 + seconds * 1000 }, async () => {
  const held = await judged('idle', () => {
    const sockets = Array.from({ length: idle }, () => open_socket(target));
    return () => sockets.forEach((socket) => socket.destroy());
  });
  assert.ok(held >= idle, `${held} of ${idle} are held`);
});
