/** The channel in a real browser on the stub of WhatsApp Web: what a test starts, and what it sees of it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Channel, ChannelEvents, IncomingMessage } from '../../src/channels/channel.ts';
import { createWhatsAppWeb, type WhatsAppParts } from '../../src/channels/whatsapp-web/index.ts';
import type { Timing } from '../../src/channels/whatsapp-web/machine.ts';
import type { WhatsAppSettings } from '../../src/channels/whatsapp-web/settings.ts';
import { createWhatsAppStore } from '../../src/channels/whatsapp-web/store.ts';
import { loadWhatsAppSettings } from '../../src/make-channels.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { until } from '../../src/shared/limit.ts';
import { createLog } from '../../src/shared/log.ts';
import { chromiumProgram } from '../browser/chromium.ts';
import { testDatabase } from '../support/test-database.ts';
import { WhatsAppServer, type Behaviour } from './server.ts';
import { stubVersion, writeStub } from './stub/build.ts';

/** Invented persons. */
export const ANA = '15550100001@c.us';
export const ANA_LID = '900000000000001@lid';
export const BEN = '15550100002@c.us';
export const CAI_LID = '900000000000003@lid';

/** As fast as a test wants it; the order of the spans is that of the real ones. */
export const quick: Timing = {
  start: 20_000,
  ready: 4_000,
  pairing: 3_000,
  probeEvery: 300,
  probe: 1_500,
  rest: 100,
  longestRest: 400,
  steady: 1_000,
  conflict: 200,
  send: 1_500,
  ack: 600,
  settle: 40,
  missedEvery: 600,
  unreadable: 700,
};

const shipped = loadWhatsAppSettings('flows');

/** The shipped settings without the pauses of a person. */
export const hasty: WhatsAppSettings = {
  ...shipped,
  pace: { typing: { perLetter: 0, least: 0, most: 0 }, gap: { least: 0, most: 0 } },
};

export interface Options {
  timing?: Partial<Timing>;
  settings?: Partial<WhatsAppSettings>;
  parts?: Partial<WhatsAppParts>;
  /** How the server behaves from the beginning. */
  behaviour?: Partial<Behaviour>;
  /** The number is not linked yet. */
  unpaired?: boolean;
}

export type Fixture = Awaited<ReturnType<typeof whatsAppFixture>>;

/** A server, a database and a folder; channels are made on them. Everything is removed by `stop`. */
export async function whatsAppFixture({ timing, settings, parts, behaviour, unpaired = false }: Options = {}) {
  const server = await WhatsAppServer.start(behaviour);
  if (unpaired) server.device = undefined;
  const folder = mkdtempSync(join(tmpdir(), 'kawan-whatsapp-'));
  writeStub(folder, server.address);
  const database = await testDatabase();
  const shown: string[] = [];
  const chromium = { CHROMIUM_BIN: await chromiumProgram(), PATH: '' };
  const made: Channel[] = [];
  const make = (more: Partial<WhatsAppParts> = {}): Channel => {
    const channel = createWhatsAppWeb({
      ...{ connection: database.connection, log: createLog(process.env['TEST_LOG'] ?? 'silent'), clock: systemClock },
      ...{ settings: { ...hasty, ...settings }, folder, chromium, chance: () => 0.5 },
      ...{ standIn: { folder, version: stubVersion }, timing: { ...quick, ...timing } },
      show: (text) => void shown.push(text),
      ...parts,
      ...more,
    });
    made.push(channel);
    return channel;
  };
  return {
    server,
    database,
    folder,
    shown,
    make,
    store: createWhatsAppStore(database.connection),
    async stop() {
      for (const channel of made) await channel.stop();
      await server.stop();
      await database.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** One connected channel for all tests of a file; each test finds the server as new, and speaks as persons of its own. */
export function connectedTests(options: Options = {}) {
  const given = {} as { fixture: Fixture; channel: Channel; heard: Heard; server: WhatsAppServer };
  beforeAll(async () => {
    const fixture = await whatsAppFixture(options);
    const channel = fixture.make();
    const heard = new Heard();
    await channel.start(heard);
    await until(() => channel.isConnected(), 20_000, 'connecting');
    Object.assign(given, { fixture, channel, heard, server: fixture.server });
  });
  beforeEach(() => {
    given.server.reset();
    given.heard.forget();
  });
  afterEach(() => expect(given.server.faults).toEqual([]));
  afterAll(() => given.fixture.stop());
  return given;
}

let persons = 0;

/** An invented person nobody has spoken as yet. */
export const somebody = (): string => `1555020${String(++persons).padStart(4, '0')}@c.us`;

/** Resolves when everything that was sent to the channel before has gone through it. */
export async function allThrough({ server, heard }: { server: WhatsAppServer; heard: Heard }): Promise<void> {
  const marker = server.incoming(somebody(), { body: 'the last of all' });
  await until(() => heard.received.some(({ externalId }) => externalId === marker), 5_000, 'the last message');
}

/** The process of the browser on a folder. */
export function browserOf(folder: string): number | undefined {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (line.includes(`--user-data-dir=${folder}`) && !line.includes('--type=')) return Number(pid);
    } catch (error) {
      // It ended in this moment.
      if (!/ENOENT|ESRCH/.test(String(error))) throw error;
    }
  }
  return undefined;
}

/** Crashes the page, as a lack of memory does; the browser lives on. */
export async function crashPage(folder: string): Promise<void> {
  const [port] = readFileSync(join(folder, 'whatsapp', 'session', 'DevToolsActivePort'), 'utf8').split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = browser.contexts()[0]?.pages()[0];
  if (!page) throw new Error('There is no page to crash');
  const session = await browser.contexts()[0]?.newCDPSession(page);
  // The page cannot answer any more.
  session?.send('Page.crash').catch(() => undefined);
  await page.waitForEvent('crash');
  await browser.close();
}

/** What a channel told, as lists. */
export class Heard implements ChannelEvents {
  readonly received: IncomingMessage[] = [];
  readonly confirmed: string[] = [];
  readonly receipts: [string, string][] = [];
  readonly takenOverAt: string[] = [];
  readonly alerts: string[] = [];
  connections = 0;
  /** What `receive` does; a test may make it fail. */
  store: (message: IncomingMessage) => Promise<'accepted' | 'duplicate'> = () => Promise.resolve('accepted');

  receive = async (message: IncomingMessage): Promise<'accepted' | 'duplicate'> => {
    const outcome = await this.store(message);
    this.received.push(message);
    return outcome;
  };
  confirm = (ids: readonly string[]): void => void this.confirmed.push(...ids);
  receipt = (ids: readonly string[], state: string): void =>
    void this.receipts.push(...ids.map((id): [string, string] => [id, state]));
  connected = (): void => void this.connections++;
  takenOver = (alias: string): Promise<void> => Promise.resolve(void this.takenOverAt.push(alias));
  alert = (kind: string): Promise<void> => Promise.resolve(void this.alerts.push(kind));

  forget(): void {
    for (const list of [this.received, this.confirmed, this.receipts, this.takenOverAt, this.alerts]) list.length = 0;
    this.store = () => Promise.resolve('accepted');
  }

  /** What this person sent, as it was told. */
  from(chat: string): (string | undefined)[] {
    const mine = this.received.filter(({ aliases }) => aliases.includes(`wa:${chat}`));
    return mine.map(({ text, kind }) => text ?? `(${kind})`);
  }

  /** The files that this person sent. */
  media(chat: string): IncomingMessage['media'][] {
    return this.received.filter(({ aliases }) => aliases.includes(`wa:${chat}`)).map(({ media }) => media);
  }

  get texts(): (string | undefined)[] {
    return this.received.map(({ text, kind }) => text ?? `(${kind})`);
  }
}
