/** A short cut of `npm run year`: its first five weeks, with the same two processes and the same list to be held against. */
import { execa } from 'execa';
import { expect, it } from 'vitest';

it('sends what is due, once and at no forbidden time', async () => {
  const args = ['--import', 'tsx', 'test/year/run.ts', '--days', '35'];
  const { stdout, exitCode } = await execa(process.execPath, args, { reject: false });
  const figures = JSON.parse(stdout.split('\n').at(-1) ?? '') as Record<string, number>;
  expect(figures).toMatchObject({ missing: 0, doubled: 0, at_forbidden_time: 0, unexpected: 0 });
  expect(figures['due']).toBeGreaterThan(50);
  expect(exitCode).toBe(0);
});
