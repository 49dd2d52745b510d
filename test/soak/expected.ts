/** The talks of the soak without any fault: the same texts, one after the other, through the simulator. */
import type { Connection } from 'mongoose';
import { numberedText, type OutgoingMessage } from '../../src/channels/channel.ts';
import { compose } from '../../src/compose.ts';
import { createLog } from '../../src/shared/log.ts';
import { open, type Database } from '../../src/storage/connect.ts';
import { SCRIPTS, scriptOf } from './script.ts';
import { testVault } from '../support/vault.ts';

/** What one script brings. */
export interface Talk {
  sends: readonly string[];
  texts: readonly string[];
  /** How many texts have come after each send. */
  upTo: readonly number[];
}

/** Whatever asks for the time is asked at the same hour of the same day: a Wednesday at ten in Banjarbaru. */
export const soakClock = () => {
  const begun = performance.now();
  const start = Date.parse('2026-11-25T10:00:00+08:00');
  return { now: () => start + performance.now() - begun };
};

/** A connection as the product takes it. */
export const databaseOn = (connection: Connection, uri: string): Database => ({
  ...{ connection, vault: testVault, uri, embedded: true, serverVersion: '' },
  lost: new Promise<void>(() => undefined),
  close: () => connection.close(),
});

export async function expectedTalks(uri: string, length: number): Promise<readonly Talk[]> {
  const connection = await open(uri);
  const database = databaseOn(connection, uri);
  const product = await compose({
    config: { CHANNELS: ['simulator'], HOST: '127.0.0.1', PORT: 0, NODE_ENV: 'test' },
    ...{ database, log: createLog('error'), jobs: false, clock: soakClock() },
  });
  try {
    const talks: Talk[] = [];
    for (let number = 0; number < SCRIPTS; number++)
      talks.push(
        await talk(`${product.address}/chat/${number + 1}/messages`, scriptOf(number, length), () =>
          product.conversations.idle(),
        ),
      );
    return talks;
  } finally {
    await product.stop();
    await connection.dropDatabase();
    await connection.close();
  }
}

async function talk(url: string, sends: readonly string[], answered: () => Promise<void>): Promise<Talk> {
  const upTo: number[] = [];
  let texts: string[] = [];
  for (const [index, text] of sends.entries()) {
    const body = JSON.stringify({ id: String(index), kind: 'text', text });
    await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await answered();
    const { messages } = (await (await fetch(`${url}?limit=500`)).json()) as {
      messages: (OutgoingMessage & { direction: string })[];
    };
    texts = messages.filter(({ direction }) => direction === 'out').map((message) => numberedText(message));
    upTo.push(texts.length);
  }
  return { sends, texts, upTo };
}
