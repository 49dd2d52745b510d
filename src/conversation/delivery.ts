/**
 * The outbox on its way out. A message was committed as handed over before it is sent; what the channel does not confirm
 * is sent once more after a while when that confuses nobody, and is then given up as unknown and shown to staff.
 */
import type { Channel, OutgoingMessage } from '../channels/channel.ts';
import { MINUTE, SECOND, type Clock } from '../shared/clock.ts';
import { messageOf } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { createBatcher } from './batcher.ts';
import type { CaseStore, ConversationStore, Mark, OutboxEntry, SendState } from './ports.ts';

/** DESIGN.md, delivery promise: a conversational prompt still unknown after 60 s is sent once more. */
export const RESEND_AFTER = MINUTE;

/** One message under way. `settled` is called when nothing more will become of it. */
interface UnderWay {
  conversation: string;
  address: string;
  channel: string;
  entry: OutboxEntry;
  since: number;
  settled(): void;
}

export interface DeliveryParts {
  store: Pick<ConversationStore, 'mark'>;
  cases: CaseStore;
  channels: ReadonlyMap<string, Channel>;
  clock: Clock;
  log: Log;
  resendAfter?: number;
}

export class Delivery {
  readonly #parts: DeliveryParts;
  readonly #mark: (mark: Mark) => Promise<void>;
  readonly #waiting = new Map<string, UnderWay>();
  readonly #queued = new Map<string, UnderWay>();
  #timer: NodeJS.Timeout | undefined;
  #watching = false;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    this.#mark = createBatcher((marks) => parts.store.mark(marks));
  }

  start(): void {
    const every = Math.min(SECOND, this.#resendAfter / 4);
    this.#timer = setInterval(() => void this.#watch(), every);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Sends one after the other; resolves when each was handed to the channel. `settled` is called once for all of them. */
  async send(
    to: Pick<UnderWay, 'conversation' | 'address' | 'channel'>,
    entries: readonly OutboxEntry[],
    settled: () => void,
  ): Promise<void> {
    let open = entries.length;
    if (open === 0) settled();
    const one = () => {
      open--;
      if (open === 0) settled();
    };
    const connected = this.#parts.channels.get(to.channel)?.isConnected() ?? false;
    for (const entry of entries) {
      const way: UnderWay = { ...to, entry, since: this.#parts.clock.now(), settled: one };
      if (connected && entry.state !== 'queued') await this.#hand(way);
      else this.#queued.set(entry.id, way);
    }
    if (connected && this.#queued.size > 0) await this.drain(to.channel);
  }

  /** After a restart: messages that were committed but of which nothing more was written down. */
  async recover(
    to: Pick<UnderWay, 'conversation' | 'address' | 'channel'>,
    entries: readonly OutboxEntry[],
    settled: () => void,
  ): Promise<void> {
    const open = entries.filter((entry) => entry.state === 'handed over' || entry.state === 'queued');
    const unknown = open.filter((entry) => entry.state === 'handed over').map((entry) => entry.id);
    const known = new Set(unknown.length > 0 ? await this.#parts.channels.get(to.channel)?.sentAmong(unknown) : []);
    let left = open.length;
    if (left === 0) settled();
    for (const entry of open) {
      const way: UnderWay = {
        ...to,
        entry,
        since: entry.resentAt ?? entry.at,
        settled: () => {
          left--;
          if (left === 0) settled();
        },
      };
      if (known.has(entry.id)) await this.#conclude(way, 'confirmed');
      else if (entry.state === 'queued') this.#queued.set(entry.id, way);
      else this.#waiting.set(entry.id, way);
    }
  }

  /** The channel confirmed these messages. */
  confirm(ids: readonly string[]): void {
    for (const id of ids) {
      const way = this.#waiting.get(id);
      if (way) void this.#conclude(way, 'confirmed');
    }
  }

  /** Sends what was queued while the channel was away. */
  async drain(channel: string): Promise<void> {
    for (const [id, way] of this.#queued) {
      if (way.channel !== channel) continue;
      if (!this.#parts.channels.get(channel)?.isConnected()) return;
      this.#queued.delete(id);
      // Written down first: killed in between, it is unknown and not sent blindly again.
      await this.#note(way, 'handed over');
      await this.#hand(way);
    }
  }

  async #hand(way: UnderWay): Promise<void> {
    const { id, text, options, numbered } = way.entry;
    const message: OutgoingMessage = { id, to: way.address, text, options, numbered };
    this.#waiting.set(id, way);
    try {
      const result = await this.#parts.channels.get(way.channel)?.send(message);
      if (result?.state === 'confirmed') return void this.#conclude(way, 'confirmed');
      if (result?.state !== 'failed') return;
      this.#parts.log.warn({ message: id, why: result.reason }, 'a message could not be sent');
      if (!result.retry) return void this.#conclude(way, 'failed');
      this.#waiting.delete(id);
      this.#queued.set(id, way);
    } catch (error) {
      this.#parts.log.warn({ message: id, why: messageOf(error) }, 'it is unknown whether a message was sent');
    }
  }

  /** Looks at what waits for a confirmation, and tries what is queued again. */
  async #watch(): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    try {
      const now = this.#parts.clock.now();
      for (const way of [...this.#waiting.values()])
        if (now - way.since >= this.#resendAfter) await this.#overdue(way, now);
      for (const channel of this.#parts.channels.keys()) await this.drain(channel);
    } finally {
      this.#watching = false;
    }
  }

  async #overdue(way: UnderWay, now: number): Promise<void> {
    const known = await this.#sent(way);
    if (known) return this.#conclude(way, 'confirmed');
    if (!way.entry.resend || way.entry.resentAt !== undefined) return this.#conclude(way, 'unknown');
    way.entry = { ...way.entry, resentAt: now };
    way.since = now;
    await this.#note(way, 'handed over', true);
    await this.#hand(way);
  }

  async #sent({ channel, entry }: UnderWay): Promise<boolean> {
    try {
      return ((await this.#parts.channels.get(channel)?.sentAmong([entry.id])) ?? []).length > 0;
    } catch (error) {
      this.#parts.log.warn({ message: entry.id, why: messageOf(error) }, 'the channel could not say what was sent');
      return false;
    }
  }

  async #conclude(way: UnderWay, state: SendState): Promise<void> {
    this.#waiting.delete(way.entry.id);
    await this.#note(way, state);
    if (state === 'unknown' || state === 'failed') await this.#tellStaff(way, state);
    way.settled();
  }

  async #tellStaff({ conversation, entry }: UnderWay, state: SendState): Promise<void> {
    try {
      const at = this.#parts.clock.now();
      await this.#parts.cases.open({
        contact: conversation,
        kind: `send_${state}`,
        flow: '',
        node: '',
        message: entry.id,
        at,
      });
    } catch (error) {
      this.#parts.log.error({ message: entry.id, why: messageOf(error) }, 'staff could not be told of a message');
    }
  }

  /** Writes a state down. While the database is away it is tried again until it is written: it is what a restart goes by. */
  async #note({ conversation, entry }: UnderWay, state: SendState, resent = false): Promise<void> {
    const mark: Mark = { conversation, ids: [entry.id], state, at: this.#parts.clock.now(), ...(resent && { resent }) };
    for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
      try {
        return await this.#mark(mark);
      } catch (error) {
        this.#parts.log.warn({ message: entry.id, why: messageOf(error) }, 'a state could not be noted; trying again');
        await new Promise((resolve) => setTimeout(resolve, pause).unref());
      }
    }
  }

  get #resendAfter(): number {
    return this.#parts.resendAfter ?? RESEND_AFTER;
  }
}
