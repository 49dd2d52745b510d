/** One database server for all runs of the crash test; each run has a database of its own on it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/shared/log.ts';
import { connectDatabase } from '../../src/storage/connect.ts';

export async function startServer(): Promise<{ uri: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'kawan-crash-'));
  const config = readConfig({ DATA_DIR: folder, MONGOD_PORT: '27529', LOG_LEVEL: 'error' });
  const database = await connectDatabase(config, createLog('error'));
  return {
    uri: database.uri,
    async stop() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
