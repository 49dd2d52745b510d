/** The channel in a real browser on the stub of WhatsApp Web: what a test starts, and what it sees of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Channel, ChannelEvents, IncomingMessage } from '../../src/channels/channel.ts';
import { createWhatsAppWeb, type WhatsAppParts } from '../../src/channels/whatsapp-web/index.ts';
import type { Timing } from '../../src/channels/whatsapp-web/machine.ts';
import type { WhatsAppSettings } from '../../src/channels/whatsapp-web/settings.ts';
import { createWhatsAppStore } from '../../src/channels/whatsapp-web/store.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { until } from '../../src/shared/limit.ts';
import { createLog } from '../../src/shared/log.ts';
import { chromiumProgram } from '../browser/chromium.ts';
import { testDatabase } from '../support/test-database.ts';
import { WhatsAppServer, type Behaviour } from './server.ts';
import { stubVersion, writeStub } from './stub/build.ts';
import { hasty, quick } from './world.ts';

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
      ...{
        connection: database.connection,
        vault: database.vault,
        log: createLog(process.env['TEST_LOG'] ?? 'silent'),
        clock: systemClock,
      },
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
  await until(() => heard.received.some(({ externalId }) => externalId === marker), 20_000, 'the last message');
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
