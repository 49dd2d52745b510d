/** The product as `npm run crash -- broadcast` starts it: it sends what is due as fast as it may, and tells each send to its parent over HTTP. */
import type { Channel } from '../../src/channels/channel.ts';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createLog } from '../../src/shared/log.ts';
import { connectDatabase } from '../../src/storage/connect.ts';

export interface BroadcastOrders {
  uri: string;
  flows: string;
  /** Where sends are told. */
  phones: string;
  /** An allowed hour, milliseconds since the epoch; from there on the clock runs as the real one does. */
  now: number;
  /** A claim that was lost is taken up after so many milliseconds. */
  lease: number;
}

class RunningClock extends ManualClock {
  readonly #begun = process.hrtime.bigint();
  override now(): number {
    return super.now() + Number((process.hrtime.bigint() - this.#begun) / 1_000_000n);
  }
}

const orders = JSON.parse(process.argv[2] ?? '') as BroadcastOrders;
const wire: Channel = {
  id: 'crash',
  start: () => Promise.resolve(),
  isConnected: () => true,
  send: async ({ id, to, text, options, numbered }) => {
    const response = await fetch(`${orders.phones}/send`, {
      method: 'POST',
      body: JSON.stringify({ id, to, text, options, numbered }),
    });
    if (!response.ok) throw new Error(`The phones answered ${response.status}`);
    return { state: 'confirmed' };
  },
  // The worst case: a channel that remembers nothing, so that what was in flight stays unknown.
  sentAmong: () => Promise.resolve([]),
  stop: () => Promise.resolve(),
};
const log = createLog('error');
const config = readConfig({ MONGODB_URI: orders.uri, LOG_LEVEL: 'error' });
const database = await connectDatabase(config, log);
const product = await compose({
  config: { ...config, PORT: 0, CHANNELS: [] as never },
  ...{ database, log, clock: new RunningClock(orders.now), channels: [wire], lease: orders.lease },
  folders: { flows: orders.flows, locales: 'locales' },
  jobs: false,
});
process.stdout.write('ready\n');
for (;;) {
  await product.outreach.plan();
  await product.outreach.send();
  // Nothing is due just now: the next wake-up comes as the alarm clock's would.
  await new Promise((wake) => setTimeout(wake, 50));
}
