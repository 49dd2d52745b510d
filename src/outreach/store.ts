/** The delivery ledger on MongoDB: one document a recipient and send. Every change is one atomic write that names the state before. */
import { mongo, Schema, type Connection } from 'mongoose';
import type { IndexSpec } from '../storage/models/index.ts';
import { orBusy } from '../storage/transient.ts';
import { deliveryId, type Delivery, type DeliveryPlan, type DeliveryState } from './ports.ts';

const collection = 'deliveries';

/** The ledger is kept for a bit over a year, so that this year can be held beside the last; in seconds. */
const KEEP = 400 * 24 * 3_600;

export const indexSpecs: readonly IndexSpec[] = [
  // The once-only rule is the _id: kind, thing, person and slot.
  { collection, name: 'due', key: { channel: 1, state: 1, rank: 1, due: 1 } },
  { collection, name: 'thing', key: { thing: 1, state: 1 } },
  { collection, name: 'claims', key: { state: 1, 'claim.until': 1 } },
  { collection, name: 'newest', key: { plannedAt: -1 }, expireAfterSeconds: KEEP },
  { collection, name: 'contact', key: { contact: 1, plannedAt: -1 } },
];

/** Where a conversation's id stands; a merge of conversations moves it. */
export const contactReferences = [
  // Where nobody is on record the contact stands for the person, too.
  { collection, field: 'contact', also: 'person' },
] as const;

const DUPLICATE_KEY = 11000;

/** States in which a confirmation, or a receipt, may still arrive. */
const open: Record<'confirmed' | 'delivered' | 'read', readonly DeliveryState[]> = {
  confirmed: ['handed over', 'unknown'],
  delivered: ['handed over', 'unknown', 'confirmed'],
  read: ['handed over', 'unknown', 'confirmed', 'delivered'],
};

export function createLedger(connection: Connection) {
  const schema = new Schema<Delivery>(
    {
      _id: { type: String, required: true },
      ...{ kind: String, thing: String, person: String, slot: String, contact: String, channel: String, state: String },
      ...{
        rank: Number,
        due: Number,
        until: Number,
        reason: String,
        at: Schema.Types.Mixed,
        claim: Schema.Types.Mixed,
      },
      plannedAt: { type: Date, required: true },
    },
    { collection, versionKey: false },
  );
  const deliveries = connection.model<Delivery>(collection, schema).collection;
  const move = async (filter: object, state: DeliveryState, now: number, more: object = {}): Promise<number> => {
    const set = { state, [`at.${state}`]: now, ...more };
    const result = await orBusy(() => deliveries.updateMany(filter as never, { $set: set }));
    return result.modifiedCount;
  };

  return {
    /** Writes deliveries down, each once for ever; how many were new. */
    async plan(plans: readonly DeliveryPlan[], now: number): Promise<number> {
      if (plans.length === 0) return 0;
      const plannedAt = new Date(now);
      const documents = plans.map(({ dropped, ...plan }) => ({
        _id: deliveryId(plan),
        ...plan,
        ...(dropped === undefined
          ? { state: 'planned', at: { planned: now } }
          : { state: 'dropped', at: { planned: now, dropped: now }, reason: dropped }),
        plannedAt,
      }));
      try {
        const done = await orBusy(() => deliveries.insertMany(documents as never[], { ordered: false }));
        return done.insertedCount;
      } catch (error) {
        if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
        if ([error.writeErrors].flat().some(({ code }) => code !== DUPLICATE_KEY)) throw error;
        return error.insertedCount;
      }
    },

    /**
     * Stages that make a delivery out of each document with `contact` and `channel`, inside the database, for a great many at
     * once; each contact once, and what is in the ledger stays as it is.
     */
    stagesFor(
      { kind, thing, slot, ...rest }: Omit<DeliveryPlan, 'person' | 'contact' | 'channel' | 'dropped'>,
      now: number,
    ) {
      const literal = (value: unknown) => ({ $literal: value });
      const before = deliveryId({ kind, thing, person: '', slot: '' }).slice(0, -1);
      return [
        {
          $project: {
            _id: { $concat: [literal(before), '$contact', literal(`:${slot}`)] },
            ...{
              kind: literal(kind),
              thing: literal(thing),
              slot: literal(slot),
              person: '$contact',
              contact: 1,
              channel: 1,
            },
            ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, literal(value)])),
            ...{ state: literal('planned'), at: literal({ planned: now }), plannedAt: literal(new Date(now)) },
          },
        },
        { $merge: { into: collection, on: '_id', whenMatched: 'keepExisting', whenNotMatched: 'insert' } },
      ];
    },

    /** Which of these are in the ledger already. */
    async known(plans: readonly DeliveryPlan[]): Promise<ReadonlySet<string>> {
      const ids = plans.map(deliveryId);
      const found = await orBusy(() =>
        deliveries.find({ _id: { $in: ids as never[] } }, { projection: { _id: 1 } }).toArray(),
      );
      return new Set(found.map(({ _id }) => String(_id)));
    },

    /** Up to `limit` that are due, made this worker's for a while; the most urgent rank first. */
    async claim(
      channel: string,
      {
        worker,
        number,
        until,
        now,
        limit,
      }: { worker: string; number: number; until: number; now: number; limit: number },
    ): Promise<Delivery[]> {
      for (const rank of [0, 1, 2]) {
        const filter = { channel, state: 'planned', rank, due: { $lte: now } };
        const due = await orBusy(() =>
          deliveries
            .find(filter as never, { projection: { _id: 1 } })
            .sort({ due: 1 })
            .limit(limit)
            .toArray(),
        );
        if (due.length === 0) continue;
        const ids = due.map(({ _id }) => _id);
        const claim = { worker, number, until };
        if ((await move({ _id: { $in: ids }, state: 'planned' }, 'claimed', now, { claim })) === 0) continue;
        const mine = { _id: { $in: ids }, state: 'claimed', 'claim.worker': worker, 'claim.number': number };
        return (await orBusy(() =>
          deliveries
            .find(mine as never)
            .sort({ due: 1 })
            .toArray(),
        )) as unknown as Delivery[];
      }
      return [];
    },

    /** Written before the channel is called. False when the claim was lost meanwhile; then nothing may be sent. */
    async handOver({ _id, claim }: Delivery, now: number, until: number): Promise<boolean> {
      const mine = { _id, state: 'claimed', 'claim.number': claim?.number, 'claim.worker': claim?.worker };
      return (await move(mine, 'handed over', now, { 'claim.until': until })) === 1;
    },

    /** What has become of one that this worker holds. */
    async conclude({ _id, claim }: Delivery, state: DeliveryState, now: number, reason?: string): Promise<void> {
      const mine = { _id, state: { $in: ['claimed', 'handed over'] }, 'claim.number': claim?.number };
      await move(mine, state, now, reason === undefined ? {} : { reason });
    },

    /** Given back, to be looked at again at `due`. */
    async release({ _id, claim }: Delivery, due: number, now: number): Promise<void> {
      const mine = { _id, state: { $in: ['claimed', 'handed over'] }, 'claim.number': claim?.number };
      await move(mine, 'planned', now, { due });
    },

    /** Claims of workers that died go back; nothing of these was handed over. */
    freeClaims: (now: number): Promise<number> =>
      move({ state: 'claimed', 'claim.until': { $lt: now } }, 'planned', now),

    /** Handed over by a worker that never said what became of it. */
    async stranded(now: number, limit: number): Promise<Delivery[]> {
      const filter = { state: 'handed over', 'claim.until': { $lt: now } };
      return (await orBusy(() =>
        deliveries
          .find(filter as never)
          .limit(limit)
          .toArray(),
      )) as unknown as Delivery[];
    },

    /** Own echo, acknowledgement or receipt of deliveries, by id. A late one never goes back. */
    async receipt(ids: readonly string[], state: 'confirmed' | 'delivered' | 'read', now: number): Promise<void> {
      await move({ _id: { $in: ids }, state: { $in: open[state] } }, state, now);
    },

    /** Of a whole thing: those in one state come to another. How many. */
    turn: (thing: string, from: readonly DeliveryState[], to: DeliveryState, now: number, reason?: string) =>
      move({ thing, state: { $in: from } }, to, now, reason === undefined ? {} : { reason }),

    /** Failed ones of a thing are planned anew, at a time. How many. */
    retryFailed: (thing: string, due: number, until: number, now: number): Promise<number> =>
      move({ thing, state: 'failed' }, 'planned', now, { due, until }),

    /** How many of a thing (or of all) stand in each state, and why those were dropped or failed. */
    async counts(thing?: string): Promise<{ state: DeliveryState; reason: string | null; count: number }[]> {
      const grouped = deliveries.aggregate([
        // Of all: by the index of what is newest, so that no collection is scanned.
        { $match: thing === undefined ? { plannedAt: { $gt: new Date(0) } } : { thing } },
        { $group: { _id: { state: '$state', reason: '$reason' }, count: { $sum: 1 } } },
        { $sort: { '_id.state': 1, '_id.reason': 1 } },
      ]);
      const found = (await orBusy(() => grouped.toArray())) as {
        _id: { state: DeliveryState; reason?: string };
        count: number;
      }[];
      return found.map(({ _id, count }) => ({ state: _id.state, reason: _id.reason ?? null, count }));
    },

    /** The newest first, at most `limit`. */
    async list(
      filter: { thing?: string; state?: DeliveryState; contact?: string },
      limit: number,
    ): Promise<Delivery[]> {
      const found = deliveries
        .find(filter as never)
        .sort({ plannedAt: -1 })
        .limit(limit);
      return (await orBusy(() => found.toArray())) as unknown as Delivery[];
    },
  };
}

export type Ledger = ReturnType<typeof createLedger>;
