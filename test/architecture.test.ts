import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

interface Report {
  summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] };
}

it('keeps the folder rules, having read the whole house', () => {
  const args = [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    'src',
    '--config',
    '--output-type',
    'json',
  ];
  let output: string;
  try {
    output = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 64e6 });
  } catch (error) {
    // It exits 1 when rules are broken; the report says which.
    output = (error as { stdout: string }).stdout;
  }
  const { summary } = JSON.parse(output) as Report;
  expect(summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  expect(summary.totalCruised).toBeGreaterThan(60);
});
