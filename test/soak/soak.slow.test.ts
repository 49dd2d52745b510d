/** A short cut of `npm run soak`: the same run with fewer people. */
import { execa } from 'execa';
import { expect, it } from 'vitest';

it('loses nothing, keeps the order, and doubles only what the promise allows', async () => {
  const args = ['--import', 'tsx', 'test/soak/run.ts', '--messages', '144', '--people', '12'];
  const { stdout, exitCode } = await execa(process.execPath, args, { reject: false });
  const figures = JSON.parse(stdout.split('\n').at(-1) ?? '') as Record<string, number>;
  expect(figures).toMatchObject({ sent: 144, answered: 144, lost: 0, out_of_order: 0, unhandled: 0 });
  // The run itself holds each doubled message against those that the promise allows.
  expect(exitCode).toBe(0);
});
