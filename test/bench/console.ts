/**
 * Every page of the console with 50,000 people and 1,000,000 messages: how long it takes at the median, how many calls to the
 * database it makes, and whether each goes by an index (the server refuses any other while this runs).
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { Connection } from 'mongoose';
import { compose, type Product } from '../../src/compose.ts';
import { createLog } from '../../src/shared/log.ts';
import { open } from '../../src/storage/connect.ts';
import { fill } from './city.ts';
import { Visitor } from '../console/visitor.ts';
import { BenchChannel, middle } from './turn.ts';
import { testVault } from '../support/vault.ts';

const PASSWORD = randomBytes(12).toString('hex');

export interface Pages {
  /** The slowest page's middle time in milliseconds, and the most calls that one page makes. */
  page_ms: number;
  page_calls: number;
}

export async function benchConsole(
  uri: string,
  { people, messages, rounds }: { people: number; messages: number; rounds: number },
): Promise<Pages> {
  const own = uri.replace(/\/[^/?]*\?/, '/bench_console?');
  const connection = await open(own, { monitorCommands: true });
  await connection.dropDatabase();
  const database = {
    connection,
    vault: testVault,
    uri: own,
    embedded: true,
    serverVersion: '',
    lost: new Promise<void>(() => undefined),
  };
  const config = { CHANNELS: [], HOST: '127.0.0.1', PORT: 0, NODE_ENV: 'test' as const };
  const product = await compose({
    ...{ config, log: createLog('error'), channels: [new BenchChannel()], jobs: false },
    database: { ...database, close: () => connection.close() },
  });
  const admin = connection.getClient().db('admin');
  try {
    const began = performance.now();
    await fill(product, connection, people, messages);
    console.log(
      `${people} people, ${messages} messages stored in ${Math.round((performance.now() - began) / 1_000)} s`,
    );
    const visitor = await signIn(product, connection);
    // As its own job does every other second.
    await product.console.refresh();
    await admin.command({ setParameter: 1, notablescan: true });
    return await visit(product, connection, visitor, rounds);
  } finally {
    await admin.command({ setParameter: 1, notablescan: false });
    await product.stop();
    await connection.dropDatabase();
    await connection.close();
  }
}

async function visit(product: Product, connection: Connection, visitor: Visitor, rounds: number): Promise<Pages> {
  let calls: string[] = [];
  connection
    .getClient()
    .on('commandStarted', ({ commandName, command }: { commandName: string; command: Record<string, unknown> }) => {
      const about = String(command[commandName]);
      // What wakes by itself belongs to no page.
      const counted = ['insert', 'find', 'update', 'delete', 'findAndModify', 'aggregate', 'count', 'ping'];
      if (counted.includes(commandName) && !['workers', 'programme_states'].includes(about))
        calls.push(`${commandName} ${about}`);
    });
  const wrong = new Set<string>();
  const worst: Pages = { page_ms: 0, page_calls: 0 };
  for (const { path, q = '' } of await visits(product, connection)) {
    const times: number[] = [];
    for (const page of ['/orang', '/kotak-masuk']) await visitor.send(`${page}/cari`, { q });
    for (let round = 0; round < rounds; round++) {
      calls = [];
      const at = performance.now();
      const answer = await visitor.ask(path);
      await answer.text();
      times.push(performance.now() - at);
      if (answer.status !== 200) wrong.add(`${path} answered ${answer.status}`);
      worst.page_calls = Math.max(worst.page_calls, calls.length);
      if (round === rounds - 1)
        console.log(
          `${`${path} ${q}`.slice(0, 60).padEnd(62)} ${middle(times).toFixed(0).padStart(5)} ms  ${calls.length}: ${calls.join(', ')}`,
        );
    }
    worst.page_ms = Math.max(worst.page_ms, middle(times));
  }
  if (wrong.size > 0) throw new Error([...wrong].join('\n'));
  return worst;
}

/** Every page with something real in it, and the filters that officers use. */
async function visits(product: Product, connection: Connection): Promise<{ path: string; q?: string }[]> {
  const one = await connection.collection('cases').findOne({ state: 'open', kind: 'person' });
  const values: Record<string, string> = {
    '/kotak-masuk/:id': `/kotak-masuk/${String(one?._id)}`,
    '/orang/:id': '/orang/p-2500',
    '/kelompok/:id': '/kelompok/g-10',
    '/acara/:id': '/acara/acara-3',
    '/siaran/:id': '/siaran/b-3',
    '/pengajuan/:id': '/pengajuan/a-250',
    '/nilai/:aturan/:nilai': '/nilai/kur/rate_super_mikro',
  };
  const pages = product.console.routes
    .filter(({ method, path }) => method === 'get' && !/unduh|:file/.test(path))
    .map(({ path }) => Object.entries(values).reduce((filled, [from, to]) => filled.replace(from, to), path));
  const filters = [
    ...['/kotak-masuk?keadaan=terlambat', '/kotak-masuk?keadaan=selesai', '/kotak-masuk?siapa=saya'],
    ...['/orang?kerajinan=purun&status=rejected', '/pengajuan?program=kur', '/pengajuan?selesai=1'],
    ...['/orang?kelurahan=63.72.03.1001&kerajinan=rajut', '/orang?sesudah=p-2500', '/jejak?apa=edit'],
  ];
  const searches = [
    ...['rusm', '0811000'].map((q) => ({ path: '/kotak-masuk', q })),
    ...['rusmini', 'siti ami', '0811000', '1250'].map((q) => ({ path: '/orang', q })),
  ];
  return [...[...pages, ...filters].map((path) => ({ path })), ...searches];
}

async function signIn(product: Product, connection: Connection): Promise<Visitor> {
  await connection.collection('accounts').insertOne({
    ...{ _id: randomUUID().slice(0, 13) as never, login: 'bench', name: 'Ibu Bench', role: 'administrator' },
    ...{ kelurahan: null, hash: await hash(PASSWORD), active: true, language: 'id', leave: null, sessionsFrom: 0 },
    createdAt: new Date(),
  });
  const visitor = new Visitor(product.address);
  const { status } = await visitor.signIn('bench', PASSWORD);
  if (status !== 303) throw new Error(`Nobody could sign in: ${status}`);
  return visitor;
}
