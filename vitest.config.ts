import { defineConfig } from 'vitest/config';

/** What is waited for may take longer on a small machine; a test that waits in vain is slow, not wrong. */
const patient = { poll: { timeout: 10_000, interval: 25 } };

/**
 * quick: pure code and files, seconds. database: real MongoDB. whatsapp: the library in a real browser, on its stub. slow:
 * processes, browsers, failpoints, one after the other.
 * A test file says where it belongs by its name: *.test.ts, *.db.test.ts, *.slow.test.ts.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'quick',
          expect: patient,
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/*.slow.test.ts', 'node_modules/**'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'database',
          expect: patient,
          include: ['src/**/*.db.test.ts', 'test/**/*.db.test.ts'],
          globalSetup: ['test/support/database.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'whatsapp',
          expect: patient,
          include: ['test/whatsapp-web/*.slow.test.ts'],
          globalSetup: ['test/support/database.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'slow',
          expect: patient,
          include: ['src/**/*.slow.test.ts', 'test/**/*.slow.test.ts'],
          exclude: ['test/whatsapp-web/**', 'node_modules/**'],
          globalSetup: ['test/support/database.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
