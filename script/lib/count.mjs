// node count.mjs KIND FILE STATUS: prints "passed failed skipped" of one test report.
// KIND: gtest (JSON), vitest (JSON), tap, counted (last line "N passed, N failed"). STATUS is the exit status of the program that wrote it:
// when it is not 0 although nothing failed (a crash after the report), one failure is added.
// Exit 1 when there is no complete report.
import { readFileSync } from 'node:fs';

const [kind, file, status_text] = process.argv.slice(2);

function gtest(text) {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const suite of JSON.parse(text).testsuites) {
    for (const test of suite.testsuite) {
      if (test.failures?.length > 0) failed += 1;
      else if (test.result === 'SKIPPED' || test.status === 'NOTRUN') skipped += 1;
      else passed += 1;
    }
  }
  return [passed, failed, skipped];
}

function vitest(text) {
  const report = JSON.parse(text);
  const broken_files = report.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.length === 0,
  ).length;
  return [
    report.numPassedTests,
    report.numFailedTests + broken_files,
    report.numPendingTests + (report.numTodoTests ?? 0),
  ];
}

function tap(text) {
  const number = (name) => {
    const found = text.match(new RegExp(`^# ${name} (\\d+)$`, 'm'));
    if (!found) throw new Error(`no "# ${name}" line`);
    return Number(found[1]);
  };
  return [number('pass'), number('fail') + number('cancelled'), number('skipped') + number('todo')];
}

function counted(text) {
  const found = text.trimEnd().match(/(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/);
  if (!found) throw new Error('the last line is not "N passed, N failed"');
  return [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
}

try {
  const counts = { gtest, vitest, tap, counted }[kind](readFileSync(file, 'utf8'));
  if (counts[0] + counts[1] + counts[2] === 0) throw new Error('no test in the report');
  if (Number(status_text) !== 0 && counts[1] === 0) counts[1] = 1;
  console.log(counts.join(' '));
} catch (error) {
  console.error(`${file}: ${error.message}`);
  process.exit(1);
}
