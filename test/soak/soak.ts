/** One soak: the product on WhatsApp, people who talk to it, and whatever goes wrong meanwhile. */
import { appendFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { createWhatsAppWeb } from '../../src/channels/whatsapp-web/index.ts';
import { compose } from '../../src/compose.ts';
import { until } from '../../src/shared/limit.ts';
import { open } from '../../src/storage/connect.ts';
import { chromiumProgram } from '../browser/chromium.ts';
import { wordsOf, WhatsAppServer } from '../whatsapp-web/server.ts';
import { stubVersion, writeStub } from '../whatsapp-web/stub/build.ts';
import { hasty, quick } from '../whatsapp-web/world.ts';
import { chanceOf } from '../year/world.ts';
import { databaseOn, soakClock, type Talk } from './expected.ts';
import { draw, faults } from './faults.ts';
import { Reader, type Doubled } from './reader.ts';
import { testVault } from '../support/vault.ts';

export interface Soak {
  uri: string;
  folder: string;
  talks: readonly Talk[];
  messages: number;
  people: number;
  seed: number;
}

export interface Outcome {
  sent: number;
  /** Messages of which every answer came. */
  answered: number;
  lost: number;
  doubled: readonly Doubled[];
  /** Messages that the product sent once more, since nothing was known of them. */
  resent: number;
  /** Messages that it gave up as unknown. */
  unknown: number;
  outOfOrder: readonly Doubled[];
  /** Megabytes of the process since a tenth of the messages were answered. */
  growth: number;
  faultsDone: Readonly<Record<string, number>>;
}

/** In place of the minute of the delivery promise, so that the run ends. */
const RESEND_AFTER = 3_000;

/** No answer by then is no answer. Far beyond what restarts and a resend need. Milliseconds. */
const PATIENCE = 90_000;

/** Between two faults, in milliseconds: at least, and at most so much more. */
const CALM = { least: 600, more: 1_800 };

/** Nobody answers at once: at most so long, mostly shorter. Milliseconds. */
const THINKS = 6_000;

export async function soak({ uri, folder, talks, messages, people, seed }: Soak): Promise<Outcome> {
  const server = await WhatsAppServer.start();
  writeStub(folder, server.address);
  const connection = await open(uri);
  const clock = soakClock();
  const { log, resent } = countingLog();
  const channel = createWhatsAppWeb({
    ...{ connection, vault: testVault, log, clock, folder, chance: () => 0.5, show: () => undefined },
    settings: {
      ...hasty,
      brake: { contact: { ...hasty.brake.contact, answers: 100_000 }, all: { messages: 100_000, within: 1 } },
    },
    timing: { ...quick, start: 30_000, ready: 20_000, probe: 5_000, settle: 100, longestRest: 1_000 },
    chromium: { CHROMIUM_BIN: await chromiumProgram(), PATH: '' },
    standIn: { folder, version: stubVersion },
  });
  const database = databaseOn(connection, uri);
  const product = await compose({
    config: { CHANNELS: [] as never, HOST: '127.0.0.1', PORT: 0, NODE_ENV: 'test' },
    ...{ database, log, clock, channels: [channel], jobs: false, resendAfter: RESEND_AFTER },
  });
  await until(() => channel.isConnected(), 60_000, 'connecting');
  const phones = Array.from({ length: people }, (_, index) => `155504${String(index).padStart(5, '0')}@c.us`);
  const talkers = phones.map(
    (phone, index) => new Talker(server, phone, talks[index % talks.length] as Talk, chanceOf(seed + index)),
  );
  const progress = { running: true, faultsDone: {} as Record<string, number>, early: 0 };
  const memory = () => Math.round(process.memoryUsage().rss / 1e6);
  const watcher = setInterval(() => {
    const answered = sum(talkers.map((talker) => talker.answered));
    if (progress.early === 0 && answered >= messages / 10) progress.early = memory();
    console.log(
      `${answered} of ${messages} answered, ${sum(Object.values(progress.faultsDone))} faults, ${memory()} MB`,
    );
  }, 5_000);
  const misfortune = hurt(progress, { server, folder, people: phones, chance: chanceOf(seed) });
  await Promise.all(talkers.map((talker) => talker.talk()));
  progress.running = false;
  await misfortune;
  clearInterval(watcher);
  await product.conversations.idle();
  for (const talker of talkers) talker.read();
  const growth = Math.max(0, memory() - progress.early);
  const unknown = await connection.collection('cases').countDocuments({ kind: 'send_unknown' });
  await product.stop();
  await server.stop();
  await connection.dropDatabase();
  await connection.close();
  for (const fault of server.faults) console.error('WhatsApp would not take:', fault);
  return {
    sent: sum(talkers.map((talker) => talker.sent)),
    answered: sum(talkers.map((talker) => talker.answered)),
    lost: sum(talkers.map((talker) => talker.sent - talker.answered)),
    doubled: talkers.flatMap((talker) => talker.reader.doubled),
    resent: resent(),
    unknown,
    outOfOrder: talkers.flatMap((talker) => talker.reader.outOfOrder),
    growth,
    faultsDone: progress.faultsDone,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** One after the other, while people talk. */
async function hurt(
  progress: { running: boolean; faultsDone: Record<string, number> },
  place: Parameters<NonNullable<(typeof faults)[string]>['act']>[0],
): Promise<void> {
  while (progress.running) {
    await pause(CALM.least + CALM.more * place.chance());
    const name = draw(place.chance);
    await faults[name]?.act(place);
    progress.faultsDone[name] = (progress.faultsDone[name] ?? 0) + 1;
  }
}

/** A log that is not printed, in which the resends are counted. */
function countingLog() {
  const again = new Set<string>();
  const lines = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const { msg, message } = JSON.parse(chunk.toString()) as { msg: string; message?: string };
      if (process.env['SOAK_LOG']) appendFileSync(process.env['SOAK_LOG'], chunk);
      if (msg.endsWith('is sent once more') && message !== undefined) again.add(message);
      done();
    },
  });
  return { log: pino({ level: 'info' }, lines), resent: () => again.size };
}

/** A person who writes, waits for the answer, and writes on. */
class Talker {
  readonly #server: WhatsAppServer;
  readonly #phone: string;
  readonly #talk: Talk;
  readonly #chance: () => number;
  readonly reader: Reader;
  sent = 0;
  answered = 0;

  constructor(server: WhatsAppServer, phone: string, talk: Talk, chance: () => number) {
    this.#server = server;
    this.#phone = phone;
    this.#talk = talk;
    this.#chance = chance;
    this.reader = new Reader(phone, talk.texts);
  }

  async talk(): Promise<void> {
    const { sends } = this.#talk;
    while (this.sent < sends.length) {
      // Now and then two at once, and the second arrives first.
      const count = this.#chance() < 0.05 && this.sent + 2 <= sends.length ? 2 : 1;
      const now = Math.floor(Date.now() / 1_000);
      const batch = Array.from({ length: count }, (_, index) => ({
        ...{
          id: `${this.#phone.slice(0, 11)}-${this.sent + index}`,
          body: sends[this.sent + index] ?? '',
          t: now + index,
        },
      }));
      this.#server.incomingTogether(this.#phone, batch.toReversed());
      // Now and then the same once more.
      if (this.#chance() < 0.05) this.#server.incomingTogether(this.#phone, batch);
      this.sent += count;
      const wanted = this.#talk.upTo[this.sent - 1] ?? 0;
      try {
        await until(() => (this.read(), this.reader.come >= wanted), PATIENCE, `the answer to ${this.#phone}`);
      } catch (error) {
        console.error(String(error), `${this.reader.come} of ${wanted} texts`);
        return;
      }
      this.answered = this.sent;
      await pause(THINKS * this.#chance() ** 2);
    }
  }

  read(): void {
    this.reader.read(this.#server.sent.filter(({ to }) => to === this.#phone).map(wordsOf));
  }
}
