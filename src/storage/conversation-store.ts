/** The conversation's port on MongoDB. Each function is one round trip for many contacts. */
import { mongo } from 'mongoose';
import { DAY } from '../shared/clock.ts';
import { KawanError } from '../shared/errors.ts';
import {
  HANDLED_KEPT,
  type Commit,
  type Conversation,
  type ConversationStore,
  type Inbound,
  type Mark,
  type WorkerState,
} from '../conversation/ports.ts';
import { mergeConversations, type ContactReference } from './merge.ts';
import type { ConversationDocument, InboundDocument, Models, WorkerDocument } from './models/index.ts';
import { orBusy } from './transient.ts';

/** A conversation in which nobody registered is forgotten after so long a silence, in milliseconds: 100 days. */
const FORGET_AFTER = 100 * DAY;

const DUPLICATE_KEY = 11000;

/** States of a message in the history, each of which may only follow one before it. */
const said = ['failed', 'unknown', 'handed over', 'confirmed', 'delivered', 'read'];

/** @param references where else a conversation's id stands; a merge moves it there, too */
export function createConversationStore(
  { conversations, messages, workers }: Models,
  references: readonly ContactReference[],
): ConversationStore {
  return {
    async insertMessages(inbound, said) {
      const storedAt = new Date();
      const documents = [...inbound, ...said].map(({ id, ...message }) => ({ _id: id, ...message, storedAt }));
      const refused = await duplicatesOf(() =>
        messages.collection.insertMany(documents as never[], { ordered: false }),
      );
      return inbound.map((_, index) => (refused.has(index) ? 'duplicate' : 'new'));
    },

    async receipt(ids, state) {
      const earlier = said.slice(0, said.indexOf(state));
      const waiting = { _id: { $in: ids }, state: { $in: earlier } };
      await orBusy(() => messages.collection.updateMany(waiting as never, { $set: { state } }));
    },

    async load(wanted) {
      const aliases = [...new Set(wanted.flat())];
      const documents = await orBusy(() => conversations.collection.find({ aliases: { $in: aliases } }).toArray());
      const byAlias = new Map<string, Conversation>();
      for (const document of documents as unknown as ConversationDocument[]) {
        const conversation = conversationOf(document);
        for (const alias of conversation.aliases) byAlias.set(alias, conversation);
      }
      return wanted.map((list) => [...new Set(list.flatMap((alias) => byAlias.get(alias) ?? []))]);
    },

    async conversation(id) {
      const document = await orBusy(() => conversations.collection.findOne({ _id: id as never }));
      return document ? conversationOf(document as unknown as ConversationDocument) : undefined;
    },

    merge: (merge) => mergeConversations(conversations.db, references, merge),

    async pass({ id, revision, aliases, address }) {
      const update = {
        $pull: { aliases: { $in: [...aliases] } },
        $set: { address, revision: revision + 1 },
        // What waits to be said has nowhere to go.
        ...(address === '' && { $unset: { outbox: 1 } }),
      };
      const { modifiedCount } = await orBusy(() =>
        conversations.collection.updateOne({ _id: id as never, revision }, update as never),
      );
      return modifiedCount === 1;
    },

    async takeOver(alias, takeover) {
      await orBusy(() => conversations.collection.updateOne({ aliases: alias }, { $set: { takeover } }));
    },

    async takeoversOver(now, limit) {
      const over = conversations.collection.find({ 'takeover.until': { $lte: now } }, { projection: { _id: 1 } });
      return (await orBusy(() => over.limit(limit).toArray())).map(({ _id }) => String(_id));
    },

    async commit(commits) {
      const refused = await duplicatesOf(() =>
        conversations.collection.bulkWrite(commits.map(commitOperation) as never[], { ordered: false }),
      );
      return commits.map((_, index) => (refused.has(index) ? 'conflict' : 'done'));
    },

    async mark(marks) {
      await orBusy(() => conversations.collection.bulkWrite(marks.map(markOperation) as never[], { ordered: false }));
      return marks.map(() => undefined);
    },

    async reword(id, text) {
      await orBusy(() =>
        messages.collection.updateOne({ _id: id as never }, { $set: { text }, $unset: { masks: 1, whole: 1 } }),
      );
    },

    async findInbound(id) {
      const document = await orBusy(() => messages.collection.findOne({ _id: id as never }));
      return document ? inboundOf(document as unknown as InboundDocument) : undefined;
    },

    async inboundAfter(worker, order, limit) {
      const found = messages.collection
        .find({ worker, order: { $gt: order } })
        .sort({ order: 1 })
        .limit(limit);
      const documents = await orBusy(() => found.toArray());
      return (documents as unknown as InboundDocument[]).map(inboundOf);
    },

    async saveWorker({ id, ...state }) {
      await orBusy(() => workers.collection.replaceOne({ _id: id as never }, state, { upsert: true }));
    },

    async workers() {
      const documents = await orBusy(() => workers.collection.find({}).toArray());
      return (documents as unknown as WorkerDocument[]).map(({ _id, ...state }): WorkerState => ({
        id: _id,
        ...state,
      }));
    },

    async removeWorker(id) {
      await orBusy(() => workers.collection.deleteOne({ _id: id as never }));
    },
  };
}

/**
 * One turn's write. It only matches the revision that was loaded; when another turn came between, or another worker made
 * the conversation first, the upsert runs into the _id or an alias and is refused by itself, the others of the same bulk
 * being written.
 */
function commitOperation({ id, channel, expected, set, aliases, outbox, finished, handled, forgotten, at }: Commit) {
  const entries = Object.fromEntries(outbox.map(({ key, ...entry }) => [`outbox.${key}`, entry]));
  const { unfinished, takeover, ...kept } = set;
  const rest = { ...kept, ...(unfinished && { unfinished }), ...(takeover && { takeover }) };
  const stranger = set.persons.length === 0;
  const gone = [
    ...(stranger ? [] : ['forgetAt']),
    ...finished.map((key) => `outbox.${key}`),
    ...(unfinished === null ? ['unfinished'] : []),
    ...(takeover === null ? ['takeover'] : []),
    ...forgotten.map((worker) => `handled.${worker}`),
  ];
  return {
    updateOne: {
      filter: { _id: id, revision: expected },
      update: {
        $set: {
          ...rest,
          ...entries,
          revision: expected + 1,
          updatedAt: new Date(at),
          // What we send by ourselves keeps nobody on record longer.
          ...(stranger && handled && { forgetAt: new Date(at + FORGET_AFTER) }),
        },
        // One that was forgotten just before we spoke first is forgotten again.
        $setOnInsert: { channel, ...(stranger && !handled && { forgetAt: new Date(at) }) },
        ...(aliases.length > 0 && { $addToSet: { aliases: { $each: aliases } } }),
        ...(gone.length > 0 && { $unset: Object.fromEntries(gone.map((path) => [path, 1])) }),
        ...(handled && { $push: { [`handled.${handled.worker}`]: { $each: [handled.order], $slice: -HANDLED_KEPT } } }),
      },
      upsert: true,
    },
  };
}

/** States only; the revision stays, so that a confirmation and the next turn do not disturb each other. */
function markOperation({ conversation, keys, state, at, resent }: Mark) {
  const set = keys.flatMap((key) => [
    [`outbox.${key}.state`, state],
    ...(resent ? [[`outbox.${key}.resentAt`, at]] : []),
  ]) as [string, unknown][];
  // An entry that is gone was finished; a late word about it must not bring half of it back.
  const there = Object.fromEntries(keys.map((key) => [`outbox.${key}`, { $exists: true }]));
  return { updateOne: { filter: { _id: conversation, ...there }, update: { $set: Object.fromEntries(set) } } };
}

/**
 * Runs a bulk and tells which of its parts were refused because the key exists already.
 * @throws BusyError, or the driver's error when a part failed for another reason.
 */
async function duplicatesOf(bulk: () => Promise<unknown>): Promise<ReadonlySet<number>> {
  try {
    await orBusy(bulk);
    return new Set();
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
    const failures = [error.writeErrors].flat();
    const other = failures.find(({ code }) => code !== DUPLICATE_KEY);
    if (other || failures.length === 0)
      throw new KawanError('A bulk write failed in part', { code: other?.code }, { cause: error });
    return new Set(failures.map(({ index }) => index));
  }
}

function conversationOf({ _id, outbox = {}, handled = {}, aliases = [], ...rest }: ConversationDocument): Conversation {
  const entries = Object.entries(outbox).map(([key, entry]) => ({ key, ...entry }));
  return { ...rest, id: _id, aliases, handled, outbox: entries.sort((a, b) => placeOf(a.key) - placeOf(b.key)) };
}

/** Entries in the order of their commits: "12_1" before "12_2" before "13_1". */
const placeOf = (key: string): number => {
  const [revision, number] = key.split('_').map(Number);
  return (revision ?? 0) * 100 + (number ?? 0);
};

function inboundOf({ _id, ...rest }: InboundDocument): Inbound {
  return { ...rest, id: _id };
}
