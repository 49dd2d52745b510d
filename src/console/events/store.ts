/** Who takes part in an event, kept within the scope of who asks. */
import type { Connection } from 'mongoose';
import type { Enrolment } from '../../programmes/events/model.ts';
import { orBusy } from '../../storage/transient.ts';
import { within, type Scope } from '../access/roles.ts';

export type EnrolmentRow = Enrolment & { who: { name: string; number: string; kelurahan: string; contact: string } };

export function createEnrolmentStore(connection: Connection) {
  const enrolments = connection.collection('enrolments');
  return {
    /** At most `limit`, with who they are. */
    async of(scope: Scope, event: string, limit: number): Promise<EnrolmentRow[]> {
      const found = enrolments.aggregate([
        { $match: { event } },
        { $sort: { event: 1, state: 1, person: 1 } },
        { $limit: limit },
        {
          $lookup: {
            ...{ from: 'persons', localField: 'person', foreignField: '_id', as: 'persons' },
            pipeline: [{ $match: within(scope) }, { $project: { name: 1, number: 1, kelurahan: 1, contact: 1 } }],
          },
        },
        { $match: { persons: { $ne: [] } } },
        { $set: { who: { $first: '$persons' } } },
        { $unset: 'persons' },
      ]);
      return (await orBusy(() => found.toArray())) as EnrolmentRow[];
    },
  };
}
