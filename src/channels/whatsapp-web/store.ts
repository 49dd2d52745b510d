/** What the channel must remember over a restart: who wrote first, what it sent, who holds the number, how it goes. */
import { createHash } from 'node:crypto';
import { mongo, type Connection } from 'mongoose';
import type { IndexSpec } from '../../storage/models/index.ts';
import { orBusy } from '../../storage/transient.ts';
import type { PersonId } from './ids.ts';

const sentCollection = 'whatsapp_sent';
const contactCollection = 'whatsapp_contacts';
const channelCollection = 'whatsapp_channel';

/** A sent message is remembered this long, in seconds: as long as somebody may still quote it or a receipt may come. */
const KEEP_SENT = 60 * 24 * 3_600;

export const indexSpecs: readonly IndexSpec[] = [
  { collection: sentCollection, name: 'whatsapp_id', key: { whatsapp: 1 } },
  { collection: sentCollection, name: 'expiry', key: { storedAt: 1 }, expireAfterSeconds: KEEP_SENT },
];

/** A message of ours on its way. Its text is kept as a hash only. */
export interface SentMessage {
  /** Our id. */
  _id: string;
  chat: string;
  digest: string;
  /** WhatsApp's bare id, once it is known. */
  whatsapp?: string;
  /** The server has it. */
  acked?: true;
  /** When it was first sent, milliseconds since the epoch. */
  at: number;
  storedAt: Date;
}

/** A person who has written to a number of the office. */
export interface KnownContact {
  _id: string;
  /** The office's numbers that this person wrote to first. */
  numbers: string[];
  /** The other address of the same person. */
  other?: string;
}

/** A picture is changed by WhatsApp after 20 to 60 seconds, and a code of letters after three minutes; milliseconds. */
const CODE_LIFE = 180_000;

/** How the channel goes, for `npm run doctor`. */
export interface ChannelStatus {
  state: string;
  why?: string;
  since: number;
  /** When this was written, milliseconds since the epoch. */
  at: number;
  /** Up to then every message is sure to have been told. */
  sureUntil?: number;
  counts: Readonly<Record<string, number>>;
  broken: readonly string[];
}

/** Texts that WhatsApp takes for the same: it drops white space at the ends. */
export const digestOf = (text: string): string =>
  createHash('sha256').update(text.normalize('NFC').trim()).digest('base64url').slice(0, 22);

export function createWhatsAppStore(connection: Connection) {
  const sent = connection.collection<SentMessage>(sentCollection);
  const contacts = connection.collection<KnownContact>(contactCollection);
  const channel = connection.collection<{ _id: string } & Record<string, unknown>>(channelCollection);

  return {
    /** Notes a message before it is sent. Noted again for a second attempt, it keeps what is known of it. */
    async noteSending({ _id, ...message }: Pick<SentMessage, '_id' | 'chat' | 'digest' | 'at'>): Promise<void> {
      await orBusy(() =>
        sent.updateOne({ _id }, { $setOnInsert: { ...message, storedAt: new Date() } }, { upsert: true }),
      );
    },
    /** What WhatsApp calls it, and whether the server has acknowledged it. */
    async noteSent(_id: string, whatsapp: string, acked: boolean): Promise<void> {
      await orBusy(() => sent.updateOne({ _id }, { $set: { whatsapp, ...(acked && { acked }) } }));
    },
    /** It certainly did not go out. */
    async forgetSent(_id: string): Promise<void> {
      await orBusy(() => sent.deleteOne({ _id }));
    },
    async sentAmong(ids: readonly string[]): Promise<SentMessage[]> {
      return orBusy(() => sent.find({ _id: { $in: [...ids] } }).toArray());
    },
    /** Our id of a message that WhatsApp calls so. */
    async ours(whatsapp: string): Promise<string | undefined> {
      return (await orBusy(() => sent.findOne({ whatsapp })))?._id;
    },
    /** Which message of ours each of these ids of WhatsApp belongs to, where it is known. */
    async ownersOf(whatsapp: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const found = await orBusy(() => sent.find({ whatsapp: { $in: [...whatsapp] } }).toArray());
      return new Map(found.map((message) => [message.whatsapp ?? '', message._id]));
    },

    /** This person has written to this number. */
    async noteContact(id: PersonId, number: string, other?: PersonId): Promise<void> {
      const update = { $addToSet: { numbers: number }, ...(other && { $set: { other } }) };
      await orBusy(() => contacts.updateOne({ _id: id }, update, { upsert: true }));
    },
    async contact(id: PersonId): Promise<KnownContact | undefined> {
      return (await orBusy(() => contacts.findOne({ _id: id }))) ?? undefined;
    },

    /** Takes or keeps the number for this owner. False: another process holds it. */
    async lease(owner: string, now: number, until: number): Promise<boolean> {
      try {
        const free = { $or: [{ owner }, { until: { $lte: now } }] };
        await orBusy(() => channel.updateOne({ _id: 'lease', ...free }, { $set: { owner, until } }, { upsert: true }));
        return true;
      } catch (error) {
        if (error instanceof mongo.MongoServerError && error.code === 11000) return false;
        throw error;
      }
    },
    /** Who holds the number just now. */
    async holder(now: number): Promise<string | undefined> {
      const lease = await orBusy(() => channel.findOne({ _id: 'lease', until: { $gt: now } }));
      return lease?.['owner'] as string | undefined;
    },
    async release(owner: string): Promise<void> {
      await orBusy(() => channel.deleteOne({ _id: 'lease', owner }));
    },

    async saveStatus(status: ChannelStatus): Promise<void> {
      await orBusy(() => channel.replaceOne({ _id: 'status' }, { ...status }, { upsert: true }));
    },
    /** A code to link with, which is good for a short while. */
    async savePairing(code: string, how: 'picture' | 'letters', at: number): Promise<void> {
      await orBusy(() => channel.replaceOne({ _id: 'pairing' }, { code, how, at }, { upsert: true }));
    },
    async pairing(now: number): Promise<{ code: string; how: 'picture' | 'letters' } | undefined> {
      const found = await orBusy(() => channel.findOne({ _id: 'pairing', at: { $gt: now - CODE_LIFE } }));
      return found ? { code: String(found['code']), how: found['how'] as 'picture' } : undefined;
    },
    async status(): Promise<ChannelStatus | undefined> {
      return ((await orBusy(() => channel.findOne({ _id: 'status' }))) ?? undefined) as ChannelStatus | undefined;
    },
  };
}

export type WhatsAppStore = ReturnType<typeof createWhatsAppStore>;
