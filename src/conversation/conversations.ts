/**
 * The turn, from a message that arrives to an answer that is on its way: intake, lane, decision, one commit, sending.
 * Whatever is written travels with what other contacts write at the same moment.
 */
import type { Channel, IncomingMessage } from '../channels/channel.ts';
import type { Clock } from '../shared/clock.ts';
import { BusyError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { answer } from './answer.ts';
import { untilHandled } from './attempts.ts';
import { createBatcher } from './batcher.ts';
import type { Committing } from './commit.ts';
import type { Deciding } from './decide.ts';
import { eventsOf, type Hearing } from './channel-events.ts';
import { Delivery, type Address } from './delivery.ts';
import { guarded } from './hidden.ts';
import { History } from './history.ts';
import { LoopBrake, type Verdict } from './brake.ts';
import { Lanes } from './lanes.ts';
import { ownerOf } from './owner.ts';
import type { Commit, Conversation, ConversationStore, Inbound, StaffAct } from './ports.ts';
import { isHandled } from './handled.ts';
import { newConversation } from './route.ts';
import { createReach, type Reach } from './speak-first.ts';
import { takeUpFrom } from './take-up.ts';
import { Worker, type Identity } from './worker.ts';

export interface ConversationParts {
  store: ConversationStore;
  deciding: Deciding;
  channels: readonly Channel[];
  clock: Clock;
  log: Log;
  identity: Identity;
  mainLanguage: string;
  resendAfter?: number;
  /** Until when the product is silent where staff have begun to speak by other means, milliseconds since the epoch. */
  takeoverUntil(now: number): number;
  /** Hears what became of messages, for those who keep a ledger of them. */
  receipts?(ids: readonly string[], state: 'confirmed' | 'delivered' | 'read'): void;
}

/** A message before it is stored, and all of its text where that is longer than what is read. */
interface Arrival {
  message: Inbound;
  whole?: string;
}

/** A message on its way through its lane. */
interface Task {
  message: Inbound;
  /** Called when nothing more will become of it and of its answers. */
  settled(): void;
  /** A dead worker had taken it in. */
  leftOver?: boolean;
  /** It came again; its first copy may be older than what a conversation remembers. */
  copy?: boolean;
  /** What the brake says of it; asked once a message. */
  verdict?: Verdict;
  /** A commit was tried; whether it stands is not known until its answer is there. */
  tried?: boolean;
}

export class Conversations {
  readonly #parts: ConversationParts;
  readonly #lanes = new Lanes();
  readonly #worker: Worker;
  readonly #history: History;
  readonly #delivery: Delivery;
  readonly #channels: ReadonlyMap<string, Channel>;
  readonly #brakes: ReadonlyMap<string, LoopBrake>;
  /** Ids of messages in a lane, so that a second copy is not handled beside the first. */
  readonly #inLane = new Set<string>();
  readonly #insert: (arrival: Arrival) => Promise<'new' | 'duplicate'>;
  readonly #load: (aliases: readonly string[]) => Promise<readonly Conversation[]>;
  readonly #commit: (commit: Commit) => Promise<'done' | 'conflict'>;
  readonly #reach: Reach;
  #stopping = false;

  constructor(parts: ConversationParts) {
    const { store, clock, log, identity, deciding, resendAfter } = parts;
    this.#parts = parts;
    this.#channels = new Map(parts.channels.map((channel) => [channel.id, channel]));
    this.#brakes = new Map(parts.channels.flatMap(({ id, brake }) => (brake ? [[id, new LoopBrake(brake)]] : [])));
    this.#worker = new Worker({ store, clock, log, identity });
    this.#history = new History(store, log);
    this.#delivery = new Delivery({
      open: (sealed, purpose) => deciding.secrets.open(sealed, purpose),
      ...{ store, history: this.#history, cases: deciding.cases, channels: this.#channels, clock, log },
      ...(resendAfter !== undefined && { resendAfter }),
    });
    this.#insert = createBatcher((arrivals) => this.#store(arrivals));
    this.#load = createBatcher((aliases) => store.load(aliases));
    this.#commit = createBatcher((commits) => store.commit(commits));
    this.#reach = createReach({
      ...{ ...parts, lanes: this.#lanes, channels: this.#channels, commit: this.#commit, history: this.#history },
    });
  }

  /** Takes up what an earlier process left, then lets the channels speak. */
  async start(): Promise<void> {
    await this.#worker.start();
    await this.takeUp();
    this.#delivery.start();
    for (const channel of this.#parts.channels) await channel.start(eventsOf(channel, this.#hearing()));
  }

  /** Stops taking in, lets what is under way end, and notes the place. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const channel of this.#parts.channels) channel.hurry?.();
    // What is under way is answered while the channels still speak.
    await this.#lanes.idle();
    this.#delivery.stop();
    for (const channel of this.#parts.channels) await channel.stop();
    await this.#history.flush();
    await this.#worker.stop();
  }

  /** Resolves when no message waits or is being handled. */
  idle(): Promise<void> {
    return this.#lanes.idle();
  }

  /**
   * Stores a message and puts it into its contact's lane.
   * @throws BusyError when it could not be stored, or too many of this contact wait.
   */
  async receive(message: IncomingMessage): Promise<'accepted' | 'duplicate'> {
    return (await this.#take(message)).outcome;
  }

  /** `handled` resolves when its turn is over. */
  async #take(
    message: Omit<Inbound, 'id' | 'worker' | 'order'>,
  ): Promise<{ outcome: 'accepted' | 'duplicate'; handled: Promise<void> }> {
    if (this.#stopping) throw new BusyError('The program is stopping. Send it again in a moment.');
    const contact = message.aliases[0];
    if (this.#worker.isFull(contact))
      throw new BusyError('Too many messages of one contact wait. Send it again in a moment.');
    const id = `${message.channel}:${message.externalId}`;
    // Up to its place in the order nothing is waited for: two messages of one moment stand as they came.
    const { whole, ...words } =
      message.text === undefined ? {} : guarded(message.text, id, this.#parts.deciding.secrets);
    const place = { id, worker: this.#worker.id, order: this.#worker.next(contact) };
    const inbound: Inbound = { ...message, ...words, ...place };
    if (this.#inLane.has(id)) {
      this.#worker.settle(inbound.order);
      return { outcome: 'duplicate', handled: Promise.resolve() };
    }
    this.#inLane.add(id);
    try {
      const outcome = await this.#insert({ message: inbound, ...(whole !== undefined && { whole }) });
      if (outcome === 'duplicate') return { outcome, ...(await this.#takeDuplicate(inbound)) };
    } catch (error) {
      this.#inLane.delete(id);
      this.#worker.settle(inbound.order);
      throw error;
    }
    const settled = () => this.#worker.settle(inbound.order);
    return { outcome: 'accepted', handled: this.#enqueue({ message: inbound, settled }) };
  }

  /** What is cut of a text is kept before its message is stored; nobody else overtakes it meanwhile. */
  async #store(arrivals: readonly Arrival[]): Promise<readonly ('new' | 'duplicate')[]> {
    const { secrets } = this.#parts.deciding;
    await Promise.all(
      arrivals.map(async ({ message, whole }) => {
        if (whole !== undefined) message.whole = await secrets.keep(whole);
      }),
    );
    return this.#history.insert(arrivals.map(({ message }) => message));
  }

  /**
   * A copy of a stored message: normal. Its first copy may have been stored although the database's answer was lost, and
   * then nobody handled it; the conversation knows.
   */
  async #takeDuplicate(copy: Inbound): Promise<{ handled: Promise<void> }> {
    this.#worker.settle(copy.order);
    const first = await this.#parts.store.findInbound(copy.id);
    if (first) return { handled: this.#enqueue({ message: first, settled: () => undefined, copy: true }) };
    this.#inLane.delete(copy.id);
    return { handled: Promise.resolve() };
  }

  /** Resolves when the message has been handled. */
  #enqueue(task: Task): Promise<void> {
    const { message } = task;
    this.#inLane.add(message.id);
    return new Promise((resolve) => {
      this.#lanes.push(message.aliases, async () => {
        await this.#handleUntilDone(task);
        this.#inLane.delete(message.id);
        resolve();
      });
    });
  }

  /** Tries until the turn is committed; a stop leaves the message to the next start. */
  #handleUntilDone(task: Task): Promise<void> {
    return untilHandled(task.message, {
      ...{ log: this.#parts.log, cases: this.#parts.deciding.cases, now: () => this.#parts.clock.now() },
      attempt: (giveUp) => this.#handle(task, giveUp),
      contact: async () => (await this.#load(task.message.aliases))[0]?.id,
      settled: task.settled,
      isStopping: () => this.#stopping,
    });
  }

  async #handle(task: Task, giveUp: boolean): Promise<void> {
    const { message } = task;
    const channel = this.#channels.get(message.channel);
    const { store, mainLanguage } = this.#parts;
    for (let taken = 0, newcomer = false; ;) {
      const owner = await ownerOf(this.#parts, this.#load, message, channel);
      newcomer ||= owner.newcomer;
      const conversation = owner.conversation ?? newConversation(message, mainLanguage, taken, newcomer);
      if (isHandled(conversation, message, task.copy)) return this.#goOn(task, conversation);
      const commit = await this.#decide(task, conversation, giveUp);
      if (commit.outbox.length > 0) channel?.typing?.(message.aliases[0]);
      task.tried = true;
      if ((await this.#commit(commit)) === 'conflict') {
        // Its id may be that of a conversation from which the address has passed.
        if (!owner.conversation && (await store.conversation(commit.id))) taken++;
        continue;
      }
      if (message.worker === this.#worker.id) await this.#worker.handled(message.aliases[0], message.order);
      return this.#delivery.send(addressOf(commit.id, commit.set.address, commit.channel), commit.outbox, task.settled);
    }
  }

  /** The brake is asked once a message; whatever else may change while the turn is tried again. */
  #decide(task: Task, conversation: Conversation, giveUp: boolean): Promise<Commit> {
    const { clock, deciding } = this.#parts;
    const { message } = task;
    const now = clock.now();
    // A machine is only who writes by itself: staff are never braked.
    const brake = message.staff ? undefined : this.#brakes.get(message.channel);
    task.verdict ??= brake?.judge(conversation.id, message.text ?? '', now) ?? 'go';
    return answer({ deciding, conversation, message, now, at: this.#at(message.channel) }, task.verdict, giveUp);
  }

  #at(channel: string): Committing {
    const connected = this.#channels.get(channel)?.isConnected() ?? false;
    return { worker: this.#worker.id, connected, isWritten: this.#history.isWritten };
  }

  /**
   * The turn is committed already. When this very task tried to, the answer of the database was lost and nothing is sent
   * yet. What a dead worker left is looked into. A mere copy needs nothing: who committed it sends it.
   */
  async #goOn({ message, settled, tried, leftOver }: Task, conversation: Conversation): Promise<void> {
    const entries = conversation.outbox.filter((entry) => entry.id.startsWith(`${message.id}/`));
    const to = addressOf(conversation.id, conversation.address, conversation.channel);
    const ours = entries.filter((entry) => entry.worker === this.#worker.id);
    if (tried && ours.length > 0) return this.#delivery.send(to, ours, settled);
    if (leftOver) return this.#delivery.recover(to, entries, settled);
    settled();
  }

  #hearing(): Hearing {
    const receive = (message: IncomingMessage) => this.receive(message);
    return { parts: this.#parts, history: this.#history, delivery: this.#delivery, receive };
  }

  /** We speak first; see `speak-first.ts`. */
  get reach(): Reach {
    return this.#reach;
  }

  /** Goes on with what workers that died had taken in. Each message is handled once, however many workers try. */
  async takeUp(): Promise<void> {
    const { store, log } = this.#parts;
    const lanes = {
      isUnderWay: (id: string) => this.#inLane.has(id),
      handle: (message: Inbound, settled: () => void) => this.#enqueue({ message, settled, leftOver: true }),
    };
    for (const dead of await this.#worker.dead()) await takeUpFrom(dead, { store, log, ...lanes });
  }

  /**
   * Staff act in a chat: a turn of its own, behind what the person has written. The same key is done once. Resolves when it
   * is committed and on its way. False when there is no such chat.
   * @throws BusyError when it could not be stored.
   */
  async act(
    contact: string,
    key: string,
    { text = '', ...act }: Omit<StaffAct, 'until'> & { text?: string },
  ): Promise<boolean> {
    const { store, clock, takeoverUntil } = this.#parts;
    const conversation = await store.conversation(contact);
    // One whose address has passed to somebody else is spoken to no more.
    if (!conversation || conversation.address === '') return false;
    const { channel, address, aliases } = conversation;
    const now = clock.now();
    const others = aliases.filter((alias) => alias !== address);
    const message = { channel, externalId: `staff:${key}`, kind: 'text' as const, text, at: now };
    const staff = { ...act, until: takeoverUntil(now) };
    const { handled } = await this.#take({ ...message, aliases: [address, ...others], staff });
    await handled;
    return true;
  }

  /** Chats whose time with staff is over go back to where the person was. */
  async giveBack(): Promise<void> {
    const { store, clock } = this.#parts;
    for (const contact of await store.takeoversOver(clock.now(), 100)) {
      const { takeover } = (await store.conversation(contact)) ?? {};
      const key = `over:${contact}:${takeover?.until ?? 0}`;
      if (takeover) await this.act(contact, key, { does: 'give back', by: '', name: '' });
    }
  }
}

const addressOf = (conversation: string, address: string, channel: string): Address => ({
  conversation,
  address,
  channel,
});
