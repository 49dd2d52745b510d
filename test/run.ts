/**
 * `npm test`: every test of every kind, each with its own report; at the end the names of what failed, and one line:
 * "N passed, N failed". A file that could not be run counts as failed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[];
}

const folder = mkdtempSync(join(tmpdir(), 'kawan-tests-'));
let passed = 0;
let failed = 0;
const names: string[] = [];
try {
  for (const project of ['quick', 'database', 'whatsapp', 'slow']) {
    const file = join(folder, `${project}.json`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const run = spawnSync(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...reporters],
      {
        stdio: 'inherit',
      },
    );
    const report = readReport(file);
    const broken =
      report?.testResults.filter((result) => result.status === 'failed' && result.assertionResults.length === 0)
        .length ?? 1;
    names.push(...(report?.testResults.flatMap(notPassed) ?? [`${project}: no report`]));
    passed += report?.numPassedTests ?? 0;
    const wrong = (report?.numFailedTests ?? 0) + broken + (report?.numPendingTests ?? 0);
    failed += wrong === 0 && run.status !== 0 ? 1 : wrong;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(names.map((name) => `\nNot passed: ${name}`).join(''));
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** What of a file did not pass: the file itself when nothing of it could be run. */
function notPassed({ name, status, assertionResults }: Report['testResults'][number]): string[] {
  if (status === 'failed' && assertionResults.length === 0) return [name];
  return assertionResults.filter((test) => test.status !== 'passed').map(({ fullName }) => `${name}: ${fullName}`);
}

/** Undefined when the run died before it could write its report. */
function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch (error) {
    console.error(`No report of the tests: ${String(error)}`);
    return undefined;
  }
}
