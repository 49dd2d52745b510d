/** The contract of every channel, kept by whatsapp-web.js in a real browser on the stub of WhatsApp Web. */
import { expect } from 'vitest';
import { channelContract, type Harness } from '../../src/channels/contract.ts';
import { until } from '../../src/shared/limit.ts';
import { whatsAppFixture } from './harness.ts';
import { OFFICE } from './server.ts';
import { ANA } from './world.ts';

/** A message that is not marked as read by then was not taken in. Milliseconds. */
const NOT_TAKEN = 2_500;

async function makeWhatsApp(): Promise<Harness> {
  const { make, server, store, stop } = await whatsAppFixture();
  const channel = make();
  // The person has written before, or nothing could be sent.
  await store.noteContact(ANA as never, OFFICE.split('@')[0] ?? '');
  const voice = server.addMedia(Buffer.from('OggS a voice note of nobody'));
  return {
    channel,
    person: `wa:${ANA}`,
    taps: false,
    ready: () => until(() => channel.isConnected(), 20_000, 'connecting'),
    async deliver(id, message) {
      if (message.kind === 'tap') throw new Error('Nothing can be tapped on this channel');
      const content = message.kind === 'text' ? { body: message.text } : { type: 'ptt', directPath: voice };
      server.incoming(ANA, { id, ...content });
      return until(() => server.unread(ANA) === 0, NOT_TAKEN, 'reading').then(
        () => true,
        () => false,
      );
    },
    arrived: () => Promise.resolve(server.sent.map(({ id, body }) => ({ id, text: body }))),
    async stop() {
      await stop();
      expect(server.faults).toEqual([]);
    },
  };
}

channelContract('whatsapp-web', makeWhatsApp);
