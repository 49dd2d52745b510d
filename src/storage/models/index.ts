/**
 * The core's collections: shape, indexes and what keeps each document bounded. The hot path uses the driver's collection
 * of a model, since it writes many contacts in one round trip; rare acts of staff may use the model itself.
 */
import { Schema, type Connection, type Model } from 'mongoose';
import type { Conversation, Inbound, OutboxEntry, Said, WorkerState } from '../../conversation/ports.ts';
import { collections } from './collections.ts';

/** An index that must exist before the first message. */
export interface IndexSpec {
  collection: string;
  name: string;
  key: Record<string, 1 | -1>;
  unique?: boolean;
  expireAfterSeconds?: number;
  partialFilterExpression?: Record<string, unknown>;
}

/** Messages are kept this long: longer than a channel repeats one (seven days), shorter than a person's memory. */
const KEEP_MESSAGES = 90 * 24 * 3_600;

export const indexSpecs: readonly IndexSpec[] = [
  // One conversation an address, also when two workers meet a new person at once.
  { collection: collections.conversations, name: 'aliases', key: { aliases: 1 }, unique: true },
  // Who did not register is forgotten: the database removes the conversation when its day has come.
  { collection: collections.conversations, name: 'forget', key: { forgetAt: 1 }, expireAfterSeconds: 0 },
  // A restart reads on from a worker's settled place. The once-only rule is the _id: channel and external id.
  {
    collection: collections.messages,
    name: 'worker_order',
    key: { worker: 1, order: 1 },
    partialFilterExpression: { worker: { $exists: true } },
  },
  { collection: collections.messages, name: 'expiry', key: { storedAt: 1 }, expireAfterSeconds: KEEP_MESSAGES },
  // A talk as staff see it, the newest first.
  { collection: collections.messages, name: 'talk', key: { aliases: 1, at: -1 } },
  // Chats whose takeover runs out.
  {
    collection: collections.conversations,
    name: 'takeover',
    key: { 'takeover.until': 1 },
    partialFilterExpression: { 'takeover.until': { $exists: true } },
  },
  { collection: collections.cases, name: 'contact', key: { contact: 1, state: 1 } },
  // The inbox: what waits, the newest first; of one member of staff; of one kind; what is late.
  { collection: collections.cases, name: 'newest', key: { state: 1, touchedAt: -1 } },
  { collection: collections.cases, name: 'assignee', key: { state: 1, assignee: 1, touchedAt: -1 } },
  { collection: collections.cases, name: 'kind', key: { state: 1, kind: 1, touchedAt: -1 } },
  { collection: collections.cases, name: 'due', key: { state: 1, dueAt: 1 } },
  // One open case a contact and kind.
  {
    collection: collections.cases,
    name: 'one_open',
    key: { contact: 1, kind: 1 },
    unique: true,
    partialFilterExpression: { state: 'open' },
  },
];

/** The outbox is stored by key, so that adding, finishing and removing entries fit into one update. */
export type ConversationDocument = Omit<Conversation, 'id' | 'outbox'> & {
  _id: string;
  outbox: Record<string, Omit<OutboxEntry, 'key'>>;
  updatedAt: Date;
  /** When it is forgotten; only where nobody registered. */
  forgetAt?: Date;
};
/** What a person sent; it was taken in by a worker. */
export type InboundDocument = Omit<Inbound, 'id'> & { _id: string; storedAt: Date };
/** What we said; no worker stands in it. */
export type SaidDocument = Omit<Said, 'id'> & { _id: string; storedAt: Date };
export type WorkerDocument = Omit<WorkerState, 'id'> & { _id: string };
export interface FlowVersionDocument {
  _id: string;
  programme: string;
  version: string;
  /** The flow file as JSON text: a flow may hold keys that a database does not take. */
  file: string;
  savedAt: Date;
}
export interface CaseDocument {
  contact: string;
  kind: string;
  state: 'open' | 'closed';
  flow: string;
  node: string;
  openedAt: Date;
  touchedAt: Date;
  /** The newest messages that led to it, at most 50. */
  messages: string[];
  /** By when staff should have answered, in the office's hours; and when it was seen that nobody did. */
  dueAt: Date | null;
  escalatedAt: Date | null;
  /** The account that works on it. */
  assignee: string | null;
  closed: { by: string; at: Date; reason: string } | null;
}

export interface Models {
  conversations: Model<ConversationDocument>;
  messages: Model<InboundDocument | SaidDocument>;
  workers: Model<WorkerDocument>;
  flowVersions: Model<FlowVersionDocument>;
  cases: Model<CaseDocument>;
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const date = { type: Date, required: true } as const;
const mixed = Schema.Types.Mixed;

export function createModels(connection: Connection): Models {
  const model = <T>(name: string, definition: object): Model<T> =>
    connection.model<T>(name, new Schema<T>(definition as never, { collection: name, versionKey: false }));
  return {
    conversations: model<ConversationDocument>(collections.conversations, {
      _id: text,
      channel: text,
      aliases: [String],
      address: text,
      revision: number,
      session: mixed,
      language: text,
      muted: Boolean,
      persons: [String],
      speaksFor: String,
      outbox: mixed,
      handled: mixed,
      prompt: String,
      promptBefore: String,
      heardAt: Number,
      unfinished: mixed,
      takeover: mixed,
      broken: mixed,
      merged: [String],
      updatedAt: date,
      forgetAt: Date,
    }),
    messages: model<InboundDocument | SaidDocument>(collections.messages, {
      _id: text,
      channel: text,
      aliases: [String],
      text: String,
      at: number,
      storedAt: date,
      ...{
        externalId: String,
        kind: String,
        masks: mixed,
        whole: String,
        tap: mixed,
        quoted: String,
        media: mixed,
        worker: String,
        order: Number,
      },
      ...{ options: mixed, numbered: Boolean, attachment: mixed, state: String, by: String },
    }),
    workers: model<WorkerDocument>(collections.workers, {
      _id: text,
      host: text,
      pid: number,
      settled: number,
      seenAt: number,
    }),
    flowVersions: model<FlowVersionDocument>(collections.flowVersions, {
      _id: text,
      programme: text,
      version: text,
      file: text,
      savedAt: date,
    }),
    cases: model<CaseDocument>(collections.cases, {
      contact: text,
      kind: text,
      state: text,
      flow: String,
      node: String,
      openedAt: date,
      touchedAt: date,
      messages: [String],
      ...{ dueAt: Date, escalatedAt: Date, assignee: String, closed: mixed },
    }),
  };
}
