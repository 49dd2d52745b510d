/** Indexes are built and verified before the first message: without the unique ones the product must not run. */
import type { Connection } from 'mongoose';
import { messageOf, StartError } from '../shared/errors.ts';
import type { IndexSpec } from './models/index.ts';

interface Existing {
  name: string;
  key: Record<string, number>;
  unique?: boolean;
  expireAfterSeconds?: number;
  partialFilterExpression?: unknown;
}

/** What is wrong with one index, in words for the doctor; undefined when it is as it should be. */
export function differenceOf(spec: IndexSpec, existing: Existing | undefined): string | undefined {
  if (!existing) return 'is missing';
  const wrong = [
    JSON.stringify(existing.key) !== JSON.stringify(spec.key) &&
      `is on ${JSON.stringify(existing.key)} instead of ${JSON.stringify(spec.key)}`,
    Boolean(existing.unique) !== Boolean(spec.unique) && (spec.unique ? 'is not unique' : 'is unique'),
    existing.expireAfterSeconds !== spec.expireAfterSeconds &&
      `expires after ${existing.expireAfterSeconds ?? 'never'} instead of ${spec.expireAfterSeconds ?? 'never'} seconds`,
    JSON.stringify(existing.partialFilterExpression) !== JSON.stringify(spec.partialFilterExpression) &&
      'covers other documents',
  ].filter((problem) => problem !== false);
  return wrong.length === 0 ? undefined : wrong.join(', ');
}

/** The indexes of a collection by name; none when it does not exist yet. */
export async function existingIndexes(connection: Connection, collection: string): Promise<Map<string, Existing>> {
  const collections = await connection.db?.listCollections({ name: collection }, { nameOnly: true }).toArray();
  if (!collections || collections.length === 0) return new Map();
  const indexes = (await connection.collection(collection).indexes()) as Existing[];
  return new Map(indexes.map((index) => [index.name, index]));
}

/**
 * Builds what is missing and verifies all.
 * @throws StartError naming collection, index, what differs and the remedy; an index that differs is not touched.
 */
export async function ensureIndexes(connection: Connection, specs: readonly IndexSpec[]): Promise<void> {
  for (const collection of new Set(specs.map((spec) => spec.collection))) {
    const wanted = specs.filter((spec) => spec.collection === collection);
    const before = await existingIndexes(connection, collection);
    for (const spec of wanted) if (!before.has(spec.name)) await build(connection, spec);
    const after = await existingIndexes(connection, collection);
    for (const spec of wanted) {
      const difference = differenceOf(spec, after.get(spec.name));
      if (difference !== undefined)
        throw new StartError(
          `The index "${spec.name}" of "${collection}" ${difference}. Nothing was changed. ` +
            `Drop it (db.${collection}.dropIndex("${spec.name}")) and start again: it will be built anew.`,
        );
    }
  }
}

async function build(connection: Connection, { collection, name, key, ...options }: IndexSpec): Promise<void> {
  try {
    await connection.collection(collection).createIndex(key, { name, ...options });
  } catch (cause) {
    throw new StartError(
      `The index "${name}" of "${collection}" on ${JSON.stringify(key)} could not be built: ${messageOf(cause)}. ` +
        'If documents are doubled, remove the wrong ones; if another index has the same keys, drop that one; then start again.',
      {},
      { cause },
    );
  }
}
