/** The simulator: an ordinary channel whose other end is a page in the browser, for trying out and for tests. */
import type { RequestHandler } from 'express';
import type { Connection } from 'mongoose';
import { ShiftableClock, type Clock } from '../../shared/clock.ts';
import { BusyError, KawanError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { createFileStore } from '../../storage/file-store.ts';
import type { Vault } from '../../storage/vault.ts';
import type { Channel, ChannelEvents } from '../channel.ts';
import { Live } from './live.ts';
import { createRoutes } from './routes.ts';
import { createSimulatorStore } from './store.ts';

export interface SimulatorParts {
  connection: Connection;
  vault: Vault;
  log: Log;
  clock: Clock;
  /** See `RouteParts`. */
  entrance: RequestHandler;
}

/** The phone behind an alias: "sim:1" is phone 1. @throws KawanError for an address of another channel. */
export function phoneOf(alias: string): string {
  const phone = /^sim:(\d{1,15})$/.exec(alias)?.[1];
  if (phone === undefined) throw new KawanError('This is no address of the simulator', { alias });
  return phone;
}

export function createSimulator({ connection, vault, log, clock, entrance }: SimulatorParts): Channel {
  const store = createSimulatorStore({ connection, vault });
  const live = new Live(store, log);
  let events: ChannelEvents | undefined;
  let last = 0;
  // Messages of one moment keep their order: no two have the same time.
  const now = () => (last = Math.max(last + 0.001, clock.now()));

  return {
    id: 'simulator',
    routes: createRoutes({
      ...{ store, files: createFileStore({ connection, vault }), live, events: () => events, now, entrance },
      clock: clock instanceof ShiftableClock ? clock : undefined,
    }),
    async start(given) {
      if (events) throw new KawanError('The simulator is started already');
      events = given;
      if (clock instanceof ShiftableClock) clock.setAhead(await store.ahead());
      live.start();
    },
    isConnected: () => events !== undefined,
    async send({ id, to, text, options, numbered, attachment }) {
      const message = {
        ...{ id, phone: phoneOf(to), direction: 'out' as const, kind: 'text', text, options, numbered },
        ...(attachment && { attachment }),
      };
      try {
        await store.add({ ...message, at: now() });
        return { state: 'confirmed' };
      } catch (error) {
        // Sending it again is safe, whether it was stored or not: one id is stored once.
        if (error instanceof BusyError) return { state: 'failed', reason: error.message, retry: true };
        throw error;
      }
    },
    sentAmong: (ids) => store.among(ids),
    typing: (to) => live.tell(phoneOf(to), 'typing', {}),
    async stop() {
      events = undefined;
      await live.stop();
    },
  };
}
