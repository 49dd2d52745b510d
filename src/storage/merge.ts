/** Joins conversations of one person in one transaction: whatever points to one that ends points to the one that stays. */
import type { ClientSession, Connection } from 'mongoose';
import type { Merge } from '../conversation/ports.ts';
import { collections } from './models/collections.ts';
import { orBusy } from './transient.ts';

/** A place where a conversation's id stands. Each needs an index, since it is looked up. */
export interface ContactReference {
  collection: string;
  field: string;
  /** A second field that may hold the same id. */
  also?: string;
}

/** Thrown inside the transaction to leave everything as it was. */
class Changed extends Error {}

/** False: another turn came in between, and nothing was changed. */
export async function mergeConversations(
  connection: Connection,
  references: readonly ContactReference[],
  { kept, ended }: Merge,
): Promise<boolean> {
  try {
    await orBusy(() =>
      connection.transaction(async (session) => {
        const conversations = connection.collection(collections.conversations);
        // Those that end go first: an alias may stand in one conversation only.
        for (const { id, revision } of ended) {
          const { deletedCount } = await conversations.deleteOne({ _id: id as never, revision }, { session });
          if (deletedCount !== 1) throw new Changed();
        }
        const { id, revision, aliases, persons, muted, handled, unfinished, takeover } = kept;
        const set = { aliases, persons, muted, handled, revision: revision + 1 };
        const { modifiedCount } = await conversations.updateOne(
          { _id: id as never, revision },
          {
            $set: { ...set, ...(unfinished && { unfinished }), ...(takeover && { takeover }) },
            $addToSet: { merged: { $each: ended.map((one) => one.id) } },
            ...(persons.length > 0 && { $unset: { forgetAt: 1 } }),
          },
          { session },
        );
        if (modifiedCount !== 1) throw new Changed();
        for (const { id: from } of ended) {
          await moveCases(connection, from, id, session);
          for (const reference of references) await moveReference(connection, reference, from, id, session);
        }
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof Changed) return false;
    throw error;
  }
}

async function moveReference(
  connection: Connection,
  { collection, field, also }: ContactReference,
  from: string,
  to: string,
  session: ClientSession,
): Promise<void> {
  const documents = connection.collection(collection);
  if (also !== undefined)
    await documents.updateMany({ [field]: from, [also]: from }, { $set: { [also]: to } }, { session });
  await documents.updateMany({ [field]: from }, { $set: { [field]: to } }, { session });
}

/** One open case a contact and kind: two of a kind become one that holds the messages of both. */
async function moveCases(connection: Connection, from: string, to: string, session: ClientSession): Promise<void> {
  const cases = connection.collection(collections.cases);
  const open = await cases.find({ contact: from, state: 'open' }, { session }).toArray();
  for (const one of open) {
    const same = { contact: to, kind: one['kind'] as string, state: 'open' };
    const { matchedCount } = await cases.updateOne(
      same,
      { $addToSet: { messages: { $each: (one['messages'] ?? []) as string[] } } },
      { session },
    );
    if (matchedCount > 0) await cases.updateOne({ _id: one._id }, { $set: { state: 'closed' } }, { session });
  }
  await cases.updateMany({ contact: from }, { $set: { contact: to } }, { session });
}
