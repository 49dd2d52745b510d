/**
 * The outbox on its way out. A message was committed as handed over before it is sent; what the channel does not confirm
 * is sent once more after a while when that confuses nobody, and is then given up as unknown and shown to staff.
 */
import type { Channel, OutgoingMessage } from '../channels/channel.ts';
import { MINUTE, SECOND, type Clock } from '../shared/clock.ts';
import { messageOf } from '../shared/errors.ts';
import { ofContact, type Purpose } from '../shared/purpose.ts';
import { revealed } from '../shared/sealed-text.ts';
import type { Log } from '../shared/log.ts';
import { createBatcher } from './batcher.ts';
import { saidOf, type History } from './history.ts';
import type { CaseStore, ConversationStore, Mark, OutboxEntry, SendState } from './ports.ts';

/** DESIGN.md, delivery promise: a conversational prompt still unknown after 60 s is sent once more. */
export const RESEND_AFTER = MINUTE;

/** Where messages go: a conversation, the address to answer to, and the channel's id. */
export interface Address {
  conversation: string;
  address: string;
  channel: string;
}

/** One message under way. `settled` is called when nothing more will become of it. */
interface UnderWay extends Address {
  entry: OutboxEntry;
  since: number;
  /** It certainly did not go out, so often in a row; and when it is tried again, milliseconds since the epoch. */
  failures: number;
  notBefore: number;
  settled(): void;
  /** It is being looked at; whoever comes second waits for the first instead of doing the same. */
  looking?: Promise<void>;
}

export interface DeliveryParts {
  store: Pick<ConversationStore, 'mark'>;
  history: History;
  cases: CaseStore;
  channels: ReadonlyMap<string, Channel>;
  clock: Clock;
  log: Log;
  /** Opens what a text of ours hides, for its owner only. */
  open(sealed: string, purpose: Purpose): string | undefined;
  resendAfter?: number;
}

export class Delivery {
  readonly #parts: DeliveryParts;
  readonly #mark: (mark: Mark) => Promise<void>;
  readonly #waiting = new Map<string, UnderWay>();
  #queued = new Map<string, UnderWay>();
  /** What is unknown, by conversation: nothing newer goes out before it is settled. */
  readonly #left = new Map<string, UnderWay[]>();
  #timer: NodeJS.Timeout | undefined;
  #watching = false;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    this.#mark = createBatcher((marks) => parts.store.mark(marks));
  }

  start(): void {
    this.#timer = setInterval(() => void this.#watch(), this.#every);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Sends one after the other; resolves when each was handed to the channel. `settled` is called once for all of them. */
  async send(to: Address, entries: readonly OutboxEntry[], settled: () => void): Promise<void> {
    const connected = this.#parts.channels.get(to.channel)?.isConnected() ?? false;
    if (connected) await this.#sendLeft(to.conversation);
    const confirmed: UnderWay[] = [];
    let behind = !connected || [...this.#queued.values()].some((way) => way.conversation === to.conversation);
    for (const way of this.#ways(to, entries, settled)) {
      way.since = this.#parts.clock.now();
      if (behind || way.entry.state === 'queued') this.#queued.set(way.entry.id, way);
      else if (await this.#hand(way)) confirmed.push(way);
      // Behind one that could not go out, or of which nothing is known, the next ones wait: an order is a promise, too.
      behind ||= this.#queued.has(way.entry.id) || this.#left.has(to.conversation);
    }
    // What the channel confirms at once is written down together, in one round trip a turn.
    if (confirmed.length > 0) void this.#conclude(confirmed, 'confirmed');
    if (connected && this.#queued.size > 0) await this.drain(to.channel);
  }

  /** After a restart: messages that were committed but of which nothing more was written down. */
  async recover(to: Address, entries: readonly OutboxEntry[], settled: () => void): Promise<void> {
    const open = entries.filter(isUnderWay);
    // What had come to its end may not stand in the history yet; writing it twice is harmless.
    for (const entry of entries)
      if (!isUnderWay(entry)) this.#parts.history.add(saidOf(entry, to, entry.state as 'confirmed'));
    const unknown = open.filter((entry) => entry.state === 'handed over').map((entry) => entry.id);
    const known = new Set(unknown.length > 0 ? await this.#parts.channels.get(to.channel)?.sentAmong(unknown) : []);
    for (const way of this.#ways(to, open, settled)) {
      way.since = way.entry.resentAt ?? way.entry.at;
      if (known.has(way.entry.id)) await this.#conclude([way], 'confirmed');
      else if (way.entry.state === 'queued') this.#queued.set(way.entry.id, way);
      else {
        this.#waiting.set(way.entry.id, way);
        this.#leave(way);
      }
    }
  }

  #leave(way: UnderWay): void {
    this.#unleave(way);
    this.#left.set(way.conversation, [...(this.#left.get(way.conversation) ?? []), way]);
  }

  #unleave(way: UnderWay): void {
    const left = this.#left.get(way.conversation)?.filter((other) => other !== way) ?? [];
    if (left.length > 0) this.#left.set(way.conversation, left);
    else this.#left.delete(way.conversation);
  }

  /**
   * The person has written again, so a newer message is about to go out: what was left unknown before it is settled first,
   * without waiting out its time. An old question must not come after the new one.
   */
  async #sendLeft(conversation: string): Promise<void> {
    for (const way of this.#left.get(conversation) ?? [])
      if (this.#waiting.get(way.entry.id) === way) await this.#overdue(way, this.#parts.clock.now());
      else this.#unleave(way);
  }

  /** The messages on their way; `settled` is called when the last of them is. */
  #ways(to: Address, entries: readonly OutboxEntry[], settled: () => void): UnderWay[] {
    let open = entries.length;
    if (open === 0) settled();
    return entries.map((entry) => {
      let done = false;
      // Its end may be told twice, by the channel's confirmation and by the outcome of the send.
      const one = () => {
        if (done) return;
        done = true;
        open--;
        if (open === 0) settled();
      };
      return { ...to, entry, since: this.#parts.clock.now(), failures: 0, notBefore: 0, settled: one };
    });
  }

  /** The channel confirmed these messages. */
  confirm(ids: readonly string[]): void {
    for (const id of ids) {
      const way = this.#waiting.get(id);
      if (way) void this.#conclude([way], 'confirmed');
    }
  }

  /** Sends what was queued while the channel was away. */
  async drain(channel: string): Promise<void> {
    const halted = new Set<string>();
    for (const [id, way] of [...this.#queued]) {
      if (way.channel !== channel || !this.#queued.has(id)) continue;
      if (!this.#parts.channels.get(channel)?.isConnected()) return;
      if (way.notBefore > this.#parts.clock.now()) halted.add(way.conversation);
      if (halted.has(way.conversation) || this.#left.has(way.conversation)) continue;
      this.#queued.delete(id);
      // Written down first: killed in between, it is unknown and not sent blindly again.
      await this.#note([way], 'handed over');
      if (await this.#hand(way)) await this.#conclude([way], 'confirmed');
      // It goes back to its place, and what stands behind it waits with it.
      if (this.#queued.has(id)) {
        halted.add(way.conversation);
        this.#queued = new Map([[id, way], ...this.#queued]);
      }
    }
  }

  /** Whether the channel confirmed it at once. */
  async #hand(way: UnderWay): Promise<boolean> {
    const { id, options, numbered, attachment } = way.entry;
    const owner = ofContact(way.conversation);
    const text = revealed(way.entry, (sealed) => this.#parts.open(sealed, owner));
    const message: OutgoingMessage = {
      ...{ id, to: way.address, text, options, numbered },
      ...(attachment && { attachment }),
    };
    this.#waiting.set(id, way);
    try {
      const result = await this.#parts.channels.get(way.channel)?.send(message);
      // Only now: what is being sent once more still stands before whatever is newer.
      this.#unleave(way);
      if (result?.state === 'failed') await this.#failed(way, result);
      return result?.state === 'confirmed';
    } catch (error) {
      this.#parts.log.warn({ message: id, why: messageOf(error) }, 'it is unknown whether a message was sent');
      if (this.#waiting.get(id) === way) this.#leave(way);
      return false;
    }
  }

  async #failed(way: UnderWay, { reason, retry }: { reason: string; retry: boolean }): Promise<void> {
    this.#parts.log.warn({ message: way.entry.id, why: reason }, 'a message could not be sent');
    if (!retry) return this.#conclude([way], 'failed');
    // What fails now fails in a moment as well: each further try waits longer.
    way.notBefore = this.#parts.clock.now() + this.#every * 4 ** Math.min(way.failures, 3);
    way.failures++;
    this.#waiting.delete(way.entry.id);
    this.#queued.set(way.entry.id, way);
  }

  /** Looks at what waits for a confirmation, and tries what is queued again. */
  async #watch(): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    try {
      const now = this.#parts.clock.now();
      // While the channel is away it can neither say what went out nor send: that waits until it is back.
      for (const way of [...this.#waiting.values()])
        if (now - way.since >= this.#resendAfter && this.#parts.channels.get(way.channel)?.isConnected())
          await this.#overdue(way, now);
      for (const channel of this.#parts.channels.keys()) await this.drain(channel);
    } finally {
      this.#watching = false;
    }
  }

  async #overdue(way: UnderWay, now: number): Promise<void> {
    if (way.looking) return way.looking;
    way.looking = this.#settle(way, now);
    try {
      await way.looking;
    } finally {
      delete way.looking;
    }
  }

  /** Asks the channel, sends once more where that is allowed, and gives up where it was done before. */
  async #settle(way: UnderWay, now: number): Promise<void> {
    if (await this.#sent(way)) return this.#conclude([way], 'confirmed');
    if (!way.entry.resend || way.entry.resentAt !== undefined) return this.#conclude([way], 'unknown');
    way.entry = { ...way.entry, resentAt: now };
    way.since = now;
    this.#parts.log.info({ message: way.entry.id }, 'a message of which nothing is known is sent once more');
    await this.#note([way], 'handed over', true);
    if (await this.#hand(way)) await this.#conclude([way], 'confirmed');
  }

  async #sent({ channel, entry }: UnderWay): Promise<boolean> {
    try {
      return ((await this.#parts.channels.get(channel)?.sentAmong([entry.id])) ?? []).length > 0;
    } catch (error) {
      this.#parts.log.warn({ message: entry.id, why: messageOf(error) }, 'the channel could not say what was sent');
      return false;
    }
  }

  /** Writes down what became of messages of one conversation; nothing more will. */
  async #conclude(ways: readonly UnderWay[], state: Exclude<SendState, 'queued'>): Promise<void> {
    for (const way of ways) {
      this.#waiting.delete(way.entry.id);
      this.#unleave(way);
    }
    await this.#note(ways, state);
    if (state === 'unknown' || state === 'failed') for (const way of ways) await this.#tellStaff(way, state);
    for (const way of ways) this.#parts.history.add(saidOf(way.entry, way, state), way.settled);
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
  async #note(ways: readonly UnderWay[], state: SendState, resent = false): Promise<void> {
    const keys = ways.map(({ entry }) => entry.key);
    const conversation = ways[0]?.conversation ?? '';
    const mark: Mark = { conversation, keys, state, at: this.#parts.clock.now(), ...(resent && { resent }) };
    for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
      try {
        return await this.#mark(mark);
      } catch (error) {
        this.#parts.log.warn({ conversation, keys, why: messageOf(error) }, 'a state could not be noted; trying again');
        await new Promise((resolve) => setTimeout(resolve, pause).unref());
      }
    }
  }

  /** How often it is looked at what waits, and the first pause before another try. */
  get #every(): number {
    return Math.min(SECOND, this.#resendAfter / 4);
  }

  get #resendAfter(): number {
    return this.#parts.resendAfter ?? RESEND_AFTER;
  }
}

const isUnderWay = ({ state }: OutboxEntry): boolean => state === 'handed over' || state === 'queued';
