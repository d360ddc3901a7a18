// The rows of the fault suite: what is tried, how large it is in script/soak, in which chunks, and the
// command of one chunk. `row` is the name in the EVIDENCE line of the test; the size of script/test
// stands in its suite (script/suites). `whole`: one run is all there is, and says its own size.
// `seeds`: the chunk uses as many seeds as its size.
// Anchors are the figures of others that safety.md section 3 names; "none" where nobody publishes one.
const node = (file, env) => ({ command: [process.execPath, file], env });
const disk = (filter, env) => ({
  command: ['build/release/disk_test', '--gtest_brief=1', `--gtest_filter=${filter}`],
  env,
});
const text = (number) => String(number);

export const rows = [
  {
    row: 'kill',
    what: 'kill -9 of the loaded server, backups and erasures under way',
    soak: 5_000,
    chunk: 100,
    anchor: 'SQLite kills itself in its own tests; no peer publishes one',
    run: (size) => node('test/kill_loop/run.mjs', { KILL_LOOPS: text(size) }),
  },
  {
    row: 'torn',
    what: 'power cuts on a disk that keeps what was flushed, tears the rest',
    soak: 50_000,
    chunk: 2_000,
    anchor: "SQLite's crash VFS",
    run: (size, seed) => disk('Torn.Nothing*', { TORN_POINTS: text(size), TORN_SEED: text(seed) }),
  },
  {
    row: 'nth_failure',
    what: 'the n-th write, flush, read fails, once and for ever',
    soak: 1,
    chunk: 1,
    whole: true,
    anchor: "SQLite's I/O error loops",
    run: (size, seed) => disk('Fault*', { FAULT_STEP: '1', FAULT_SEED: text(seed) }),
  },
  {
    row: 'full_disk',
    what: 'a disk that fills up; erasure and ledger go on',
    soak: 200,
    chunk: 20,
    anchor: 'none',
    run: (size) => node('test/disk/full_disk_run.mjs', { FULL_FILLS: text(size) }),
  },
  {
    row: 'failover',
    what: 'the PostgreSQL primary killed under load',
    soak: 50,
    chunk: 5,
    anchor: 'CloudNativePG drill: 5 to 22 s, 0 lost',
    run: (size) => node('test/failover/run.mjs', { FAILOVERS: text(size) }),
  },
  {
    row: 'patroni',
    what: '... and Patroni promotes by itself',
    soak: 10,
    chunk: 2,
    anchor: "Patroni's default may lose 1 MB",
    run: (size) => node('test/failover/patroni.mjs', { PATRONI_FAILOVERS: text(size) }),
  },
  {
    row: 'tampering',
    what: 'rows of the journal flipped, deleted, inserted, reordered; verify',
    soak: 10_000,
    chunk: 1_000,
    anchor: 'Certificate Transparency',
    run: (size, seed) =>
      disk('Tamper.EveryChange*', { TAMPER_TIMES: text(size), TAMPER_SEED: text(seed) }),
  },
  {
    row: 'verdicts',
    what: 'every route by every role: wrong verdicts',
    soak: 1,
    chunk: 1,
    whole: true,
    anchor: 'ASVS 8.2',
    run: () => node('test/liars/matrix.test.mjs', { LIARS_TIMES: '2000' }),
  },
  {
    row: 'ledger',
    what: 'random requests, each disclosure against its ledger row',
    soak: 100_000,
    chunk: 10_000,
    anchor: 'ASVS 16.3.2',
    run: (size, seed) =>
      node('test/liars/ledger.test.mjs', { REQUESTS: text(size), LIARS_SEED: text(seed) }),
  },
  {
    row: 'simulation',
    what: 'simulated worlds: lost, doubled, shown, erased, quiet',
    soak: 20_000,
    chunk: 500,
    seeds: true,
    anchor: "TigerBeetle's VOPR, FoundationDB: orders of magnitude more",
    run: (size, seed) =>
      node('test/sim/run.mjs', { SIM_SEEDS: text(size), SIM_FIRST: text(seed), SIM_BUG_SEEDS: '0' }),
  },
  {
    row: 'planted',
    what: 'bugs planted in the simulator, not found within 2,000 worlds',
    soak: 1,
    chunk: 1,
    whole: true,
    anchor: 'mutation testing',
    run: () => node('test/sim/run.mjs', { SIM_SEEDS: '1' }),
  },
  {
    row: 'aborted',
    what: 'requests given up at any byte of every route; what stays open',
    soak: 10_000,
    chunk: 2_000,
    anchor: 'none',
    run: (size) => node('test/network/aborted.test.mjs', { NETWORK_ABORTS: text(size) }),
  },
  {
    row: 'slow',
    what: 'slow and idle connections; honest requests that fail',
    soak: 4_000,
    chunk: 4_000,
    whole: true,
    anchor: 'slowhttptest',
    run: () => node('test/network/slow.test.mjs', { NETWORK_IDLE: '4000', NETWORK_SLOW: '800', NETWORK_SLOW_SECONDS: '60' }),
  },
  {
    row: 'weak_line',
    what: 'a phone sends through a line cut every 20 s',
    soak: 5_000,
    chunk: 5_000,
    anchor: 'Couchbase: 104k documents in 3.75 h',
    run: (size) =>
      node('test/network/weak_line.test.mjs', {
        NETWORK_LINE_ENTRIES: text(size),
        NETWORK_LINE_RATE: '8000',
        NETWORK_LINE_CUT_MS: '20000',
      }),
  },
  {
    row: 'malformed',
    what: 'malformed requests: 5xx, crashes, long or telling errors',
    soak: 100_000,
    chunk: 10_000,
    anchor: 'none',
    run: (size) => node('test/network/malformed.test.mjs', { NETWORK_MALFORMED: text(size) }),
  },
  {
    row: 'drift',
    what: 'minutes at field load, then ten times too much',
    soak: 120,
    chunk: 120,
    anchor: 'none',
    run: (size) => node('test/network/burst.test.mjs', { SOAK_MINUTES: text(size) }),
  },
  {
    row: 'planted_data',
    what: 'names, notes, numbers found at rest',
    soak: 5_000,
    chunk: 5_000,
    anchor: 'ASVS 14.3',
    run: (size) => node('test/thieves/at_rest.test.mjs', { THIEVES_PLANTED: text(Math.ceil(size / 3)) }),
  },
  {
    row: 'planted_browser',
    what: '... found in the files of a used Chromium: open, closed, after 12 hours',
    soak: 1_500,
    chunk: 1_500,
    whole: true,
    anchor: 'ASVS 14.3',
    run: () => node('e2e/theft.test.mjs', {}),
  },
];
