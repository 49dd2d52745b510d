/** Outreach timed: planning 100,000 recipients beside one insertMany of the same documents, and the pace over an hour. */
import { fork, type ChildProcess } from 'node:child_process';
import { createConnection, type Connection } from 'mongoose';
import { readContent } from '../../src/compose.ts';
import { createParts } from '../../src/parts.ts';
import { flowsWithoutLimits } from '../support/flows.ts';
import { people } from '../support/outreach.ts';
import { MORNING, type Task, type Told } from './outreach-child.ts';
import { testVault } from '../support/vault.ts';

/** An hour and its messages at the shipped pace. */
const HOUR_SECONDS = 3_600;

export async function benchOutreach(uri: string, folder: string, recipients: number): Promise<Record<string, number>> {
  const own = uri.replace(/\/[^/?]*\?/, '/bench_outreach?');
  const connection = await createConnection(own).asPromise();
  await connection.dropDatabase();
  const flows = flowsWithoutLimits(folder);
  const child = fork('test/bench/outreach-child.ts', [own, flows], { execArgv: ['--import', 'tsx'] });
  try {
    await told(child);
    await people(connection, recipients, {}, 'bench');
    const content = readContent({ flows, locales: 'locales' });
    const { broadcasts } = createParts({ connection, vault: testVault }, () => content);
    const id = await broadcasts.draft({ text: 'Besok kantor tutup.', audience: {}, by: 'office' }, MORNING);
    if ((await broadcasts.start(id, MORNING)) === 'agreeing') await broadcasts.agree(id, 'second');
    const planned = (await ask(child, { plan: true })) as { ms: number; grown_mb: number };
    const count = await connection.collection('deliveries').countDocuments();
    if (count !== recipients) throw new Error(`${count} of ${recipients} were planned`);
    const driver_ms = await byDriver(connection);
    const hour = (await ask(child, { seconds: HOUR_SECONDS })) as { sent: number };
    const wanted = content.outreach.pace.perMinute * 60;
    return {
      plan_s: planned.ms / 1_000,
      plan_ratio: planned.ms / driver_ms,
      plan_mb: planned.grown_mb,
      pace_off: Math.abs(hour.sent - wanted) / wanted,
    };
  } finally {
    child.kill('SIGKILL');
    await connection.dropDatabase();
    await connection.close();
  }
}

/** The same documents into an empty collection with the same indexes, in one call. */
async function byDriver(connection: Connection): Promise<number> {
  const from = connection.collection('deliveries');
  const documents = await from.find({}).toArray();
  const to = connection.collection('deliveries_by_driver');
  for (const { key, name, unique } of (await from.indexes()) as {
    key: Record<string, 1>;
    name: string;
    unique?: boolean;
  }[])
    if (name !== '_id_') await to.createIndex(key, { name, ...(unique && { unique }) });
  const began = process.hrtime.bigint();
  await to.insertMany(documents, { ordered: false });
  return Number(process.hrtime.bigint() - began) / 1e6;
}

const told = (child: ChildProcess): Promise<Told> =>
  new Promise((resolve, reject) => {
    child.once('message', (message: Told) => resolve(message));
    child.once('exit', (code) => reject(new Error(`The process ended with ${String(code)}`)));
  });

function ask(child: ChildProcess, task: Task): Promise<Told> {
  child.send(task);
  return told(child);
}
