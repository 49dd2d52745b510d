/** What the simulated phones hold, in MongoDB: the history of each chat. To the product this is the world outside. */
import { mongo, Schema, type Connection } from 'mongoose';
import { ofPhone } from '../../shared/purpose.ts';
import type { Vault } from '../../storage/vault.ts';
import type { IndexSpec } from '../../storage/models/index.ts';
import { orBusy } from '../../storage/transient.ts';
import type { Attachment, OutgoingMessage } from '../channel.ts';

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
  media?: { id: string; type: string };
  /** A stored file or a place on the map that came with it. */
  attachment?: Attachment;
  /** What the person did to it later. */
  changed?: 'edited' | 'deleted';
}

const mediaCollection = 'simulator_media';
const stateCollection = 'simulator_state';

/** Photos and voice notes of the simulated phones are kept this long, in seconds: 30 days. */
const KEEP_MEDIA = 30 * 24 * 3_600;

export const indexSpecs: readonly IndexSpec[] = [
  { collection, name: 'chat', key: { phone: 1, at: 1 } },
  { collection: mediaCollection, name: 'expiry', key: { storedAt: 1 }, expireAfterSeconds: KEEP_MEDIA },
];

/** A photo, voice note or file that a simulated phone has sent. */
export interface Media {
  id: string;
  phone: string;
  /** MIME type, told from the bytes. */
  type: string;
  bytes: Buffer;
}

type Document = Omit<ChatMessage, 'id'> & { _id: string };

/**
 * What a simulated phone remembers is as private as on a real one: texts and files are sealed, so that nothing of it can be
 * read from the database.
 */
export function createSimulatorStore({ connection, vault }: { connection: Connection; vault: Vault }) {
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
        media: new Schema({ id: String, type: String }, { _id: false }),
        changed: String,
        attachment: Schema.Types.Mixed,
      },
      { collection, versionKey: false },
    ),
  );
  const messages = model.collection;
  const media = connection.collection<{
    _id: string;
    phone: string;
    type: string;
    bytes: mongo.Binary;
    key: string;
    storedAt: Date;
  }>(mediaCollection);
  const state = connection.collection<{ _id: string; ahead: number }>(stateCollection);

  const messageOf = ({ _id, text, media, changed, attachment, ...rest }: Document): ChatMessage => ({
    ...{ ...shownOf(rest), id: _id, text: text === '' ? '' : (vault.open(text, ofPhone(rest.phone, _id)) ?? LOCKED) },
    ...(media && { media }),
    ...(changed && { changed }),
    ...(attachment && { attachment }),
  });
  const seal = (text: string, phone: string, id: string): string =>
    text === '' ? '' : vault.seal(text, ofPhone(phone, id));

  return {
    messageOf,
    /** Stores a message; one that is there already stays as it is. */
    async add({ id, text, ...message }: ChatMessage): Promise<void> {
      try {
        await orBusy(() => messages.insertOne({ _id: id, ...message, text: seal(text, message.phone, id) } as never));
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

    /** Whether a file was sent to a phone. */
    async wasSent(phone: string, file: string): Promise<boolean> {
      return (await orBusy(() => messages.findOne({ phone, 'attachment.id': file }))) !== null;
    },

    /** The person has edited or deleted an own message. */
    async change(phone: string, id: string, changed: 'edited' | 'deleted', text: string): Promise<void> {
      await orBusy(() => messages.updateOne({ _id: id as never }, { $set: { changed, text: seal(text, phone, id) } }));
    },

    async addMedia({ id, phone, type, bytes }: Media): Promise<void> {
      const sealed = vault.sealBytes(bytes, ofPhone(phone, id));
      const stored = { phone, type, bytes: new mongo.Binary(sealed.bytes), key: sealed.key, storedAt: new Date() };
      await orBusy(() => media.updateOne({ _id: id }, { $setOnInsert: stored }, { upsert: true }));
    },

    async media(phone: string, id: string): Promise<Media | undefined> {
      const found = await orBusy(() => media.findOne({ _id: id, phone }));
      const bytes =
        found && vault.openBytes({ key: found.key, bytes: Buffer.from(found.bytes.buffer) }, ofPhone(phone, id));
      return found && bytes ? { id, phone, type: found.type, bytes } : undefined;
    },

    /** How far the simulator's time is ahead of the real one, over restarts; milliseconds. */
    async ahead(): Promise<number> {
      return (await orBusy(() => state.findOne({ _id: 'clock' })))?.ahead ?? 0;
    },

    async setAhead(ahead: number): Promise<void> {
      await orBusy(() => state.updateOne({ _id: 'clock' }, { $max: { ahead } }, { upsert: true }));
    },

    /** Every message that any process on this database stores, from now on. */
    watch: () => messages.watch<Document>([{ $match: { operationType: 'insert' } }]),
  };
}

export type SimulatorStore = ReturnType<typeof createSimulatorStore>;

/** Shown where the key of the vault is another one now. */
const LOCKED = '(tidak bisa dibuka: kunci brankas lain)';

const shownOf = ({
  phone,
  direction,
  kind,
  options,
  numbered,
  at,
}: Pick<Document, 'phone' | 'direction' | 'kind' | 'options' | 'numbered' | 'at'>) => ({
  ...{ phone, direction, kind, options, numbered, at },
});
