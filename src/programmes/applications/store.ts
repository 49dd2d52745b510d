/** Applications, what is known of persons for rules, numbers of cards, and waiting lists, on MongoDB. */
import { mongo, type Connection } from 'mongoose';
import { orBusy } from '../../storage/transient.ts';
import { HISTORY_KEPT, openStates, type Application, type HistoryStep, type Paper, type PersonFacts } from './model.ts';
import type { Deadline } from './parts.ts';

/** The number of a person's card: sealed, found by a keyed hash, with what an officer should look at. */
export interface Identity {
  /** The person. */
  _id: string;
  sealed: string;
  digest: string;
  last4: string;
  odd: readonly string[];
  at: Date;
}

/** Waits until a programme opens again. */
export interface Waiting {
  /** "<programme>:<person>". */
  _id: string;
  programme: string;
  person: string;
  contact: string;
  channel: string;
  at: Date;
}

export const indexSpecs = [
  { collection: 'applications', name: 'number', key: { number: 1 as const }, unique: true },
  // One open application of a programme a person.
  {
    collection: 'applications',
    name: 'one_open',
    key: { programme: 1 as const, person: 1 as const },
    unique: true,
    partialFilterExpression: { open: true },
  },
  { collection: 'applications', name: 'person', key: { person: 1 as const, since: -1 as const } },
  {
    collection: 'applications',
    name: 'board',
    key: { open: 1 as const, programme: 1 as const, priority: -1 as const, since: 1 as const },
  },
  { collection: 'applications', name: 'closed', key: { open: 1 as const, since: -1 as const } },
  { collection: 'applications', name: 'due', key: { open: 1 as const, dueAt: 1 as const } },
  { collection: 'applications', name: 'notices', key: { 'notice.planned': 1 as const } },
  { collection: 'applications', name: 'contact', key: { contact: 1 as const } },
  { collection: 'applications', name: 'papers', key: { 'papers.file': 1 as const } },
  { collection: 'identities', name: 'digest', key: { digest: 1 as const } },
  { collection: 'waiting', name: 'programme', key: { programme: 1 as const, _id: 1 as const } },
  { collection: 'waiting', name: 'person', key: { person: 1 as const } },
  { collection: 'waiting', name: 'contact', key: { contact: 1 as const } },
];

/** Where a conversation's id stands; a merge of conversations moves it. */
export const contactReferences = [
  { collection: 'applications', field: 'contact' },
  { collection: 'waiting', field: 'contact', also: 'person' },
] as const;

const DUPLICATE_KEY = 11000;
const isDuplicate = (error: unknown): boolean =>
  error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;

/** How many numbers are tried for a free one; each try is another out of a million. */
const NUMBER_TRIES = 20;

/** Papers of one application. */
const PAPERS_KEPT = 30;

export interface BoardFilter {
  open: boolean;
  programme?: string;
}

export function createApplicationStore(connection: Connection) {
  const applications = connection.collection<Application>('applications');
  const facts = connection.collection<PersonFacts>('person_facts');
  const identities = connection.collection<Identity>('identities');
  const waiting = connection.collection<Waiting>('waiting');
  const rows = async <T>(cursor: { toArray(): Promise<unknown[]> }): Promise<T[]> =>
    (await orBusy(() => cursor.toArray())) as T[];

  return {
    find: (id: string): Promise<Application | null> => orBusy(() => applications.findOne({ _id: id })),

    /** The newest first: what *cek status* tells. */
    of: (person: string, limit: number): Promise<Application[]> =>
      rows(applications.find({ person }).sort({ since: -1 }).limit(limit)),

    openOf: (programme: string, person: string): Promise<Application | null> =>
      orBusy(() => applications.findOne({ programme, person, open: true })),

    /**
     * The same for the same id, however often it is called. Undefined where another one of this person is open in the
     * programme: claimed under a unique index.
     */
    async submit(
      application: Omit<Application, 'number'>,
      numbers: (attempt: number) => string,
    ): Promise<Application | undefined> {
      for (let attempt = 0; attempt < NUMBER_TRIES; attempt++) {
        try {
          await orBusy(() => applications.insertOne({ ...application, number: numbers(attempt) }));
        } catch (error) {
          if (!isDuplicate(error)) throw error;
        }
        const mine = await orBusy(() => applications.findOne({ _id: application._id }));
        if (mine) return mine;
        const { programme, person } = application;
        if (await orBusy(() => applications.findOne({ programme, person, open: true }))) return undefined;
      }
      throw new Error(`No free number was found in ${NUMBER_TRIES} tries`);
    },

    /** One step further, if nobody else has changed it meanwhile. Undefined: somebody has. */
    async step(
      id: string,
      revision: number,
      step: HistoryStep,
      set: Partial<Pick<Application, 'dueAt' | 'promised' | 'filled' | 'notice'>>,
    ): Promise<Application | undefined> {
      const changed = { state: step.state, open: openStates.includes(step.state), since: step.at, ...set };
      const update = {
        $set: changed,
        $inc: { revision: 1 },
        $push: { history: { $each: [step], $slice: -HISTORY_KEPT } },
      };
      try {
        const after = await orBusy(() =>
          applications.findOneAndUpdate({ _id: id, revision }, update as never, { returnDocument: 'after' }),
        );
        return after ?? undefined;
      } catch (error) {
        // Taken back while the person has made another one.
        if (isDuplicate(error)) return undefined;
        throw error;
      }
    },

    /** The consent for a programme was taken back: what was asked for in it ends. */
    async endOf(programme: string, person: string, at: Date): Promise<void> {
      const step: HistoryStep = { state: 'withdrawn', at, by: 'person', why: '', rules: [] };
      const update = {
        $set: { state: 'withdrawn', open: false, since: at, dueAt: null },
        $inc: { revision: 1 },
        $push: { history: { $each: [step], $slice: -HISTORY_KEPT } },
      };
      await orBusy(() => applications.updateOne({ programme, person, open: true }, update as never));
    },

    /**
     * A paper that came later; with it the office has its days again, and what waited for a paper is sent in anew. Undefined
     * where the application is at its end. Harmless to repeat.
     */
    async addPaper({ _id, state }: Application, paper: Paper, deadline: Deadline): Promise<Application | undefined> {
      const waited = state === 'needs';
      const step: HistoryStep = { state: 'submitted', at: paper.at, by: 'person', why: '', rules: [] };
      const update = {
        $push: {
          papers: { $each: [paper], $slice: -PAPERS_KEPT },
          ...(waited && { history: { $each: [step], $slice: -HISTORY_KEPT } }),
        },
        $inc: { revision: 1 },
        $set: { ...deadline, ...(waited && { state: 'submitted', since: paper.at }) },
      };
      await orBusy(() =>
        applications.updateOne({ _id, open: true, 'papers.file': { $ne: paper.file } }, update as never),
      );
      const after = await orBusy(() => applications.findOne({ _id, 'papers.file': paper.file }));
      return after ?? undefined;
    },

    /** What was lacking has been answered anew. Undefined where the office has decided meanwhile. */
    async again(
      { _id, revision }: Application,
      { answers, facts, judged, papers, history, since, dueAt, promised }: Omit<Application, 'number'>,
    ): Promise<Application | undefined> {
      const update = {
        $set: { answers, facts, judged, since, dueAt, promised, state: 'submitted' },
        $inc: { revision: 1 },
        $push: {
          papers: { $each: papers, $slice: -PAPERS_KEPT },
          history: { $each: history, $slice: -HISTORY_KEPT },
        },
      };
      const asked = { _id, revision, state: 'needs' } as const;
      const after = await orBusy(() =>
        applications.findOneAndUpdate(asked, update as never, { returnDocument: 'after' }),
      );
      return after ?? undefined;
    },

    /** The board: most urgent for the office first. */
    board: ({ open, programme }: BoardFilter, limit: number): Promise<Application[]> =>
      rows(
        applications
          .find({ open, ...(programme !== undefined && { programme }) } as never)
          .sort(open && programme !== undefined ? { priority: -1, since: 1 } : open ? { dueAt: 1 } : { since: -1 })
          .limit(limit),
      ),

    late: (now: number): Promise<number> =>
      orBusy(() => applications.countDocuments({ open: true, dueAt: { $lt: new Date(now) } }, { limit: 1_000 })),

    /** An application that this file is a paper of. */
    withPaper: (file: string): Promise<Application | null> =>
      orBusy(() => applications.findOne({ 'papers.file': file })),

    /** Applications whose person has to be told something. */
    noticed: (): Promise<Application[]> => rows(applications.find({ 'notice.planned': false }).limit(500)),
    async noticePlanned(id: string, number: number): Promise<void> {
      await orBusy(() =>
        applications.updateOne({ _id: id, 'notice.number': number }, { $set: { 'notice.planned': true } }),
      );
    },

    facts: (person: string): Promise<PersonFacts | null> => orBusy(() => facts.findOne({ _id: person })),
    async learn(
      person: string,
      values: Readonly<Record<string, string | number | boolean>>,
      by: string,
      at: Date,
      goal?: string,
    ): Promise<void> {
      const set = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [`facts.${name}`, { value, by, at }]),
      );
      if (goal === undefined && Object.keys(set).length === 0) return;
      await orBusy(() =>
        facts.updateOne(
          { _id: person },
          { $set: { ...set, ...(goal !== undefined && { goal }) } },
          {
            upsert: true,
          },
        ),
      );
    },

    identity: (person: string): Promise<Identity | null> => orBusy(() => identities.findOne({ _id: person })),
    async identify({ _id, ...identity }: Identity): Promise<void> {
      await orBusy(() => identities.updateOne({ _id }, { $set: identity }, { upsert: true }));
    },
    async forgetIdentity(person: string): Promise<void> {
      await orBusy(() => identities.deleteOne({ _id: person }));
    },
    /** Others who gave the same number; two at most are told. */
    sameIdentity: (digest: string, person: string): Promise<Identity[]> =>
      rows(identities.find({ digest, _id: { $ne: person } }).limit(2)),

    async wait({ _id, ...entry }: Waiting): Promise<void> {
      await orBusy(() => waiting.updateOne({ _id }, { $setOnInsert: entry }, { upsert: true }));
    },
    waitingFor: (programme: string, after: string, limit: number): Promise<Waiting[]> =>
      rows(
        waiting
          .find({ programme, _id: { $gt: after } })
          .sort({ _id: 1 })
          .limit(limit),
      ),
    async waitNoMore(id: string): Promise<void> {
      await orBusy(() => waiting.deleteOne({ _id: id }));
    },
    waitingCounts: async (): Promise<ReadonlyMap<string, number>> => {
      const grouped = waiting.aggregate([
        { $match: { programme: { $gt: '' } } },
        { $group: { _id: '$programme', count: { $sum: 1 } } },
      ]);
      const found = await rows<{ _id: string; count: number }>(grouped);
      return new Map(found.map(({ _id, count }) => [_id, count]));
    },

    /**
     * What is kept of a person who has their data erased: of an application that the office decided its number, steps and
     * day stay, since the office has to account for them; nothing of whom.
     */
    async forget(person: string): Promise<readonly string[]> {
      const all = await rows<Application>(applications.find({ person }).limit(500));
      const papers = all.flatMap((one) => one.papers.map(({ file }) => file));
      await orBusy(() => facts.deleteOne({ _id: person }));
      await orBusy(() => identities.deleteOne({ _id: person }));
      await orBusy(() => waiting.deleteMany({ person }));
      await orBusy(() => applications.deleteMany({ person, state: { $in: openStates } }));
      const bare = { person: '', name: '', contact: '', answers: {}, facts: {}, papers: [], filled: {}, notice: null };
      await orBusy(() => applications.updateMany({ person }, { $set: bare }));
      return papers;
    },
  };
}

export type ApplicationStore = ReturnType<typeof createApplicationStore>;
