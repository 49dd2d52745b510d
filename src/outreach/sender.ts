/**
 * The sender: takes what is due from the ledger and hands it over, one after the other, at the channel's pace and outside
 * the quiet hours. Any number of processes may run it. Killed at any point, what was being handed over is unknown, and
 * everything else is taken up by whoever comes next.
 */
import type { Channel, OutgoingMessage } from '../channels/channel.ts';
import type { Conversation, SaidState } from '../conversation/ports.ts';
import type { Reach } from '../conversation/speak-first.ts';
import { MINUTE, type Clock } from '../shared/clock.ts';
import { BusyError, messageOf } from '../shared/errors.ts';
import { within } from '../shared/limit.ts';
import type { Log } from '../shared/log.ts';
import type { Pace } from './pace.ts';
import type { Consents, Delivery, DeliveryKind, Look } from './ports.ts';
import type { QuietHours } from './quiet.ts';
import type { Ledger } from './store.ts';

/** How long a claim is good for, in milliseconds: longer than a claimed batch takes at the slowest pace. */
export const LEASE = 2 * MINUTE;

/** A send that has not ended by then is unknown; one that never ends must not keep everyone else waiting. Milliseconds. */
const SEND_LIMIT = MINUTE;

/** Taken at once. Small, so that a pause or a stop takes hold soon. */
const BATCH = 10;

/** Stranded deliveries that are looked at in one go. */
const PAGE = 200;

export interface SenderParts {
  ledger: Ledger;
  reach: Reach;
  kinds: ReadonlyMap<string, DeliveryKind>;
  consents: Consents;
  channels: readonly Channel[];
  quiet: QuietHours;
  pace: Pace;
  clock: Clock;
  log: Log;
  worker: string;
  lease?: number;
  /** See `SEND_LIMIT`. */
  sendLimit?: number;
  /** Hears of every send, to see the signs of a block. */
  watch?(delivery: Delivery, how: 'good' | 'bad' | 'blocked'): Promise<void>;
}

export class Sender {
  readonly #parts: SenderParts;
  readonly #claimed = new Map<string, Delivery[]>();
  #number = 0;
  #running: Promise<void> | undefined;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Sends what may be sent just now. A second call while one is under way waits for that one. */
  run(): Promise<void> {
    this.#running ??= this.#runOnce().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #runOnce(): Promise<void> {
    await this.#sweep();
    for (const channel of this.#parts.channels)
      while (channel.isConnected() && this.#parts.quiet.isAllowed(this.#parts.clock.now()))
        if (!(await this.#next(channel))) break;
  }

  /** Sends or settles one. False when nothing is due, or the pace allows no more just now. */
  async #next(channel: Channel): Promise<boolean> {
    const { ledger, pace, clock } = this.#parts;
    const held = this.#claimed.get(channel.id) ?? [];
    if (held.length === 0) {
      const now = clock.now();
      const terms = {
        worker: this.#parts.worker,
        number: this.#nextNumber(),
        until: now + this.#lease,
        now,
        limit: BATCH,
      };
      held.push(...(await ledger.claim(channel.id, terms)));
      this.#claimed.set(channel.id, held);
    }
    const [delivery] = held;
    if (!delivery) return false;
    if (clock.now() >= delivery.until) {
      held.shift();
      await ledger.conclude(delivery, 'dropped', clock.now(), 'too late');
      return true;
    }
    if (!(await pace.take(channel.id, delivery.rank, clock.now()))) return false;
    held.shift();
    await this.#deliver(delivery);
    return true;
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { ledger, reach, clock, log } = this.#parts;
    let later: number | undefined;
    try {
      const { refused } = await reach(
        delivery.contact,
        async (conversation) => {
          const look = await this.#look(delivery, conversation);
          if ('later' in look) later = look.later;
          if ('later' in look) return { refused: 'later' };
          if ('refused' in look) return look;
          const owed = this.#parts.kinds.get(delivery.kind)?.owed === true;
          return { ...look, key: delivery._id, about: delivery.thing, ...(owed && { owed }) };
        },
        (messages, channel) => this.#hand(delivery, messages, channel),
      );
      if (later !== undefined) await ledger.release(delivery, later, clock.now());
      else if (refused !== undefined) await ledger.conclude(delivery, 'dropped', clock.now(), refused);
    } catch (error) {
      // Before the hand-over nothing was sent, and the claim runs out by itself; after it, it is unknown.
      if (!(error instanceof BusyError)) throw error;
      log.warn({ delivery: delivery.kind, why: messageOf(error) }, 'a delivery could not be made just now');
    }
  }

  /** Everything again, at the moment of sending: still allowed, still wanted? */
  async #look(delivery: Delivery, conversation: Conversation): Promise<Look> {
    const { clock, consents, channels, kinds } = this.#parts;
    const now = clock.now();
    const { muted, takeover, heardAt, channel } = conversation;
    const kind = kinds.get(delivery.kind);
    if (!kind) return { refused: 'unknown kind' };
    if (muted && !kind.owed) return { refused: 'muted' };
    if (takeover && takeover.until > now) return { later: takeover.until };
    const window = channels.find(({ id }) => id === channel)?.window;
    if (window !== undefined && now - (heardAt ?? 0) > window) return { refused: 'channel window' };
    const whom = delivery.person === delivery.contact ? conversation.persons : [delivery.person];
    if (!(await consents.allows(whom))) return { refused: 'consent' };
    return kind.look(delivery, conversation, now);
  }

  /** What became of it; undefined when nothing was said. */
  async #hand(
    delivery: Delivery,
    messages: readonly OutgoingMessage[],
    channel: Channel,
  ): Promise<SaidState | undefined> {
    const { ledger, clock, log, watch } = this.#parts;
    const handed = clock.now();
    if (!(await ledger.handOver(delivery, handed, handed + this.#lease))) return undefined;
    let state: 'confirmed' | 'handed over' | 'unknown' = 'confirmed';
    for (const [index, message] of messages.entries()) {
      try {
        const result = await within(channel.send(message), this.#parts.sendLimit ?? SEND_LIMIT, 'sending');
        if (result.state === 'failed') {
          // Only a first message that certainly did not go out may be tried again.
          if (result.retry && index === 0 && !result.blocked)
            await ledger.release(delivery, clock.now() + MINUTE, clock.now());
          else await ledger.conclude(delivery, 'failed', clock.now(), result.reason);
          await watch?.(delivery, result.blocked ? 'blocked' : 'bad');
          return index > 0 ? 'failed' : undefined;
        }
        if (result.state === 'handed over') state = 'handed over';
      } catch (error) {
        log.warn({ delivery: delivery.kind, why: messageOf(error) }, 'it is unknown whether a delivery was sent');
        state = 'unknown';
        break;
      }
    }
    if (state !== 'handed over') await ledger.conclude(delivery, state, clock.now());
    // A channel that hangs says of nothing that it failed: what is unknown is no good sign either.
    await watch?.(delivery, state === 'unknown' ? 'bad' : 'good');
    return state;
  }

  /** What processes that died, or never heard of an end, have left. */
  async #sweep(): Promise<void> {
    const { ledger, channels, clock, watch } = this.#parts;
    const now = clock.now();
    await ledger.freeClaims(now);
    const stranded = await ledger.stranded(now, PAGE);
    for (const channel of channels) {
      const here = stranded.filter((delivery) => delivery.channel === channel.id);
      if (here.length === 0) continue;
      const sent = new Set(await channel.sentAmong(here.map(({ _id }) => `${_id}/1`)));
      for (const delivery of here) {
        const state = sent.has(`${delivery._id}/1`) ? 'confirmed' : 'unknown';
        await ledger.conclude(delivery, state, now);
        if (state === 'unknown') await watch?.(delivery, 'bad');
      }
    }
  }

  #nextNumber(): number {
    this.#number = Math.max(this.#number + 1, this.#parts.clock.now());
    return this.#number;
  }

  get #lease(): number {
    return this.#parts.lease ?? LEASE;
  }
}
