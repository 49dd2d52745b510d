/** A short cut of `npm run crash`: the same run, a few failpoints spread over all of it. */
import { execa } from 'execa';
import { expect, it } from 'vitest';

it('loses and doubles nothing when it is killed', async () => {
  const { stdout } = await execa(process.execPath, ['--import', 'tsx', 'test/crash/run.ts', '--every', '53'], {
    reject: false,
  });
  const figures = JSON.parse(stdout.split('\n').at(-1) ?? '') as Record<string, number>;
  expect(figures).toMatchObject({ lost: 0, doubled: 0 });
  expect(figures['failpoints']).toBeGreaterThan(150);
  expect(figures['killed']).toBe(Math.ceil(((figures['failpoints'] ?? 0) * 3) / 53));
});
