/**
 * Two records of one person become one, and can become two again: whatever is moved or removed is kept beside it, whole, in
 * the same transaction.
 */
import { mongo, type ClientSession, type Connection } from 'mongoose';
import { collections } from '../../../storage/models/collections.ts';
import type { IndexSpec } from '../../../storage/models/index.ts';
import { orBusy } from '../../../storage/transient.ts';
import type { Vault } from '../../../storage/vault.ts';
import { ofPerson } from '../../../shared/purpose.ts';
import type { PersonRecord } from '../store.ts';

type Stored = Record<string, unknown> & { _id: unknown };

export interface PersonMerge {
  _id: string;
  kept: string;
  /** The record that ended, as it was. */
  ended: PersonRecord;
  /** What was moved or gave way, by collection, as it was. */
  before: Record<string, Stored[]>;
  by: string;
  reason: string;
  at: Date;
  undone: { by: string; reason: string; at: Date } | null;
}

export const indexSpecs: readonly IndexSpec[] = [
  { collection: 'person_merges', name: 'kept', key: { kept: 1, at: -1 } },
  { collection: 'person_merges', name: 'ended', key: { 'ended._id': 1 } },
  { collection: collections.conversations, name: 'persons', key: { persons: 1 } },
];

/**
 * Where a person's id stands. `once`: the fields beside it that may stand there once (`while`: only where that field is
 * true); then the one that stays wins. `alone`: one a person. `id`: the document's own id is made of it. `seals`: what is
 * sealed for the person there.
 */
const references = [
  { collection: 'consents', field: 'person' },
  { collection: 'groups', field: 'leader' },
  {
    collection: 'enrolments',
    field: 'person',
    once: ['event'],
    id: (one: Stored, person: string) => `${String(one['event'])}:${person}`,
  },
  { collection: 'applications', field: 'person', once: ['programme', 'open'], while: 'open' },
  { collection: 'person_facts', field: '_id', id: (_one: Stored, person: string) => person },
  { collection: 'identities', field: '_id', id: (_one: Stored, person: string) => person, seals: 'sealed' },
  { collection: 'appointments', field: 'person', once: [], alone: true },
  { collection: 'waiting', field: 'person', once: ['programme'] },
  { collection: 'event_places', field: 'person', once: ['event', 'kind'] },
] as const;

/** Thrown inside the transaction to leave everything as it was. */
class Gone extends Error {}

/** More of a kind than one person can have; a merge of more is refused by the database's own limits. */
const MOST = 500;

export function createMerging(connection: Connection, vault: Pick<Vault, 'open' | 'seal'>) {
  const merges = connection.collection<Omit<PersonMerge, '_id'>>('person_merges');
  const of = (name: string) => connection.collection<Stored>(name);

  async function moveAll(from: string, to: string, session: ClientSession): Promise<Record<string, Stored[]>> {
    const before: Record<string, Stored[]> = {};
    for (const reference of references) {
      const { collection, field } = reference;
      const found = await of(collection)
        .find({ [field]: from } as never, { session })
        .limit(MOST)
        .toArray();
      before[collection] = found;
      for (const one of found as Stored[]) await moveOne(reference, one, to, session);
    }
    const talks = of(collections.conversations);
    const holding = await talks.find({ persons: from } as never, { session, projection: { persons: 1 } }).toArray();
    before[collections.conversations] = holding;
    for (const { _id, persons } of holding as unknown as (Stored & { persons: string[] })[]) {
      const joined = [...new Set(persons.map((person) => (person === from ? to : person)))];
      await talks.updateOne({ _id } as never, { $set: { persons: joined }, $inc: { revision: 1 } } as never, {
        session,
      });
    }
    return before;
  }

  async function moveOne(reference: (typeof references)[number], one: Stored, to: string, session: ClientSession) {
    const { collection, field } = reference;
    const documents = of(collection);
    const free = 'while' in reference && one[reference.while] !== true;
    const once = 'once' in reference && !free ? reference.once : [];
    const same =
      once.length > 0
        ? { [field]: to, ...Object.fromEntries(once.map((name) => [name, one[name]])) }
        : 'alone' in reference
          ? { [field]: to }
          : 'id' in reference && { _id: reference.id(one, to) };
    const twin = same && (await documents.findOne(same as never, { session }));
    if (twin || 'id' in reference) await documents.deleteOne({ _id: one._id } as never, { session });
    if (twin) return;
    const sealed = 'seals' in reference ? { [reference.seals]: resealed(one[reference.seals], one[field], to) } : {};
    if ('id' in reference)
      await documents.insertOne({ ...one, ...sealed, [field]: to, _id: reference.id(one, to) }, { session });
    else await documents.updateOne({ _id: one._id } as never, { $set: { [field]: to } }, { session });
  }

  /** Sealed for the person who stays; what does not open stays as it was, which nobody can read. */
  function resealed(sealed: unknown, from: unknown, to: string): unknown {
    const number = vault.open(String(sealed), ofPerson(String(from)));
    return number === undefined ? sealed : vault.seal(number, ofPerson(to));
  }

  return {
    /** The merge's id; undefined when one of the two is not there any more. */
    async merge(
      kept: string,
      ended: string,
      { by, reason, now }: { by: string; reason: string; now: number },
    ): Promise<string | undefined> {
      const id = new mongo.ObjectId();
      try {
        await orBusy(() =>
          connection.transaction(async (session) => {
            const persons = of('persons');
            const gone = await persons.findOneAndDelete({ _id: ended } as never, { session });
            const stays = await persons.findOne({ _id: kept } as never, { session });
            if (!gone || !stays) throw new Gone();
            const before = await moveAll(ended, kept, session);
            const record = { kept, ended: gone as never, before, by, reason, at: new Date(now), undone: null };
            await merges.insertOne({ _id: id, ...record }, { session });
          }),
        );
        return String(id);
      } catch (error) {
        if (error instanceof Gone) return undefined;
        throw error;
      }
    },

    /** Puts back what the merge has moved. False: it was undone already, or what it made is gone. */
    async undo(id: string, { by, reason, now }: { by: string; reason: string; now: number }): Promise<boolean> {
      const undone = { by, reason, at: new Date(now) };
      try {
        await orBusy(() => connection.transaction((session) => restore(id, undone, session)));
        return true;
      } catch (error) {
        if (error instanceof Gone) return false;
        throw error;
      }
    },

    /** All that is kept of a person who has their data erased. */
    async forget(person: string): Promise<void> {
      await orBusy(() => merges.deleteMany({ $or: [{ kept: person }, { 'ended._id': person }] }));
    },
  };

  async function restore(
    id: string,
    undone: NonNullable<PersonMerge['undone']>,
    session: ClientSession,
  ): Promise<void> {
    const open = { _id: new mongo.ObjectId(id), undone: null } as never;
    const merge = (await merges.findOneAndUpdate(open, { $set: { undone } }, { session })) as PersonMerge | null;
    if (!merge) throw new Gone();
    await of('persons').insertOne(merge.ended as never, { session });
    for (const reference of references)
      for (const one of merge.before[reference.collection] ?? []) await putBack(reference, one, merge.kept, session);
    for (const { _id } of merge.before[collections.conversations] ?? [])
      await of(collections.conversations).updateOne(
        { _id } as never,
        { $addToSet: { persons: merge.ended._id }, $inc: { revision: 1 } } as never,
        { session },
      );
  }

  async function putBack(reference: (typeof references)[number], one: Stored, kept: string, session: ClientSession) {
    const documents = of(reference.collection);
    // What was made under a new id goes again; where the one that stayed had its own, that one stays.
    if ('id' in reference) {
      const made = reference.id(one, kept);
      const own = await documents.findOne({ _id: made } as never, { session });
      if (own && own['since'] === one['since']) await documents.deleteOne({ _id: made } as never, { session });
    }
    await documents.replaceOne({ _id: one._id } as never, one, { session, upsert: true });
  }
}

export type Merging = ReturnType<typeof createMerging>;
