// The rules of the sources, as functions from a file to its faults.
//
// A file is { path, text }, path from the root. A rule is { name, applies(path), check(file) } and
// `check` gives a list of "line: what". tidy.test.mjs runs every rule over the project and, for
// each, over a planted fault, so that a rule that stopped biting is seen.
// Source: the directions and limits of docs/ and the house style (100 columns, 600 lines a file).

const rooms_of = {
  core: ['base', 'journal', 'outreach', 'people', 'pathway', 'relay', 'offer', 'gathering',
    'network', 'territory', 'measure', 'linkage', 'comparison', 'access', 'sync', 'wasm'],
  server: ['ports', 'app', 'store', 'crypto', 'interop', 'jobs', 'http', 'cli'],
};

// Which folders a folder may include from, beside itself. The longest prefix decides.
const may_include = {
  'core/': ['core/'],
  'server/ports/': ['core/'],
  'server/app/': ['core/', 'server/ports/'],
  'server/store/': ['core/', 'server/ports/'],
  'server/crypto/': ['core/', 'server/ports/'],
  'server/interop/': ['core/', 'server/ports/'],
  'server/jobs/': ['core/', 'server/ports/', 'server/app/'],
  'server/http/': ['core/', 'server/ports/', 'server/app/'],
  'server/cli/': ['core/', 'server/'],
  // The simulation stands on the real adapters (docs/decisions/0015).
  'sim/': ['core/', 'server/ports/', 'server/app/', 'server/store/', 'server/crypto/'],
};

// Headers of other people's code and where they may be included. Tests may use an oracle.
const outside = [
  { header: /^boost\/(describe|mp11)/, where: /^(core|server|sim)\// },
  { header: /^boost\//, where: /^server\/http\// },
  { header: /^nlohmann\//, where: /^core\/base\/json\.cc$/ },
  { header: /^sqlite3/, where: /^(server\/store\/sqlite|sim)\// },
  { header: /^(libpq|postgresql)/, where: /^server\/store\/postgresql\// },
  { header: /^sodium/, where: /^(server\/crypto|sim)\// },
  { header: /^(gtest|gmock|rapidcheck)/, where: /(_test|_testing|\/testing)\.(cc|h)$/ },
  { header: /^benchmark/, where: /^bench\// },
];

// Clock, chance, threads, files, locale and unstable order come to core as arguments or not at all.
const core_never = ['atomic', 'chrono', 'condition_variable', 'ctime', 'exception', 'filesystem',
  'fstream', 'future', 'iostream', 'istream', 'locale', 'mutex', 'ostream', 'random', 'regex',
  'shared_mutex', 'sstream', 'stdexcept', 'thread', 'time.h', 'typeinfo', 'unordered_map',
  'unordered_set'];

export const is_cpp = (path) => /\.(h|cc)$/.test(path);
const is_test = (path) => /(_test|_testing|\/testing)\.(cc|h)$/.test(path);
const is_text = (path) => !/\.(png|jpg|ico|woff2?|gz|br|wasm|bin)$|^fuzz\/corpus\//.test(path);
// schema.ts is written by openapi-typescript and held in step by suite web.
const is_written = (path) =>
  /\.(h|cc|mjs|ts|js|svelte|css|sh|cmake|sql)$/.test(path) && path !== 'web/src/api/schema.ts';

// Comments and literals become blanks of the same length, so that lines keep their numbers.
export function code_only(text) {
  const blank = (found) => found.replace(/[^\n]/g, ' ');
  return text.replace(
    /R"(\w*)\([\s\S]*?\)\1"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'/g,
    blank,
  );
}

function lines_with(text, pattern, say) {
  const faults = [];
  text.split('\n').forEach((line, index) => {
    const found = line.match(pattern);
    if (found) faults.push(`${index + 1}: ${say(found)}`);
  });
  return faults;
}

const includes = (text) => {
  const found = [];
  text.split('\n').forEach((line, index) => {
    const parts = line.match(/^\s*#\s*include\s*(["<])([^">]+)[">]/);
    if (parts) found.push({ line: index + 1, own: parts[1] === '"', name: parts[2] });
  });
  return found;
};

const longest_prefix = (path) =>
  Object.keys(may_include)
    .filter((prefix) => path.startsWith(prefix))
    .sort((a, b) => b.length - a.length)[0];

// Spelled in pieces: this file must pass its own rules.
const unfinished = new RegExp(
  `\\b(TO${'DO'}|FIX${'ME'}|X${'XX'}|HA${'CK'})\\b|not ${'implemented'}|non ${'implémenté'}`,
);
const machine_path = new RegExp(`(^|[\\s"'\`(=:,])/(${'work'}|${'root'})/`);

export const rules = [
  {
    name: 'rooms include only in the direction of the architecture',
    applies: (path) => is_cpp(path) && longest_prefix(path) !== undefined,
    planted: { path: 'server/app/x.cc', text: '#include "server/http/session.h"\n' },
    check({ path, text }) {
      const prefix = longest_prefix(path);
      // A test of a server room may put real neighbours behind the ports, never http or cli.
      const tested = ['server/app/', 'server/store/', 'server/crypto/', 'server/interop/'];
      const allowed = [prefix, ...may_include[prefix]];
      if (is_test(path) && prefix.startsWith('server/')) allowed.push('server/ports/', ...tested);
      return includes(text)
        .filter((one) => one.own && !allowed.some((folder) => one.name.startsWith(folder)))
        .map((one) => `${one.line}: ${prefix} may not include ${one.name}`);
    },
  },
  {
    name: 'own headers are included from the root',
    applies: is_cpp,
    planted: { path: 'core/base/x.cc', text: '#include "result.h"\n' },
    check: ({ text }) =>
      includes(text)
        .filter((one) => one.own && !/^(core|server|sim|bench|fuzz|test)\//.test(one.name))
        .map((one) => `${one.line}: ${one.name} is not a path from the root`),
  },
  {
    name: 'a library of others is included in its own room only',
    applies: is_cpp,
    planted: { path: 'server/app/x.cc', text: '#include <boost/asio.hpp>\n' },
    check({ path, text }) {
      const faults = [];
      for (const one of includes(text)) {
        const rule = outside.find((each) => each.header.test(one.name));
        const oracle = is_test(path) && !/^boost\/(asio|beast)/.test(one.name);
        if (rule && !rule.where.test(path) && !oracle) {
          faults.push(`${one.line}: ${one.name} does not belong here`);
        }
      }
      return faults;
    },
  },
  {
    name: 'core has no clock, chance, thread, file, locale or unordered container',
    applies: (path) => path.startsWith('core/') && is_cpp(path) && !is_test(path),
    planted: { path: 'core/base/x.h', text: '#include <chrono>\n' },
    check: ({ text }) =>
      includes(text)
        .filter((one) => !one.own && core_never.includes(one.name))
        .map((one) => `${one.line}: <${one.name}>`),
  },
  {
    name: 'core has no floating point outside linkage',
    applies: (path) =>
      path.startsWith('core/') && is_cpp(path) && !is_test(path) &&
      // exports.cc only stands in for libc functions of that type; nothing is computed there.
      !/^core\/(linkage|offer\/matching|wasm\/exports\.cc)/.test(path),
    planted: { path: 'core/measure/x.cc', text: '// a double is named here\ndouble rate = 0;\n' },
    check: ({ text }) =>
      lines_with(code_only(text), /\b(float|double|long double)\b/, (found) => found[1]),
  },
  {
    name: 'catch (...) only at the two edges, no detached thread',
    applies: (path) =>
      is_cpp(path) && !is_test(path) && !/^server\/(http\/session|cli\/main)/.test(path),
    planted: { path: 'server/app/x.cc', text: 'try { f(); } catch (...) {}\n' },
    check: ({ text }) =>
      lines_with(code_only(text), /catch\s*\(\s*\.\.\.\s*\)|\.detach\s*\(/, (found) => found[0]),
  },
  {
    name: 'a line of C++ has at most 100 columns',
    applies: is_cpp,
    planted: { path: 'core/base/x.h', text: `// ${'é'.repeat(98)}\n` },
    check: ({ text }) => {
      const faults = [];
      text.split('\n').forEach((line, index) => {
        const columns = [...line].length;
        if (columns > 100) faults.push(`${index + 1}: ${columns} columns`);
      });
      return faults;
    },
  },
  {
    name: 'a source has at most 600 lines',
    applies: is_written,
    planted: { path: 'core/base/x.cc', text: '\n'.repeat(601) },
    check: ({ text }) => {
      const count = text.split('\n').length - 1;
      return count > 600 ? [`1: ${count} lines`] : [];
    },
  },
  {
    name: 'a header says #pragma once and opens with what it is',
    applies: (path) => path.endsWith('.h'),
    planted: { path: 'core/base/x.h', text: '#pragma once\nint f();\n' },
    check({ text }) {
      const faults = [];
      if (!/^#pragma once$/m.test(text)) faults.push('1: no #pragma once');
      if (!/^\/\/ \S[^\n]{20}/.test(text)) faults.push('1: no opening comment');
      return faults;
    },
  },
  {
    name: 'sources are named in snake_case, in a room of the architecture',
    applies: (path) => /^(core|server)\//.test(path),
    planted: { path: 'server/Misc/helper.cc', text: '' },
    check({ path }) {
      const faults = [];
      const [top, room] = path.split('/');
      if (path.split('/').length > 2 && !rooms_of[top].includes(room)) {
        faults.push(`1: ${top}/${room} is no room of the architecture`);
      }
      if (is_cpp(path) && !/^[a-z0-9_/]+\.(h|cc)$/.test(path)) faults.push('1: not snake_case');
      return faults;
    },
  },
  {
    name: 'nothing is left unfinished',
    applies: (path) => is_text(path) && !path.endsWith('package-lock.json'),
    planted: { path: 'web/src/x.ts', text: `// TO${'DO'}: later\n` },
    check: ({ text }) => lines_with(text, unfinished, (found) => found[0]),
  },
  {
    name: 'no path of the machine where it was written',
    applies: is_text,
    planted: { path: 'docs/x.md', text: `see "/${'root'}/notes"\n` },
    check: ({ text }) => lines_with(text, machine_path, (found) => found[0].trim()),
  },
  {
    // Playwright takes the promise itself for a true answer: until() of e2e/lib.mjs asks again.
    name: 'a journey asks waitForFunction nothing that takes time',
    applies: (path) => /^e2e\/.*\.mjs$/.test(path),
    planted: { path: 'e2e/x.mjs', text: 'page.waitForFunction(\n  async () => false,\n);\n' },
    check: ({ text }) =>
      [...text.matchAll(/waitForFunction\(\s*async/g)].map(
        ({ index }) => `${text.slice(0, index).split('\n').length}: waitForFunction(async`,
      ),
  },
  {
    name: 'no line ends with blanks, no tab in C++, a final newline',
    applies: is_written,
    planted: { path: 'core/base/x.cc', text: 'int x = 1; \n' },
    check({ path, text }) {
      const faults = lines_with(text, /[ \t]+$/, () => 'blanks at the end');
      if (is_cpp(path)) faults.push(...lines_with(text, /\t/, () => 'tab'));
      if (text !== '' && !text.endsWith('\n')) faults.push('1: no final newline');
      return faults;
    },
  },
];
