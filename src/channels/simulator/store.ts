/** What the simulated phones hold, in MongoDB: the history of each chat. To the product this is the world outside. */
import { mongo, Schema, type Connection } from 'mongoose';
import type { IndexSpec } from '../../storage/models/index.ts';
import { orBusy } from '../../storage/transient.ts';
import type { OutgoingMessage } from '../channel.ts';

const collection = 'simulator_messages';

/** A message in a chat. `id` is the page's own for what the person sent, ours for what came back. */
export interface ChatMessage {
  id: string;
  phone: string;
  direction: 'in' | 'out';
  kind: string;
  text: string;
  options: OutgoingMessage['options'];
  numbered: boolean;
  /** Milliseconds since the epoch; the order in a chat. */
  at: number;
}

export const indexSpecs: readonly IndexSpec[] = [{ collection, name: 'chat', key: { phone: 1, at: 1 } }];

type Document = Omit<ChatMessage, 'id'> & { _id: string };

export function createSimulatorStore(connection: Connection) {
  const model = connection.model<Document>(
    'simulator_messages',
    new Schema<Document>(
      {
        _id: { type: String, required: true },
        phone: String,
        direction: String,
        kind: String,
        text: String,
        options: [{ _id: false, id: String, label: String }],
        numbered: Boolean,
        at: Number,
      },
      { collection, versionKey: false },
    ),
  );
  const messages = model.collection;

  return {
    /** Stores a message; one that is there already stays as it is. */
    async add({ id, ...message }: ChatMessage): Promise<void> {
      try {
        await orBusy(() => messages.insertOne({ _id: id, ...message } as never));
      } catch (error) {
        if (!(error instanceof mongo.MongoServerError && error.code === 11000)) throw error;
      }
    },

    /** The newest messages of a chat before an instant, oldest first. */
    async history(phone: string, before: number, limit: number): Promise<ChatMessage[]> {
      const found = await orBusy(() =>
        messages
          .find({ phone, at: { $lt: before } })
          .sort({ at: -1 })
          .limit(limit)
          .toArray(),
      );
      return (found as unknown as Document[]).reverse().map(messageOf);
    },

    /** Messages of a chat after an instant, oldest first: what a page missed. */
    async since(phone: string, after: number, limit: number): Promise<ChatMessage[]> {
      const found = await orBusy(() =>
        messages
          .find({ phone, at: { $gt: after } })
          .sort({ at: 1 })
          .limit(limit)
          .toArray(),
      );
      return (found as unknown as Document[]).map(messageOf);
    },

    /** What stands on a button of a message that was sent; empty when there is no such button. */
    async label(message: string, option: string): Promise<string> {
      const found = (await orBusy(() => messages.findOne({ _id: message as never }))) as unknown as Document | null;
      return found?.options.find(({ id }) => id === option)?.label ?? '';
    },

    async among(ids: readonly string[]): Promise<string[]> {
      const found = await orBusy(() =>
        messages.find({ _id: { $in: ids as never[] } }, { projection: { _id: 1 } }).toArray(),
      );
      return found.map(({ _id }) => String(_id));
    },

    /** Every message that any process on this database stores, from now on. */
    watch: () => messages.watch<Document>([{ $match: { operationType: 'insert' } }]),
  };
}

export type SimulatorStore = ReturnType<typeof createSimulatorStore>;

export function messageOf({ _id, phone, direction, kind, text, options, numbered, at }: Document): ChatMessage {
  return { id: _id, phone, direction, kind, text, options, numbered, at };
}
