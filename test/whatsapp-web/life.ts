/** Tests of a channel's life: begin, see its state, and whether it works. */
import { afterEach, expect } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { Heard, somebody, whatsAppFixture, type Fixture, type Options } from './harness.ts';

/** One channel a test; what it was made on is removed after it. */
export function lifeTests() {
  const life = {
    fixture: undefined as unknown as Fixture,
    heard: undefined as unknown as Heard,
    channel: undefined as unknown as Channel,

    /** Starts a channel; `connected` says whether to wait for that. */
    async begin(options: Options = {}, connected = true): Promise<void> {
      await life.prepare(options);
      await life.startIt();
      if (connected) await life.isConnected();
    },
    async prepare(options: Options = {}): Promise<void> {
      life.fixture = await whatsAppFixture(options);
      life.heard = new Heard();
      life.channel = life.fixture.make();
    },
    async startIt(): Promise<void> {
      await life.channel.start(life.heard);
    },
    /** Stops it and starts a new one in its place, as a start of the product does. */
    async beginAgain(): Promise<void> {
      await life.channel.stop();
      life.channel = life.fixture.make();
      await life.channel.start(life.heard);
    },

    isConnected: () => expect.poll(() => life.channel.isConnected(), { timeout: 20_000, interval: 20 }).toBe(true),
    isAway: () => expect.poll(() => life.channel.isConnected(), { timeout: 20_000, interval: 5 }).toBe(false),
    status: () => life.fixture.store.status(),
    becomes: (state: string) =>
      expect.poll(async () => (await life.status())?.state, { timeout: 15_000, interval: 20 }).toBe(state),

    /** It takes a message in and sends one. */
    async works(): Promise<void> {
      const person = somebody();
      life.fixture.server.incoming(person, { body: 'halo' });
      await expect.poll(() => life.heard.from(person), { timeout: 10_000 }).toEqual(['halo']);
      const message = { id: `works-${person}`, to: `wa:${person}`, text: 'Halo', options: [], numbered: true };
      await expect.poll(() => life.channel.send(message), { timeout: 10_000 }).toEqual({ state: 'confirmed' });
    },
  };
  afterEach(() => life.fixture.stop());
  return life;
}
