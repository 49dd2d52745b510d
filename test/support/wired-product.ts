/** The whole product on a wire instead of a simulator, for tests of the turn. */
import { afterEach } from 'vitest';
import { compose, type Parts, type Product } from '../../src/compose.ts';
import { createLog } from '../../src/shared/log.ts';
import type { Database } from '../../src/storage/connect.ts';
import { testDatabase } from './test-database.ts';
import { Wire } from './wire.ts';

export interface WiredProduct {
  product: Product;
  wire: Wire;
  database: Database;
  stop(): Promise<void>;
}

/** `startWired` for the tests of a file; what they started is stopped after each, the newest first. */
export function wiredTests(): typeof startWired {
  const running: WiredProduct[] = [];
  afterEach(async () => {
    for (const wired of running.splice(0).reverse()) await wired.stop();
  });
  return async (parts) => {
    const wired = await startWired(parts);
    running.push(wired);
    return wired;
  };
}

export async function startWired(
  parts: Pick<Parts, 'clock' | 'resendAfter' | 'folders' | 'jobs' | 'lease' | 'sendLimit'> & {
    uri?: string;
    keep?: boolean;
    wire?: Wire;
  } = {},
): Promise<WiredProduct> {
  const { uri, keep, wire = new Wire(), ...rest } = parts;
  const database = await testDatabase({ ...(uri !== undefined && { uri }), ...(keep !== undefined && { keep }) });
  const product = await compose({
    config: { CHANNELS: [] as never, HOST: '127.0.0.1', PORT: 0, NODE_ENV: 'test' },
    database,
    log: createLog('silent'),
    channels: [wire],
    // What the clock wakes would come in between; tests of outreach say themselves when it is time.
    jobs: false,
    ...rest,
  });
  return {
    product,
    wire,
    database,
    async stop() {
      await product.stop();
      await database.close();
    },
  };
}
