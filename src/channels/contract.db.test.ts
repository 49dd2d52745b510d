import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/support/test-database.ts';
import { serve } from '../http/server.ts';
import { systemClock } from '../shared/clock.ts';
import { createLog } from '../shared/log.ts';
import type { ChannelEvents } from './channel.ts';
import { channelContract, type Harness } from './contract.ts';
import { createSimulator } from './simulator/index.ts';

interface SimulatorHarness extends Harness {
  address: string;
}

async function makeSimulator(): Promise<SimulatorHarness> {
  const database = await testDatabase();
  const log = createLog('silent');
  const channel = createSimulator({
    ...{ ...database, log, clock: systemClock },
    entrance: (_request, _response, next) => next(),
  });
  const { address, close } = await serve({
    ...{ routes: channel.routes ? [channel.routes] : [], health: () => Promise.resolve() },
    ...{ log, secure: false, host: '127.0.0.1', port: 0 },
  });
  return {
    channel,
    address,
    person: 'sim:7',
    taps: true,
    async deliver(id, message) {
      const headers = { 'content-type': 'application/json' };
      return (
        await fetch(`${address}/chat/7/messages`, { method: 'POST', headers, body: JSON.stringify({ id, ...message }) })
      ).ok;
    },
    async arrived() {
      const response = await fetch(`${address}/chat/7/messages?limit=500`);
      const { messages } = (await response.json()) as { messages: { id: string; text: string; direction: string }[] };
      return messages.filter(({ direction }) => direction === 'out').map(({ id, text }) => ({ id, text }));
    },
    async stop() {
      await channel.stop();
      await close();
      await database.close();
    },
  };
}

channelContract('simulator', makeSimulator);

/** Takes everything in and cares for nothing. */
const ignoring: ChannelEvents = {
  receive: () => Promise.resolve('accepted'),
  confirm: () => undefined,
  receipt: () => undefined,
  connected: () => undefined,
  takenOver: () => Promise.resolve(),
  alert: () => Promise.resolve(),
};

describe("the simulator's wire", () => {
  const post = (address: string, body: string, headers: Record<string, string> = {}, phone = '7') =>
    fetch(`${address}/chat/${phone}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  it('refuses rubbish with a clear word, and stores nothing', async () => {
    const harness = await makeSimulator();
    await harness.channel.start(ignoring);
    const tries = [
      [await post(harness.address, 'x'.repeat(10_000_000)), 413, /at most 384kb/],
      [await post(harness.address, '{"id": '), 400, /not valid JSON/],
      [await post(harness.address, '{"id":"1","kind":"fax"}'), 422, /^kind:/],
      [await post(harness.address, '{"id":"1","kind":"text","text":{"$gt":""}}'), 422, /^text:/],
      [await post(harness.address, '{"id":"1","kind":"text"}'), 422, /^text: a text message needs a text/],
      [
        await post(harness.address, '{"id":"1","kind":"text","text":"a"}', { origin: 'http://elsewhere.example' }),
        403,
        /Only the chat page/,
      ],
      [await post(harness.address, 'id=1', { 'content-type': 'text/plain' }), 415, /Send JSON/],
      [await post(harness.address, '{}', {}, 'abc'), 404, /one to fifteen digits/],
      [await fetch(`${harness.address}/chat/7/messages?limit=9999`), 422, /limit/],
      [await fetch(`${harness.address}/nowhere`), 404, /no such page/],
    ] as const;
    for (const [response, status, words] of tries) {
      expect(response.status).toBe(status);
      expect(((await response.json()) as { message: string }).message).toMatch(words);
    }
    expect(await harness.arrived()).toEqual([]);
    await harness.stop();
  });

  it('tells open pages of each message, with a strict policy on every page', async () => {
    const harness = await makeSimulator();
    await harness.channel.start(ignoring);
    const page = await fetch(`${harness.address}/chat/7`);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const stop = new AbortController();
    const events = await fetch(`${harness.address}/chat/7/events`, { signal: stop.signal });
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const listening = (async () => {
      while (!heard.includes('event: message')) heard += (await reader?.read())?.value ?? '';
    })();
    // The stream of the database opens by itself; a message is sent until it is heard.
    await expect
      .poll(
        async () => {
          await harness.channel.send({
            id: `n${heard.length}${Date.now()}`,
            to: 'sim:7',
            text: 'Halo',
            options: [],
            numbered: true,
          });
          return heard;
        },
        { timeout: 10_000, interval: 200 },
      )
      .toContain('"text":"Halo"');
    await listening;
    stop.abort();
    await harness.stop();
  });
});
