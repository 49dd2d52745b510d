/** Persons, groups and consents on MongoDB. What must be unique is claimed by inserting under a unique index. */
import { mongo, Schema, type Connection, type Model } from 'mongoose';
import { orBusy } from '../../storage/transient.ts';

/** How far the office has looked at a person; only the office's register or an officer verifies. */
export type Standing = 'declared' | 'matched' | 'verified' | 'rejected';

export interface Person {
  _id: string;
  /** The number that the person is shown, such as "482130". Not a running number: it tells nobody how many there are. */
  number: string;
  name: string;
  nameKey: string;
  /** The words of `nameKey`, each of which a search may begin with. */
  nameWords: string[];
  crafts: string[];
  /** Official code, such as "63.72.03.1001". */
  kelurahan: string;
  business: 'own' | 'member' | 'leader';
  group: string | null;
  years: number | null;
  /** What was said where no number was: "long" ("lawas") or "skipped". */
  yearsSaid: string | null;
  standing: Standing;
  contact: string;
  channel: string;
  createdAt: Date;
  /** When it was corrected last. */
  updatedAt: Date | null;
}

export interface Group {
  _id: string;
  name: string;
  nameKey: string;
  kelurahan: string;
  /** 0; more where a person said that theirs is another group of the same name in the same kelurahan. */
  twin: number;
  leader: string | null;
  createdAt: Date;
}

export interface Consent {
  _id: string;
  contact: string;
  channel: string;
  /** "registration", or the programme for which more is asked. */
  purpose: string;
  /** Which wording was agreed to: a hash of the consent texts. */
  textVersion: string;
  /** Whether the full text was read before. */
  layer: 'short' | 'full';
  /** Who typed for the person, where somebody did. */
  helper: string | null;
  /** Whose consent it is; null until the person is saved. */
  person: string | null;
  at: Date;
  withdrawnAt: Date | null;
}

/** That somebody's data was erased, and when: proof for the office, without a trace of whom. */
export interface Erasure {
  _id: string;
  channel: string;
  at: Date;
}

/** Indexes of this programme; built and verified before the first message. */
export const indexSpecs = [
  { collection: 'persons', name: 'number', key: { number: 1 as const }, unique: true },
  { collection: 'persons', name: 'contact', key: { contact: 1 as const } },
  { collection: 'persons', name: 'group', key: { group: 1 as const } },
  {
    collection: 'groups',
    name: 'one_name',
    key: { nameKey: 1 as const, kelurahan: 1 as const, twin: 1 as const },
    unique: true,
  },
  { collection: 'consents', name: 'contact', key: { contact: 1 as const, person: 1 as const } },
  { collection: 'consents', name: 'person', key: { person: 1 as const } },
  { collection: 'groups', name: 'leader', key: { leader: 1 as const } },
];

/** Where a conversation's id stands; a merge of conversations moves it. */
export const contactReferences = [
  { collection: 'persons', field: 'contact' },
  { collection: 'consents', field: 'contact' },
] as const;

/** How many digits of the key are tried for a free number; each try is another number out of a million. */
const NUMBER_TRIES = 20;

export function createRegistrationStore(connection: Connection) {
  const model = <T>(collection: string, definition: object): Model<T> =>
    connection.model<T>(collection, new Schema<T>(definition as never, { collection, versionKey: false }));
  const text = { type: String, required: true } as const;
  const persons = model<Person>('persons', {
    _id: text,
    number: text,
    name: text,
    nameKey: text,
    nameWords: [String],
    crafts: [String],
    kelurahan: text,
    business: text,
    group: { type: String, default: null },
    years: { type: Number, default: null },
    yearsSaid: { type: String, default: null },
    standing: text,
    contact: text,
    channel: text,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, default: null },
  });
  const groups = model<Group>('groups', {
    _id: text,
    name: text,
    nameKey: text,
    kelurahan: text,
    twin: { type: Number, required: true },
    leader: { type: String, default: null },
    createdAt: { type: Date, required: true },
  });
  const consents = model<Consent>('consents', {
    _id: text,
    contact: text,
    channel: text,
    purpose: text,
    textVersion: text,
    layer: text,
    helper: { type: String, default: null },
    person: { type: String, default: null },
    at: { type: Date, required: true },
    withdrawnAt: { type: Date, default: null },
  });
  const erasures = model<Erasure>('erasures', { _id: text, channel: text, at: { type: Date, required: true } });

  return {
    person: (id: string): Promise<Person | null> => orBusy(() => persons.findById(id).lean<Person>().exec()),

    personsOf: (ids: readonly string[]): Promise<Person[]> =>
      orBusy(() =>
        persons
          .find({ _id: { $in: [...ids] } })
          .lean<Person[]>()
          .exec(),
      ),

    /** The person with this number, as it is shown to them. */
    personNumbered: (number: string): Promise<Person | null> =>
      orBusy(() => persons.findOne({ number }).lean<Person>().exec()),

    /** The same for the same id, however often it is called: the first call's person. `numbers` are tried in order. */
    async savePerson(person: Omit<Person, 'number'>, numbers: (attempt: number) => string): Promise<Person> {
      for (let attempt = 0; attempt < NUMBER_TRIES; attempt++) {
        try {
          const saved = await orBusy(() =>
            persons
              .findOneAndUpdate(
                { _id: person._id },
                { $setOnInsert: { ...person, number: numbers(attempt) } },
                { upsert: true, returnDocument: 'after' },
              )
              .lean<Person>()
              .exec(),
          );
          if (saved) return saved;
        } catch (error) {
          if (!isDuplicate(error)) throw error;
        }
      }
      throw new Error(`No free number was found in ${NUMBER_TRIES} tries`);
    },

    /** Groups of a name, those of the kelurahan first. At most five: names repeat seldom. */
    async groupsNamed(nameKey: string, kelurahan: string): Promise<Group[]> {
      const found = await orBusy(() => groups.find({ nameKey }).sort({ twin: 1 }).limit(5).lean<Group[]>().exec());
      return found.sort((a, b) => Number(b.kelurahan === kelurahan) - Number(a.kelurahan === kelurahan));
    },

    group: (id: string): Promise<Group | null> => orBusy(() => groups.findById(id).lean<Group>().exec()),

    /**
     * The group of this name in this kelurahan, made if there is none. With `another`, one of its own beside those of the
     * same name. The same for the same id, however often it is called.
     */
    async saveGroup(group: Omit<Group, 'twin' | 'leader'>, another: boolean): Promise<Group> {
      const mine = await orBusy(() => groups.findById(group._id).lean<Group>().exec());
      if (mine) return mine;
      for (let twin = 0; ; twin++) {
        try {
          const made = await orBusy(() => groups.create({ ...group, twin, leader: null }));
          return made.toObject();
        } catch (error) {
          if (!isDuplicate(error)) throw error;
          const { nameKey, kelurahan } = group;
          const there = await orBusy(() => groups.findOne({ nameKey, kelurahan, twin }).lean<Group>().exec());
          if (there && (!another || there._id === group._id)) return there;
        }
      }
    },

    /** Makes the person the leader where there is none yet. */
    async lead(group: string, person: string): Promise<void> {
      await orBusy(() => groups.updateOne({ _id: group, leader: null }, { $set: { leader: person } }).exec());
    },

    async saveConsent({ _id, ...consent }: Consent): Promise<void> {
      await orBusy(() => consents.updateOne({ _id }, { $setOnInsert: consent }, { upsert: true }).exec());
    },

    /** Corrects what is stored. The number, the standing and the consent stay. */
    async changePerson(id: string, change: Partial<Person>): Promise<Person | null> {
      return orBusy(() =>
        persons.findByIdAndUpdate(id, { $set: change }, { returnDocument: 'after' }).lean<Person>().exec(),
      );
    },

    /** The consents that a contact has given for nobody yet belong to this person from now on. */
    async bindConsents(contact: string, person: string): Promise<void> {
      await orBusy(() => consents.updateMany({ contact, person: null }, { $set: { person } }).exec());
    },

    consentsOf: (person: string): Promise<Consent[]> =>
      orBusy(() => consents.find({ person }).sort({ at: 1 }).limit(20).lean<Consent[]>().exec()),

    /** Takes back the consents for one purpose. */
    async withdrawConsents(person: string, purpose: string, at: Date): Promise<void> {
      const given = { person, purpose, withdrawnAt: null };
      await orBusy(() => consents.updateMany(given, { $set: { withdrawnAt: at } }).exec());
    },

    /** Removes a person and all that belongs to them; what is left says only that it was done. Harmless to repeat. */
    async erasePerson(person: string, erasure: Erasure): Promise<void> {
      await orBusy(() => erasures.updateOne({ _id: erasure._id }, { $setOnInsert: erasure }, { upsert: true }).exec());
      await orBusy(() => consents.deleteMany({ person }).exec());
      await orBusy(() => groups.updateMany({ leader: person }, { $set: { leader: null } }).exec());
      await orBusy(() => persons.deleteOne({ _id: person }).exec());
    },

    async forgetConsents(contact: string): Promise<void> {
      await orBusy(() => consents.deleteMany({ contact, person: null }).exec());
    },
  };
}

export type RegistrationStore = ReturnType<typeof createRegistrationStore>;

const isDuplicate = (error: unknown): boolean => error instanceof mongo.MongoServerError && error.code === 11000;
