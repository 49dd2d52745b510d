/** The simulator where people are served: every address of it, every role, and names that are none of ours. */
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import type { RequestHandler } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { may, roles, type Role } from '../../src/console/access/roles.ts';
import { compose } from '../../src/compose.ts';
import { DAY } from '../../src/shared/clock.ts';
import { createLog } from '../../src/shared/log.ts';
import { startProduct, type TestProduct } from '../support/product.ts';
import { testDatabase } from '../support/test-database.ts';
import { startDesk, type TestDesk, type Visitor } from './desk.ts';

interface Layer {
  route?: { path: string | RegExp; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/** Every address that a handler answers, found by walking it. */
const routesOf = (handler: RequestHandler): { method: string; path: string }[] =>
  ((handler as unknown as Layer['handle']).stack ?? []).flatMap(({ route, handle }) =>
    route
      ? Object.keys(route.methods).map((method) => ({ method: method.toUpperCase(), path: String(route.path) }))
      : routesOf(handle as unknown as RequestHandler),
  );

const filled = (path: string): string => path.replace(':phone', '7').replace(/:\w+/g, '0'.repeat(32));

/** The simulator's, with the files of its page, which no route names. */
const simulated = (product: TestProduct) => [
  ...product.handlers.flatMap(routesOf).filter(({ path }) => /^\/(?:chat|simulator)\b/.test(path)),
  ...['/simulator/chat.js', '/SIMULATOR/chat.css', '/Chat/7', '/chat/7/', '/simulator/none'].map((path) => ({
    ...{ method: 'GET', path },
  })),
];

/** One request with the lines as they are given: no client puts anything right. Resolves with its status. */
const statusOf = (
  address: string,
  { method = 'GET', path = '/', host }: { method?: string; path?: string; host: string | readonly string[] },
): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    const hosts = [host].flat().flatMap((name) => ['Host', name]);
    const sent = request({ hostname, port, method, path, setHost: false, headers: hosts as never }, (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });

const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://kawan.test' };
// Its browser ends at once: the channel rests, and is there all the same.
const beside = { CHANNELS: ['simulator', 'whatsapp-web'], CHROMIUM_BIN: '/bin/true', DATA_DIR: tmpdir() };

describe.each([
  ['in production', production, roles],
  ['beside a real channel', beside, ['administrator', 'officer']],
] as const)('%s', (_where, config, some) => {
  const proxied = { 'x-forwarded-proto': 'https' };
  let desk: TestDesk;
  const signedIn = new Map<Role, Visitor>();
  const origin = () => ({ origin: desk.product.address, 'content-type': 'application/json' });
  const visitor = (role: Role): Visitor => signedIn.get(role) ?? desk.stranger();

  beforeAll(async () => {
    desk = await startDesk({ jobs: false, log: createLog('silent'), config: config as never }, proxied);
    for (const role of some) signedIn.set(role, await desk.visitor(role));
  });
  afterAll(() => desk.product.stop());

  it('no address of it answers who has not signed in', async () => {
    const all = simulated(desk.product);
    expect(all.length).toBeGreaterThan(12);
    for (const { method, path } of all) {
      const ask = (headers: Record<string, string>) => desk.stranger().ask(filled(path), { method, headers });
      expect([path, (await ask(origin())).status]).toEqual([path, 401]);
      const page = await ask({ accept: 'text/html' });
      expect([path, page.status]).toEqual([path, method === 'GET' ? 303 : 401]);
      if (method === 'GET') expect(page.headers.get('location')).toMatch(/^\/masuk\?ke=/);
    }
    // Written otherwise it is another address, and none.
    for (const path of ['/%63hat/7', '//chat/7', '/chat//7', '/x/../chat/7;a', '/chat/7%2fmessages'])
      expect([path, (await desk.stranger().ask(path)).status]).not.toEqual([path, 200]);
  });

  it.each(some)('the role %s gets what the table allows, and nothing is written from another page', async (role) => {
    const who = visitor(role);
    const allowed = may(role, 'simulator.use');
    for (const { method, path } of simulated(desk.product)) {
      const stop = new AbortController();
      const ask = (headers: Record<string, string>) =>
        who.ask(filled(path), { method, headers, signal: stop.signal }).then(({ status }) => status);
      const status = await ask(origin());
      expect([role, path, status === 403 || status === 401]).toEqual([role, path, !allowed]);
      if (allowed && method !== 'GET')
        for (const headers of [{}, { origin: 'https://lain.test' }, { origin: 'null' }])
          expect([path, await ask({ 'content-type': 'application/json', ...headers })]).toEqual([path, 403]);
      stop.abort();
    }
  });

  it('a talk can be held and heard by who may, until they sign out', async () => {
    const who = await desk.visitor('administrator');
    const send = (id: string) =>
      who.ask('/chat/7/messages', {
        ...{ method: 'POST', headers: origin(), body: JSON.stringify({ id, kind: 'text', text: 'halo' }) },
      });
    const stream = (await who.ask('/chat/7/events')).body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await stream?.read())?.value).toContain('catch-up');
    expect((await send('a')).status).toBe(202);
    await desk.product.conversations.idle();
    expect(await (await who.ask('/chat/7/messages')).text()).toContain('Kawan Pengrajin');
    await who.send('/keluar', {});
    expect((await send('b')).status).toBe(401);
    await visitor('administrator').ask('/chat/7/messages', {
      ...{ method: 'POST', headers: origin(), body: JSON.stringify({ id: 'c', kind: 'text', text: 'rahasia' }) },
    });
    let heard = '';
    const listen = async () => {
      for (let part = await stream?.read(); part && !part.done; part = await stream?.read()) heard += part.value;
    };
    // Cut off: the stream ends in an error, or in nothing.
    await listen().catch(() => undefined);
    expect(heard).not.toContain('rahasia');
  });

  it('its time is the real one', async () => {
    const moved = await visitor('administrator').ask('/simulator/clock', {
      ...{ method: 'POST', headers: origin(), body: JSON.stringify({ forward: DAY }) },
    });
    expect(moved.status).toBe(409);
  });

  it('no number of staff stands on it: not added, not believed, and no start with one', async () => {
    const { database, parts } = desk.product;
    await expect(parts.broadcastStore.addStaff('simulator:sim:8', 'Ibu Ratna', 0)).rejects.toThrow('real channel');
    const staff = database.connection.collection('staff');
    await staff.insertOne({ _id: 'simulator:sim:8' as never, name: 'Ibu Ratna', addedAt: new Date() });
    const who = visitor('administrator');
    for (const text of ['halo', 'tidak', 'umumkan'])
      await who.ask('/chat/8/messages', {
        ...{ method: 'POST', headers: origin(), body: JSON.stringify({ id: text, kind: 'text', text }) },
      });
    await desk.product.conversations.idle();
    const answer = await (await who.ask('/chat/8/messages')).text();
    expect(answer).toContain('untuk petugas saja');
    expect(answer).not.toContain('Apa isi');
    const second = await testDatabase({ uri: database.uri, keep: true });
    const again = compose({
      config: { ...{ CHANNELS: ['simulator'], HOST: '127.0.0.1', PORT: 0, NODE_ENV: 'test' }, ...(config as object) },
      ...{ database: second, log: createLog('silent'), jobs: false },
    });
    await expect(again).rejects.toThrow('npm run office -- staff remove simulator:sim:8');
    await second.close();
  });
});

describe('where things are tried out', () => {
  let product: TestProduct;
  beforeAll(async () => {
    product = await startProduct({ jobs: false, config: { PUBLIC_URL: 'https://kawan.test' } });
  });
  afterAll(() => product.stop());

  it('every route refuses a name that is none of ours', async () => {
    const all = [{ method: 'GET', path: '/health' }, ...product.handlers.flatMap(routesOf), ...simulated(product)];
    expect(all.length).toBeGreaterThan(90);
    for (const { method, path } of all)
      expect([path, await statusOf(product.address, { method, path: filled(path), host: 'lain.test' })]).toEqual([
        ...[path, 421],
      ]);
  });

  it.each([
    ['kawan.test', 200],
    ['KAWAN.test:443', 200],
    ['localhost', 200],
    ['LocalHost:3000', 200],
    ['127.0.0.1:1', 200],
    ['127.9.9.9', 200],
    ['[::1]:3000', 200],
    ['kawan.test:8080', 421],
    ['kawan.test.', 421],
    ['localhost.', 421],
    ['sub.kawan.test', 421],
    ['kawan.test.lain.test', 421],
    ['127.0.0.1.lain.test', 421],
    ['127.0.0.1@lain.test', 421],
    ['lain.test@127.0.0.1', 421],
    ['127.1', 421],
    ['0.0.0.0', 421],
    ['192.168.1.5', 421],
    ['[::]', 421],
    ['localhost lain.test', 421],
    ['localhost,lain.test', 421],
    ['', 421],
  ])('the name %j is answered with %i', async (host, status) => {
    expect(await statusOf(product.address, { path: '/health', host })).toBe(status);
  });

  it('believes no other line about the name, and neither two names nor none', async () => {
    const { address } = product;
    expect(await statusOf(address, { path: '/health', host: ['localhost', 'lain.test'] })).not.toBe(200);
    expect(await statusOf(address, { path: 'http://lain.test/health', host: 'localhost' })).toBe(421);
    expect(await statusOf(address, { path: 'http://localhost/health', host: 'lain.test' })).toBe(421);
    expect(await statusOf(address, { path: 'http://localhost/health', host: 'localhost' })).toBe(200);
    expect(await statusOf(address, { path: '/health', host: [] })).not.toBe(200);
  });

  it('the simulator is open on this machine, and at the public name behind the door', async () => {
    expect(await statusOf(product.address, { path: '/chat/1', host: 'localhost:3000' })).toBe(200);
    expect(await statusOf(product.address, { path: '/chat/1/messages', host: 'kawan.test' })).not.toBe(200);
  });

  it('the time goes 400 days ahead in all', async () => {
    const forward = async (ms: number) => {
      const body = JSON.stringify({ forward: ms });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${product.address}/simulator/clock`, { method: 'POST', headers, body });
      return [answer.status, ((await answer.json()) as { ahead?: number }).ahead];
    };
    expect(await forward(401 * DAY)).toEqual([409, undefined]);
    expect(await forward(300 * DAY)).toEqual([200, 300 * DAY]);
    expect(await forward(101 * DAY)).toEqual([409, undefined]);
    expect(await forward(100 * DAY)).toEqual([200, 400 * DAY]);
    expect(await forward(1)).toEqual([409, undefined]);
  });
});
