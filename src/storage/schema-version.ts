/** The database remembers which version of the product's data it holds. */
import type { Connection } from 'mongoose';
import { StartError } from '../shared/errors.ts';

/** The version of the data that this product reads and writes. */
export const schemaVersion = 1;

interface Meta {
  _id: string;
  version: number;
}

/** The version that is written down; undefined in a new database. */
export async function writtenVersion(connection: Connection): Promise<number | undefined> {
  return (await connection.collection<Meta>('meta').findOne({ _id: 'schema' }))?.version;
}

/** @throws StartError when a newer product wrote this database; nothing was changed. */
export async function ensureSchemaVersion(connection: Connection): Promise<void> {
  const written = await writtenVersion(connection);
  if (written === schemaVersion) return;
  if (written !== undefined && written > schemaVersion)
    throw new StartError(
      `The database "${connection.name}" was written by a newer version of this program (data version ${written}, this one reads ${schemaVersion}). ` +
        'Nothing was changed. Start the newer program, or choose another database.',
    );
  await connection
    .collection<Meta>('meta')
    .updateOne({ _id: 'schema' }, { $set: { version: schemaVersion } }, { upsert: true });
}
