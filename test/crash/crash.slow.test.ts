/** Short cuts of `npm run crash` and `npm run crash -- broadcast`: the same runs, fewer kills. */
import { execa } from 'execa';
import { expect, it } from 'vitest';

it('loses and doubles nothing when it is killed', async () => {
  const { stdout } = await execa(process.execPath, ['--import', 'tsx', 'test/crash/run.ts', '--every', '61'], {
    reject: false,
  });
  const figures = JSON.parse(stdout.split('\n').at(-1) ?? '') as Record<string, number>;
  expect(figures).toMatchObject({ lost: 0, doubled: 0 });
  expect(figures['failpoints']).toBeGreaterThan(150);
  expect(figures['killed']).toBe(Math.ceil(((figures['failpoints'] ?? 0) * 3) / 61));
});

it('sends a broadcast once to each, whatever is killed while it runs', async () => {
  const args = ['--import', 'tsx', 'test/crash/run.ts', 'broadcast', '--recipients', '600', '--kills', '4'];
  const { stdout } = await execa(process.execPath, args, { reject: false });
  const figures = JSON.parse(stdout.split('\n').at(-1) ?? '') as Record<string, number>;
  expect(figures).toMatchObject({ recipients: 600, lost: 0, doubled: 0 });
  expect(figures['kills']).toBeGreaterThan(0);
  expect(figures['unknown']).toBeLessThanOrEqual(figures['kills'] ?? 0);
});
