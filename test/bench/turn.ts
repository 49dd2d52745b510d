/**
 * The whole turn beside the raw driver doing insert + find + two updates, with the same number in flight, the same
 * durability and the same batching, on the same database in the same run.
 */
import type { Channel, ChannelEvents, SendResult } from '../../src/channels/channel.ts';
import { createBatcher } from '../../src/conversation/batcher.ts';
import type { Product } from '../../src/compose.ts';
import type { Database } from '../../src/storage/connect.ts';

/** A channel that confirms at once, so that what is timed is the turn. */
export class BenchChannel implements Channel {
  readonly id = 'bench';
  events: ChannelEvents | undefined;
  /** Called for each message that is sent. */
  onSend: (to: string) => void = () => undefined;
  start(events: ChannelEvents): Promise<void> {
    this.events = events;
    return Promise.resolve();
  }
  isConnected = () => true;
  send({ to }: { to: string }): Promise<SendResult> {
    this.onSend(to);
    return Promise.resolve({ state: 'confirmed' });
  }
  sentAmong = () => Promise.resolve([]);
  stop = () => Promise.resolve();
}

/** From the summary back to it: questions of a real registration, a message each, without an action of a programme. */
const loop = ['tidak', '1', 'Siti Aminah', 'tidak', '2', '1 dan 2', 'tidak', '3', 'palam'];
const opening = ['halo', 'iya', 'Siti Aminah', '1', 'palam', '1', '12'];

export interface Speed {
  turns_per_s: number;
  ratio: number;
}

/** Turns a second with so many contacts in flight: ours and the driver's in alternating rounds, and the middle ratio. */
export async function benchTurns(
  parts: { product: Product; channel: BenchChannel; database: Database },
  contacts: number,
  rounds: number,
  turnsARound: number,
  first = 0,
): Promise<Speed> {
  const ours = new OurTurns(parts.channel, contacts, first);
  await ours.open();
  const raw = new RawTurns(parts.database, contacts);
  await raw.open();
  const each = Math.max(1, Math.round(turnsARound / contacts));
  await ours.round(each);
  await raw.round(each);
  const pairs: { ours: number; raw: number }[] = [];
  for (let round = 0; round < rounds; round++)
    pairs.push({
      ours: await speed(() => ours.round(each), each * contacts),
      raw: await speed(() => raw.round(each), each * contacts),
    });
  return {
    turns_per_s: middle(pairs.map((pair) => pair.ours)),
    ratio: middle(pairs.map((pair) => pair.ours / pair.raw)),
  };
}

async function speed(round: () => Promise<void>, turns: number): Promise<number> {
  const began = process.hrtime.bigint();
  await round();
  return turns / (Number(process.hrtime.bigint() - began) / 1e9);
}

export const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Contacts that answer as soon as they are answered. */
export class OurTurns {
  readonly #channel: BenchChannel;
  readonly #names: string[];
  readonly #waiting = new Map<string, () => void>();
  #message = 0;
  #place = 0;

  constructor(channel: BenchChannel, contacts: number, first: number) {
    this.#channel = channel;
    this.#names = Array.from({ length: contacts }, (_, index) => `bench:${first + index}`);
    channel.onSend = (to) => this.#waiting.get(to)?.();
  }

  /** Every contact stands at the summary of its registration. */
  async open(): Promise<void> {
    for (const text of opening) await Promise.all(this.#names.map((name) => this.turn(name, text)));
  }

  async round(each: number): Promise<void> {
    const from = this.#place;
    await Promise.all(
      this.#names.map(async (name) => {
        for (let index = 0; index < each; index++) await this.turn(name, loop[(from + index) % loop.length] ?? '');
      }),
    );
    this.#place = from + each;
  }

  /** Resolves when the answer is sent. */
  async turn(name: string, text: string): Promise<void> {
    const answered = new Promise<void>((resolve) => this.#waiting.set(name, resolve));
    await this.#channel.events?.receive({
      channel: this.#channel.id,
      externalId: `${name}/${this.#message++}/${process.pid}`,
      aliases: [name],
      kind: 'text',
      text,
      at: Date.now(),
    });
    await answered;
  }
}

/** A stored conversation as the driver returns it, only as far as the raw turn writes to it. */
interface Stored {
  _id: string;
  revision: number;
  session: unknown;
  outbox: Record<string, object>;
  [key: string]: unknown;
}

/**
 * insert + find + update + update, each through the same batcher to the same server, with documents of the same shape and
 * size as the turn's: copies of a stored message and of a stored conversation.
 */
class RawTurns {
  readonly #connection: Database['connection'];
  readonly #names: string[];
  #message = 0;
  #insert: (document: object) => Promise<unknown> = () => Promise.resolve();
  #find: (id: string) => Promise<Stored | undefined> = () => Promise.resolve(undefined);
  #update: (operation: object) => Promise<unknown> = () => Promise.resolve();
  #mark: (operation: object) => Promise<unknown> = () => Promise.resolve();
  #inbound: Record<string, unknown> = {};
  #conversation: Stored | undefined;

  constructor({ connection }: Database, contacts: number) {
    this.#connection = connection;
    this.#names = Array.from({ length: contacts }, (_, index) => `raw:${index}`);
  }

  async open(): Promise<void> {
    const inbound = this.#connection.collection('raw_inbound');
    const conversations = this.#connection.collection('raw_conversations');
    this.#inbound = (await this.#connection.collection('inbound').findOne({})) ?? {};
    const model = (await this.#connection.collection('conversations').findOne({})) as Stored | null;
    if (!model) throw new Error('No conversation is there to be copied');
    this.#conversation = model;
    await conversations.deleteMany({});
    await inbound.deleteMany({});
    await conversations.insertMany(this.#names.map((_id) => ({ ...model, _id, revision: 0 })) as never[]);
    this.#insert = createBatcher(async (documents: readonly object[]) => {
      await inbound.insertMany([...documents] as never[], { ordered: false });
      return documents;
    });
    this.#find = createBatcher(async (ids: readonly string[]) => {
      const found = (await conversations.find({ _id: { $in: ids as never[] } }).toArray()) as unknown as Stored[];
      const byId = new Map(found.map((document) => [document._id, document]));
      return ids.map((id) => byId.get(id));
    });
    const bulk = () =>
      createBatcher(async (operations: readonly object[]) => {
        await conversations.bulkWrite(operations.map((updateOne) => ({ updateOne })) as never[], { ordered: false });
        return operations;
      });
    this.#update = bulk();
    this.#mark = bulk();
  }

  async round(each: number): Promise<void> {
    await Promise.all(
      this.#names.map(async (name) => {
        for (let index = 0; index < each; index++) await this.turn(name);
      }),
    );
  }

  async turn(name: string): Promise<void> {
    await this.#insert({ ...this.#inbound, _id: `${name}/${this.#message++}` });
    const found = await this.#find(name);
    const revision = found?.revision ?? 0;
    const [key, entry] = Object.entries(this.#conversation?.outbox ?? {})[0] ?? ['1_1', {}];
    const set = {
      session: found?.session,
      [`outbox.${key}`]: { ...entry, state: 'handed over' },
      revision: revision + 1,
    };
    await this.#update({ filter: { _id: name, revision }, update: { $set: set } });
    await this.#mark({ filter: { _id: name }, update: { $set: { [`outbox.${key}.state`]: 'confirmed' } } });
  }
}
