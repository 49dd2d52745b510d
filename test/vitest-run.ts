/** One run of the test runner as a process of its own, and what came of it. Shared by the commands that run tests. */
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

/** Counts of tests; a file that could not be run, and a test that was passed over, count as failed. */
export interface Outcome {
  passed: number;
  failed: number;
  /** What did not pass: "file: test", or the file itself when nothing of it could be run. */
  names: readonly string[];
}

/** @param filters parts of file names; none: the whole project of `vitest.config.ts` */
export function runTests(project: string, filters: readonly string[] = []): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'kawan-tests-'));
  try {
    const file = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const run = spawnSync(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...reporters, ...filters],
      // What the runner says goes to the people's stream of this command.
      { stdio: 'inherit' },
    );
    return outcomeOf(project, readReport(file), run.status);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function outcomeOf(project: string, report: Report | undefined, status: number | null): Outcome {
  if (!report) return { passed: 0, failed: 1, names: [`${project}: no report`] };
  const broken = report.testResults.filter(isBroken).length;
  const wrong = report.numFailedTests + broken + report.numPendingTests;
  const names = report.testResults.flatMap(notPassed);
  return { passed: report.numPassedTests, failed: wrong === 0 && status !== 0 ? 1 : wrong, names };
}

const isBroken = ({ status, assertionResults }: Report['testResults'][number]): boolean =>
  status === 'failed' && assertionResults.length === 0;

function notPassed(result: Report['testResults'][number]): string[] {
  if (isBroken(result)) return [result.name];
  return result.assertionResults
    .filter((test) => test.status !== 'passed')
    .map(({ fullName }) => `${result.name}: ${fullName}`);
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

/** Adds up several runs. */
export const together = (outcomes: readonly Outcome[]): Outcome => ({
  passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
  failed: outcomes.reduce((sum, { failed }) => sum + failed, 0),
  names: outcomes.flatMap(({ names }) => names),
});

/** Names what did not pass, and sets the exit code: 0 all passed, 1 some failed, 2 nothing was run. */
export function tell({ passed, failed, names }: Outcome): void {
  for (const name of names) console.log(`\nNot passed: ${name}`);
  process.exitCode = failed > 0 ? 1 : passed === 0 ? 2 : 0;
}
