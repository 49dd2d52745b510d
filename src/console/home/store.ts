/** What the first page counts; each figure by an index, all of them in two looks. */
import type { Connection } from 'mongoose';
import { DAY } from '../../shared/clock.ts';
import { collections } from '../../storage/models/collections.ts';
import type { IndexSpec } from '../../storage/models/index.ts';
import { orBusy } from '../../storage/transient.ts';

export const indexSpecs: readonly IndexSpec[] = [
  // The newest message of either side.
  { collection: collections.messages, name: 'newest', key: { state: 1, at: -1 } },
];

export interface Today {
  open: number;
  /** Since when the one that waits longest waits. */
  oldest: number | null;
  late: number;
  escalated: number;
  /** Messages that are unknown or failed, and brakes. */
  urgent: number;
  /** What goes out within a day, by kind, and how much has gone out in the last day. */
  due: { kind: string; n: number }[];
  sent: number;
  queued: number;
  lastIn: number | null;
  lastOut: number | null;
  /** How long the database took to answer all of this, in milliseconds. */
  ms: number;
}

export function createHomeStore(connection: Connection) {
  return {
    /** One round trip: each part is a branch of its own, which walks its own index. */
    async today(now: number, urgent: readonly string[]): Promise<Today> {
      const branch = (coll: string, pipeline: object[]) => ({ $unionWith: { coll, pipeline } });
      const counted = (what: string, match: object) => [{ $match: match }, { $count: 'n' }, { $set: { what } }];
      const grouped = (what: string, match: object) => [
        { $match: match },
        { $group: { _id: '$kind', n: { $sum: 1 } } },
        { $project: { _id: 0, kind: '$_id', n: 1, what } },
      ];
      const open = { state: 'open' };
      const newest = (what: string, state: object) => [
        { $match: { state, at: { $gt: 0 } } },
        { $sort: { at: -1 as const } },
        { $limit: 1 },
        { $project: { _id: 0, n: '$at', what } },
      ];
      const ourStates = ['confirmed', 'delivered', 'read', 'handed over'];
      const parts = [
        branch(collections.cases, counted('open', open)),
        branch(collections.cases, [
          { $match: { ...open, touchedAt: { $gt: new Date(0) } } },
          { $sort: { touchedAt: 1 } },
          { $limit: 1 },
          { $project: { _id: 0, n: { $toLong: '$touchedAt' }, what: 'oldest' } },
        ]),
        branch(collections.cases, counted('late', { ...open, dueAt: { $lt: new Date(now), $gt: new Date(0) } })),
        branch(
          collections.cases,
          counted('escalated', {
            ...open,
            dueAt: { $lt: new Date(now), $gt: new Date(0) },
            escalatedAt: { $gt: new Date(0) },
          }),
        ),
        branch(collections.cases, counted('urgent', { ...open, kind: { $in: urgent } })),
        branch(
          'deliveries',
          grouped('due', { state: 'planned', plannedAt: { $gt: new Date(0) }, due: { $lt: now + DAY } }),
        ),
        branch(
          'deliveries',
          counted('queued', { state: { $in: ['claimed', 'handed over'] }, 'claim.until': { $gt: 0 } }),
        ),
        branch(
          'deliveries',
          counted('sent', {
            plannedAt: { $gt: new Date(now - DAY) },
            state: { $in: ['confirmed', 'delivered', 'read'] },
          }),
        ),
        branch(collections.messages, newest('lastIn', { $exists: false })),
        ...ourStates.map((state) => branch(collections.messages, newest('lastOut', { $eq: state }))),
      ];
      const begun = performance.now();
      // A collection of one document to begin from; its own document is not looked at.
      const found = await orBusy(() =>
        connection
          .collection('meta')
          .aggregate([{ $match: { _id: 'nothing' } }, ...parts] as never)
          .toArray(),
      );
      const of = (what: string): number | undefined => {
        const all = found.filter((row) => row['what'] === what).map((row) => Number(row['n']));
        return all.length === 0 ? undefined : Math.max(...all);
      };
      return {
        ...{
          open: of('open') ?? 0,
          oldest: of('oldest') ?? null,
          late: of('late') ?? 0,
          escalated: of('escalated') ?? 0,
        },
        ...{
          urgent: of('urgent') ?? 0,
          due: found
            .filter((row) => row['what'] === 'due')
            .map((row) => ({ kind: String(row['kind']), n: Number(row['n']) })),
          queued: of('queued') ?? 0,
          sent: of('sent') ?? 0,
        },
        ...{ lastIn: of('lastIn') ?? null, lastOut: of('lastOut') ?? null, ms: Math.round(performance.now() - begun) },
      };
    },
  };
}
