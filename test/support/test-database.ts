/** A database of its own for a test, on the run's server; dropped when it is closed. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { open, type Database } from '../../src/storage/connect.ts';
import { testVault } from './vault.ts';

export async function testDatabase(
  options: { monitorCommands?: boolean; keep?: boolean; uri?: string } = {},
): Promise<Database> {
  const uri = options.uri ?? testUri();
  const connection = await open(uri, options.monitorCommands ? { monitorCommands: true } : {});
  return {
    connection,
    vault: testVault,
    uri,
    embedded: true,
    serverVersion: 'test',
    lost: new Promise(() => undefined),
    async close() {
      if (!options.keep) await connection.dropDatabase();
      await connection.close();
    },
  };
}

/** Takes everything out of a database; its indexes stay, which is most of the work of making one. */
export async function emptied(database: Database): Promise<Database> {
  const collections = (await database.connection.db?.listCollections({}, { nameOnly: true }).toArray()) ?? [];
  await Promise.all(collections.map(({ name }) => database.connection.collection(name).deleteMany({})));
  return database;
}

/** The address of a new database. */
export const testUri = (): string => inject('mongoUri').replace(/\/[^/?]*\?/, `/test_${randomUUID().slice(0, 8)}?`);
