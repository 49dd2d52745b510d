/** Looks for a number in everything that a product has stored: every collection, every field, also within binary data. */
import type { Connection } from 'mongoose';

/** A number of sixteen digits as it may be written: digits with anything that people put between. */
const spread = (digits: string): RegExp => new RegExp([...digits].join('[\\s.\\-_/]{0,3}'), 'u');

/** Where it stands, as "collection field"; [] when it stands nowhere. */
export async function whereStands(connection: Connection, digits: string): Promise<string[]> {
  const pattern = spread(digits);
  const found: string[] = [];
  const look = (value: unknown, path: string): void => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
      if (pattern.test(String(value))) found.push(path);
    } else if (Buffer.isBuffer(value) || value instanceof Uint8Array) {
      if (pattern.test(Buffer.from(value).toString('latin1'))) found.push(path);
    } else if (Array.isArray(value)) value.forEach((one, index) => look(one, `${path}.${index}`));
    else if (value !== null && typeof value === 'object') {
      const bytes = (value as { buffer?: unknown }).buffer;
      if (bytes instanceof Uint8Array) return look(bytes, path);
      for (const [key, one] of Object.entries(value)) {
        look(key, `${path}.${key}`);
        look(one, `${path}.${key}`);
      }
    }
  };
  const collections = (await connection.db?.listCollections({}, { nameOnly: true }).toArray()) ?? [];
  for (const { name } of collections)
    for (const document of await connection.collection(name).find({}).toArray()) look(document, name);
  return found;
}
