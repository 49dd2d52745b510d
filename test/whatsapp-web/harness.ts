/** The channel in a real browser on the stub of WhatsApp Web: what a test starts, and what it sees of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Channel, ChannelEvents, IncomingMessage } from '../../src/channels/channel.ts';
import { createWhatsAppWeb, type WhatsAppParts } from '../../src/channels/whatsapp-web/index.ts';
import type { Timing } from '../../src/channels/whatsapp-web/machine.ts';
import type { WhatsAppSettings } from '../../src/channels/whatsapp-web/settings.ts';
import { createWhatsAppStore } from '../../src/channels/whatsapp-web/store.ts';
import { loadWhatsAppSettings } from '../../src/make-channels.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { createLog } from '../../src/shared/log.ts';
import { chromiumProgram } from '../browser/chromium.ts';
import { testDatabase } from '../support/test-database.ts';
import { WhatsAppServer } from './server.ts';
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
  /** The number is not linked yet. */
  unpaired?: boolean;
}

export type Fixture = Awaited<ReturnType<typeof whatsAppFixture>>;

/** A server, a database and a folder; channels are made on them. Everything is removed by `stop`. */
export async function whatsAppFixture({ timing, settings, parts, unpaired = false }: Options = {}) {
  const server = await WhatsAppServer.start();
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

  get texts(): (string | undefined)[] {
    return this.received.map(({ text, kind }) => text ?? `(${kind})`);
  }
}
