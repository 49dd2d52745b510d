/**
 * A worker's place in the stream of inbound messages. Once a second it writes down up to where all is done, so that after
 * a crash only what came later is looked at again; which of that was handled, the conversations themselves know.
 */
import { SECOND, type Clock } from '../shared/clock.ts';
import { messageOf } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import type { ConversationStore, WorkerState } from './ports.ts';

/** A worker of another machine that has given no sign of life for this long is taken for dead. */
const DEAD_AFTER = 15 * SECOND;

/** Handled messages of one contact after which the place is written down early. */
const PLACES_UNWRITTEN = 30;

/** Handled messages of one contact behind the written place: fewer than the hundred that a conversation remembers. */
const PLACES_KEPT = 90;

/** Messages of one contact that may be unsettled at a time: more than a person types. */
const UNSETTLED = 60;

export interface Identity {
  id: string;
  host: string;
  pid: number;
  /** Whether a process of this machine is alive. */
  isAlive(pid: number): boolean;
}

export class Worker {
  readonly #store: ConversationStore;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly identity: Identity;
  /** Places of messages that are not settled, with their contact; ascending, since they are given in that way. */
  readonly #pending = new Map<number, string>();
  /** How many messages of a contact are not settled. */
  readonly #open = new Map<string, number>();
  /** Places of a contact's handled messages behind the written one: what a restart would look at again. */
  readonly #unwritten = new Map<string, number[]>();
  #last: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: { store: ConversationStore; clock: Clock; log: Log; identity: Identity }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.identity = parts.identity;
    this.#last = parts.clock.now() * 1_000;
  }

  get id(): string {
    return this.identity.id;
  }

  /** The next place; it counts as unsettled from now on. A clock that goes backwards does not disturb the order. */
  next(contact: string): number {
    this.#last = Math.max(this.#last + 1, this.#clock.now() * 1_000);
    this.#pending.set(this.#last, contact);
    this.#open.set(contact, this.unsettled(contact) + 1);
    return this.#last;
  }

  unsettled(contact: string): number {
    return this.#open.get(contact) ?? 0;
  }

  /** The message of this place needs nothing more: handled, and all its answers confirmed or given up. */
  settle(order: number): void {
    const contact = this.#pending.get(order);
    if (contact === undefined) return;
    this.#pending.delete(order);
    const left = this.unsettled(contact) - 1;
    if (left > 0) this.#open.set(contact, left);
    else this.#open.delete(contact);
  }

  /** Whether a restart would have to know more of this contact's messages than its conversation remembers. */
  isFull(contact: string): boolean {
    return this.unsettled(contact) >= UNSETTLED || (this.#unwritten.get(contact)?.length ?? 0) >= PLACES_KEPT;
  }

  /** Remembers a handled message; writes the place down early when there are many of one contact. */
  async handled(contact: string, order: number): Promise<void> {
    const places = this.#unwritten.get(contact) ?? [];
    this.#unwritten.set(contact, places);
    if (places.push(order) % PLACES_UNWRITTEN === 0) await this.#save();
  }

  async start(): Promise<void> {
    await this.#save();
    this.#timer = setInterval(() => {
      this.#save().catch((error: unknown) =>
        this.#log.warn({ why: messageOf(error) }, 'the worker could not note its place'),
      );
    }, SECOND);
    this.#timer.unref();
  }

  /** Writes the place a last time; a worker that left nothing open leaves no trace. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#pending.size === 0) await this.#store.removeWorker(this.id);
    else await this.#save();
  }

  /** Workers that will not go on themselves. */
  async dead(): Promise<WorkerState[]> {
    const { id, host, isAlive } = this.identity;
    const workers = await this.#store.workers();
    return workers.filter((worker) => {
      if (worker.id === id) return false;
      const silent = this.#clock.now() - worker.seenAt > DEAD_AFTER;
      return silent || (worker.host === host && !isAlive(worker.pid));
    });
  }

  async #save(): Promise<void> {
    const first = this.#pending.keys().next();
    const settled = (first.done ? this.#last + 1 : first.value) - 1;
    const { id, host, pid } = this.identity;
    await this.#store.saveWorker({ id, host, pid, settled, seenAt: this.#clock.now() });
    for (const [contact, places] of this.#unwritten) {
      const behind = places.filter((place) => place > settled);
      if (behind.length > 0) this.#unwritten.set(contact, behind);
      else this.#unwritten.delete(contact);
    }
  }
}
