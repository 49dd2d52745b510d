/** Notes how the channel goes, for `npm run doctor`: one write after the other, so that no late one brings an old state back. */
import type { Condition } from '../channel.ts';
import type { ChannelStatus, WhatsAppStore } from './store.ts';

export class StatusNote {
  readonly #store: Pick<WhatsAppStore, 'saveStatus'>;
  readonly #present: () => ChannelStatus;
  #writing: Promise<void> = Promise.resolve();

  /** @param present how it goes at the moment of writing */
  constructor(store: Pick<WhatsAppStore, 'saveStatus'>, present: () => ChannelStatus) {
    this.#store = store;
    this.#present = present;
  }

  /** Writes it down, after what is being written. @throws BusyError while the database is away. */
  write(): Promise<void> {
    const write = (): Promise<void> => this.#store.saveStatus(this.#present());
    // What failed before was told to who asked for it.
    this.#writing = this.#writing.then(write, write);
    return this.#writing;
  }
}

/** How it goes, as it was noted last, with the code to link by while one is good. */
export async function conditionOf(store: Pick<WhatsAppStore, 'status' | 'pairing'>, now: number): Promise<Condition> {
  const status = (await store.status()) ?? { state: 'off', since: now, at: now, counts: {}, broken: [] };
  const pairing = status.state === 'pairing' ? await store.pairing(now) : undefined;
  return { ...status, ...(pairing && { pairing }) };
}
