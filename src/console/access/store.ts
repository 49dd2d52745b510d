/** Accounts, and the one-time links by which they begin, on MongoDB. */
import { mongo, type Connection } from 'mongoose';
import { MINUTE } from '../../shared/clock.ts';
import type { IndexSpec } from '../../storage/models/index.ts';
import { orBusy } from '../../storage/transient.ts';
import type { Role } from './roles.ts';

/** How a member of staff signs in. */
export interface Account {
  _id: string;
  /** What is typed to sign in, in small letters: "rina". */
  login: string;
  /** As craftsmen are told it: "Ibu Rina". */
  name: string;
  role: Role;
  /** For a kader: the official code. */
  kelurahan: string | null;
  /** Argon2id; null until the invitation was taken up. */
  hash: string | null;
  active: boolean;
  language: 'id' | 'en';
  /** Away until then (milliseconds since the epoch); new cases go to the delegate. */
  leave: { until: number; delegate: string } | null;
  /** Sessions that began before are over: the password or the role was changed since. Milliseconds since the epoch. */
  sessionsFrom: number;
  createdAt: Date;
}

/** `first` makes the administrator; the others set a password for an account that is there. */
export interface Link {
  /** SHA-256 of what stands in the address: who reads the database cannot use it. */
  _id: string;
  kind: 'first' | 'invitation' | 'password';
  account: string | null;
  expiresAt: Date;
}

export const indexSpecs: readonly IndexSpec[] = [
  { collection: 'accounts', name: 'login', key: { login: 1 }, unique: true },
  { collection: 'account_links', name: 'expiry', key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  { collection: 'account_links', name: 'account', key: { account: 1 } },
];

/** More than one office has. */
const MOST = 500;

const isDuplicate = (error: unknown): boolean => error instanceof mongo.MongoServerError && error.code === 11000;

/** Accounts are read anew every other second (see `compose.ts`); where nothing wakes, after this time. Milliseconds. */
const FRESH = MINUTE;

export function createAccountStore(connection: Connection) {
  let known: { at: number; accounts: Promise<ReadonlyMap<string, Account>> } | undefined;
  const accounts = connection.collection<Account>('accounts');
  const links = connection.collection<Link>('account_links');
  return {
    find: (id: string): Promise<Account | null> => orBusy(() => accounts.findOne({ _id: id })),
    byLogin: (login: string): Promise<Account | null> => orBusy(() => accounts.findOne({ login })),
    /** Reads all of them anew, so that what another process changed takes hold here. */
    async refresh(): Promise<void> {
      known = undefined;
      await this.recent();
    },
    /** All of them by id, a moment old at most; what this process changes is seen at once. */
    recent(): Promise<ReadonlyMap<string, Account>> {
      const at = performance.now();
      if (!known || at - known.at > FRESH) {
        const found = accounts
          .find({ _id: { $gte: '' } })
          .limit(MOST)
          .toArray();
        const reading = orBusy(() => found).then((all) => new Map(all.map((account) => [account._id, account])));
        known = { at, accounts: reading };
        // What could not be read is asked again.
        reading.catch(() => (known = undefined));
      }
      return known.accounts;
    },
    all: (): Promise<Account[]> =>
      orBusy(() =>
        accounts
          .find({ login: { $gte: '' } })
          .sort({ login: 1 })
          .limit(MOST)
          .toArray(),
      ),
    some: async (): Promise<boolean> => (await orBusy(() => accounts.findOne({ active: true }))) !== null,

    /** False: the login is taken. */
    async add(account: Account): Promise<boolean> {
      try {
        known = undefined;
        await orBusy(() => accounts.insertOne(account));
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },

    async change(id: string, set: Partial<Omit<Account, '_id'>>): Promise<void> {
      await orBusy(() => accounts.updateOne({ _id: id }, { $set: set }));
      known = undefined;
    },

    async addLink(link: Link): Promise<void> {
      // One link an account and kind: a new one makes the older worthless.
      await orBusy(() => links.deleteMany({ account: link.account, kind: link.kind }));
      await orBusy(() => links.insertOne(link));
    },
    link: (id: string, now: number): Promise<Link | null> =>
      orBusy(() => links.findOne({ _id: id, expiresAt: { $gt: new Date(now) } })),
    /** Whoever takes it first has it. */
    takeLink: (id: string, now: number): Promise<Link | null> =>
      orBusy(() => links.findOneAndDelete({ _id: id, expiresAt: { $gt: new Date(now) } })),
  };
}

export type AccountStore = ReturnType<typeof createAccountStore>;
