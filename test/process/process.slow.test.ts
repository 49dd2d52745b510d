/** The product as a process: it starts with nothing set, stops cleanly, and outlives a kill and a lost database. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbedded, type EmbeddedServer } from '../../src/storage/embedded/server.ts';
import { freePort } from '../support/database.ts';
import { phoneAt, startMain, type MainProcess } from '../support/main-process.ts';

let folder: string;
let env: Record<string, string>;
const processes: MainProcess[] = [];
const start = async (more: Record<string, string> = {}): Promise<MainProcess> => {
  const main = await startMain({ ...env, ...more });
  processes.push(main);
  return main;
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kawan-process-'));
  env = { DATA_DIR: folder, MONGOD_PORT: String(await freePort()) };
});
afterEach(async () => {
  for (const main of processes.splice(0)) {
    main.kill('SIGINT');
    await main.ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Sends until it is accepted, as the page does. */
async function send(main: MainProcess, id: string, text: string): Promise<void> {
  await expect.poll(() => phoneAt(main.address, '1').post(id, text), { timeout: 60_000, interval: 100 }).toBe(202);
}
const received = (main: MainProcess) => phoneAt(main.address, '1').received();

describe('the product', () => {
  it('stops on Ctrl-C with code 0, and finds everything at the next start', async () => {
    const first = await start();
    await send(first, '1', 'halo');
    await expect.poll(async () => (await received(first)).length).toBe(2);
    first.kill('SIGINT');
    expect(await first.ended).toBe(0);
    const second = await start();
    expect(await received(second)).toHaveLength(2);
    await send(second, '2', 'iya');
    await expect.poll(async () => (await received(second)).at(-1)?.text).toContain('Siapa nama');
  });

  it('works again when it is killed and started 200 ms later', async () => {
    const first = await start();
    await send(first, '1', 'halo');
    await expect.poll(async () => (await received(first)).length).toBe(2);
    first.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');
    const second = await start();
    await send(second, '2', 'iya');
    await expect.poll(async () => (await received(second)).at(-1)?.text).toContain('Siapa nama');
    expect(await received(second)).toHaveLength(3);
  });

  it('refuses to start with wrong settings, a line a key, and with a second one on its folder', async () => {
    await expect(start({ PORT: 'abc', LOG_LEVEL: 'loud' })).rejects.toThrow(
      /PORT: "abc" was given.*\nLOG_LEVEL: "loud" was given/,
    );
    await start();
    await expect(start()).rejects.toThrow(/in use by another Kawan Pengrajin/);
  });
});

describe('the embedded database', () => {
  it('takes the product with it when it dies, so that a restart can mend it', async () => {
    const main = await start();
    process.kill(Number(readFileSync(join(folder, 'database', 'mongod.lock'), 'utf8')), 'SIGKILL');
    expect(await main.ended).toBe(1);
    expect(main.output()).toContain('the embedded database has died');
    const again = await start();
    await send(again, '1', 'halo');
    await expect.poll(async () => (await received(again)).length).toBe(2);
  });
});

describe('a database that is gone for thirty seconds under traffic', () => {
  it('loses nothing, doubles nothing, says that it is busy, and recovers by itself', async () => {
    const server = {
      folder: join(folder, 'server'),
      port: Number(env['MONGOD_PORT']),
      cache: '.cache/mongod',
      path: process.env['PATH'] ?? '',
      say: () => undefined,
    };
    let database: EmbeddedServer = await startEmbedded(server);
    const main = await start({ MONGODB_URI: database.uri });
    const phones = Array.from({ length: 10 }, (_, index) => phoneAt(main.address, String(100 + index)));
    const answers = ['halo', 'iya', 'Siti Aminah', '1', 'palam', '1', '12', 'iya'];
    const statuses = new Set<number>();
    // Every phone sends its next answer when the last one was answered, and the same one again while it is busy.
    const talks = phones.map(async (phone) => {
      let expected = 0;
      for (const [index, text] of answers.entries()) {
        await expect
          .poll(
            async () => {
              const status = await phone.post(`m${index}`, text);
              statuses.add(status);
              return status;
            },
            { timeout: 90_000, interval: 200 },
          )
          .toBe(202);
        expected += [2, 1, 1, 1, 1, 1, 2, 2][index] ?? 1;
        await expect
          .poll(async () => (await phone.received()).length, { timeout: 90_000, interval: 200 })
          .toBe(expected);
      }
    });
    await expect.poll(async () => (await phones[0]?.received())?.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(1);
    await database.stop();
    const gone = Date.now();
    const impatient = phoneAt(main.address, '200');
    expect(await impatient.post('early', 'halo')).toBe(503);
    await expect.poll(() => Date.now() - gone, { timeout: 40_000, interval: 500 }).toBeGreaterThan(30_000);
    database = await startEmbedded(server);
    await Promise.all(talks);
    expect([...statuses].filter((status) => status !== 202 && status !== 503)).toEqual([]);
    expect(await impatient.received()).toEqual([]);
    expect(main.output()).not.toContain('a request failed');
    const ids = (await Promise.all(phones.map((phone) => phone.received()))).flat().map(({ id }) => id);
    expect(ids).toHaveLength(10 * 11);
    expect(new Set(ids).size).toBe(ids.length);
    main.kill('SIGINT');
    await main.ended;
    await database.stop();
  });
});
