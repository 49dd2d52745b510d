/**
 * `npm run year`: a year of fake clock, two processes on one database. What was sent is held, line by line, against a list
 * that a simple function computes from the same data. `--days N` takes a part of the year.
 * Last line: {"due", "sent", "missing", "doubled", "at_forbidden_time"}; exits 1 when one of the last three is not 0, or
 * something was sent that should not have been.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mongoose';
import { stringify } from 'yaml';
import { createParts, type ProductParts } from '../../src/parts.ts';
import { readContent } from '../../src/compose.ts';
import { startServer } from '../crash/server.ts';
import type { Orders } from './child.ts';
import { expectedLines, isAllowed, wordsOf, type Line } from './expected.ts';
import { Process } from './process.ts';
import { chanceOf, HOUR, holidays, makeWorld, type Act, type World } from './world.ts';
import { testVault } from '../support/vault.ts';

const asked = process.argv.indexOf('--days');
const days = asked < 0 ? 366 : Number(process.argv[asked + 1]);

try {
  const server = await startServer();
  const folder = mkdtempSync(join(tmpdir(), 'kawan-year-'));
  try {
    process.exitCode = await run(server.uri.replace(/\/[^/?]*\?/, '/year?'), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  }
} catch (error) {
  console.error('Could not measure:', error);
  process.exitCode = 2;
}

async function run(uri: string, folder: string): Promise<number> {
  const world = makeWorld(days);
  const flows = yearFlows(folder);
  const connection = await createConnection(uri).asPromise();
  const content = readContent({ flows, locales: 'locales' });
  const parts = createParts({ connection, vault: testVault }, () => content);
  await people(connection, world, content.library.flow('register')?.version ?? '');
  const sent: Line[] = [];
  const orders: Orders = { uri, flows, now: world.from };
  const processes = [new Process(orders, sent), new Process(orders, sent)];
  const chance = chanceOf(99);
  const acts = [...world.acts];
  const coming = [...world.events].sort((a, b) => a.made - b.made);
  let month = '';
  try {
    for (const process of processes) await process.start();
    for (const now of world.looks) {
      for (; coming[0] && coming[0].made <= now; coming.shift()) await make(parts, coming[0]);
      for (; acts[0] && acts[0].at <= now; acts.shift()) await act(parts, connection, acts[0]);
      // Now and then one of them is killed between two looks, and started again.
      if (chance() < 0.003) await processes[Math.floor(chance() * 2)]?.restart();
      await Promise.all(processes.map((process) => process.look(now)));
      const here = new Date(now).toISOString().slice(0, 7);
      if (here !== month) console.log(`${(month = here)}: ${sent.length} sent so far`);
    }
  } finally {
    for (const process of processes) process.stop();
    await connection.close();
  }
  return judge(expectedLines(world), sent);
}

function judge(due: readonly Line[], sent: readonly Line[]): number {
  const words = sent.map(wordsOf);
  const wanted = new Set(due.map(wordsOf));
  const missing = [...wanted].filter((line) => !words.includes(line));
  const unexpected = words.filter((line) => !wanted.has(line));
  const doubled =
    words.length - new Set(sent.map(({ kind, thing, person, slot }) => [kind, thing, person, slot].join(' '))).size;
  const forbidden = sent.filter(({ at }) => !isAllowed(at)).length;
  for (const line of missing.slice(0, 20)) console.log(`missing:    ${line}`);
  for (const line of unexpected.slice(0, 20)) console.log(`unexpected: ${line}`);
  console.log(
    JSON.stringify({
      due: due.length,
      sent: sent.length,
      missing: missing.length,
      doubled,
      at_forbidden_time: forbidden,
      unexpected: unexpected.length,
    }),
  );
  return missing.length + unexpected.length + doubled + forbidden === 0 ? 0 : 1;
}

/** The shipped flows with the year's holidays, and a pace at which nothing waits. */
function yearFlows(folder: string): string {
  const flows = join(folder, 'flows');
  cpSync('flows', flows, { recursive: true });
  const years = [2027, 2028].map((year) => ({
    year,
    source: 'made up for this run',
    days: holidays.filter((day) => day.startsWith(String(year))).map((on) => ({ on, name: 'Libur' })),
  }));
  writeFileSync(join(flows, 'shared', 'holidays.yaml'), stringify({ years }));
  const settings = stringify({
    source: 'made up for this run',
    quiet: {
      ...{ days: [1, 2, 3, 4, 5, 6], hours: { from: '08:00', to: '20:00' }, roomMinutes: 30 },
      pauses: [{ days: [5], from: '11:30', to: '13:30' }],
    },
    reminders: [
      { slot: '7d', before: '7 days' },
      { slot: '1d', before: '1 day' },
      { slot: '2h', before: '2 hours' },
    ],
    nudges: [
      { slot: '20h', after: '20 hours' },
      { slot: '7d', after: '7 days' },
      { slot: '30d', after: '30 days' },
    ],
    pace: { perMinute: 1_000_000, jitter: 0, daily: 100_000, warmUp: [], broadcastShare: 1 },
    broadcasts: { secondFrom: 200, failing: 5, window: 10 },
  });
  writeFileSync(join(flows, 'shared', 'outreach.yaml'), settings);
  return flows;
}

/** Persons on record with a conversation each; of those who left a form, the form. */
async function people(connection: Connection, { persons, left }: World, version: string): Promise<void> {
  const heard = new Map(left.map(({ person, heard: at }) => [person, at]));
  await connection.collection('conversations').insertMany(
    persons.map((person) => {
      const at = heard.get(person);
      return {
        ...{
          _id: `year:${person}`,
          channel: 'year',
          aliases: [`year:${person}`],
          address: `year:${person}`,
          revision: 1,
        },
        ...{
          session: null,
          language: 'id',
          muted: false,
          persons: [person],
          outbox: {},
          handled: {},
          heardAt: at ?? 0,
        },
        ...(at !== undefined && formLeft(version, at)),
      };
    }) as never[],
  );
  await connection.collection('persons').insertMany(
    persons.map((person, index) => ({
      ...{
        _id: person,
        number: String(100_000 + index),
        name: `Orang ${index + 1}`,
        nameKey: person,
        crafts: ['purun'],
      },
      ...{ kelurahan: '63.72.03.1001', business: 'own', group: null, years: 5, yearsSaid: null, standing: 'declared' },
      ...{ contact: `year:${person}`, channel: 'year', createdAt: new Date(0), updatedAt: null },
    })) as never[],
  );
}

/** A registration that was left at its second question. */
function formLeft(version: string, at: number): object {
  const begun = at - HOUR;
  const frame = {
    flow: 'register',
    version,
    node: 'crafts',
    waits: 'answer',
    answers: {},
    trail: ['name'],
    form: 'ask',
    begun,
  };
  return { session: { v: 1, askedAt: at, frames: [frame] }, unfinished: { flow: 'register', begun } };
}

async function make(
  { eventOffice, events }: ProductParts,
  { id, start, made }: World['events'][number],
): Promise<void> {
  const file = { id, kind: 'training' as const, name: id, about: 'Belajar bersama', places: null, for: {} };
  const place = { words: 'aula kantor dinas' };
  await eventOffice.add(
    { ...file, place, dates: [{ start: '2027-12-01 09:00', hours: 3 }] },
    { picture: null, material: null },
    made,
  );
  const dates = [{ start, end: start + 3 * HOUR }];
  await events.changeEvent(id, { dates, last: start + 3 * HOUR });
}
async function act(parts: ProductParts, connection: Connection, doing: Act): Promise<void> {
  const { eventOffice, enrolments, events } = parts;
  if (doing.do === 'mute')
    return void (await connection
      .collection('conversations')
      .updateOne({ _id: `year:${doing.person}` as never }, { $set: { muted: true } }));
  const event = await events.event(doing.event);
  if (!event) throw new Error(`There is no event ${doing.event}`);
  if (doing.do === 'move') await eventOffice.move(event._id, { shift: doing.shift }, doing.at);
  else if (doing.do === 'cancel') await eventOffice.cancel(event._id, 'gurunya sakit', doing.at);
  else if (doing.do === 'leave') await enrolments.cancel(event, doing.person, doing.at);
  else if (doing.do === 'attend') await eventOffice.attended(event._id, [doing.person], doing.at);
  else {
    const person = { id: doing.person, name: doing.person };
    await enrolments.enrol(event, {
      person,
      contact: { id: `year:${doing.person}`, channel: 'year' },
      companion: null,
      now: doing.at,
    });
  }
}
