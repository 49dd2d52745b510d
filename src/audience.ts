/**
 * Whom a broadcast reaches: persons, what they take part in, and how their conversation stands, joined by the database in
 * one description that counting, showing and planning share. Nobody is carried through this process.
 */
import type { Connection } from 'mongoose';
import type { Audience, Glance, Recipients, Stage } from './outreach/broadcasts/model.ts';
import { concerned, takingPart } from './programmes/events/model.ts';
import { allowingMessages } from './programmes/registration/people.ts';
import { orBusy } from './storage/transient.ts';

const durable = { writeConcern: { w: 'majority', j: true } } as const;

export function createAudience(connection: Connection): Recipients {
  const persons = connection.collection('persons');
  const rows = async <T>(
    audience: Audience,
    further: readonly Stage[],
    after?: string,
    upTo?: string,
  ): Promise<T[]> => {
    const pipeline = [...stagesOf(audience, after, upTo), ...further];
    return (await orBusy(() => persons.aggregate([...pipeline], durable).toArray())) as T[];
  };
  return {
    async glance(audience, limit) {
      const [found] = await rows<{ all: { contacts: number }[]; sample: Glance['sample'] }>(audience, [
        { $group: { _id: '$contact', name: { $first: '$name' } } },
        {
          $facet: { all: [{ $count: 'contacts' }], sample: [{ $sort: { _id: 1 } }, { $limit: limit }] },
        },
      ]);
      return { count: found?.all[0]?.contacts ?? 0, sample: found?.sample ?? [] };
    },
    async into(audience, stages, after, upTo) {
      await rows(audience, stages, after, upTo);
    },
    async placeAfter(after, size) {
      const found = persons.find({ _id: { $gt: after } } as never, { projection: { _id: 1 } });
      const [place] = await orBusy(() =>
        found
          .sort({ _id: 1 })
          .skip(size - 1)
          .limit(1)
          .toArray(),
      );
      return place === undefined ? undefined : String(place._id);
    },
  };
}

/** Persons in the order of their ids, within a stretch; each with `contact`, `channel` and `name`. */
function stagesOf(audience: Audience, after = '', upTo?: string): Stage[] {
  const { crafts, kelurahan, standing, groups, yearsFrom, yearsTo, persons } = audience;
  const years = {
    ...(yearsFrom !== undefined && { $gte: yearsFrom }),
    ...(yearsTo !== undefined && { $lte: yearsTo }),
  };
  // Also without a stretch the ids are named, so that their index is walked and no collection is scanned.
  const within = { $gt: after, ...(upTo !== undefined && { $lte: upTo }), ...(persons && { $in: persons }) };
  return [
    {
      $match: {
        _id: within,
        ...(crafts && { crafts: { $in: crafts } }),
        ...(kelurahan && { kelurahan: { $in: kelurahan } }),
        ...(standing && { standing: { $in: standing } }),
        ...(groups !== undefined && { business: groups ? { $ne: 'own' } : 'own' }),
        ...(Object.keys(years).length > 0 && { years }),
      },
    },
    { $sort: { _id: 1 } },
    { $project: { name: 1, contact: 1, channel: 1 } },
    ...enrolled(audience),
    ...reachable(audience),
    { $project: { name: 1, contact: 1, channel: 1 } },
  ];
}

/** Takes part in an event, or has used what the programme offers. */
function enrolled({ event, programme }: Audience): Stage[] {
  if (event === undefined && programme !== 'events') return [];
  const wanted = event === undefined ? { state: { $in: concerned } } : { event, state: { $in: takingPart } };
  return [
    { $lookup: { from: 'enrolments', localField: '_id', foreignField: 'person', as: 'enrolments' } },
    { $match: { enrolments: { $elemMatch: wanted } } },
  ];
}

/** Has a conversation, wants messages, allows them (as the sender asks at the moment of sending), and it stands as is asked. */
function reachable({ languages, heardAfter, heardBefore }: Audience): Stage[] {
  const heard = {
    ...(heardAfter !== undefined && { $gte: heardAfter }),
    ...(heardBefore !== undefined && { $lte: heardBefore }),
  };
  const conversation = {
    muted: { $ne: true },
    ...(languages && { language: { $in: languages } }),
    ...(Object.keys(heard).length > 0 && { heardAt: heard }),
  };
  return [
    { $lookup: { from: 'conversations', localField: 'contact', foreignField: '_id', as: 'conversations' } },
    { $match: { conversations: { $elemMatch: conversation } } },
    { $set: { talk: { $first: '$conversations' } } },
    ...allowingMessages('talk.persons'),
  ];
}
