/**
 * Brakes on guessing passwords: by address, and by account. The brake on an account cannot be used to lock somebody out: a
 * browser in which they have signed in before carries a sign of it, and is braked by itself only (OWASP, "device cookies").
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Connection } from 'mongoose';
import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';

/** Wrong passwords from one address before it has to wait: an office behind one address has many hands. */
const ADDRESS = { points: 50, duration: 15 * 60, blockDuration: 15 * 60 };

/** Wrong passwords for one account from browsers that it has never signed in with. */
const STRANGERS = { points: 10, duration: 15 * 60, blockDuration: 15 * 60 };

/** Wrong passwords for one account in one browser that it knows. */
const KNOWN = { points: 10, duration: 15 * 60, blockDuration: 5 * 60 };

export type Brakes = ReturnType<typeof createBrakes>;

export interface Attempt {
  address: string;
  login: string;
  /** What the browser carries, if anything. */
  device: string | undefined;
}

export function createBrakes(connection: Connection, secret: string) {
  const limiter = (name: string, limits: typeof ADDRESS) =>
    new RateLimiterMongo({
      storeClient: connection.getClient(),
      ...{ dbName: connection.name, tableName: 'sign_in_brakes', keyPrefix: name, ...limits },
    });
  const byAddress = limiter('address', ADDRESS);
  const byStrangers = limiter('strangers', STRANGERS);
  const byDevice = limiter('device', KNOWN);

  const sign = (login: string, id: string) =>
    createHmac('sha256', secret).update(`device:${login}:${id}`).digest('hex');
  const isKnown = (login: string, device: string | undefined): boolean => {
    const [id = '', given = ''] = (device ?? '').split('.');
    const right = sign(login, id);
    return id !== '' && given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));
  };
  const keysOf = ({ address, login, device }: Attempt) =>
    isKnown(login, device)
      ? [[byDevice, `${login}:${device?.split('.')[0] ?? ''}`] as const]
      : [[byAddress, address] as const, [byStrangers, login] as const];

  return {
    /** Seconds to wait before the next attempt is looked at; 0 when it may be made now. */
    async wait(attempt: Attempt): Promise<number> {
      const states = await Promise.all(
        keysOf(attempt).map(async ([brake, key]) => ({ state: await brake.get(key), most: brake.points })),
      );
      const waits = states.map(({ state, most }) => (state && state.consumedPoints >= most ? state.msBeforeNext : 0));
      return Math.ceil(Math.max(0, ...waits) / 1_000);
    },

    /** A wrong password is counted; the one that is one too many begins the wait. */
    async failed(attempt: Attempt): Promise<void> {
      for (const [brake, key] of keysOf(attempt))
        await brake.consume(key).catch((refused: unknown) => {
          if (!(refused instanceof RateLimiterRes)) throw refused;
        });
    },

    /** The sign that this browser has signed in with this account. */
    deviceOf: (login: string, id: string): string => `${id}.${sign(login, id)}`,
  };
}
