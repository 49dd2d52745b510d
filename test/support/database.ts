/** One real MongoDB replica set for a whole test run, in a temporary folder, on a free port of this machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
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

/** A port that nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
