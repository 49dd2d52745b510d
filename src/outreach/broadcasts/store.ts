/** Broadcasts and staff numbers on MongoDB. */
import { Schema, type Connection } from 'mongoose';
import { KawanError, StartError } from '../../shared/errors.ts';
import type { IndexSpec } from '../../storage/models/index.ts';
import { orBusy } from '../../storage/transient.ts';
import type { Broadcast, BroadcastState } from './model.ts';

export const indexSpecs: readonly IndexSpec[] = [
  { collection: 'broadcasts', name: 'state', key: { state: 1, at: 1 } },
  { collection: 'broadcasts', name: 'newest', key: { createdAt: -1 } },
];

/** A member of staff who may speak to all from a chat. */
export interface Staff {
  /** The contact: "simulator:sim:9". */
  _id: string;
  name: string;
  addedAt: Date;
}

/** @param barred channels on which nobody is staff: whoever opens their pages speaks from any number of them */
export function createBroadcastStore(connection: Connection, barred: readonly string[] = []) {
  const mayBeStaff = (contact: string): boolean => !barred.some((channel) => contact.startsWith(`${channel}:`));
  const mixed = Schema.Types.Mixed;
  const text = { type: String, required: true } as const;
  const broadcasts = connection.model<Broadcast>(
    'broadcasts',
    new Schema<Broadcast>(
      {
        ...{
          _id: text,
          text,
          attachment: mixed,
          audience: mixed,
          reply: text,
          cold: Boolean,
          by: text,
          second: String,
          state: text,
        },
        ...{ recipients: Number, at: Number, until: Number, cursor: String, planned: Boolean, lease: Number },
        ...{ reason: String, createdAt: { type: Date, required: true } },
      },
      { collection: 'broadcasts', versionKey: false },
    ),
  ).collection;
  const staff = connection.collection<Staff>('staff');
  const one = (id: string) => ({ _id: id }) as never;

  return {
    async find(id: string): Promise<Broadcast | undefined> {
      return ((await orBusy(() => broadcasts.findOne(one(id)))) ?? undefined) as Broadcast | undefined;
    },
    /** Harmless to repeat under the same id. */
    async add({ _id, ...rest }: Broadcast): Promise<void> {
      await orBusy(() => broadcasts.updateOne(one(_id), { $setOnInsert: rest }, { upsert: true }));
    },
    /** Only while it is in one of these states; whether it was. */
    async change(id: string, from: readonly BroadcastState[], set: Partial<Broadcast>): Promise<boolean> {
      const filter = { _id: id, state: { $in: from } };
      return (await orBusy(() => broadcasts.updateOne(filter as never, { $set: set }))).matchedCount === 1;
    },
    /** One whose time has come, for this process to plan for a while. */
    async takeToPlan(now: number, lease: number): Promise<Broadcast | undefined> {
      const due = { state: { $in: ['waiting', 'planning'] }, at: { $lte: now }, lease: { $lt: now } };
      const set = { $set: { state: 'planning', lease: now + lease } };
      const taken = await orBusy(() => broadcasts.findOneAndUpdate(due as never, set, { returnDocument: 'after' }));
      return (taken ?? undefined) as Broadcast | undefined;
    },
    async inState(states: readonly BroadcastState[], limit: number): Promise<Broadcast[]> {
      const found = broadcasts
        .find({ state: { $in: states } } as never)
        .sort({ at: 1 })
        .limit(limit);
      return (await orBusy(() => found.toArray())) as unknown as Broadcast[];
    },
    async newest(limit: number): Promise<Broadcast[]> {
      const found = broadcasts.find({}).sort({ createdAt: -1 }).limit(limit);
      return (await orBusy(() => found.toArray())) as unknown as Broadcast[];
    },

    staff: async (contact: string): Promise<Staff | undefined> =>
      mayBeStaff(contact) ? ((await orBusy(() => staff.findOne({ _id: contact }))) ?? undefined) : undefined,
    /** @throws KawanError for a number that cannot be one of staff. */
    checkStaff(contact: string): void {
      if (!mayBeStaff(contact))
        throw new KawanError(
          `"${contact}" stands on the simulator, and people are served here: whoever opens it could write to all. Give the number of a real channel, such as whatsapp-web:wa:6281234567890@c.us.`,
        );
    },
    /** @throws KawanError for a number that cannot be one of staff. */
    async addStaff(contact: string, name: string, now: number): Promise<void> {
      this.checkStaff(contact);
      const set = { $set: { name }, $setOnInsert: { addedAt: new Date(now) } };
      await orBusy(() => staff.updateOne({ _id: contact }, set, { upsert: true }));
    },
    removeStaff: async (contact: string): Promise<boolean> =>
      (await orBusy(() => staff.deleteOne({ _id: contact }))).deletedCount === 1,
    allStaff: (): Promise<Staff[]> => orBusy(() => staff.find({}).limit(200).toArray()),
    /** @throws StartError naming numbers that were made staff while nobody was served, and how they are removed. */
    async refuseBarred(): Promise<void> {
      const wrong = (await this.allStaff()).map(({ _id }) => _id).filter((contact) => !mayBeStaff(contact));
      if (wrong.length === 0) return;
      const commands = wrong.map((contact) => `npm run office -- staff remove ${contact}`);
      throw new StartError(
        `People are served here, and ${wrong.length} staff number(s) stand on the simulator. Remove them first, or switch the simulator off with CHANNELS:\n${commands.join('\n')}`,
      );
    },
  };
}

export type BroadcastStore = ReturnType<typeof createBroadcastStore>;
