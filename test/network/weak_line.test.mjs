// A phone that comes back with a full outbox on a line that is slow and cut again and again (T12):
// NETWORK_LINE_ENTRIES (1,000) contacts at NETWORK_LINE_RATE (160,000) bytes a second, cut every
// NETWORK_LINE_CUT_MS (1,000): as much passes between two cuts as in the whole size, 5,000 contacts
// at 8,000 (64 kbit/s) cut every 20,000. Bars: everything is acknowledged once, for at most 1.3
// times the bytes of the same work on a whole line.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { program, run_json } from '../cli/program.mjs';
import { size, target_node } from './attack.mjs';
import { fault_proxy } from './fault_proxy.mjs';
import { tell } from '../soak/evidence.mjs';

const entries = size('NETWORK_LINE_ENTRIES', 1_000);
const bytes_a_second = size('NETWORK_LINE_RATE', 160_000);
const cut_every_ms = size('NETWORK_LINE_CUT_MS', 1_000);
const target = await target_node(['outreach_worker']);
const { login, password } = target.account('outreach_worker');
const folder = dirname(target.data);

// The phone of `filrouge device load`, which runs the same outbox as the browser; the trouble
// begins when its notes are sealed and it starts to send. The bytes are those from then on.
async function send_all(name, trouble, contacts = entries) {
  const line = await fault_proxy(target);
  const acked = join(folder, `${name}.txt`);
  const child = spawn(program, ['device', 'load', '--url', line.url, '--login', login, '--password', password,
    '--clients', '1', '--contacts', String(contacts), '--batch', '200', '--patience', '600', '--acked', acked, '--format', 'json'],
    { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  let faults = '';
  child.stdout.on('data', (piece) => (text += piece));
  child.stderr.on('data', (piece) => (faults += piece));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (!existsSync(acked) && child.exitCode === null) await sleep(2);
  const before = line.bytes;
  line.trouble(trouble);
  const started = Date.now();
  assert.equal(await ended, 0, `${text} ${faults}`);
  const bytes = line.bytes - before;
  const { cuts } = line.seen;
  await line.close();
  const answer = JSON.parse(text);
  const check = run_json(['device', 'check', '--url', target.url, '--login', login, '--password', password, '--acked', acked]);
  assert.equal(check.status, 0, check.stderr);
  assert.deepEqual([check.answer.checked, check.answer.missing, check.answer.doubled], [contacts, 0, 0]);
  assert.equal(new Set(readFileSync(acked, 'utf8').trimEnd().split('\n')).size, contacts);
  return { bytes, cuts, seconds: (Date.now() - started) / 1000, duplicates: answer.duplicates };
}

test(`${entries} contacts over a line cut every ${cut_every_ms / 1000} s`, { timeout: 3_600_000 }, async () => {
  const whole = await send_all('whole', {});
  const weak = await send_all('weak', { bytes_a_second, delay_ms: cut_every_ms / 40, cut_every_ms, down_ms: cut_every_ms / 10 });
  const ratio = weak.bytes / whole.bytes;
  tell('weak_line', entries, 0, `${whole.bytes} bytes on a whole line; at ${bytes_a_second} bytes a second with ${weak.cuts} cuts ${weak.bytes} bytes in ${weak.seconds.toFixed(0)} s, ${ratio.toFixed(2)} times; ${weak.duplicates} were known already`);
  assert.ok(weak.cuts >= 2, `${weak.cuts} cuts`);
  // The first batches find out what the line carries: some three hundred notes are sent in vain,
  // whatever follows. In a short run that is much, at full size it is nothing.
  assert.ok(ratio <= 1.3 + 300 / entries, `${ratio.toFixed(2)} times the bytes`);
});

test('a line that dies after so many bytes of every connection still carries everything', { timeout: 600_000 }, async () => {
  const { seconds } = await send_all('dying', { cut_after_bytes: 60_000 }, 300);
  console.log(`every connection dies after 60,000 bytes: all sent in ${seconds.toFixed(0)} s`);
  // A connection that was reset in the middle keeps node waiting for nothing.
  setTimeout(() => process.exit(), 1_000);
});
