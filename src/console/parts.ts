/** What the pages of the console work with: the services of the product, and stores of their own. */
import type { Connection } from 'mongoose';
import type { Channel } from '../channels/channel.ts';
import type { Content } from '../content/library.ts';
import type { Conversations } from '../conversation/conversations.ts';
import type { ProductParts } from '../parts.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Access } from './access/index.tsx';
import type { Accounts } from './access/accounts.ts';
import type { Account } from './access/store.ts';
import type { Audit } from './audit/store.ts';
import type { InboxStore } from './inbox/store.ts';
import type { PeopleStore } from './people/store.ts';
import type { Live } from './shell/live.ts';

/** What the console is given by the product. */
export interface Surroundings {
  connection: Connection;
  clock: Clock;
  log: Log;
  content: Content;
  conversations: Pick<Conversations, 'act'>;
  product: ProductParts;
  channels: readonly Channel[];
  /** People are served: examples do not count. */
  production: boolean;
  /** How the database runs: the embedded one is for trials and small pilots. */
  database: {
    embedded: boolean;
    serverVersion: string;
    /** Names of keys of the vault that are not at hand: what they sealed cannot be read. */
    otherKeys: readonly string[];
  };
}

/** That, and what the console has of its own. */
export interface ConsoleParts extends Surroundings {
  accounts: Accounts;
  access: Access;
  audit: Audit;
  inbox: InboxStore;
  people: PeopleStore;
  live: Live;
  /** All accounts by id; a moment old at most. */
  staff(): Promise<ReadonlyMap<string, Account>>;
}
