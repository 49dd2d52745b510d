/** Accounts as a service: invited by a link, signed in by a password that is kept as Argon2id, away, gone. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Clock } from '../../shared/clock.ts';
import { DAY } from '../../shared/clock.ts';
import type { Role } from './roles.ts';
import type { Account, AccountStore, Link } from './store.ts';

/** A link by which somebody begins is good for so long, in milliseconds. */
const LINK_LIFE = 3 * DAY;

/** NIST SP 800-63B: length counts, not signs; and an upper bound, since hashing costs. */
export const PASSWORD_SHORTEST = 10;
export const PASSWORD_LONGEST = 200;

export interface NewAccount {
  login: string;
  name: string;
  role: Role;
  kelurahan: string | null;
}

export type Accounts = ReturnType<typeof createAccounts>;

export function createAccounts(store: AccountStore, clock: Clock) {
  /** What stands in the address; only its hash is stored. */
  async function makeLink(kind: Link['kind'], account: string | null): Promise<string> {
    const token = randomBytes(24).toString('base64url');
    await store.addLink({ _id: idOf(token), kind, account, expiresAt: new Date(clock.now() + LINK_LIFE) });
    return token;
  }

  /** A hash of nothing anybody knows: an unknown login takes as long as a wrong password. */
  const nobody = hash(randomBytes(24).toString('hex'));

  return {
    store,
    makeLink,

    /** The link that makes the first administrator; undefined when somebody is there already. */
    async first(): Promise<string | undefined> {
      return (await store.some()) ? undefined : makeLink('first', null);
    },

    link: (token: string): Promise<Link | null> => store.link(idOf(token), clock.now()),

    /** The account that signs in, or undefined. Takes as long whether the login exists or not. */
    async signIn(login: string, password: string): Promise<Account | undefined> {
      const account = await store.byLogin(login);
      const right = await verify(account?.hash ?? (await nobody), password);
      return right && account?.active && account.hash !== null ? account : undefined;
    },

    verifies: async (account: Account, password: string): Promise<boolean> =>
      account.hash !== null && verify(account.hash, password),

    /** A new account and its invitation; undefined when the login is taken. */
    async invite(account: NewAccount): Promise<{ account: Account; token: string } | undefined> {
      const made = newAccount(account, clock.now());
      if (!(await store.add(made))) return undefined;
      return { account: made, token: await makeLink('invitation', made._id) };
    },

    /** Uses up a link that leads to an account: the password is set, older sessions are over. */
    async takeUp(token: string, password: string): Promise<Account | undefined> {
      const found = await store.link(idOf(token), clock.now());
      if (!found || found.kind === 'first' || found.account === null) return undefined;
      const set = { hash: await hash(password), sessionsFrom: clock.now() };
      const link = await store.takeLink(idOf(token), clock.now());
      if (!link?.account) return undefined;
      await store.change(link.account, set);
      return (await store.find(link.account)) ?? undefined;
    },

    /** Uses up the first link. Undefined when it is worthless, or somebody was quicker. */
    async makeFirst(token: string, { login, name, password }: { login: string; name: string; password: string }) {
      if ((await store.link(idOf(token), clock.now()))?.kind !== 'first' || (await store.some())) return undefined;
      const made = newAccount({ login, name, role: 'administrator', kelurahan: null }, clock.now());
      const account = { ...made, hash: await hash(password) };
      if (!(await store.takeLink(idOf(token), clock.now()))) return undefined;
      return (await store.add(account)) ? account : undefined;
    },

    async setPassword(id: string, password: string): Promise<number> {
      const sessionsFrom = clock.now();
      await store.change(id, { hash: await hash(password), sessionsFrom });
      return sessionsFrom;
    },
  };
}

const newAccount = (account: NewAccount, now: number): Account => ({
  ...account,
  ...{ _id: randomUUID().slice(0, 13), hash: null, active: true, language: 'id', leave: null },
  ...{ sessionsFrom: now, createdAt: new Date(now) },
});

const idOf = (token: string): string => createHash('sha256').update(token).digest('hex');
