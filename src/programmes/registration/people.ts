/** Persons as others may know them: whom an event or a broadcast is for, and whether they still allow to be written to. */
import type { Person, RegistrationStore } from './store.ts';

/** What other programmes may know of a craftsman. Never a number, a consent or a conversation. */
export interface KnownPerson {
  id: string;
  name: string;
  crafts: readonly string[];
  kelurahan: string;
  group: boolean;
  years: number | null;
  language: string;
}

export const known = ({ _id, name, crafts, kelurahan, business, years }: Person): KnownPerson => ({
  ...{ id: _id, name, crafts, kelurahan, years },
  group: business !== 'own',
  language: 'id',
});

/** Whose consents have all been withdrawn is not written to; who was registered by staff has given none here. */
export async function allowsMessages(store: RegistrationStore, persons: readonly string[]): Promise<boolean> {
  if (persons.length === 0) return true;
  const consents = await Promise.all(persons.map((person) => store.consentsOf(person)));
  return consents.some((given) => given.length === 0 || given.some(({ withdrawnAt }) => withdrawnAt === null));
}

/**
 * The same rule inside the database, for a great many at once: of documents that hold persons' ids in one field, those
 * stay in which one of them allows messages.
 */
export const allowingMessages = (persons: string) => [
  { $lookup: { from: 'consents', localField: persons, foreignField: 'person', as: 'given' } },
  {
    $match: {
      $expr: {
        $anyElementTrue: {
          $map: { input: `$${persons}`, as: 'person', in: { $or: [{ $not: hasGiven() }, hasGiven(standing)] } },
        },
      },
    },
  },
];

/** Whether a consent of `$$person` is among those given, of which a condition holds. */
const hasGiven = (...conditions: object[]) => ({
  $anyElementTrue: {
    $map: { input: '$given', as: 'one', in: { $and: [{ $eq: ['$$one.person', '$$person'] }, ...conditions] } },
  },
});

const standing = { $eq: [{ $ifNull: ['$$one.withdrawnAt', null] }, null] };
