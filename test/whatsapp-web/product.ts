/** The whole product with WhatsApp as its only channel: real database, real browser, the stub of WhatsApp Web. */
import { compose, type Parts, type Product } from '../../src/compose.ts';
import { createLog } from '../../src/shared/log.ts';
import { until } from '../../src/shared/limit.ts';
import { testDatabase } from '../support/test-database.ts';
import { whatsAppFixture, type Fixture, type Options } from './harness.ts';
import { wordsOf } from './server.ts';
import { browserOf } from './world.ts';

export interface WhatsAppProduct extends Fixture {
  product: Product;
  /** What reached this person's phone, in words. */
  on(chat: string): string[];
  /** Sends as this person does, and waits until something new has come back. */
  say(chat: string, body: string): Promise<string[]>;
  /** Starts once more on the same database, device and server; the first must have stopped. */
  restart(): Promise<WhatsAppProduct>;
  killBrowser(): void;
}

type ProductOptions = Partial<Pick<Parts, 'clock' | 'resendAfter'>>;

export async function startWhatsAppProduct(
  options: Options = {},
  parts: ProductOptions = {},
): Promise<WhatsAppProduct> {
  return startOn(await whatsAppFixture(options), parts);
}

async function startOn(fixture: Fixture, parts: ProductOptions): Promise<WhatsAppProduct> {
  const database = await testDatabase({ uri: fixture.database.uri, keep: true });
  const { connection } = database;
  const channel = fixture.make({ connection, ...(parts.clock && { clock: parts.clock }) });
  const product = await compose({
    config: { CHANNELS: [] as never, HOST: '127.0.0.1', PORT: 0, NODE_ENV: 'test' },
    database,
    log: createLog('silent'),
    channels: [channel],
    jobs: false,
    ...parts,
  });
  await until(() => channel.isConnected(), 20_000, 'connecting');
  const on = (chat: string): string[] => fixture.server.sent.filter(({ to }) => to === chat).map(wordsOf);
  const again: WhatsAppProduct[] = [];
  let stopped: Promise<void> | undefined;
  const stopProduct = (): Promise<void> => (stopped ??= product.stop().then(() => database.close()));
  return {
    ...fixture,
    product: { ...product, stop: stopProduct },
    on,
    async say(chat, body) {
      const before = on(chat).length;
      fixture.server.incoming(chat, { body });
      await until(() => on(chat).length > before, 30_000, 'an answer');
      await product.conversations.idle();
      return on(chat).slice(before);
    },
    async restart() {
      const next = await startOn(fixture, parts);
      again.push(next);
      return next;
    },
    killBrowser() {
      const pid = browserOf(fixture.folder);
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    },
    async stop() {
      for (const one of again) await one.product.stop();
      await stopProduct();
      await fixture.stop();
    },
  };
}
