/** The product as the crash run starts it: its channel speaks to the phones over HTTP and takes messages on standard input. */
import { createInterface } from 'node:readline';
import type { Channel, ChannelEvents, IncomingMessage, OutgoingMessage } from '../../src/channels/channel.ts';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/shared/log.ts';
import { connectDatabase } from '../../src/storage/connect.ts';
import { Failpoints, type Target } from './failpoints.ts';

/** What the run tells its child, as JSON in its only argument. */
export interface Orders {
  uri: string;
  phones: string;
  target?: Target;
  resendAfter: number;
}

/** A line that the child writes to its standard output. */
export type Report = { ready: true } | { accepted: string } | { labels: readonly string[] };

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const report = (line: Report): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

async function ask(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${orders.phones}${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`The phones answered ${response.status}`);
  return response.json();
}

let events: ChannelEvents | undefined;
const wire: Channel = {
  id: 'crash',
  start: (given) => {
    events = given;
    return Promise.resolve();
  },
  isConnected: () => true,
  send: async (message: OutgoingMessage) => {
    await ask('/send', message);
    return { state: 'confirmed' };
  },
  sentAmong: async (ids) => (await ask('/sent', ids)) as string[],
  stop: () => Promise.resolve(),
};

const failpoints = new Failpoints(orders.target);
const log = createLog('error');
const config = readConfig({ MONGODB_URI: orders.uri, LOG_LEVEL: 'error' });
const database = await connectDatabase(config, log, { monitorCommands: true });
failpoints.armDriver(database.connection.getClient());
const product = await compose({
  config: { ...config, PORT: 0, CHANNELS: [] as never },
  database,
  log,
  channels: [failpoints.armChannel(wire)],
  resendAfter: orders.resendAfter,
  // What the clock brings belongs to no message, and would be a failpoint at another place in each run.
  jobs: false,
});
report({ ready: true });
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'end') break;
  const message = JSON.parse(line) as IncomingMessage;
  // As a channel does: what was stored is acknowledged, what could not be stored is asked for again.
  void events?.receive(message).then(() => report({ accepted: message.externalId }));
}
await product.stop();
report({ labels: failpoints.labels });
await database.close();
process.exit(0);
