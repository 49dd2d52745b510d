/** What the inbox reads and changes on MongoDB: cases with who they are about, the whole talk, who else has it open. */
import { mongo, type Connection } from 'mongoose';
import type { IndexSpec } from '../../storage/models/index.ts';
import { collections } from '../../storage/models/collections.ts';
import type { CaseDocument, ConversationDocument, InboundDocument, SaidDocument } from '../../storage/models/index.ts';
import { orBusy } from '../../storage/transient.ts';

/** Somebody who has a talk open counts as there for so long after their last sign, in milliseconds. */
const THERE = 25_000;

export const indexSpecs: readonly IndexSpec[] = [
  { collection: 'presence', name: 'contact', key: { contact: 1 } },
  { collection: 'presence', name: 'expiry', key: { at: 1 }, expireAfterSeconds: 60 },
  { collection: 'canned_replies', name: 'title', key: { title: 1 } },
];

export type Case = CaseDocument & { _id: string };

/** A line of the inbox. */
export interface CaseRow extends Case {
  person: { _id: string; name: string; kelurahan: string } | undefined;
  last: { text?: string; kind?: string; at: number } | undefined;
}

export interface CaseFilter {
  state: 'open' | 'closed';
  /** An account, or nobody's. */
  assignee?: string | null;
  kind?: string;
  /** Due before this instant. */
  dueBefore?: number;
  /** Of these contacts only: those that a search has found. */
  contacts?: readonly string[];
  /** The newest activity before this instant: the next page. */
  before?: number;
  /** None of these kinds; they stand elsewhere. */
  without?: readonly string[];
  kinds?: readonly string[];
}

/** A message of a talk, of either side. */
export type TalkMessage = { id: string; at: number; address: string } & (
  | {
      from: 'person';
      kind: string;
      text?: string;
      media?: { id: string; type?: string };
      /** The file of all that was written, where the text is only its beginning. */
      whole?: string;
      tap?: { option: string; prompt: string };
      quoted?: string;
    }
  | {
      from: 'us';
      text: string;
      state: string;
      by?: string;
      options: readonly { id: string; label: string }[];
      numbered: boolean;
      attachment?: { kind: string; id?: string; type?: string; name?: string };
    }
);

export interface Desk {
  case: Case;
  conversation: ConversationDocument | undefined;
  persons: { _id: string; name: string; number: string; crafts: string[]; kelurahan: string; standing: string }[];
  /** Everything else that is open about this contact. */
  others: Case[];
}

export interface Canned {
  _id: string;
  title: string;
  text: string;
  by: string;
  at: Date;
}

export function createInboxStore(connection: Connection) {
  const cases = connection.collection<CaseDocument>(collections.cases);
  const messages = connection.collection<InboundDocument | SaidDocument>(collections.messages);
  const presence = connection.collection<{ _id: string; contact: string; account: string; name: string; at: Date }>(
    'presence',
  );
  const canned = connection.collection<Canned>('canned_replies');
  const rows = async <T>(cursor: { toArray(): Promise<unknown[]> }): Promise<T[]> =>
    (await orBusy(() => cursor.toArray())) as T[];
  const idOf = (id: string) => ({ _id: new mongo.ObjectId(id) }) as never;

  return {
    async list(filter: CaseFilter, limit: number): Promise<CaseRow[]> {
      const found = await rows<
        Omit<CaseRow, 'person' | 'last'> & {
          persons: NonNullable<CaseRow['person']>[];
          lasts: NonNullable<CaseRow['last']>[];
        }
      >(
        cases.aggregate([
          { $match: matchOf(filter) },
          { $sort: filter.dueBefore === undefined ? { touchedAt: -1 } : { dueAt: 1 } },
          { $limit: limit },
          {
            $lookup: {
              ...{ from: 'persons', localField: 'contact', foreignField: 'contact', as: 'persons' },
              pipeline: [{ $limit: 1 }, { $project: { name: 1, kelurahan: 1 } }],
            },
          },
          { $set: { lastId: { $last: '$messages' } } },
          {
            $lookup: {
              ...{ from: collections.messages, localField: 'lastId', foreignField: '_id', as: 'lasts' },
              pipeline: [{ $project: { text: 1, kind: 1, at: 1 } }],
            },
          },
        ]),
      );
      return found.map(({ persons, lasts, ...one }) => ({
        ...one,
        _id: String(one._id),
        person: persons[0],
        last: lasts[0],
      }));
    },

    /** Everything beside the talk itself, in one look. */
    async desk(id: string): Promise<Desk | undefined> {
      const contact = (field: string) => ({ localField: 'contact', foreignField: field });
      const [found] = await rows<
        Case & {
          conversations: ConversationDocument[];
          persons: Desk['persons'];
          others: Case[];
        }
      >(
        cases.aggregate([
          { $match: idOf(id) },
          { $lookup: { from: collections.conversations, ...contact('_id'), as: 'conversations' } },
          { $lookup: { from: 'persons', ...contact('contact'), as: 'persons', pipeline: [{ $limit: 20 }] } },
          {
            $lookup: {
              ...{ from: collections.cases, ...contact('contact'), as: 'others' },
              pipeline: [{ $match: { state: 'open' } }, { $limit: 20 }],
            },
          },
        ]),
      );
      if (!found) return undefined;
      const { conversations, persons, others, ...one } = found;
      return {
        case: { ...one, _id: String(one._id) },
        conversation: conversations[0],
        persons,
        others: others.map((other) => ({ ...other, _id: String(other._id) })).filter((other) => other._id !== id),
      };
    },

    async find(id: string): Promise<Case | undefined> {
      const found = await orBusy(() => cases.findOne(idOf(id)));
      return found ? { ...(found as CaseDocument), _id: String(found._id) } : undefined;
    },

    /** The newest of a talk before an instant, oldest first: what stands in the history, and what is still under way. */
    async talk(aliases: readonly string[], before: number, limit: number): Promise<TalkMessage[]> {
      const found = await rows<(InboundDocument & { staff?: object }) | SaidDocument>(
        messages
          .find({ aliases: { $in: [...aliases] }, at: { $lt: before }, staff: { $exists: false } } as never)
          .sort({ at: -1, _id: -1 })
          .limit(limit),
      );
      return found.reverse().map(messageOf);
    },

    /** Whether a file stands in this talk, so that its bytes may be shown. */
    async hasFile(aliases: readonly string[], file: string): Promise<boolean> {
      const within = {
        aliases: { $in: [...aliases] },
        $or: [{ 'media.id': file }, { 'attachment.id': file }, { whole: file }],
      };
      return (await orBusy(() => messages.findOne(within as never, { projection: { _id: 1 } }))) !== null;
    },

    /** Whether somebody else of the office has spoken in a talk after an instant. */
    async spokenSince(aliases: readonly string[], after: number, me: string): Promise<string | undefined> {
      const since = { aliases: { $in: [...aliases] }, at: { $gt: after }, by: { $exists: true, $ne: me } };
      const found = await orBusy(() => messages.findOne(since as never, { projection: { by: 1 } }));
      return (found as { by?: string } | null)?.by;
    },

    /** An open case of a contact that staff work on, made where there is none. */
    async caseOf(contact: string, kind: string, now: number): Promise<string> {
      const open = { contact, state: 'open' as const };
      const there = await orBusy(() => cases.findOne(open, { projection: { _id: 1 } }));
      if (there) return String(there._id);
      const at = new Date(now);
      const fresh = { flow: '', node: '', openedAt: at, touchedAt: at, messages: [] };
      const made = await orBusy(() =>
        cases.findOneAndUpdate(
          { ...open, kind },
          { $setOnInsert: { ...fresh, dueAt: null, escalatedAt: null, assignee: null, closed: null } },
          { upsert: true, returnDocument: 'after' },
        ),
      );
      return String(made?._id);
    },

    async assign(id: string, assignee: string | null): Promise<void> {
      await orBusy(() => cases.updateOne(idOf(id), { $set: { assignee } }));
    },
    /** Only where nobody works on it yet. */
    async assignFree(id: string, assignee: string): Promise<void> {
      await orBusy(() => cases.updateOne({ ...(idOf(id) as object), assignee: null }, { $set: { assignee } }));
    },
    /** All open cases of one account go to another. How many. */
    async handOver(from: string, to: string | null): Promise<number> {
      const mine = { state: 'open' as const, assignee: from };
      return (await orBusy(() => cases.updateMany(mine, { $set: { assignee: to } }))).modifiedCount;
    },
    /** Whether it was open. */
    async close(id: string, by: string, reason: string, now: number): Promise<boolean> {
      const closed = { by, at: new Date(now), reason };
      const open = { ...(idOf(id) as object), state: 'open' };
      return (
        (await orBusy(() => cases.updateOne(open as never, { $set: { state: 'closed', closed } }))).matchedCount === 1
      );
    },
    /** Opens it again, unless a newer one of its kind is open. */
    async reopen(id: string): Promise<boolean> {
      try {
        await orBusy(() => cases.updateOne(idOf(id), { $set: { state: 'open', closed: null } }));
        return true;
      } catch (error) {
        if (error instanceof mongo.MongoServerError && error.code === 11000) return false;
        throw error;
      }
    },
    /** Cases that were due before an instant and that nobody has been told of: they are told of now. How many. */
    async escalate(dueBefore: number, now: number): Promise<number> {
      const late = { state: 'open' as const, dueAt: { $lt: new Date(dueBefore) }, escalatedAt: null };
      return (await orBusy(() => cases.updateMany(late, { $set: { escalatedAt: new Date(now) } }))).modifiedCount;
    },

    /** Notes that somebody has a talk open, and tells who else does. */
    async meet(contact: string, account: string, name: string, now: number): Promise<string[]> {
      const mine = { contact, account, name, at: new Date(now) };
      await orBusy(() => presence.updateOne({ _id: `${contact}|${account}` }, { $set: mine }, { upsert: true }));
      const there = { contact, account: { $ne: account }, at: { $gt: new Date(now - THERE) } };
      return (await orBusy(() => presence.find(there).limit(5).toArray())).map((other) => other.name);
    },

    cannedReplies: (): Promise<Canned[]> => rows(canned.find({}).sort({ title: 1 }).limit(100)),
    async saveCanned({ _id, ...rest }: Canned): Promise<void> {
      await orBusy(() => canned.updateOne({ _id }, { $set: rest }, { upsert: true }));
    },
    async removeCanned(id: string): Promise<void> {
      await orBusy(() => canned.deleteOne({ _id: id }));
    },
  };
}

export type InboxStore = ReturnType<typeof createInboxStore>;

function matchOf({ state, assignee, kind, dueBefore, contacts, before, without, kinds }: CaseFilter): object {
  return {
    state,
    ...(assignee !== undefined && { assignee }),
    ...(kind !== undefined && { kind }),
    ...(kinds && { kind: { $in: kinds } }),
    ...(without && kind === undefined && { kind: { $nin: without } }),
    ...(dueBefore !== undefined && { dueAt: { $lt: new Date(dueBefore) } }),
    ...(contacts && { contact: { $in: contacts } }),
    ...(before !== undefined && { touchedAt: { $lt: new Date(before) } }),
  };
}

function messageOf(stored: InboundDocument | SaidDocument): TalkMessage {
  const { _id: id, at, aliases } = stored;
  const base = { id, at, address: aliases[0] };
  if ('state' in stored) {
    const { text, state, by, options = [], numbered = false, attachment } = stored;
    return {
      ...{ ...base, from: 'us', text, state, options, numbered },
      ...(by !== undefined && { by }),
      ...(attachment && { attachment }),
    };
  }
  const { kind, text, media, whole, tap, quoted } = stored;
  return {
    ...{ ...base, from: 'person', kind },
    ...(text !== undefined && { text }),
    ...{ ...(media && { media }), ...(whole !== undefined && { whole }), ...(tap && { tap }) },
    ...(quoted !== undefined && { quoted }),
  };
}
