/** The embedded server and the connection: its folder, its port, its versions, and what a database may not be. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { MongoMemoryServer } from 'mongodb-memory-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../test/support/database.ts';
import { testDatabase } from '../../test/support/test-database.ts';
import { readConfig, type Config } from '../config.ts';
import { createLog } from '../shared/log.ts';
import { connectDatabase } from './connect.ts';
import { startOf } from './embedded/owner.ts';
import { findProgram } from './embedded/program.ts';
import { answers } from './embedded/server.ts';
import { ensureIndexes } from './indexes.ts';
import { ensureSchemaVersion, schemaVersion } from './schema-version.ts';

const log = createLog('silent');
let folder: string;
let config: Config;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kawan-connect-'));
  config = readConfig({ PATH: process.env['PATH'], DATA_DIR: folder, MONGOD_PORT: String(await freePort()) });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stamp = (changes: object) =>
  writeFileSync(
    join(folder, 'server.json'),
    JSON.stringify({ owner: 1, ownerStarted: 'long ago', version: '6.0.5', port: config.MONGOD_PORT, ...changes }),
  );

describe('the embedded server', () => {
  it('keeps its data from one start to the next, as a replica set', async () => {
    const first = await connectDatabase(config, log);
    await first.connection.collection('things').insertOne({ name: 'purun' });
    await first.close();
    const second = await connectDatabase(config, log);
    expect(await second.connection.collection('things').findOne({}, { projection: { _id: 0 } })).toEqual({
      name: 'purun',
    });
    expect(((await second.connection.db?.admin().command({ hello: 1 })) as { setName: string }).setName).toBe('kawan');
    await second.close();
  });

  it('starts again at once after a kill -9 of the product, and finds the data', async () => {
    const script = `
      import { connectDatabase } from './src/storage/connect.ts';
      import { readConfig } from './src/config.ts';
      import { createLog } from './src/shared/log.ts';
      const database = await connectDatabase(readConfig(process.env), createLog('silent'));
      await database.connection.collection('things').insertOne({ name: 'sasirangan' });
      console.log('written');
      process.kill(process.pid, 'SIGKILL');`;
    const env = { DATA_DIR: folder, MONGOD_PORT: String(config.MONGOD_PORT) };
    const { stdout, signal } = await execa(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      { env, reject: false },
    );
    expect([stdout.trim(), signal]).toEqual(['written', 'SIGKILL']);
    const database = await connectDatabase(config, log);
    expect(await database.connection.collection('things').countDocuments()).toBe(1);
    await database.close();
  });

  it('waits for the port of a left-over server that is closed after its process is gone', async () => {
    const port = String(config.MONGOD_PORT);
    const database = join(folder, 'database');
    mkdirSync(database);
    const leftOver = execa(process.execPath, ['--eval', 'setInterval(() => undefined, 1000)', database], {
      reject: false,
    });
    writeFileSync(join(database, 'mongod.lock'), String(leftOver.pid));
    // Holds the port until it sees, at its next look, that the process is gone.
    const look = `try { process.kill(${leftOver.pid}, 0); } catch { process.exit(); }`;
    const holds = `require('node:net').createServer().listen(${port}, '127.0.0.1'); setInterval(() => { ${look} }, 400)`;
    const holder = execa(process.execPath, ['--eval', holds]);
    await expect.poll(() => answers(config.MONGOD_PORT)).toBe(true);
    const started = await connectDatabase(config, log);
    await Promise.all([holder, leftOver]);
    await started.close();
  });

  it('waits for the port of a left-over server that was gone already when it looked', async () => {
    const holds = `require('node:net').createServer().listen(${config.MONGOD_PORT}, '127.0.0.1'); setTimeout(process.exit, 800)`;
    const holder = execa(process.execPath, ['--eval', holds]);
    await expect.poll(() => answers(config.MONGOD_PORT)).toBe(true);
    const started = await connectDatabase(config, log);
    await holder;
    await started.close();
  });

  it('refuses a port that another program uses, naming it', async () => {
    const stranger: Server = createServer();
    await new Promise<void>((resolve) => stranger.listen(config.MONGOD_PORT, '127.0.0.1', resolve));
    await expect(connectDatabase(config, log)).rejects.toThrow(
      new RegExp(`Port ${config.MONGOD_PORT} .* Choose another one with MONGOD_PORT`),
    );
    await new Promise((resolve) => stranger.close(resolve));
  });

  it('refuses a folder that a newer server wrote, naming both versions', async () => {
    stamp({ version: '99.1.0' });
    await expect(connectDatabase(config, log)).rejects.toThrow(
      /written by MongoDB 99\.1\.0, but the program found here is MongoDB \d+\.\d+\.\d+/,
    );
  });

  it('refuses a folder that another product is using, and one that knows another port', async () => {
    stamp({ owner: process.ppid, ownerStarted: startOf(process.ppid) });
    await expect(connectDatabase(config, log)).rejects.toThrow(
      `in use by another Kawan Pengrajin (process ${process.ppid})`,
    );
    stamp({ port: 1 });
    await expect(connectDatabase(config, log)).rejects.toThrow(/Set MONGOD_PORT=1 again/);
  });

  it('does not believe a note that it did not write', async () => {
    writeFileSync(join(folder, 'server.json'), '{"owner": "me"}');
    await expect(connectDatabase(config, log)).rejects.toThrow(/server\.json: is not readable/);
  });
});

describe("a server of one's own", () => {
  it('must be a replica set', async () => {
    const { program, version } = await findProgram({
      cache: config.MONGOD_CACHE_DIR,
      path: config.PATH,
      say: () => undefined,
    });
    const alone = await MongoMemoryServer.create({ binary: { systemBinary: program, version } });
    await expect(connectDatabase({ ...config, MONGODB_URI: alone.getUri('kawan') }, log)).rejects.toThrow(
      /stands alone; a replica set is needed/,
    );
    await alone.stop();
  });

  it('must answer; its password is not told', async () => {
    const uri = `mongodb://user:secret@127.0.0.1:${await freePort()}/kawan`;
    const error: unknown = await connectDatabase({ ...config, MONGODB_URI: uri }, log).catch(
      (caught: unknown) => caught,
    );
    expect(String(error)).toContain('does not answer');
    expect(String(error)).not.toContain('secret');
  });
});

describe('what a database must be', () => {
  it('is refused when a newer product wrote it, and is not changed', async () => {
    const database = await testDatabase();
    await ensureSchemaVersion(database.connection);
    await database.connection.collection('meta').updateOne({}, { $set: { version: schemaVersion + 1 } });
    await expect(ensureSchemaVersion(database.connection)).rejects.toThrow(
      `data version ${schemaVersion + 1}, this one reads ${schemaVersion}`,
    );
    expect((await database.connection.collection('meta').findOne({}))?.['version']).toBe(schemaVersion + 1);
    await database.close();
  });

  it('has its unique indexes, or is refused with the index named', async () => {
    const database = await testDatabase();
    const spec = { collection: 'things', name: 'once', key: { name: 1 as const }, unique: true };
    await ensureIndexes(database.connection, [spec]);
    await ensureIndexes(database.connection, [spec]);
    const things = database.connection.collection('things');
    await things.dropIndex('once');
    await things.createIndex({ name: 1 }, { name: 'once' });
    await expect(ensureIndexes(database.connection, [spec])).rejects.toThrow(
      /index "once" of "things" is not unique.*dropIndex\("once"\)/s,
    );
    await things.dropIndex('once');
    await things.insertMany([{ name: 'twin' }, { name: 'twin' }]);
    await expect(ensureIndexes(database.connection, [spec])).rejects.toThrow(
      /could not be built.*remove the wrong ones/s,
    );
    await database.close();
  });
});
