/** What the console reads and changes of persons and groups on MongoDB. Every query is kept within the scope of who asks. */
import type { Connection } from 'mongoose';
import type { IndexSpec } from '../../storage/models/index.ts';
import { collections } from '../../storage/models/collections.ts';
import type { Consent, Group, Person, Standing } from '../../programmes/registration/store.ts';
import { orBusy } from '../../storage/transient.ts';
import { within, type Scope } from '../access/roles.ts';
import type { PersonMerge } from './merging/store.ts';

export const indexSpecs: readonly IndexSpec[] = [
  { collection: 'persons', name: 'name', key: { nameKey: 1, _id: 1 } },
  { collection: 'persons', name: 'words', key: { nameWords: 1, nameKey: 1, _id: 1 } },
  { collection: 'persons', name: 'kelurahan_name', key: { kelurahan: 1, nameKey: 1, _id: 1 } },
  { collection: 'persons', name: 'crafts_name', key: { crafts: 1, nameKey: 1, _id: 1 } },
  { collection: 'persons', name: 'standing_name', key: { standing: 1, nameKey: 1, _id: 1 } },
  { collection: 'groups', name: 'kelurahan', key: { kelurahan: 1, nameKey: 1 } },
];

/** How an officer came to a standing. */
export interface Verification {
  standing: Standing;
  by: string;
  at: Date;
  /** What was looked at: an identity card seen, the office's register, a visit. */
  on: string;
}

export type PersonRecord = Person & { verifications?: Verification[] };

export interface PeopleFilter {
  /** A name or its beginning, a card's number, or a telephone number. */
  q?: string;
  craft?: string;
  kelurahan?: string;
  standing?: Standing;
  group?: string;
}

export interface Card {
  person: PersonRecord;
  conversation:
    { _id: string; channel: string; aliases: string[]; heardAt?: number; language: string; muted: boolean } | undefined;
  group: Group | undefined;
  consents: Consent[];
  enrolments: { event: string; state: string; since: number }[];
  cases: { _id: string; kind: string; state: string; openedAt: Date; touchedAt: Date }[];
  merges: PersonMerge[];
  /** Others on the same phone. */
  beside: { _id: string; name: string }[];
}

/** Digits as a telephone number begins inside an address: "0812" is "62812". */
const phoneOf = (digits: string): string => digits.replace(/^0/, '62');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const digitsOf = (q: string): string => q.replace(/[\s+().-]/g, '');
const isNumber = (q: string): boolean => /^\d{3,15}$/.test(digitsOf(q));

/** @param numbers conversations of the telephone number that is looked for, if it is one */
function matchWith(
  scope: Scope,
  { q = '', craft, kelurahan, standing, group }: PeopleFilter,
  numbers: readonly string[],
): object {
  const words = isNumber(q) ? [] : nameWords(q).slice(0, 4);
  return {
    ...(isNumber(q) && { $or: [{ number: new RegExp(`^${digitsOf(q)}`) }, { contact: { $in: numbers } }] }),
    ...(words.length > 0 && { $and: words.map((word) => ({ nameWords: new RegExp(`^${escaped(word)}`) })) }),
    ...(craft !== undefined && { crafts: craft }),
    ...(kelurahan !== undefined && { kelurahan }),
    ...(standing !== undefined && { standing }),
    ...(group !== undefined && { group }),
    // Last, so that nothing that is asked for can widen it.
    ...within(scope),
  };
}

export function createPeopleStore(connection: Connection) {
  const persons = connection.collection<PersonRecord & { nameWords: string[] }>('persons');
  const groups = connection.collection<Group>('groups');
  const conversations = connection.collection<{ _id: string; aliases: string[] }>(collections.conversations);
  const rows = async <T>(cursor: { toArray(): Promise<unknown[]> }): Promise<T[]> =>
    (await orBusy(() => cursor.toArray())) as T[];

  /** Conversations one of whose addresses begins with these digits. */
  async function contactsCalling(digits: string): Promise<string[]> {
    const begins = {
      $or: [...new Set([digits, phoneOf(digits)].flatMap((start) => [start, `sim:${start}`]))].map((start) => ({
        aliases: new RegExp(`^${start}`),
      })),
    };
    const found = conversations.find(begins, { projection: { _id: 1 } }).limit(50);
    return (await rows<{ _id: string }>(found)).map(({ _id }) => _id);
  }

  /** Conversations of the telephone number that is looked for, if it is one. */
  const called = async ({ q = '' }: PeopleFilter): Promise<string[]> =>
    isNumber(q) ? contactsCalling(digitsOf(q)) : [];

  async function matchOf(scope: Scope, filter: PeopleFilter): Promise<object> {
    return matchWith(scope, filter, await called(filter));
  }

  return {
    /** In the order of names, after one of them. */
    async list(scope: Scope, filter: PeopleFilter, last: string | undefined, limit: number): Promise<PersonRecord[]> {
      const place = last === undefined ? null : await orBusy(() => persons.findOne({ _id: last, ...within(scope) }));
      const after = place && { nameKey: place.nameKey, id: place._id };
      const beyond = after && {
        $or: [{ nameKey: { $gt: after.nameKey } }, { nameKey: after.nameKey, _id: { $gt: after.id } }],
      };
      const match = await matchOf(scope, filter);
      const found = persons
        .find(
          (beyond
            ? { $and: [match, beyond, { nameKey: { $gte: after.nameKey } }] }
            : { nameKey: { $gte: '' }, ...match }) as never,
        )
        .sort({ nameKey: 1, _id: 1 })
        .limit(limit);
      return rows(found);
    },

    /** All that are asked for, one after the other, for an export: never all of them in memory. */
    async *all(scope: Scope, filter: PeopleFilter): AsyncGenerator<PersonRecord & { aliases?: string[] }> {
      const match = await matchOf(scope, filter);
      const cursor = persons.aggregate([
        { $match: { nameKey: { $gte: '' }, ...match } },
        { $sort: { nameKey: 1, _id: 1 } },
        {
          $lookup: {
            ...{ from: collections.conversations, localField: 'contact', foreignField: '_id', as: 'conversations' },
            pipeline: [{ $project: { aliases: 1 } }],
          },
        },
        { $set: { aliases: { $first: '$conversations.aliases' } } },
        { $unset: 'conversations' },
      ]);
      yield* cursor as unknown as AsyncIterable<PersonRecord & { aliases?: string[] }>;
    },

    /** Contacts of persons that a search finds; for the inbox. */
    async contacts(scope: Scope, q: string): Promise<string[]> {
      const numbers = await called({ q });
      const found = persons.find(matchWith(scope, { q }, numbers) as never, { projection: { contact: 1 } }).limit(200);
      const own = (await rows<{ contact: string }>(found)).map(({ contact }) => contact);
      return [...new Set([...own, ...numbers])];
    },

    async card(scope: Scope, id: string): Promise<Card | undefined> {
      const look = (from: string, localField: string, foreignField: string, as: string, pipeline: object[]) => ({
        $lookup: { from, localField, foreignField, as, pipeline },
      });
      const [found] = await rows<
        PersonRecord & {
          conversations: NonNullable<Card['conversation']>[];
          groups: Group[];
          consents: Consent[];
          enrolments: Card['enrolments'];
          cases: Card['cases'];
          merges: PersonMerge[];
          beside: Card['beside'];
        }
      >(
        persons.aggregate([
          { $match: { _id: id, ...within(scope) } },
          look(collections.conversations, 'contact', '_id', 'conversations', [
            { $project: { channel: 1, aliases: 1, heardAt: 1, language: 1, muted: 1 } },
          ]),
          look('groups', 'group', '_id', 'groups', []),
          look('consents', '_id', 'person', 'consents', [{ $sort: { at: -1 } }, { $limit: 20 }]),
          look('enrolments', '_id', 'person', 'enrolments', [
            { $sort: { since: -1 } },
            { $limit: 50 },
            { $project: { event: 1, state: 1, since: 1 } },
          ]),
          look(collections.cases, 'contact', 'contact', 'cases', [
            { $sort: { touchedAt: -1 } },
            { $limit: 20 },
            { $project: { kind: 1, state: 1, openedAt: 1, touchedAt: 1 } },
          ]),
          look('person_merges', '_id', 'kept', 'merges', [
            { $sort: { at: -1 } },
            { $limit: 20 },
            { $set: { _id: { $toString: '$_id' } } },
          ]),
          look('persons', 'contact', 'contact', 'beside', [
            { $match: within(scope) },
            { $limit: 20 },
            { $project: { name: 1 } },
          ]),
        ]),
      );
      if (!found) return undefined;
      const { conversations: talks, groups: own, consents, enrolments, cases, merges, beside, ...person } = found;
      return {
        ...{ person, conversation: talks[0], group: own[0], consents, enrolments, merges },
        cases: cases.map((one) => ({ ...one, _id: String(one._id) })),
        beside: beside.filter((other) => other._id !== id),
      };
    },

    async verify(scope: Scope, id: string, verification: Verification): Promise<boolean> {
      const change = {
        $set: { standing: verification.standing },
        $push: { verifications: { $each: [verification], $slice: -20 } },
      };
      const done = await orBusy(() => persons.updateOne({ _id: id, ...within(scope) }, change as never));
      return done.matchedCount === 1;
    },

    groups(scope: Scope, kelurahan: string | undefined, limit: number): Promise<(Group & { members: number })[]> {
      const match = { kelurahan: { $gte: '' }, ...(kelurahan !== undefined && { kelurahan }), ...within(scope) };
      return rows(
        groups.aggregate([
          { $match: match },
          { $sort: { kelurahan: 1, nameKey: 1 } },
          { $limit: limit },
          {
            $lookup: {
              ...{ from: 'persons', localField: '_id', foreignField: 'group', as: 'counted' },
              pipeline: [{ $count: 'members' }],
            },
          },
          { $set: { members: { $ifNull: [{ $first: '$counted.members' }, 0] } } },
          { $unset: 'counted' },
        ]),
      );
    },
    async group(scope: Scope, id: string): Promise<Group | undefined> {
      return (await orBusy(() => groups.findOne({ _id: id, ...within(scope) }))) ?? undefined;
    },
    async changeGroup(id: string, set: Partial<Group>): Promise<void> {
      await orBusy(() => groups.updateOne({ _id: id }, { $set: set }));
    },
    /** Into a group, or (null) out of it; who leads it leads it no more. */
    async moveTo(person: string, group: string | null): Promise<void> {
      const business = group === null ? 'own' : 'member';
      await orBusy(() => persons.updateOne({ _id: person }, { $set: { group, business } }));
      await orBusy(() => groups.updateMany({ leader: person, _id: { $ne: group ?? '' } }, { $set: { leader: null } }));
    },
    async lead(group: string, person: string, before: string | null): Promise<void> {
      await orBusy(() => groups.updateOne({ _id: group }, { $set: { leader: person } }));
      if (before !== null) await orBusy(() => persons.updateOne({ _id: before }, { $set: { business: 'member' } }));
      await orBusy(() => persons.updateOne({ _id: person }, { $set: { business: 'leader' } }));
    },
  };
}

export type PeopleStore = ReturnType<typeof createPeopleStore>;

/** The words of a name as they are looked for. */
export const nameWords = (name: string): string[] =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^\p{L}\p{Nd}]+/u)
    .filter((word) => word !== '');
