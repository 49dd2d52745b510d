/** A process of the product that plans a broadcast when it is told to, and tells how long it took and what it needed. */
import type { Channel } from '../../src/channels/channel.ts';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { ManualClock, SECOND } from '../../src/shared/clock.ts';
import { createLog } from '../../src/shared/log.ts';
import { connectDatabase } from '../../src/storage/connect.ts';

export type Task = { plan: true } | { seconds: number };
export type Told = { ready: true } | { ms: number; grown_mb: number } | { sent: number };

/** A Wednesday morning at nine in Banjarbaru. */
export const MORNING = Date.parse('2026-11-25T09:00:00+08:00');

/** How often memory is looked at while planning, in milliseconds. */
const LOOK = 20;

if (process.send) {
  const tell = (told: Told): void => void process.send?.(told);
  const clock = new ManualClock(MORNING);
  let sent = 0;
  const wire: Channel = {
    id: 'bench',
    start: () => Promise.resolve(),
    isConnected: () => true,
    send: () => {
      sent++;
      return Promise.resolve({ state: 'confirmed' });
    },
    sentAmong: () => Promise.resolve([]),
    stop: () => Promise.resolve(),
  };
  const log = createLog('error');
  const config = readConfig({ MONGODB_URI: process.argv[2] ?? '', LOG_LEVEL: 'error' });
  const database = await connectDatabase(config, log);
  const product = await compose({
    config: { ...config, PORT: 0, CHANNELS: [] as never },
    ...{ database, log, clock, channels: [wire], jobs: false },
    folders: { flows: process.argv[3] ?? 'flows', locales: 'locales' },
  });
  const megabytes = () => process.memoryUsage().rss / 1024 / 1024;
  const plan = async () => {
    const before = megabytes();
    let most = before;
    const looking = setInterval(() => (most = Math.max(most, megabytes())), LOOK);
    const began = process.hrtime.bigint();
    await product.outreach.plan();
    const ms = Number(process.hrtime.bigint() - began) / 1e6;
    clearInterval(looking);
    tell({ ms, grown_mb: Math.max(most, megabytes()) - before });
  };
  const hour = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      await product.outreach.send();
      clock.advance(SECOND);
    }
    tell({ sent });
  };
  process.on('message', (task: Task) => void ('plan' in task ? plan() : hour(task.seconds)));
  // The first planning builds what is built once; it is not what is measured.
  await product.outreach.plan();
  tell({ ready: true });
}
