/** Only one process may hold the office's number; another one waits until it ends or dies. */
import { hostname } from 'node:os';
import type { Clock } from '../../shared/clock.ts';
import { KawanError } from '../../shared/errors.ts';
import { isAlive } from '../../shared/process.ts';
import type { WhatsAppStore } from './store.ts';

/** Kept for so long without being renewed, in milliseconds. */
const KEPT = 20_000;

/** How often it is renewed, or asked for again. */
const EVERY = 2_000;

export interface Lease {
  /** Resolves when the number is ours. `lost` is called when it no longer is. @throws KawanError when released meanwhile. */
  take(lost: () => void): Promise<void>;
  release(): Promise<void>;
}

export function createLease(store: WhatsAppStore, id: string, clock: Clock): Lease {
  const owner = `${hostname()}/${process.pid}/${id}`;
  let timer: NodeJS.Timeout | undefined;
  let released = false;
  const renew = async (): Promise<boolean> => {
    const now = clock.now();
    return store.lease(owner, now, now + KEPT);
  };
  /** A process of this machine that has died will not come back for it. */
  const freeFromDead = async (): Promise<void> => {
    const holder = await store.holder(clock.now());
    const [host, pid] = holder?.split('/') ?? [];
    if (holder !== undefined && host === hostname() && !isAlive(Number(pid))) await store.release(holder);
  };
  return {
    async take(lost) {
      released = false;
      while (!(await renew())) {
        await freeFromDead();
        await new Promise((wake) => setTimeout(wake, EVERY / 4));
        if (released) throw new KawanError('The number is not wanted any more');
      }
      clearInterval(timer);
      let until = clock.now() + KEPT;
      timer = setInterval(() => {
        renew().then(
          (ours) => {
            if (ours) until = clock.now() + KEPT;
            else lose();
          },
          // The database is away: until the lease has run out nobody else can have it.
          () => clock.now() > until && lose(),
        );
      }, EVERY).unref();
      const lose = (): void => {
        clearInterval(timer);
        lost();
      };
    },
    async release() {
      released = true;
      clearInterval(timer);
      await store.release(owner);
    },
  };
}
