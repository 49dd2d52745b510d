/** The composition root: builds every part and joins them. Used by main and by tests; nothing else imports it. */
import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createConnection } from 'mongoose';
import type { Channel } from './channels/channel.ts';
import { createSimulator } from './channels/simulator/index.ts';
import { indexSpecs as simulatorIndexes } from './channels/simulator/store.ts';
import type { ChannelName, Config } from './config.ts';
import { loadContent, type Content } from './content/library.ts';
import { mainLanguage } from './content/locales.ts';
import { dayInWords, officeAt, timeInWords } from './content/office-hours.ts';
import { createTexts } from './content/texts.ts';
import { Conversations } from './conversation/conversations.ts';
import { close, createApp, listen } from './http/server.ts';
import { actionsOf } from './programmes/programme.ts';
import { createRegistration } from './programmes/registration/index.ts';
import { createRegistrationStore, indexSpecs as registrationIndexes } from './programmes/registration/store.ts';
import { shared } from './programmes/shared/index.ts';
import { startScheduler } from './scheduler/index.ts';
import { MINUTE, ShiftableClock, systemClock, type Clock } from './shared/clock.ts';
import type { Log } from './shared/log.ts';
import { createCaseStore } from './storage/case-store.ts';
import type { Database } from './storage/connect.ts';
import { createConversationStore } from './storage/conversation-store.ts';
import { createFlowVersions } from './storage/flow-versions.ts';
import { ensureIndexes } from './storage/indexes.ts';
import { createModels, indexSpecs as coreIndexes } from './storage/models/index.ts';
import { ensureSchemaVersion } from './storage/schema-version.ts';

export interface Parts {
  config: Pick<Config, 'CHANNELS' | 'HOST' | 'PORT' | 'NODE_ENV'>;
  database: Database;
  log: Log;
  clock?: Clock;
  folders?: { flows: string; locales: string };
  /** Stands where a channel would be: tests of the turn bring their own. */
  channels?: readonly Channel[];
  /** See `RESEND_AFTER`; tests of the delivery promise do not wait a minute. */
  resendAfter?: number;
}

export interface Product {
  conversations: Conversations;
  content: Content;
  /** Where the pages are: "http://127.0.0.1:3000". */
  address: string;
  stop(): Promise<void>;
}

/** Every index that must stand before the first message. */
export const allIndexes = [...coreIndexes, ...registrationIndexes, ...simulatorIndexes];

const defaultFolders = { flows: 'flows', locales: 'locales' };

/**
 * Flows and texts as they are, checked, with no database: for the lint and for drawings.
 * @throws StartError naming file, line and remedy.
 */
export function readContent(folders = defaultFolders): Content {
  const store = createRegistrationStore(createConnection());
  const actions = actionsOf([shared, createRegistration({ store, textVersion: () => '', timeZone: () => 'UTC' })]);
  const versions = { save: () => Promise.resolve(), find: () => Promise.resolve(undefined) };
  return loadContent(folders, (name) => actions.get(name), versions);
}

/**
 * Starts everything. When it resolves, messages are taken in.
 * @throws StartError naming what is wrong and what to do; then nothing is left running.
 */
export async function compose(parts: Parts): Promise<Product> {
  const { config, database, log } = parts;
  // Where one tries things out, one may look at what a month brings; where people are served, time is time.
  const movable = config.CHANNELS.includes('simulator') && config.NODE_ENV !== 'production';
  const clock = parts.clock ?? (movable ? new ShiftableClock() : systemClock);
  const folders = parts.folders ?? defaultFolders;
  const { connection } = database;
  const models = createModels(connection);
  const versions = createFlowVersions(models);
  // Files are read before anything is written, so that a broken one changes nothing.
  const store = createRegistrationStore(connection);
  const programmes = [
    shared,
    createRegistration({ store, textVersion: () => consentVersion(content), timeZone: () => content.office.timeZone }),
  ];
  const actions = actionsOf(programmes);
  const content: Content = loadContent(folders, (name) => actions.get(name), versions);
  await ensureSchemaVersion(connection);
  await ensureIndexes(connection, allIndexes);
  await versions.save(content.flows.sources);

  const channels = parts.channels ?? config.CHANNELS.map((name) => makeChannel[name]({ connection, log, clock }));
  const texts = createTexts(content);
  const conversations = new Conversations({
    store: createConversationStore(models),
    deciding: {
      routes: { library: content.library, home: content.home, keywords: content.keywords, intents: content.intents },
      prepare: content.prepare,
      actions,
      cases: createCaseStore(models),
      words: texts,
      extra: officeWords(content),
    },
    channels,
    clock,
    log,
    identity: { id: randomUUID().slice(0, 13), host: hostname(), pid: process.pid, isAlive },
    mainLanguage,
    ...(parts.resendAfter !== undefined && { resendAfter: parts.resendAfter }),
  });
  const server = await serve(parts, channels);
  try {
    await conversations.start();
  } catch (error) {
    await close(server);
    throw error;
  }
  const stopScheduler = startScheduler(
    [{ name: 'take up what dead workers left', when: '*/10 * * * * *', run: () => conversations.takeUp() }],
    content.office.timeZone,
    log,
  );
  const { port } = server.address() as AddressInfo;
  return {
    conversations,
    content,
    address: `http://${config.HOST}:${port}`,
    async stop() {
      await stopScheduler();
      await conversations.stop();
      await close(server);
    },
  };
}

const makeChannel: Record<ChannelName, (parts: Parameters<typeof createSimulator>[0]) => Channel> = {
  simulator: createSimulator,
};

function serve({ config, database, log }: Parts, channels: readonly Channel[]): Promise<Server> {
  const app = createApp({
    routes: channels.flatMap(({ routes }) => routes ?? []),
    health: async () => {
      await database.connection.db?.command({ ping: 1 });
    },
    log,
    secure: config.NODE_ENV === 'production',
  });
  return listen(app, config.HOST, config.PORT);
}

/** Values that every text may use: when the office is open, in words. Looked up once a minute, since it is asked each turn. */
function officeWords({ office, locales }: Content): (now: number, language: string) => Record<string, string> {
  const known = new Map<string, Record<string, string>>();
  let minute = 0;
  return (now, language) => {
    if (Math.floor(now / MINUTE) !== minute) known.clear();
    minute = Math.floor(now / MINUTE);
    let words = known.get(language);
    if (!words) {
      const { open, until } = officeAt(office, now);
      const values = { time: timeInWords(until), day: dayInWords(until, now) };
      words = { office_when: locales.text(language, 'shared', open ? 'office.open' : 'office.closed', values) };
      known.set(language, words);
    }
    return words;
  };
}

/** A hash of the consent's wording, so that it can be shown later what was agreed to. */
function consentVersion({ locales }: Content): string {
  const keys = locales.keys(mainLanguage, 'registration').filter((key) => /^register\.(consent|full)/.test(key));
  const texts = keys.map((key) => locales.text(mainLanguage, 'registration', key, {}));
  return createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 16);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
