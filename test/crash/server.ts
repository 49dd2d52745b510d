/** One database server for a long run (crash, year, soak), whose parts have databases of their own on it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/shared/log.ts';
import { connectDatabase } from '../../src/storage/connect.ts';
import { freePort } from '../support/database.ts';

export async function startServer(): Promise<{ uri: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'kawan-crash-'));
  const config = readConfig({ DATA_DIR: folder, MONGOD_PORT: String(await freePort()), LOG_LEVEL: 'error' });
  const database = await connectDatabase(config, createLog('error'));
  return {
    uri: database.uri,
    async stop() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
