/** One of the processes of the year: the product with a clock that its parent moves, and a channel that reports what it sends. */
import type { Channel } from '../../src/channels/channel.ts';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createLog } from '../../src/shared/log.ts';
import { connectDatabase } from '../../src/storage/connect.ts';

export interface Orders {
  uri: string;
  flows: string;
  now: number;
}
/** What the parent says: look at what is due at this instant. */
export interface Look {
  now: number;
}
export type Report = { ready: true } | { sent: string; at: number } | { done: number } | { failed: string };

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const report = (line: Report): void => void process.send?.(line);

/** A clock that the parent sets: forward, and back as well. */
class SetClock extends ManualClock {
  set(now: number): void {
    this.advance(now - this.now());
  }
}
const clock = new SetClock(orders.now);

const wire: Channel = {
  id: 'year',
  start: () => Promise.resolve(),
  isConnected: () => true,
  send: ({ id }) => {
    report({ sent: id, at: clock.now() });
    return Promise.resolve({ state: 'confirmed' });
  },
  sentAmong: () => Promise.resolve([]),
  stop: () => Promise.resolve(),
};

const log = createLog('error');
const config = readConfig({ MONGODB_URI: orders.uri, LOG_LEVEL: 'error' });
const database = await connectDatabase(config, log);
const product = await compose({
  config: { ...config, PORT: 0, CHANNELS: [] as never },
  ...{ database, log, clock, channels: [wire] },
  folders: { flows: orders.flows, locales: 'locales' },
  // What is due is looked at when the parent says so, and at no other time.
  jobs: false,
});
process.on('message', ({ now }: Look) => {
  clock.set(now);
  product.outreach
    .plan()
    .then(() => product.outreach.send())
    .then(
      () => report({ done: now }),
      (error: unknown) => report({ failed: String(error) }),
    );
});
report({ ready: true });
