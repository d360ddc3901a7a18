// A bad line between a phone and the server: bytes pass at a given rate, late, and every so often
// the line is cut: each connection is reset and for a moment nobody gets through. Counts what
// crossed it. Everything can be changed while it runs.
//
//   const line = await fault_proxy(target, { bytes_a_second: 8_000, cut_every_ms: 20_000 });
//   line.url; line.trouble({ cut_every_ms: 0 }); line.up; line.down; line.cuts; await line.close();
import { connect, createServer } from 'node:net';

const tick_ms = 20;

export async function fault_proxy(target, options = {}) {
  const line = { bytes_a_second: 0, delay_ms: 0, cut_every_ms: 0, down_ms: 0, cut_after_bytes: 0, ...options };
  const seen = { up: 0, down: 0, cuts: 0, connections: 0 };
  const pairs = new Set();
  let dark = false;
  let cutter;

  // What may still pass in this tick, in both directions together, as on a radio line.
  let allowance = 0;
  const lanes = [];
  const meter = setInterval(() => {
    if (line.bytes_a_second > 0) allowance = Math.min(allowance + (line.bytes_a_second * tick_ms) / 1000, line.bytes_a_second / 10 + 1);
    for (const lane of lanes) lane();
  }, tick_ms);

  // From one side to the other: the sender is held back as soon as the line is full.
  function carry(from, to, name, pair) {
    let queue = [];
    let held = 0;
    const push = () => {
      const now = Date.now();
      while (queue.length > 0 && queue[0].due <= now) {
        const { bytes } = queue[0];
        const count = line.bytes_a_second > 0 ? Math.min(bytes.length, Math.floor(allowance)) : bytes.length;
        if (count === 0) return;
        allowance -= line.bytes_a_second > 0 ? count : 0;
        seen[name] += count;
        held -= count;
        to.write(bytes.subarray(0, count));
        if (count === bytes.length) queue.shift();
        else queue[0].bytes = bytes.subarray(count);
        pair.passed += count;
        if (line.cut_after_bytes > 0 && pair.passed >= line.cut_after_bytes) return cut_pair(pair);
        if (held < 4_096) from.resume();
      }
      if (queue.length === 0 && pair.ended.has(from)) to.end();
    };
    from.on('data', (bytes) => {
      queue.push({ bytes, due: Date.now() + line.delay_ms });
      held += bytes.length;
      if (line.bytes_a_second > 0 && held >= 4_096) from.pause();
      if (line.bytes_a_second === 0 && line.delay_ms === 0) push();
    });
    from.on('end', () => {
      pair.ended.add(from);
      push();
    });
    lanes.push(push);
    return () => {
      queue = [];
      lanes.splice(lanes.indexOf(push), 1);
    };
  }

  function cut_pair(pair) {
    if (!pairs.delete(pair)) return;
    for (const stop of pair.stops) stop();
    pair.phone.resetAndDestroy();
    pair.server.resetAndDestroy();
  }

  const listener = createServer({ allowHalfOpen: true, noDelay: true, highWaterMark: 4_096 }, (phone) => {
    phone.on('error', () => {});
    if (dark) return phone.resetAndDestroy();
    seen.connections += 1;
    const server = connect({ port: target.port, host: target.host, allowHalfOpen: true, noDelay: true });
    server.on('error', () => {});
    const pair = { phone, server, ended: new Set(), passed: 0, stops: [] };
    pairs.add(pair);
    pair.stops = [carry(phone, server, 'up', pair), carry(server, phone, 'down', pair)];
    const gone = () => cut_pair(pair);
    phone.once('close', gone);
    server.once('close', gone);
    return undefined;
  });

  function cut() {
    seen.cuts += 1;
    for (const pair of [...pairs]) cut_pair(pair);
    dark = line.down_ms > 0;
    if (dark) setTimeout(() => (dark = false), line.down_ms);
  }

  function trouble(change) {
    Object.assign(line, change);
    clearInterval(cutter);
    if (line.cut_every_ms > 0) cutter = setInterval(cut, line.cut_every_ms);
  }

  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
  trouble({});
  return {
    url: `http://127.0.0.1:${listener.address().port}`,
    trouble,
    get bytes() { return seen.up + seen.down; },
    get seen() { return { ...seen }; },
    async close() {
      clearInterval(cutter);
      clearInterval(meter);
      for (const pair of [...pairs]) cut_pair(pair);
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
