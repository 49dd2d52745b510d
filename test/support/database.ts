/** One real MongoDB replica set for a whole test run, in a temporary folder, on a free port of this machine. */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/storage/embedded/server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    mongoUri: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'kawan-test-database-'));
  const server = await startEmbedded({
    folder,
    port: await freePort(),
    cache: '.cache/mongod',
    path: process.env['PATH'] ?? '',
    bin: process.env['MONGOD_BIN'],
    say: (line) => process.stderr.write(`${line}\n`),
  });
  project.provide('mongoUri', server.uri);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/**
 * A port that nobody listens on just now. Below 32768, where systems take the other ends of connections from: a port from
 * there may be taken by a connection of another test before it is listened on.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
