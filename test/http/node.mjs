// A served demonstration of a few weeks for the tests of this folder, and bytes sent as they are.
//
//   const node = await demo_node(test_context, ['--web', folder]);   // { url, accounts, server }
//   const answer = await raw(node.url, ['GET / HTTP/1.1\r\n', 'Host: a\r\n\r\n']);
import { connect } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { small_demo, start } from '../cli/program.mjs';

// Made once a file; goes with it.
export async function demo_node(words = []) {
  const path = mkdtempSync(join(tmpdir(), 'filrouge-http-'));
  const { data, accounts } = small_demo(path);
  const server = await start(['serve', '--data', data, ...words]);
  after(async () => {
    await server.stop();
    rmSync(path, { recursive: true, force: true });
  });
  return { url: server.url, accounts, server, data };
}

// Writes the parts one after the other; resolves with all that came until the server closed.
// `half`: our side is shut after the last part. `pause`: milliseconds between parts.
export function raw(url, parts, { half = false, pause = 0 } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const started = Date.now();
    const socket = connect(Number(port), hostname);
    let text = '';
    let reset = false;
    socket.on('data', (piece) => (text += piece));
    socket.on('error', () => (reset = true));
    socket.on('close', () => resolve(answer_of(text, reset, Date.now() - started)));
    (async () => {
      for (const part of parts) {
        if (socket.destroyed) return;
        socket.write(part);
        if (pause > 0) await new Promise((wake) => setTimeout(wake, pause));
      }
      if (half) socket.end();
    })();
  });
}

function answer_of(text, reset, milliseconds) {
  const status = Number(text.match(/^HTTP\/1\.1 (\d{3})/)?.[1] ?? 0);
  const body = text.slice(text.indexOf('\r\n\r\n') + 4);
  let problem = null;
  if (/application\/problem\+json/.test(text)) problem = JSON.parse(body);
  return { text, status, body, problem, reset, milliseconds };
}

export const json_headers = { 'content-type': 'application/json' };
