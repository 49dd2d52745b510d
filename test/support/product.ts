/** The whole product in this process: real database, real HTTP, the simulator as its channel. */
import { compose, type Parts, type Product } from '../../src/compose.ts';
import { createLog } from '../../src/shared/log.ts';
import type { Database } from '../../src/storage/connect.ts';
import { testDatabase } from './test-database.ts';

/** A message as the simulator's history shows it. */
export interface Received {
  id: string;
  text: string;
  options: { id: string; label: string }[];
  numbered: boolean;
  attachment?: { name: string };
}

export interface TestProduct extends Product {
  database: Database;
  /** Sends as a phone does, and resolves when all of it is answered. */
  send(phone: string, id: string, message: object): Promise<void>;
  /** Puts a file on the phone, to be sent with a message. */
  upload(phone: string, bytes: Buffer): Promise<{ id: string; type: string }>;
  /** What the phone received, oldest first. */
  received(phone: string): Promise<Received[]>;
}

export async function startProduct({
  config,
  database: given,
  ...parts
}: Pick<Parts, 'clock' | 'resendAfter' | 'jobs' | 'channels' | 'folders'> &
  Partial<Pick<Parts, 'log'>> & {
    config?: Partial<Parts['config']>;
    database?: Database;
  } = {}): Promise<TestProduct> {
  const database = given ?? (await testDatabase());
  const product = await compose({
    config: {
      ...{ CHANNELS: ['simulator'], HOST: '127.0.0.1', PORT: 0, NODE_ENV: 'test' },
      SESSION_SECRET: 'a secret for tests that nobody else knows',
      ...config,
    },
    database,
    log: createLog('error'),
    ...parts,
  });
  const url = (phone: string) => `${product.address}/chat/${phone}/messages`;
  return {
    ...product,
    database,
    async send(phone, id, message) {
      const response = await fetch(url(phone), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id, ...message }),
      });
      if (response.status !== 202)
        throw new Error(`The simulator answered ${response.status}: ${await response.text()}`);
      await product.conversations.idle();
    },
    async upload(phone, bytes) {
      const response = await fetch(`${product.address}/chat/${phone}/media`, {
        method: 'POST',
        body: new Uint8Array(bytes),
      });
      if (response.status !== 201)
        throw new Error(`The simulator answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as { id: string; type: string };
    },
    async received(phone) {
      const response = await fetch(`${url(phone)}?limit=500`);
      const { messages } = (await response.json()) as { messages: (Received & { direction: string })[] };
      return messages.filter(({ direction }) => direction === 'out');
    },
    async stop() {
      await product.stop();
      await database.close();
    },
  };
}
