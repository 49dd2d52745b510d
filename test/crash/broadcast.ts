/**
 * `npm run crash -- broadcast`: two processes send one broadcast to 10,000; one of them is killed again and again at a
 * random moment and started anew. Each recipient must get it once, but for those that were in flight at a kill, which the
 * ledger lists as unknown. Last line: {"recipients", "kills", "lost", "doubled", "unknown"}.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { readContent } from '../../src/compose.ts';
import { createParts, type ProductParts } from '../../src/parts.ts';
import type { BroadcastOrders } from './broadcast-child.ts';
import { flowsWithoutLimits } from '../support/flows.ts';
import { people } from '../support/outreach.ts';
import { bundle } from './bundle.ts';
import { Phones } from './phone.ts';
import { Sending } from './sending.ts';
import { startServer } from './server.ts';
import { testVault } from '../support/vault.ts';

/** A Wednesday morning: nothing is held back by the quiet hours. */
const NOW = Date.parse('2026-11-25T09:00:00+08:00');
const LEASE = 1_500;

/** Far beyond what 10,000 and 50 kills take, in milliseconds. */
const PATIENCE = 20 * 60_000;

/** Kills are this far apart on average, in milliseconds, once both processes run. */
const BETWEEN = 900;

export async function crashBroadcast(recipients: number, kills: number): Promise<number> {
  // First what may fail without leaving a server behind.
  const child = await bundle('test/crash/broadcast-child.ts');
  const server = await startServer();
  const folder = mkdtempSync(join(tmpdir(), 'kawan-broadcast-'));
  const phones = new Phones();
  const uri = server.uri.replace(/\/[^/?]*\?/, '/broadcast?');
  const connection = await createConnection(uri).asPromise();
  try {
    const flows = flowsWithoutLimits(folder, 1_000_000);
    const content = readContent({ flows, locales: 'locales' });
    const parts = createParts({ connection, vault: testVault }, () => content);
    const orders: BroadcastOrders = { uri, flows, phones: await phones.start(), now: NOW, lease: LEASE };
    const processes = [0, 1].map(() => new Sending(child.file, orders));
    // The first one builds the indexes before anything is stored.
    for (const process of processes) await process.start();
    await people(connection, recipients, {}, 'crash');
    const id = await parts.broadcasts.draft({ text: 'Besok kantor tutup.', audience: {}, by: 'office' }, NOW);
    await parts.broadcasts.preview(id);
    if ((await parts.broadcasts.start(id, NOW)) === 'agreeing') await parts.broadcasts.agree(id, 'second');
    const killed = await strike(processes, parts, id, kills);
    for (const process of processes) process.stop();
    return await judge(parts, phones, id, recipients, killed);
  } finally {
    await connection.close();
    await phones.stop();
    child.remove();
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  }
}

/** Kills until it is enough and everything is settled. */
async function strike(
  processes: readonly Sending[],
  { ledger }: ProductParts,
  id: string,
  kills: number,
): Promise<number> {
  const began = performance.now();
  let killed = 0;
  for (;;) {
    await new Promise((wake) => setTimeout(wake, Math.random() * 2 * BETWEEN));
    const counts = await ledger.counts(id);
    const open = counts.filter(({ state }) => ['planned', 'claimed', 'handed over'].includes(state));
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    if (total > 0 && open.length === 0) return killed;
    if (performance.now() - began > PATIENCE) throw new Error(`The broadcast does not end; ${total} were planned`);
    if (killed >= kills || total === 0) continue;
    await processes[killed % 2]?.restart();
    killed++;
    if (killed % 10 === 0)
      console.log(`${killed} kills; ${open.reduce((sum, { count }) => sum + count, 0)} still to be sent`);
  }
}

async function judge(
  { ledger }: ProductParts,
  phones: Phones,
  id: string,
  recipients: number,
  kills: number,
): Promise<number> {
  const counts = await ledger.counts(id);
  const of = (state: string) => counts.filter((one) => one.state === state).reduce((sum, { count }) => sum + count, 0);
  const unknown = await ledger.list({ thing: id, state: 'unknown' }, kills + 100);
  const listed = new Set(unknown.map(({ contact }) => contact));
  let lost = 0;
  let doubled = 0;
  for (let number = 1; number <= recipients; number++) {
    const got = phones.of(`crash:${number}`).length;
    if (got > 1) doubled += got - 1;
    if (got === 0 && !listed.has(`crash:${number}`)) lost++;
  }
  console.log(counts.map(({ state, count }) => `${state}: ${count}`).join(', '));
  console.log(JSON.stringify({ recipients, kills, lost, doubled, unknown: of('unknown') }));
  return lost + doubled > 0 || of('unknown') > kills ? 1 : 0;
}
