/** The composition root: builds every part and joins them. Used by main and by tests; nothing else imports it. */
import { randomInt, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createConnection } from 'mongoose';
import type { RequestHandler } from 'express';
import type { Channel } from './channels/channel.ts';
import { servesPeople, type Config } from './config.ts';
import { allIndexes, contactReferences } from './collections.ts';
import { loadContent, type Content } from './content/library.ts';
import { createConsole, type Console } from './console/index.tsx';
import { mainLanguage } from './content/locales.ts';
import { afterOpenMinutes, takeoverEnd } from './content/office-hours.ts';
import { officeWords } from './content/office-words.ts';
import { createTexts } from './content/texts.ts';
import { Conversations } from './conversation/conversations.ts';
import { FORGOTTEN, wholeFile } from './conversation/hidden.ts';
import { isHere } from './shared/hosts.ts';
import { serve } from './http/server.ts';
import { createBroadcastSending } from './outreach/broadcasts/sending.ts';
import { createOutreach, noteReceipts, type DeliveryKind, type Outreach } from './outreach/index.ts';
import { makeChannels } from './make-channels.ts';
import { createParts, type ProductParts } from './parts.ts';
import { appointmentKind } from './programmes/appointments/telling.ts';
import { toldKinds as applicationKinds } from './programmes/applications/telling.ts';
import { toldKinds } from './programmes/events/telling.ts';
import { actionsOf } from './programmes/programme.ts';
import { allowsMessages } from './programmes/registration/people.ts';
import { startScheduler } from './scheduler/index.ts';
import { ShiftableClock, systemClock, type Clock } from './shared/clock.ts';
import type { Log } from './shared/log.ts';
import { isAlive } from './shared/process.ts';
import { createCaseStore } from './storage/case-store.ts';
import type { Database } from './storage/connect.ts';
import { createConversationStore } from './storage/conversation-store.ts';
import { createFlowVersions } from './storage/flow-versions.ts';
import { ensureIndexes } from './storage/indexes.ts';
import { createModels } from './storage/models/index.ts';
import { ensureSchemaVersion } from './storage/schema-version.ts';
import { noteVaultKey } from './storage/vault-key.ts';
import { createVault, KEY_BYTES } from './storage/vault.ts';

export interface Parts {
  config: Pick<Config, 'CHANNELS' | 'HOST' | 'PORT' | 'NODE_ENV'> & Partial<Config>;
  database: Database;
  log: Log;
  clock?: Clock;
  folders?: { flows: string; locales: string };
  /** Stands where a channel would be: tests of the turn bring their own. */
  channels?: readonly Channel[];
  /** See `RESEND_AFTER`; tests of the delivery promise do not wait a minute. */
  resendAfter?: number;
  /** See `LEASE` of the sender. */
  lease?: number;
  /** See `SEND_LIMIT` of the sender. */
  sendLimit?: number;
  /** False: nothing wakes by itself; a test with a clock of its own says when. */
  jobs?: boolean;
  /** Chance, from 0 to 1; tests bring one that repeats. */
  chance?: () => number;
}

export interface Product {
  conversations: Conversations;
  outreach: Outreach;
  parts: ProductParts;
  content: Content;
  console: Console;
  /** Everything that answers over the web, for those who want to know all of it. */
  handlers: readonly RequestHandler[];
  /** Where the pages are: "http://127.0.0.1:3000". */
  address: string;
  /** An error that nobody awaited: whether it is a channel's, which then mends itself. */
  absorbs(error: unknown): boolean;
  stop(): Promise<void>;
}

const defaultFolders = { flows: 'flows', locales: 'locales' };

/**
 * Flows and texts as they are, checked, with no database: for the lint and for drawings.
 * @throws StartError naming file, line and remedy.
 */
export function readContent(folders = defaultFolders): Content {
  // Only the names of the actions are looked at; none of them runs.
  const nowhere = { connection: createConnection(), vault: createVault(Buffer.alloc(KEY_BYTES)) };
  const parts = createParts(nowhere, () => content);
  const actions = actionsOf(parts.programmes);
  const versions = { save: () => Promise.resolve(), find: () => Promise.resolve(undefined) };
  const content: Content = loadContent(folders, (name) => actions.get(name), versions);
  for (const programme of parts.programmes) programme.prepare?.();
  return content;
}

/**
 * Starts everything. When it resolves, messages are taken in.
 * @throws StartError naming what is wrong and what to do; then nothing is left running.
 */
export async function compose(parts: Parts): Promise<Product> {
  const { config, database, log } = parts;
  const production = config.NODE_ENV === 'production';
  const serving = servesPeople(config);
  // Where one tries things out, one may look at what a month brings; where people are served, time is time.
  const movable = config.CHANNELS.includes('simulator') && !serving;
  const clock = parts.clock ?? (movable ? new ShiftableClock() : systemClock);
  const folders = parts.folders ?? defaultFolders;
  const { connection } = database;
  const models = createModels(connection);
  const versions = createFlowVersions(models);
  // Files are read before anything is written, so that a broken one changes nothing.
  const joined = createParts(database, () => content, serving ? ['simulator'] : []);
  const actions = actionsOf(joined.programmes);
  const content: Content = loadContent(folders, (name) => actions.get(name), versions);
  for (const programme of joined.programmes) programme.prepare?.();
  await ensureSchemaVersion(connection);
  await ensureIndexes(connection, allIndexes);
  if (config.CHANNELS.includes('simulator')) await joined.broadcastStore.refuseBarred();
  await versions.save(content.flows.sources);
  const keys = await noteVaultKey(connection, database.vault, new Date(clock.now()));
  if (keys.other.length > 0)
    log.error({ ...keys }, 'some numbers and photos were sealed with another key of the vault; put that key back');

  // Open to who tries things out on this machine; else the staff's door, which is built after the channels that it shows.
  const entrance: RequestHandler = (request, response, next) =>
    !serving && isHere(request) ? next() : desk.simulatorEntrance(request, response, next);
  const channels =
    parts.channels ??
    (await makeChannels({ ...parts, chance: parts.chance ?? random, clock, flows: folders.flows, entrance }));
  const texts = createTexts(content);
  const cases = createCaseStore(models, (kind, at) => {
    const { urgent, urgentMinutes, dueMinutes } = content.office.cases;
    return afterOpenMinutes(content.office, at, urgent.includes(kind) ? urgentMinutes : dueMinutes);
  });
  const identity = { id: randomUUID().slice(0, 13), host: hostname(), pid: process.pid, isAlive };
  const store = createConversationStore(models, contactReferences);
  const { vault } = database;
  const conversations = new Conversations({
    store,
    deciding: {
      routes: {
        library: content.library,
        home: content.home,
        keywords: content.keywords,
        exact: content.exact,
        intents: content.intents,
      },
      prepare: content.prepare,
      stopped: (programme) => content.states.stopped(programme),
      actions,
      cases,
      words: texts,
      secrets: {
        seal: (text, purpose) => vault.seal(text, purpose),
        open: (sealed, purpose) => vault.open(sealed, purpose),
        keep: (text) => joined.files.save({ ...wholeFile, bytes: Buffer.from(text, 'utf8') }, { personal: true }),
        forget: (message) => store.reword(message, FORGOTTEN),
      },
      extra: officeWords(content, production),
    },
    channels,
    clock,
    log,
    identity,
    mainLanguage,
    ...(parts.resendAfter !== undefined && { resendAfter: parts.resendAfter }),
    takeoverUntil: (now) => takeoverEnd(content.office, now),
    receipts: (ids, state) => void noteReceipts(joined.ledger, ids, state, clock.now(), log),
  });
  const outreach = outreachOf(parts, joined, { content, conversations, channels, clock, cases, worker: identity.id });
  const desk = createConsole({
    ...{ connection, clock, log, content, conversations, product: joined, channels },
    database: { embedded: database.embedded, serverVersion: database.serverVersion, otherKeys: keys.other },
    ...{ production, secure: production, secret: config.SESSION_SECRET },
  });
  await desk.refresh();
  const handlers = [...channels.flatMap(({ routes }) => routes ?? []), desk.handler];
  const web = await serve({
    routes: handlers,
    health: async () => {
      await connection.db?.command({ ping: 1 });
    },
    ...{ log, secure: production, publicUrl: config.PUBLIC_URL, host: config.HOST, port: config.PORT },
  });
  try {
    await conversations.start();
  } catch (error) {
    await desk.stop();
    await web.close();
    throw error;
  }
  const jobs = [
    { name: 'take up what dead workers left', when: '*/10 * * * * *', run: () => conversations.takeUp() },
    { name: 'give back chats', when: '*/10 * * * * *', run: () => conversations.giveBack() },
    { name: 'find what is due', when: '*/10 * * * * *', run: () => outreach.plan() },
    { name: 'escalate', when: '0 * * * * *', run: () => desk.escalate() },
    { name: 'read what staff changed', when: '*/2 * * * * *', run: () => desk.refresh() },
    { name: 'send what is due', when: '* * * * * *', run: () => outreach.send() },
  ];
  const stopScheduler = startScheduler(parts.jobs === false ? [] : jobs, content.office.timeZone, log);
  return {
    conversations,
    outreach,
    parts: joined,
    content,
    console: desk,
    handlers,
    address: web.address,
    absorbs: (error) => channels.some((channel) => channel.absorbs?.(error) ?? false),
    async stop() {
      await stopScheduler();
      await conversations.stop();
      await desk.stop();
      await web.close();
    },
  };
}

/** Only for the jitter between two messages; from 0 to 1. */
const random = (): number => randomInt(2 ** 32) / 2 ** 32;

interface Around {
  content: Content;
  conversations: Conversations;
  channels: readonly Channel[];
  clock: Clock;
  cases: ReturnType<typeof createCaseStore>;
  worker: string;
}

function outreachOf(
  { database, log, lease, sendLimit, chance = random }: Parts,
  joined: ProductParts,
  { content, conversations, channels, clock, cases, worker }: Around,
): Outreach {
  const { connection } = database;
  const { ledger, quiet, planning, telling, enrolments, events, registration, recipients, person } = joined;
  const broadcasting = createBroadcastSending({
    ...{ store: joined.broadcastStore, service: joined.broadcasts, ledger, recipients, person, cases, clock, log },
    settings: content.outreach,
  });
  return createOutreach({
    ...{ connection, ledger, cases, channels, clock, log, worker, chance },
    settings: content.outreach,
    timeZone: content.office.timeZone,
    quiet: quiet(),
    reach: conversations.reach,
    consents: { allows: (persons) => allowsMessages(registration, persons) },
    watch: broadcasting.watch,
    kinds: [
      ...toldKinds.map(({ kind, owed }): DeliveryKind => ({
        ...{ kind, owed },
        look: (delivery, { persons }, now) => telling(kind, delivery, persons, now),
      })),
      ...applicationKinds.map(({ kind, owed }): DeliveryKind => ({
        ...{ kind, owed },
        look: (delivery, { persons, language }) =>
          joined.applications.telling.look(kind, delivery, language, persons.length > 1),
      })),
      {
        ...appointmentKind,
        look: (delivery, _conversation, now) => joined.appointments.telling.look(delivery, now),
      },
      broadcasting.kind,
    ],
    planners: [
      { name: 'freed places', plan: (now) => freePlaces(enrolments, events, now) },
      broadcasting.planner,
      { name: 'events', plan: (now) => planning.plan(now) },
      { name: 'appointments', plan: (now) => joined.appointments.telling.plan(now) },
      { name: 'applications', plan: (now) => joined.applications.telling.plan(now) },
    ],
    ...(lease !== undefined && { lease }),
    ...(sendLimit !== undefined && { sendLimit }),
  });
}

/** Offers that ran out go on to the next, and a place that a crash left free is found. */
async function freePlaces(
  enrolments: ProductParts['enrolments'],
  events: ProductParts['events'],
  now: number,
): Promise<void> {
  await enrolments.lapseAll(now);
  for (const event of await events.open(now)) await enrolments.moveUp(event, now);
}
