/** The delivery promise: what is not confirmed is sent once more when that confuses nobody, then shown to staff. */
import { describe, expect, it } from 'vitest';
import { MINUTE, ManualClock } from '../../src/shared/clock.ts';
import { testUri } from '../support/test-database.ts';
import { startWired, wiredTests, type WiredProduct } from '../support/wired-product.ts';

const start = wiredTests();

const states = async ({ database }: WiredProduct) => {
  const conversation = await database.connection.collection('conversations').findOne({});
  return Object.values((conversation?.['outbox'] ?? {}) as Record<string, { state: string }>).map(({ state }) => state);
};
const cases = ({ database }: WiredProduct) => database.connection.collection('cases').distinct('kind');

describe('a message of which nothing is known', () => {
  it('is confirmed by its own echo, and not sent again', async () => {
    const clock = new ManualClock('2026-11-25T09:00:00+08:00');
    const wired = await start({ clock, resendAfter: MINUTE });
    wired.wire.answer = () => Promise.resolve({ state: 'handed over' });
    await wired.wire.deliver('a', 'halo');
    await wired.product.conversations.idle();
    wired.wire.events?.confirm(wired.wire.sent.map(({ id }) => id));
    await expect.poll(() => states(wired)).toEqual(['confirmed', 'confirmed']);
    expect(wired.wire.sent).toHaveLength(2);
  });

  it('is sent once more after a minute, and is unknown after another, with a case for staff', async () => {
    const wired = await start({ resendAfter: 200 });
    const tried: string[] = [];
    wired.wire.answer = (message) => {
      tried.push(message.id);
      return Promise.reject(new Error('the page hangs'));
    };
    await wired.wire.deliver('a', 'halo');
    await expect.poll(() => states(wired), { timeout: 10_000 }).toEqual(['unknown', 'unknown']);
    expect(tried).toHaveLength(4);
    expect(new Set(tried).size).toBe(2);
    expect(await cases(wired)).toEqual(['send_unknown']);
  });

  it('is not sent again when the channel remembers it', async () => {
    const wired = await start({ resendAfter: 200 });
    wired.wire.answer = () => Promise.resolve({ state: 'handed over' });
    await wired.wire.deliver('a', 'halo');
    await expect.poll(() => states(wired), { timeout: 10_000 }).toEqual(['confirmed', 'confirmed']);
    expect(wired.wire.sent).toHaveLength(2);
  });
});

describe('a message that a killed process left unknown', () => {
  it('goes out once more and before the next answer, although the watch looks at it at the same moment', async () => {
    const uri = testUri();
    const first = await startWired({ uri, keep: true });
    first.wire.answer = () => Promise.reject(new Error('it dies'));
    await first.wire.deliver('a', 'halo');
    await first.product.conversations.idle();
    await first.stop();
    const second = await start({ uri, resendAfter: 40 });
    await second.database.connection.collection('workers').updateMany({}, { $set: { seenAt: 0 } });
    await second.product.conversations.takeUp();
    let asked = 0;
    let release: (ids: string[]) => void = () => undefined;
    const released = new Promise<string[]>((resolve) => (release = resolve));
    second.wire.sentAmong = () => {
      asked++;
      return released;
    };
    await expect.poll(() => asked).toBe(1);
    await second.wire.deliver('a', 'iya', { externalId: 'a/2' });
    release([]);
    await expect
      .poll(() => second.wire.sent.map(({ id }) => id.slice(-3)), { timeout: 10_000 })
      .toEqual(['1/1', '1/2', '2/1']);
    // The new turn drops what is confirmed by then; nothing else may stay.
    await expect.poll(async () => [...new Set(await states(second))], { timeout: 10_000 }).toEqual(['confirmed']);
    expect(await cases(second)).toEqual([]);
  });
});

describe('a copy of a message', () => {
  it('that comes while the answer is not confirmed brings no second answer', async () => {
    const wired = await start();
    wired.wire.answer = () => Promise.resolve({ state: 'handed over' });
    await wired.wire.deliver('a', 'halo', { externalId: 'same' });
    await wired.product.conversations.idle();
    expect(await wired.wire.deliver('a', 'halo', { externalId: 'same' })).toBe('duplicate');
    await wired.product.conversations.idle();
    expect(wired.wire.sent).toHaveLength(2);
  });
});

describe('a channel that is away', () => {
  it('gets what was queued when it is back, in order', async () => {
    const wired = await start();
    wired.wire.connected = false;
    await wired.wire.deliver('a', 'halo');
    await wired.wire.deliver('a', 'iya');
    await wired.product.conversations.idle();
    expect(wired.wire.sent).toEqual([]);
    expect(await states(wired)).toEqual(['queued', 'queued', 'queued']);
    wired.wire.connected = true;
    wired.wire.events?.connected();
    await expect.poll(() => wired.wire.sent.length).toBe(3);
    expect(wired.wire.sent.map(({ id }) => id.slice(-3))).toEqual(['1/1', '1/2', '2/1']);
    await expect.poll(() => states(wired)).toEqual(['confirmed', 'confirmed', 'confirmed']);
  });

  it('gets it after a restart as well', async () => {
    const uri = testUri();
    const first = await startWired({ uri, keep: true });
    first.wire.connected = false;
    await first.wire.deliver('a', 'halo');
    await first.product.conversations.idle();
    await first.stop();
    const second = await start({ uri, resendAfter: 200 });
    // The first worker is of this very process and so is taken for alive; its note says that it has ended.
    await second.database.connection.collection('workers').updateMany({}, { $set: { seenAt: 0 } });
    await second.product.conversations.takeUp();
    await expect.poll(() => second.wire.sent.length, { timeout: 10_000 }).toBe(2);
  });

  it('gives up what can never be sent, and tells staff', async () => {
    const wired = await start();
    wired.wire.answer = () => Promise.resolve({ state: 'failed', reason: 'not on WhatsApp', retry: false });
    await wired.wire.deliver('a', 'halo');
    await expect.poll(() => states(wired)).toEqual(['failed', 'failed']);
    await expect.poll(() => cases(wired)).toEqual(['send_failed']);
  });
});
