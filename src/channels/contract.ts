/** What every channel must keep, as one suite: `channels/<c>` passes it with a harness that plays the other end of its wire. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BusyError } from '../shared/errors.ts';
import type { Channel, ChannelEvents, IncomingMessage, OutgoingMessage } from './channel.ts';

/** The other end of a channel's wire: a person's phone. */
export interface Harness {
  channel: Channel;
  /** The person's address, as it stands in `aliases`. */
  person: string;
  /** Whether options can be tapped there. */
  taps: boolean;
  /** Resolves when the channel, once started, is connected. */
  ready?(): Promise<void>;
  /** Sends as the person does; whether the channel acknowledged it. The same id is the same message. */
  deliver(
    id: string,
    message:
      { kind: 'text'; text: string } | { kind: 'tap'; tap: { option: string; prompt: string } } | { kind: 'voice' },
  ): Promise<boolean>;
  /** What arrived on the person's phone, in order. */
  arrived(): Promise<readonly Pick<OutgoingMessage, 'id' | 'text'>[]>;
  stop(): Promise<void>;
}

export function channelContract(name: string, make: () => Promise<Harness>): void {
  describe(`the channel contract: ${name}`, () => {
    let harness: Harness;
    let received: IncomingMessage[];
    let busy: boolean;
    const seen = new Set<string>();
    const events: ChannelEvents = {
      receive: (message) => {
        if (busy) return Promise.reject(new BusyError('busy'));
        received.push(message);
        const known = seen.has(message.externalId);
        seen.add(message.externalId);
        return Promise.resolve(known ? 'duplicate' : 'accepted');
      },
      confirm: () => undefined,
      receipt: () => undefined,
      connected: () => undefined,
      takenOver: () => Promise.resolve(),
      alert: () => Promise.resolve(),
    };
    const outgoing = (id: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
      ...{ id, to: harness.person, text: 'Siapa nama Bapak/Ibu?', options: [], numbered: true },
      ...more,
    });

    beforeEach(async () => {
      received = [];
      busy = false;
      seen.clear();
      harness = await make();
      await harness.channel.start(events);
      await harness.ready?.();
    });
    afterEach(() => harness.stop());

    it('tells what a person sent, with its id and where to answer', async () => {
      expect(await harness.deliver('m1', { kind: 'text', text: 'halo' })).toBe(true);
      expect(received).toEqual([
        expect.objectContaining({
          channel: harness.channel.id,
          kind: 'text',
          text: 'halo',
          aliases: [harness.person],
        }) as unknown,
      ]);
      expect(received[0]?.externalId).toContain('m1');
      expect(received[0]?.at).toBeGreaterThan(0);
    });

    it('gives one message one id, however often it is delivered', async () => {
      await Promise.all(Array.from({ length: 20 }, () => harness.deliver('same', { kind: 'text', text: 'halo' })));
      expect(new Set(received.map(({ externalId }) => externalId)).size).toBe(1);
    });

    it('does not acknowledge what could not be stored, and brings it again', async () => {
      busy = true;
      expect(await harness.deliver('m1', { kind: 'text', text: 'halo' })).toBe(false);
      busy = false;
      expect(await harness.deliver('m1', { kind: 'text', text: 'halo' })).toBe(true);
      expect(received).toHaveLength(1);
    });

    it('tells taps, where there are any, and what is not words as such', async () => {
      await harness.channel.send(outgoing('q1', { options: [{ id: 'yes', label: 'Ya' }] }));
      if (harness.taps) await harness.deliver('m1', { kind: 'tap', tap: { option: 'yes', prompt: 'q1' } });
      await harness.deliver('m2', { kind: 'voice' });
      const tap = ['tap', { option: 'yes', prompt: 'q1' }];
      expect(received.map(({ kind, tap }) => [kind, tap])).toEqual([
        ...(harness.taps ? [tap] : []),
        ['voice', undefined],
      ]);
    });

    it('sends in order, once an id, and remembers what it sent', async () => {
      expect(harness.channel.isConnected()).toBe(true);
      for (const id of ['s1', 's2', 's2', 's3']) await harness.channel.send(outgoing(id, { text: id }));
      expect((await harness.arrived()).map(({ text }) => text)).toEqual(['s1', 's2', 's3']);
      expect([...(await harness.channel.sentAmong(['s1', 's3', 'never']))].sort()).toEqual(['s1', 's3']);
    });

    it('carries long texts, emoji and right-to-left letters whole', async () => {
      const text = `${'a'.repeat(4_000)} 🧵👩‍🎨 سلام *tebal* <b>`;
      await harness.channel.send(outgoing('long', { text }));
      expect((await harness.arrived()).at(-1)?.text).toBe(text);
      await harness.deliver('m1', { kind: 'text', text });
      expect(received[0]?.text).toBe(text);
    });

    it('refuses an address that is not its own', async () => {
      await expect(harness.channel.send(outgoing('x', { to: 'somebody else' }))).rejects.toThrow();
      expect(await harness.arrived()).toEqual([]);
    });

    it('takes nothing more in when it has stopped', async () => {
      await harness.channel.stop();
      expect(harness.channel.isConnected()).toBe(false);
      expect(await harness.deliver('m1', { kind: 'text', text: 'halo' })).toBe(false);
      expect(received).toEqual([]);
    });
  });
}
